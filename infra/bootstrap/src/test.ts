/**
 * `npm test`: everything that can be wrong, in one go. Each check (lint, types of a package, …) counts as one test beside
 * vitest's own. The last line is `N passed, N failed`; the exit code is 0 only when something ran and nothing failed.
 * A skipped test counts as failed: it proves nothing.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { say, step } from '../stage-1/say.mjs';
import { checkDeps } from './check-deps.ts';
import { checkLength } from './check-length.ts';
import { togetherFile, typeChecks } from './check-types.ts';
import { findChromium } from './chromium.ts';
import { clone, inClone } from './clone.ts';
import { ensureNatsServer } from './nats-server.ts';
import { endLeftovers } from './test-leftovers.ts';
import type { ReportLine } from './test-reporter.ts';

/** Six minutes on two quiet cores. A test that hangs must not hang those who wait; a busy machine is no failure. */
const VITEST_MS = 30 * 60_000;

const bin = (name: string) => inClone('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const list = (problems: string[]) => (problems.length === 0 ? null : problems.map((p) => `    ${p}`).join('\n'));

async function command(program: string, args: string[], cwd = clone): Promise<string | null> {
  const { code, output } = await runQuietly(program, args, { cwd, shell: process.platform === 'win32' });
  return code === 0 ? null : lastLines(output, 60);
}

function checks(): { name: string; run(): Promise<string | null> }[] {
  const { alike, apart } = typeChecks();
  const pnpm = process.env.ANYUAN_PNPM ?? 'pnpm';
  return [
    { name: 'lint', run: () => command(bin('biome'), ['check', '--error-on-warnings', '--max-diagnostics=12', '.']) },
    {
      name: 'dead code',
      run: () => command(bin('knip'), ['--config', 'infra/bootstrap/knip.json', '--no-progress', '--no-config-hints']),
    },
    { name: 'dependency rule', run: async () => list(checkDeps()) },
    { name: 'file length', run: async () => list(checkLength()) },
    { name: `types ${alike.join(' ')}`, run: () => command(bin('tsc'), ['-p', togetherFile(alike)]) },
    ...apart.map((folder) => ({
      name: `types ${folder}`,
      run: () => command(pnpm, ['--config.verifyDepsBeforeRun=false', 'run', 'types'], inClone(folder)),
    })),
  ];
}

async function runChecks(): Promise<ReportLine[]> {
  const waiting = checks();
  const outcomes: ReportLine[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const since = Date.now();
      const wrong = await next.run();
      outcomes.push({ name: next.name, wrong });
      say(`  ${wrong === null ? '✓' : '✗'} ${next.name} ${((Date.now() - since) / 1000).toFixed(1)} s`);
      if (wrong !== null) say(wrong);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return outcomes;
}

async function runVitest(projects: string[], env: Record<string, string>, args: string[]): Promise<ReportLine[]> {
  const report = join(clone, '.tools', `test-report-${process.pid}.jsonl`);
  writeFileSync(report, '');
  const reporters = ['--reporter=default', `--reporter=${inClone('infra/bootstrap/src/test-reporter.ts')}`];
  const child = spawn(
    process.execPath,
    [inClone('node_modules/vitest/vitest.mjs'), 'run', ...projects.map((p) => `--project=${p}`), ...reporters, ...args],
    {
      cwd: clone,
      env: { ...process.env, ...env, ANYUAN_TEST_REPORT: report },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      say(`  ${signal}: 停止 stopping`);
      child.kill('SIGINT');
    });
  }
  let cutOff = false;
  const late = setTimeout(() => {
    cutOff = true;
    child.kill('SIGINT');
  }, VITEST_MS);
  const tooLate = setTimeout(() => child.kill('SIGKILL'), VITEST_MS + 30_000);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (exit) => resolve(exit ?? 1));
  });
  clearTimeout(late);
  clearTimeout(tooLate);
  await endLeftovers(`ANYUAN_TEST_REPORT=${report}`);
  const outcomes: ReportLine[] = readFileSync(report, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  rmSync(report, { force: true });
  if (cutOff) outcomes.push({ name: 'vitest', wrong: `cut off after ${VITEST_MS / 60_000} minutes` });
  else if (code !== 0 && outcomes.every(({ wrong }) => wrong === null))
    outcomes.push({ name: 'vitest', wrong: `ended with code ${code}, see above` });
  return outcomes;
}

export async function test({ browser }: { browser: boolean }, args: string[]): Promise<number> {
  const since = Date.now();
  const outcomes: ReportLine[] = [];
  const projects = ['unit', 'pg', 'bus', 'serial', 'school', ...(browser ? ['browser', 'journey'] : [])];
  const env: Record<string, string> = { ANYUAN_NATS_SERVER: await ensureNatsServer() };
  if (browser) {
    const chromium = await step('找浏览器 Looking for a browser', () => findChromium());
    if (chromium) env.ANYUAN_CHROMIUM = chromium;
    else
      outcomes.push({ name: 'browser', wrong: '没有浏览器，请安装 Chromium。 There is no browser: install Chromium.' });
  }
  // With a file or pattern given, a person works on one thing: the checks would only stand in the way.
  if (args.length === 0) outcomes.push(...(await runChecks()));
  outcomes.push(...(await runVitest(projects, env, args)));

  const failed = outcomes.filter(({ wrong }) => wrong !== null);
  say(`\n${'─'.repeat(72)}`);
  for (const { name, wrong } of failed) say(`✗ ${name}: ${wrong?.trim().split('\n')[0]}`);
  say(`  ${((Date.now() - since) / 60_000).toFixed(1)} min`);
  say(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 && outcomes.length > 0 ? 0 : 1;
}
