import { expect, test } from 'vitest';
import { addDays, dayOf, daysOf, type TermCalendar, unknownYears, weekdayOf } from './calendar.ts';

const term = { from: '2026-09-01', to: '2027-01-22' };
const calendar = (over: Partial<TermCalendar> = {}): TermCalendar => ({
  term,
  exams: [],
  ownDays: [],
  confirmed: [],
  ...over,
});
const kind = (date: string, over: Partial<TermCalendar> = {}) => dayOf(calendar(over), date).kind;

test('national holidays and make-up days of 2026 are known by name in both languages', () => {
  expect(dayOf(calendar(), '2026-10-01')).toEqual({
    date: '2026-10-01',
    kind: 'holiday',
    name: '国庆节',
    nameEn: 'National Day',
    own: false,
  });
  expect(kind('2026-10-10')).toBe('makeUp');
  expect(kind('2026-10-11')).toBe('weekend');
  expect(kind('2026-11-23')).toBe('schoolDay');
});

test('a working day in a year that the national table does not know is unknown, not a school day', () => {
  expect(kind('2027-01-04')).toBe('unknown');
  expect(kind('2027-01-02')).toBe('weekend');
  expect(unknownYears(daysOf(calendar()))).toEqual([2027]);
});

test('once a person has entered the days and confirmed a stretch, it counts, and nothing beyond it', () => {
  const known = {
    confirmed: [{ from: '2027-01-01', to: '2027-01-22' }],
    ownDays: [{ date: '2027-01-01', kind: 'holiday' as const, name: '元旦' }],
  };
  expect(kind('2027-01-01', known)).toBe('holiday');
  expect(kind('2027-01-04', known)).toBe('schoolDay');
  expect(unknownYears(daysOf(calendar(known)))).toEqual([]);
  const spring = { ...known, term: { from: '2027-01-15', to: '2027-07-02' } };
  expect(kind('2027-01-22', spring)).toBe('schoolDay');
  expect(kind('2027-01-25', spring)).toBe('unknown');
  expect(kind('2027-04-05', spring)).toBe('unknown');
  expect(unknownYears(daysOf(calendar(spring)))).toEqual([2027]);
});

test("the school's own word is stronger than the national table and the week", () => {
  const ownDays = [
    { date: '2026-10-10', kind: 'holiday' as const, name: '' },
    { date: '2026-11-28', kind: 'schoolDay' as const, name: '补课' },
    { date: '2026-11-25', kind: 'holiday' as const, name: '校庆' },
  ];
  expect(kind('2026-10-10', { ownDays })).toBe('holiday');
  expect(dayOf(calendar({ ownDays }), '2026-11-28')).toMatchObject({ kind: 'makeUp', name: '补课' });
  expect(kind('2026-11-25', { ownDays })).toBe('holiday');
  expect(dayOf(calendar({ ownDays }), '2026-11-25')).toMatchObject({ own: true });
  expect(dayOf(calendar({ ownDays }), '2026-10-01')).toMatchObject({ kind: 'holiday', own: false });
});

test('exams take school days, not free ones; outside the term is outside', () => {
  const exams = [{ name: '期末考试', from: '2026-11-26', to: '2026-11-30' }];
  expect(kind('2026-11-26', { exams })).toBe('exam');
  expect(kind('2026-11-28', { exams })).toBe('weekend');
  expect(kind('2026-08-31')).toBe('outside');
  expect(daysOf(calendar())).toHaveLength(144);
});

test('days are counted over month ends and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
  expect(weekdayOf('2026-11-23')).toBe(1);
  expect(weekdayOf('2026-11-29')).toBe(7);
});
