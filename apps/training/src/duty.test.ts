import type { ShiftKind } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { endOf, mostOnDuty, overlap, type Shift, shiftNeed } from './duty.ts';

const DAY = '2026-11-23';
let count = 0;
const shift = (from: string, to: string, guards: string[], given: Partial<Shift> = {}): Shift => ({
  id: `x-${count++}`,
  gate: 'main',
  date: DAY,
  from,
  to,
  kind: 'arrival' as ShiftKind,
  guards: guards.map((id) => ({ id })),
  ...given,
});

test('arrival needs all, counted over all gates; each person once', () => {
  const main = shift('07:00', '08:30', ['a', 'b']);
  const east = shift('06:30', '12:00', ['b', 'c'], { gate: 'east', kind: 'schoolHours' });
  expect(shiftNeed(main, [main, east], 3)).toMatchObject({ needed: 3, onDuty: 3, short: 0, counted: 'school' });
  expect(shiftNeed(main, [main], 3)).toMatchObject({ onDuty: 2, short: 1 });
  expect(shiftNeed(main, [main], 3).text.zh).toBe('上下学时段全员到岗：全校应有 3 名，各校门同时在岗最少 2 名');
});

test('a shift is as strong as its weakest moment', () => {
  const main = shift('07:00', '09:00', ['a']);
  const early = shift('06:00', '08:00', ['b'], { gate: 'east' });
  expect(shiftNeed(main, [main, early], 2)).toMatchObject({ onDuty: 1, short: 1 });
  const late = shift('08:00', '10:00', ['c'], { gate: 'east' });
  expect(shiftNeed(main, [main, early, late], 2)).toMatchObject({ onDuty: 2, short: 0 });
});

test('in school hours and at night one at the gate itself', () => {
  const main = shift('09:00', '16:00', [], { kind: 'schoolHours' });
  const east = shift('09:00', '16:00', ['a'], { gate: 'east', kind: 'schoolHours' });
  expect(shiftNeed(main, [main, east], 3)).toMatchObject({ needed: 1, onDuty: 0, short: 1, counted: 'gate' });
});

test('a night reaches into the next morning', () => {
  const night = shift('22:00', '06:00', ['a'], { kind: 'night' });
  const early = shift('05:00', '09:00', ['b'], { date: '2026-11-24' });
  expect(overlap(night, early)).toBe(true);
  expect(overlap(early, night)).toBe(true);
  expect(overlap(night, shift('06:00', '07:00', [], { date: '2026-11-24' }))).toBe(false);
  expect(mostOnDuty([night, early], '2026-11-24')).toBe(2);
  expect(new Date(endOf(night)).toISOString()).toBe('2026-11-23T22:00:00.000Z');
});

test('nobody planned: nobody on duty', () => {
  expect(mostOnDuty([], DAY)).toBe(0);
});
