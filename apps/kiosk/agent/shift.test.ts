import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaffPerson } from '@anyuan/contracts';
import { hashPassword } from '@anyuan/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { Shift } from './shift.ts';

let dir: string;
let journal: Journal;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-shift-'));
  journal = openJournal(dir, 'ab'.repeat(32));
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

test('a wrong PIN says how many tries are left, then for how long the pad is closed', async () => {
  const clock = { at: Date.parse('2026-11-23T07:00:00+08:00'), now: () => clock.at };
  const guard: StaffPerson = {
    id: 'li',
    name: '李志强',
    role: 'guard',
    department: '保卫处',
    title: '保安',
    pinyin: 'lizhiqiang',
    initials: 'lzq',
    host: false,
    pin: await hashPassword('4321'),
    mayStandDown: false,
  };
  const shift = new Shift(journal, clock, () => {});
  for (const left of [4, 3, 2, 1]) {
    expect(await shift.start(guard, '1111')).toEqual({ ok: false, reason: 'wrongPin', left });
    clock.at += 1_000;
  }
  expect(await shift.start(guard, '1111')).toEqual({ ok: false, reason: 'tooMany', waitMs: 56_000 });
  expect(await shift.start(guard, '4321')).toMatchObject({ reason: 'tooMany' });
  clock.at += 56_000;
  expect(await shift.start(guard, '4321')).toEqual({ ok: true });
  expect(shift.duty).toEqual({ id: 'li', name: '李志强' });
});
