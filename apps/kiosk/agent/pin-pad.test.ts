import type { StaffPerson } from '@anyuan/contracts';
import { hashPassword } from '@anyuan/service';
import { expect, test } from 'vitest';
import { PinPad } from './pin-pad.ts';

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
  const pad = new PinPad(clock);
  for (const left of [4, 3, 2, 1]) {
    expect(await pad.proves(guard, '1111')).toEqual({ ok: false, reason: 'wrongPin', left });
    clock.at += 1_000;
  }
  expect(await pad.proves(guard, '1111')).toEqual({ ok: false, reason: 'tooMany', waitMs: 56_000 });
  expect(await pad.proves(guard, '4321')).toMatchObject({ reason: 'tooMany' });
  clock.at += 56_000;
  expect(await pad.proves(guard, '4321')).toEqual({ ok: true });
  expect(await pad.proves(undefined, '4321')).toMatchObject({ reason: 'wrongPin', left: 4 });
});
