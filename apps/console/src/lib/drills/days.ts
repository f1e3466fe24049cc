/** The calendar's days that are not what their weekday says. */
import type { CalendarDay } from '@anyuan/contracts';
import { addDays, weekdayOf } from './term-grid.ts';

/** Both ends included; empty when it ends before it begins, and never more than a term. */
export function eachDay(from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to && days.length < 250; date = addDays(date, 1)) days.push(date);
  return days;
}

export interface SpecialDays {
  from: string;
  to: string;
  kind: CalendarDay['kind'];
  name: string;
  nameEn: string;
}

const isSpecial = ({ kind, date, name }: CalendarDay): boolean =>
  kind === 'makeUp' || kind === 'holiday' || (kind === 'schoolDay' && (weekdayOf(date) > 5 || name !== ''));

/** As stretches of one kind and name, one day after another. */
export function specialDays(days: readonly CalendarDay[]): SpecialDays[] {
  const list: SpecialDays[] = [];
  for (const day of days.filter(isSpecial)) {
    const last = list.at(-1);
    if (last && last.kind === day.kind && last.name === day.name && addDays(last.to, 1) === day.date)
      last.to = day.date;
    else list.push({ from: day.date, to: day.date, kind: day.kind, name: day.name, nameEn: day.nameEn });
  }
  return list;
}
