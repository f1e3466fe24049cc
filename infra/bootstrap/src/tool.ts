/** `npm run tour|sim|alarm|load|screenshots`: brings what the tool needs, tells it where the running school is, runs it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';
import { clone, inClone } from './clone.ts';
import { chooseDataDir } from './data-dir.ts';
import { ensureK6 } from './k6.ts';
import { ensureNatsServer } from './nats-server.ts';
import { Refusal } from './refusal.ts';
import { readRunFile } from './run-file.ts';

type Tool = 'tour' | 'sim' | 'alarm' | 'load' | 'screenshots';

const scripts: Record<Tool, string> = {
  tour: 'infra/dev-env/src/tour-main.ts',
  sim: 'hardware-sim/src/cli.ts',
  alarm: 'infra/dev-env/src/alarm-main.ts',
  load: 'load-tests/run.ts',
  screenshots: 'infra/dev-env/src/screenshots-main.ts',
};

/** The tool reads its own options; only `--data DIR` is looked for here as well. */
function dataOf(args: string[]): string | undefined {
  const at = args.indexOf('--data');
  return at >= 0 ? args[at + 1] : args.find((a) => a.startsWith('--data='))?.slice('--data='.length);
}

async function needs(tool: Tool): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  if (tool === 'tour' || tool === 'load') env.ANYUAN_NATS_SERVER = await ensureNatsServer();
  if (tool === 'load') env.ANYUAN_K6 = await ensureK6();
  if (tool === 'screenshots') {
    const chromium = await findChromium();
    if (!chromium) throw new Refusal('没有浏览器，请安装 Chromium。 There is no browser: install Chromium.');
    env.ANYUAN_CHROMIUM = chromium;
  }
  return env;
}

export async function tool(name: Tool, args: string[]): Promise<number> {
  const script = inClone(scripts[name]);
  if (!existsSync(script)) throw new Refusal(`缺少 ${scripts[name]}。 ${scripts[name]} is missing.`);
  const dataDir = chooseDataDir(dataOf(args), process.env, process.getuid?.());
  const run = readRunFile(dataDir);
  if (name === 'sim' && !run && !args.some((a) => a.startsWith('--port') || a.startsWith('--help'))) {
    throw new Refusal(
      `安园没有在运行（${dataDir}），请先 npm start。 Anyuan does not run (${dataDir}): npm start first, or give --data.`,
    );
  }
  const env = {
    ...process.env,
    ...(await needs(name)),
    ANYUAN_DATA: dataDir,
    ...(run?.sim ? { ANYUAN_SIM_URL: run.sim } : {}),
  };
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', cwd: clone, env });
  // Ctrl-C reaches the tool by the terminal as well; here it only must not end the waiting.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
