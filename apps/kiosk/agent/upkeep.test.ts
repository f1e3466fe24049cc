import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceHealth } from '@anyuan/contracts';
import { createLog } from '@anyuan/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal, type StorageState } from './journal.ts';
import { gateHealth, Upkeep } from './upkeep.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T23:58:00+08:00');
let dir: string;
let journal: Journal;
let offset: number;
let passed: number;
let reachable: boolean;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-upkeep-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  [offset, passed, reachable] = [0, 0, true];
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const clock = { now: () => START + passed + offset };
const upkeep = () =>
  new Upkeep({
    ...{ journal, clock, elapsed: () => passed, log: createLog('test', 'silent') },
    ...{ reachable: () => reachable, onChange: () => {} },
  });
const seconds = (kept: Upkeep, n: number) => {
  for (let i = 0; i < n; i += 1) {
    passed += 1_000;
    kept.look();
  }
};
const order = () => journal.pending(['admit'], 100).map(({ id }) => id);

test.each([HOUR, -HOUR])(
  'a clock that jumps by %i ms is on record; records keep the order in which they were made',
  (by) => {
    const kept = upkeep();
    seconds(kept, 3);
    expect(kept.clockJump).toBeNull();
    journal.keep('admit', 'before', {}, clock.now(), true);
    offset = by;
    seconds(kept, 2);
    journal.keep('admit', 'after', {}, clock.now(), true);
    expect(kept.clockJump).toEqual({ at: expect.any(String), byMs: by });
    expect(order()).toEqual(['before', 'after']);
    expect(journal.pending(['clock'], 9)).toEqual([]);
    expect(upkeep().clockJump).toEqual(kept.clockJump);
  },
);

test('off line, a clock that was set back makes no old list young; one set forward makes it old, until the server is back', () => {
  const kept = upkeep();
  const asOf = new Date(START).toISOString();
  reachable = false;
  seconds(kept, 60);
  offset = -HOUR;
  seconds(kept, 60);
  expect(kept.ageOf(asOf)).toBe(120_000);
  // Also not by starting the process again.
  expect(upkeep().ageOf(asOf)).toBeGreaterThan(60_000);
  offset = HOUR;
  seconds(kept, 1);
  expect(kept.ageOf(asOf)).toBe(HOUR + 121_000);
  offset = 0;
  reachable = true;
  seconds(kept, 1);
  expect(kept.ageOf(asOf)).toBe(122_000);
});

test('at midnight off line the numbers begin anew and nothing else does', () => {
  const kept = upkeep();
  reachable = false;
  const day = () => new Date(clock.now() + 8 * HOUR).toISOString().slice(0, 10);
  expect([journal.nextNumber(day()), journal.nextNumber(day())]).toEqual([1, 2]);
  journal.keep('admit', 'before', {}, clock.now(), true);
  seconds(kept, 180);
  expect([day(), journal.nextNumber(day())]).toEqual(['2026-11-24', 1]);
  journal.keep('admit', 'after', {}, clock.now(), true);
  expect(order()).toEqual(['before', 'after']);
  expect(kept.clockJump).toBeNull();
});

test.each<[StorageState, number, object]>([
  ['ok', 0, { ok: true, doing: [] }],
  ['low', 0, { ok: false, doing: [], fault: 'diskLow' }],
  ['full', 3, { ok: false, doing: [], fault: 'diskFull refused:3' }],
  ['failing', 0, { ok: false, doing: [], fault: 'diskFailing' }],
  ['ok', 1, { ok: false, doing: [], fault: 'refused:1' }],
])('tells the office of a disk that is %s and of %i records that nobody takes', (storage, refused, told) => {
  expect(gateHealth(storage, refused)).toEqual(told);
  expect(DeviceHealth.safeParse({ at: '2026-11-23T00:00:00.000Z', ...gateHealth(storage, refused) }).success).toBe(
    true,
  );
});
