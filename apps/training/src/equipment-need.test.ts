import { expect, test } from 'vitest';
import { checkGaps, equipmentNeeds, equipmentShortage, type Kept, nextInspection, stateOf } from './equipment-need.ts';

const kept = (given: Partial<Kept> = {}): Kept => ({
  expiresOn: null,
  retired: false,
  inspectEveryMonths: 6,
  boughtOn: '2026-01-31',
  lastInspectedOn: null,
  lastInspectionOk: null,
  ...given,
});

test('seven things a person on duty, two forks a guard room', () => {
  const needs = Object.fromEntries(equipmentNeeds(3, 2).map(({ kind, needed }) => [kind, needed]));
  expect(needs).toEqual({ helmet: 3, shield: 3, stabVest: 3, gloves: 3, baton: 3, torch: 3, spray: 3, fork: 4 });
});

test('only what can be used counts', () => {
  const items = [
    { kind: 'spray', state: 'usable' },
    { kind: 'spray', state: 'expired' },
    { kind: 'spray', state: 'retired' },
    { kind: 'helmet', state: 'usable' },
  ] as const;
  const shortage = equipmentShortage(equipmentNeeds(2, 0), items);
  expect(shortage.find(({ kind }) => kind === 'spray')).toEqual({ kind: 'spray', needed: 2, usable: 1, short: 1 });
  expect(shortage.find(({ kind }) => kind === 'fork')).toMatchObject({ needed: 0, short: 0 });
});

test.each([
  [{ expiresOn: '2026-11-23' }, 'usable'],
  [{ expiresOn: '2026-11-22' }, 'expired'],
  [{ lastInspectionOk: false }, 'failedInspection'],
  [{ lastInspectionOk: false, expiresOn: '2026-11-22' }, 'expired'],
  [{ retired: true }, 'retired'],
] as const)('%j is %s', (given, state) => {
  expect(stateOf(kept(given), '2026-11-23')).toBe(state);
});

test('the next inspection counts from the last, else from the purchase; unknown is due', () => {
  expect(nextInspection(kept())).toBe('2026-07-31');
  expect(nextInspection(kept({ lastInspectedOn: '2026-08-31' }))).toBe('2027-02-28');
  expect(nextInspection(kept({ boughtOn: null }))).toBeNull();
});

test('too few is a gap; what nobody counted, and more than enough, is none', () => {
  expect(checkGaps(equipmentNeeds(1, 1), { helmet: 0, fork: 1, torch: 5 })).toEqual([
    { kind: 'helmet', expected: 1, counted: 0 },
    { kind: 'fork', expected: 2, counted: 1 },
  ]);
});
