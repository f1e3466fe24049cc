import type { CalendarDay } from '@anyuan/contracts';
import { expect, it } from 'vitest';
import { eachDay, specialDays } from './days.ts';

const day = (date: string, kind: CalendarDay['kind'], name = '', own = false): CalendarDay => {
  return { date, kind, name, nameEn: '', own };
};

it('counts both ends, and nothing when it ends before it begins', () => {
  expect(eachDay('2026-09-30', '2026-10-02')).toEqual(['2026-09-30', '2026-10-01', '2026-10-02']);
  expect(eachDay('2026-10-02', '2026-10-01')).toEqual([]);
});

it('lists what is not as its weekday says: holidays, make-up days, a school day with a name or on a weekend', () => {
  const days = [
    day('2026-10-01', 'holiday', '国庆'),
    day('2026-10-02', 'holiday', '国庆'),
    day('2026-10-09', 'schoolDay'),
    day('2026-10-10', 'makeUp', '补课'),
    day('2026-10-11', 'weekend'),
    day('2026-10-17', 'schoolDay'),
    day('2026-10-20', 'schoolDay', '运动会'),
  ];
  expect(specialDays(days).map((s) => [s.from, s.to])).toEqual([
    ['2026-10-01', '2026-10-02'],
    ['2026-10-10', '2026-10-10'],
    ['2026-10-17', '2026-10-17'],
    ['2026-10-20', '2026-10-20'],
  ]);
});

it('keeps the own days apart from the national ones beside them, and shows those too that look like any other', () => {
  const days = [
    day('2026-10-07', 'holiday', '国庆'),
    day('2026-10-08', 'holiday', '国庆', true),
    day('2026-10-09', 'schoolDay', '', true),
  ];
  expect(specialDays(days).map((s) => [s.from, s.own])).toEqual([
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-09', true],
  ]);
});
