import { expect, test } from 'vitest';
import { addDays, addMonths, daysBetween, monthOf } from './dates.ts';

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-11-23', 14, '2028-01-23'],
  ['2026-12-31', 6, '2027-06-30'],
  ['2026-03-31', -1, '2026-02-28'],
])('%s and %i months is %s', (date, months, then) => {
  expect(addMonths(date, months)).toBe(then);
});

test('days are counted over the end of a year and a leap day', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2026-11-23', '2026-11-22')).toBe(-1);
});

test('a month ends before the next begins', () => {
  expect(monthOf('2026-12')).toEqual({ from: '2026-12-01', before: '2027-01-01' });
});
