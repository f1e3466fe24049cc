import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endLeftovers } from './test-leftovers.ts';

const child = (env: NodeJS.ProcessEnv, script = 'setInterval(() => {}, 1000)') =>
  spawn(process.execPath, ['-e', `${script}; console.log('up')`], { env: { ...process.env, ...env }, detached: true });

test('ends the marked processes, deaf ones too, and no other', async () => {
  if (process.platform !== 'linux') return;
  const mark = randomUUID();
  const deaf = child({ MARK: mark }, "process.on('SIGINT', () => {}); setInterval(() => {}, 1000)");
  const [left, other] = [child({ MARK: mark }), child({ MARK: randomUUID() })];
  const ended = Promise.all([deaf, left].map((c) => once(c, 'exit')));
  await Promise.all([deaf, left, other].map((c) => once(c.stdout, 'data')));
  await endLeftovers(`MARK=${mark}`, 300);
  await ended;
  expect(other.exitCode).toBeNull();
  other.kill('SIGKILL');
});
