import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChildrenFile, chooseDataDir, lockDataDir, openDataDir } from './data-dir.ts';
import { identityOf, markOf } from './process-identity.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-data-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function process_(): Promise<{ pid: number; end: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const exit = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    end: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

test('root, a user with and one without XDG each have their own place', () => {
  expect(chooseDataDir(undefined, {}, 0)).toBe('/var/lib/anyuan');
  expect(chooseDataDir(undefined, { XDG_DATA_HOME: '/x' }, 1000)).toBe('/x/anyuan');
  expect(chooseDataDir(undefined, {}, 1000)).toMatch(/\.local\/share\/anyuan$/);
  expect(chooseDataDir('/y', {}, 0)).toBe('/y');
});

test('a folder inside the clone is refused in words, one beside it is not', () => {
  const clone = join(dir, 'clone');
  mkdirSync(clone);
  expect(() => openDataDir(join(clone, 'data'), clone)).toThrow(/inside the clone/);
  expect(() => openDataDir(clone, clone)).toThrow(/inside the clone/);
  expect(readdirSync(clone)).toEqual([]);
  expect(openDataDir(join(dir, 'clone-data'), clone)).toBe(join(dir, 'clone-data'));
});

test('a second start is refused by name while the first lives, and let in after it was killed', async () => {
  const first = await process_();
  const held = lockDataDir(dir, markOf(first.pid));
  expect(() => lockDataDir(dir)).toThrow(new RegExp(`process ${first.pid}`));
  await first.end();
  const mine = lockDataDir(dir);
  held.release();
  expect(() => lockDataDir(dir, markOf(process.ppid))).toThrow(/already runs/);
  mine.release();
  expect(existsSync(join(dir, 'lock'))).toBe(false);
});

test('a lock whose pid another process has by now does not count', () => {
  writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.pid, identity: 'an older birth' }));
  expect(() => lockDataDir(dir)).not.toThrow();
});

test('half a lock file, as a power cut leaves it, does not count', () => {
  writeFileSync(join(dir, 'lock'), '{"pid":');
  expect(() => lockDataDir(dir)).not.toThrow();
});

test('what a killed launcher left is stopped, and nobody else', async () => {
  const [child, stranger] = [await process_(), await process_()];
  new ChildrenFile(dir).set('gate', child.pid);
  const marks = JSON.parse(readFileSync(join(dir, 'children.json'), 'utf8'));
  marks.other = { pid: stranger.pid, identity: 'an older birth' };
  writeFileSync(join(dir, 'children.json'), JSON.stringify(marks));
  expect(await new ChildrenFile(dir).stopLeftovers()).toEqual(['gate']);
  expect(identityOf(child.pid)).toBeNull();
  expect(identityOf(stranger.pid)).not.toBeNull();
  await stranger.end();
});
