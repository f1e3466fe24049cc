import { expect, it } from 'vitest';
import { bookings } from '../../testing/bookings-fixtures.ts';
import { grouped, isOpen, stageOf } from './bookings.ts';

const NOW = Date.parse('2026-11-24T04:00:00.000Z');

it('what waits stands first, then today, then what is to come, then the last days', () => {
  const groups = grouped(bookings(NOW), NOW).map(({ group, bookings: of }) => [group, of.length]);
  expect(groups).toEqual([
    ['waiting', 2],
    ['today', 3],
    ['toCome', 2],
    ['gone', 1],
  ]);
});

it('a used one stays used, an unused one is over with its time; neither can be changed', () => {
  const stages = bookings(NOW).map((b) => [stageOf(b, NOW), isOpen(b, NOW)]);
  expect(stages).toEqual([
    ['waiting', true],
    ['waiting', true],
    ['used', false],
    ['approved', true],
    ['used', false],
    ['approved', true],
    ['cancelled', false],
    ['expired', false],
  ]);
});
