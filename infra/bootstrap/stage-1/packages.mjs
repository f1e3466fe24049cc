/**
 * `pnpm install --frozen-lockfile`, skipped when the lock file is the one that was installed last and every dependency
 * of every workspace package is still in its place.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cleanEnv, lastLines, runQuietly } from './run-quietly.mjs';
import { Refusal, step } from './say.mjs';

const stampFile = (root) => join(root, 'node_modules', '.anyuan-installed');

/** The folders that pnpm-workspace.yaml names; its `packages` are plain lines, `dir` or `dir/*`. */
async function workspaceFolders(root, yaml) {
  const block = /^packages:\n((?: {2}- .*\n)+)/m.exec(yaml)?.[1] ?? '';
  const folders = [root];
  for (const line of block.trim().split('\n')) {
    const pattern = line.replace(/^\s*- /, '').replace(/['"]/g, '');
    if (!pattern.endsWith('/*')) folders.push(join(root, pattern));
    else {
      const parent = join(root, pattern.slice(0, -2));
      const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) if (entry.isDirectory()) folders.push(join(parent, entry.name));
    }
  }
  return folders.filter((folder) => existsSync(join(folder, 'package.json')));
}

async function inspect(root) {
  const [lock, yaml] = await Promise.all(
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((f) => readFile(join(root, f), 'utf8')),
  );
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(lock).update(yaml);
  const missing = [];
  for (const folder of await workspaceFolders(root, yaml)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text);
    hash.update(JSON.stringify([dependencies, devDependencies]));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      if (!existsSync(join(folder, 'node_modules', name, 'package.json'))) missing.push(name);
    }
  }
  return { stamp: hash.digest('hex'), missing };
}

const explain = (output) => {
  if (/OUTDATED_LOCKFILE/.test(output))
    return 'pnpm-lock.yaml 与 package.json 不一致。 pnpm-lock.yaml does not fit package.json.';
  if (/ENOSPC|No space left/i.test(output)) return '磁盘已满。 The disk is full.';
  if (/ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|error sending request|META_FETCH_FAIL/i.test(output))
    return "连不上 npm 源，请检查网络。 The npm registry can't be reached: check the network.";
  return '详见下面几行。 See the lines below.';
};

/** @param {string} root @param {{ node: string, pnpm: string }} tools @param {() => void} checkDisk */
export async function ensurePackages(root, tools, checkDisk) {
  const before = await inspect(root);
  const installed = await readFile(stampFile(root), 'utf8').catch(() => '');
  if (installed === before.stamp && before.missing.length === 0) return;
  checkDisk();
  await step('安装依赖 Installing packages', async () => {
    const PATH = [dirname(tools.node), process.env.PATH].join(delimiter);
    const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false', '--reporter=append-only'];
    const { code, output } = await runQuietly(tools.pnpm, args, { cwd: root, env: cleanEnv({ PATH }) });
    const after = await inspect(root);
    if (code !== 0 || after.missing.length > 0) {
      const what = after.missing.length > 0 ? `\n  缺少 missing: ${after.missing.slice(0, 8).join(', ')}` : '';
      throw new Refusal(
        `依赖没有装好。 The packages could not be installed. ${explain(output)}${what}\n${lastLines(output)}`,
      );
    }
    await writeFile(stampFile(root), after.stamp);
  });
}
