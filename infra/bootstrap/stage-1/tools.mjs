/**
 * Brings Node 24 and pnpm into `.tools` by npm, with the user's own npm settings (mirror, proxy, cache). The packages
 * taken carry the programs themselves, so no install script runs and a script policy has nothing to forbid.
 * They are put in place by one rename: a start that is cut off in the middle leaves nothing half-made behind.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cleanEnv, lastLines, runQuietly } from './run-quietly.mjs';
import { Refusal, step } from './say.mjs';

const NODE = '24.21.0';
const PNPM = '12.21.0';
const win = process.platform === 'win32';

const nodePackage = () => {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${win ? 'win' : process.platform}-${process.arch}`;
};

const programs = (root) => {
  const modules = join(root, 'node_modules');
  return {
    node: win ? join(modules, nodePackage(), 'bin', 'node.exe') : join(modules, '.bin', 'node'),
    pnpm: win ? join(modules, '@pnpm', `exe.win32-${process.arch}`, 'pnpm.exe') : join(modules, '.bin', 'pnpm'),
  };
};

async function runs(program, wanted) {
  if (!existsSync(program)) return `${program}: 没有 missing`;
  const { code, output } = await runQuietly(program, ['--version'], { env: cleanEnv() });
  if (code !== 0) return `${program}: ${lastLines(output, 3).trim()}`;
  return output.trim().replace(/^v/, '') === wanted ? null : `${program}: ${output.trim()}, not ${wanted}`;
}

const complaint = async ({ node, pnpm }) => (await runs(node, NODE)) ?? (await runs(pnpm, PNPM));

/** npm as it came with the Node that runs this, or else the one on PATH. */
async function npmCommand() {
  const said = process.env.npm_execpath ?? '';
  if (said.endsWith('npm-cli.js') && existsSync(said))
    return { command: process.execPath, first: [said], shell: false };
  const home = dirname(await realpath(process.execPath));
  for (const place of ['../lib/node_modules', 'node_modules']) {
    const cli = resolve(home, place, 'npm/bin/npm-cli.js');
    if (existsSync(cli)) return { command: process.execPath, first: [cli], shell: false };
  }
  return { command: win ? 'npm.cmd' : 'npm', first: [], shell: win };
}

const explain = (output, command) => {
  if (/EINTEGRITY/.test(output))
    return '下载的内容与校验值不符，请重试。 What was downloaded does not match its checksum: try again.';
  if (/ENOSPC/.test(output)) return '磁盘已满。 The disk is full.';
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|network/i.test(output))
    return `连不上 npm 源，请检查网络或 npm config get registry。 The npm registry can't be reached: check the network, or "npm config get registry".`;
  return `请手动运行 Run it by hand to see more: ${command}`;
};

async function sweep(tools) {
  for (const name of await readdir(tools)) {
    if (/^(new|old)-\d+$|^installing\.\d/.test(name)) await rm(join(tools, name), { recursive: true, force: true });
  }
}

async function install(tools) {
  const fresh = join(tools, `new-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  const npm = await npmCommand();
  const args = [
    'install',
    '--prefix',
    fresh,
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
  ];
  const wanted = [`${nodePackage()}@${NODE}`, `pnpm@${PNPM}`];
  const { code, output } = await runQuietly(npm.command, [...npm.first, ...args, ...wanted], {
    env: cleanEnv(),
    shell: npm.shell,
  });
  if (code === 127)
    throw new Refusal(
      '找不到 npm，请先安装它（它随 Node.js 一起提供）。 npm is missing: install it, it comes with Node.js.',
    );
  const broken = code === 0 ? await complaint(programs(fresh)) : null;
  if (code !== 0 || broken) {
    const command = `npm install --prefix .tools --no-save ${wanted.join(' ')}`;
    const reason = broken
      ? `下载的程序在这里不能运行 What was fetched does not run here: ${broken}`
      : explain(output, command);
    throw new Refusal(
      `无法取得 Node ${NODE} 与 pnpm ${PNPM}。 Node ${NODE} and pnpm ${PNPM} can't be had.\n  ${reason}\n${lastLines(output)}`,
    );
  }
  const place = join(tools, 'node_modules');
  await rename(place, join(tools, `old-${process.pid}`)).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(join(fresh, 'node_modules'), place);
}

/** @param {string} root the clone @param {() => void} checkDisk called before anything is fetched @returns {Promise<{ node: string, pnpm: string }>} */
export async function ensureTools(root, checkDisk) {
  const tools = join(root, '.tools');
  if (await complaint(programs(tools))) {
    checkDisk();
    await sweep(tools);
    await step(`取得 Node ${NODE} 与 pnpm ${PNPM} Fetching Node and pnpm (250 MB)`, () => install(tools)).finally(() =>
      sweep(tools),
    );
  }
  return programs(tools);
}
