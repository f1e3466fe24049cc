/** The supervisor with real child processes that are told what to do, and die when they are told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startChild } from './child.ts';
import { identityOf } from './process-identity.ts';
import { type Change, type Part, Supervisor } from './supervisor.ts';

let dir: string;
let changes: string[];
let pids: Record<string, number>;
let supervisor: Supervisor;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-supervisor-'));
  changes = [];
  pids = {};
  supervisor = new Supervisor({ onChange: ({ name, condition }: Change) => changes.push(`${name} ${condition}`) });
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(dir, { recursive: true, force: true });
});

const LIVES = 'setInterval(() => {}, 1000);';
const SAYS_READY = `require('node:fs').writeFileSync(process.env.READY, '');`;

interface Fake {
  script?: string;
  ready?: () => Promise<boolean>;
  readyMs?: number;
  graceMs?: number;
}

function part(name: string, { script = SAYS_READY + LIVES, ready, readyMs, graceMs }: Fake = {}): Part {
  const flag = join(dir, `${name}.ready`);
  return {
    name,
    start: (mode) =>
      startChild(
        {
          name,
          command: process.execPath,
          args: ['-e', script],
          env: { ...process.env, READY: flag, DIR: dir },
          cwd: dir,
          ipc: true,
          logFile: join(dir, `${name}.log`),
          ready: ready ?? (async () => readFileSync(flag) !== undefined),
          onSpawn: (pid) => {
            pids[name] = pid;
          },
          ...(readyMs === undefined ? {} : { readyMs }),
          ...(graceMs === undefined ? {} : { graceMs }),
        },
        mode,
      ),
  };
}
const alive = (pid: number | undefined) => pid !== undefined && identityOf(pid) !== null;

test('a part that is killed comes back, with a new process', async () => {
  await supervisor.start(part('a'));
  const first = pids.a ?? 0;
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(changes.at(-1)).toBe('a well'));
  await vi.waitFor(() => expect(changes).toEqual(['a starting', 'a well', 'a restarting', 'a well']));
  expect(pids.a).not.toBe(first);
  expect(alive(pids.a)).toBe(true);
});

test('a part that dies before it is ready rejects with its last words, and nothing is left', async () => {
  const failing = part('b', { script: "console.error('no such port'); process.exit(3)", ready: async () => false });
  await expect(supervisor.start(failing)).rejects.toThrow(/exit code 3[\s\S]*no such port/);
  expect(alive(pids.b)).toBe(false);
});

test('a part that is not ready in time is stopped and rejects', async () => {
  const slow = part('c', { script: LIVES, ready: async () => false, readyMs: 100 });
  await expect(supervisor.start(slow)).rejects.toThrow(/not ready in time/);
  expect(alive(pids.c)).toBe(false);
});

test('after its first start a part may be alive and not ready for as long as it takes', async () => {
  const unready = join(dir, 'unready');
  let asked = 0;
  await supervisor.start(
    part('d', {
      readyMs: 200,
      ready: async () => {
        asked += 1;
        try {
          return readFileSync(unready) === undefined;
        } catch {
          return true;
        }
      },
    }),
  );
  writeFileSync(unready, '');
  const before = pids.d ?? 0;
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(pids.d).not.toBe(before));
  const second = pids.d;
  const askedBefore = asked;
  await vi.waitFor(() => expect(asked).toBeGreaterThan(askedBefore + 10), { timeout: 5_000 });
  expect(pids.d).toBe(second);
  expect(supervisor.conditions.d).toBe('restarting');
  rmSync(unready);
  await vi.waitFor(() => expect(supervisor.conditions.d).toBe('well'));
});

test('all stop in reverse order, once, even when asked twice', async () => {
  const logs = `process.on('SIGTERM', () => { require('node:fs').appendFileSync(process.env.DIR + '/order', process.env.READY.split('/').at(-1) + ' '); process.exit(0) });`;
  for (const name of ['e', 'f', 'g']) await supervisor.start(part(name, { script: logs + SAYS_READY + LIVES }));
  await Promise.all([supervisor.stop(), supervisor.stop()]);
  expect(readFileSync(join(dir, 'order'), 'utf8')).toBe('g.ready f.ready e.ready ');
  expect(Object.values(pids).some(alive)).toBe(false);
});

test('a part that ignores the request is ended by force, with the helpers that it had started', async () => {
  const deaf = `process.on('SIGTERM', () => {});
    const helper = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(LIVES)}]);
    require('node:fs').writeFileSync(process.env.DIR + '/helper', String(helper.pid));`;
  await supervisor.start(part('h', { script: deaf + SAYS_READY + LIVES, graceMs: 100 }));
  const helper = Number(readFileSync(join(dir, 'helper'), 'utf8'));
  expect(alive(helper)).toBe(true);
  await supervisor.stop();
  expect(alive(pids.h)).toBe(false);
  await vi.waitFor(() => expect(alive(helper)).toBe(false));
});

test('a stop in the middle of a start leaves nothing', async () => {
  const starting = supervisor.start(part('i', { script: LIVES, ready: async () => false }));
  starting.catch(() => {});
  await vi.waitFor(() => expect(alive(pids.i)).toBe(true));
  await supervisor.stop();
  await expect(starting).rejects.toThrow();
  expect(alive(pids.i)).toBe(false);
});

test('a Node child ends by itself when its launcher is killed', async () => {
  const guard = join(import.meta.dirname, 'orphan-guard.mjs');
  const launcher = `
    const child = require('node:child_process').spawn(process.execPath,
      ['--import', ${JSON.stringify(guard)}, '-e', ${JSON.stringify(SAYS_READY + LIVES)}],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
    require('node:fs').writeFileSync(process.env.DIR + '/orphan', String(child.pid));
    ${LIVES}`;
  await supervisor.start(
    part('j', { script: launcher, ready: async () => readFileSync(join(dir, 'j.ready')) !== undefined }),
  );
  const orphan = Number(readFileSync(join(dir, 'orphan'), 'utf8'));
  expect(alive(orphan)).toBe(true);
  process.kill(pids.j ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(alive(orphan)).toBe(false), { timeout: 5_000 });
});
