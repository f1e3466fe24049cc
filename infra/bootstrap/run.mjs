/**
 * What `npm start`, `npm test` and the other commands run. Standard library only and Node 18 syntax: it meets whatever
 * Node the machine has, brings Node 24, pnpm and the packages into the clone, and hands over to `src/main.ts`.
 * It writes to `.tools` and `node_modules` only. Two commands at once in one clone wait for each other here.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './stage-1/lock.mjs';
import { ensurePackages } from './stage-1/packages.mjs';
import { Refusal, say } from './stage-1/say.mjs';
import { ensureTools } from './stage-1/tools.mjs';
import { watchNpm } from './stage-1/watch-npm.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const NEEDED_BYTES = 1.5e9;

function checkMachine() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    throw new Refusal(
      `需要 Node 18 以上，这里是 ${process.version}。 Node 18 or newer is needed, this is ${process.version}.`,
    );
  const known = ['linux', 'darwin', 'win32'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch);
  if (!known)
    throw new Refusal(
      `没有 ${process.platform}/${process.arch} 的程序包。 There are no binaries for ${process.platform}/${process.arch}.`,
    );
  if (process.platform !== 'linux') say('  注意：此系统尚未实测。 Note: this system has not been tried yet.');
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free < NEEDED_BYTES) {
    const gb = (free / 1e9).toFixed(1);
    throw new Refusal(
      `磁盘空间不足：剩 ${gb} GB，首次启动需要 1.5 GB。 Too little disk: ${gb} GB free, a first start needs 1.5 GB.`,
    );
  }
}

function handOver(tools) {
  const PATH = [dirname(tools.node), join(root, '.tools', 'bin'), process.env.PATH].join(delimiter);
  const main = join(root, 'infra/bootstrap/src/main.ts');
  // The channel lets the second stage see that this process is gone, even after kill -9.
  const child = spawn(tools.node, ['--max-semi-space-size=4', main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH, ANYUAN_PNPM: tools.pnpm },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  watchNpm(() => {
    say('  npm 已结束，停止。 npm has ended: stopping.');
    child.kill('SIGTERM');
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) say(`启动程序被 ${signal} 结束。 The launcher was ended by ${signal}.`);
    if (child.connected) child.disconnect();
  });
}

try {
  checkMachine();
  mkdirSync(join(root, '.tools'), { recursive: true });
  const waiting = (pid) =>
    say(
      `  … 另一条命令正在安装（进程 ${pid}），等它完成。 Another command is installing (process ${pid}): waiting for it.`,
    );
  const tools = await withLock(
    join(root, '.tools', 'installing'),
    async () => {
      const programs = await ensureTools(root, checkDisk);
      await ensurePackages(root, programs, checkDisk);
      return programs;
    },
    waiting,
  );
  handOver(tools);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
