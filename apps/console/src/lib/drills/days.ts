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
  /** The school's own word: what it may take back. */
  own: boolean;
}

const isSpecial = ({ kind, date, name, own }: CalendarDay): boolean =>
  own || kind === 'makeUp' || kind === 'holiday' || (kind === 'schoolDay' && (weekdayOf(date) > 5 || name !== ''));

/** As stretches of one kind, name and source, one day after another. */
export function specialDays(days: readonly CalendarDay[]): SpecialDays[] {
  const list: SpecialDays[] = [];
  for (const day of days.filter(isSpecial)) {
    const last = list.at(-1);
    const { date, ...what } = day;
    const alike = last && last.kind === what.kind && last.name === what.name && last.own === what.own;
    if (alike && addDays(last.to, 1) === date) last.to = date;
    else list.push({ from: date, to: date, ...what });
  }
  return list;
}
