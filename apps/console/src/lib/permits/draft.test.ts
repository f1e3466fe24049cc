import type { PermitView } from '@anyuan/contracts';
import { expect, it } from 'vitest';
import { commandOf, endsIn, newPermit, passes, wrongPlate } from './draft.ts';

const NOW = Date.parse('2026-11-24T04:00:00.000Z');
const draft = { ...newPermit(NOW), name: ' 赵铁军 ' };

it('is ready with a name, days and true plates; plates are taken however they are separated', () => {
  expect(commandOf({ ...draft, plates: '京a·12345；沪B67890，' })).toMatchObject({
    ...{ name: '赵铁军', plates: ['京A12345', '沪B67890'], card: { by: 'none' }, gates: [] },
  });
  expect(commandOf({ ...draft, name: ' ' })).toBeUndefined();
  expect(commandOf({ ...draft, days: [] })).toBeUndefined();
  expect(commandOf({ ...draft, plates: '京AIO345' })).toBeUndefined();
  expect(wrongPlate('京A12345, 大众')).toBe('大众');
});

it('takes a card’s number as the reader gives it, and no other', () => {
  expect(commandOf({ ...draft, cardBy: 'number', cardNumber: '0b 00c1d2e3' })?.card).toEqual({
    ...{ by: 'number', number: '0B00C1D2E3' },
  });
  expect(commandOf({ ...draft, cardBy: 'number', cardNumber: "'; drop" })).toBeUndefined();
});

it('filters by state and finds by a part of a plate; says what ends soon', () => {
  const permit = {
    name: '赵铁军',
    firm: '保洁',
    plates: ['京A12345'],
    state: 'valid',
    validTo: '2026-12-01',
  } as PermitView;
  expect(endsIn(permit, NOW)).toBe(7);
  expect(passes(permit, 'ending', '', NOW)).toBe(true);
  expect(passes(permit, 'suspended', '', NOW)).toBe(false);
  expect(passes(permit, 'all', 'a·123', NOW)).toBe(true);
});
