/**
 * What each day of a term is to the school. Its own word on a day comes first, then the national table of holidays and
 * make-up days, then the week. Days of a year that the national table does not know are said to be unknown until a person
 * has entered what the school knows and confirmed just these days: the package's table calls 1 January a working day, and
 * who looked at January has not looked at May.
 */
import type { CalendarDay, Conflict, DayKind, OwnDay, Period } from '@anyuan/contracts';
import chineseDays from 'chinese-days';

export interface TermCalendar {
  term: Period;
  exams: readonly (Period & { name: string })[];
  ownDays: readonly OwnDay[];
  /** Stretches of days that a person confirmed as complete. */
  confirmed: readonly Period[];
}

const CLOSED: Partial<Record<DayKind, Conflict>> = {
  outside: 'outsideTerm',
  holiday: 'holiday',
  weekend: 'weekend',
  exam: 'exam',
  unknown: 'unknown',
};
/** Why no drill can be on such a day; null where one can. */
export const closedBy = (kind: DayKind): Conflict | null => CLOSED[kind] ?? null;

/** The national word on a day; null in a year that it does not know. */
export type NationalDays = (date: string) => { work: boolean; name: string; nameEn: string; special: boolean } | null;

const NEW_YEAR = '-01-01';

/** `National Day,国庆节,3`, or the English name of the weekday for a day like any other. */
export const nationalDays: NationalDays = (date) => {
  if (!chineseDays.getDayDetail(date.slice(0, 4) + NEW_YEAR).name.includes(',')) return null;
  const { work, name } = chineseDays.getDayDetail(date);
  const [nameEn = '', zh = ''] = name.split(',');
  return zh ? { work, name: zh, nameEn, special: true } : { work, name: '', nameEn: '', special: false };
};

const DAY_MS = 86_400_000;
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;
export const within = (date: string, { from, to }: Period): boolean => from <= date && date <= to;

export function dayOf(calendar: TermCalendar, date: string, national: NationalDays = nationalDays): CalendarDay {
  if (!within(date, calendar.term)) return { date, kind: 'outside', name: '', nameEn: '', own: false };
  const base = baseOf(calendar, date, national);
  if (base.kind === 'holiday' || base.kind === 'weekend') return base;
  const exam = calendar.exams.find((e) => within(date, e));
  return exam ? { ...base, kind: 'exam', name: exam.name, nameEn: exam.name } : base;
}

function baseOf(calendar: TermCalendar, date: string, national: NationalDays): CalendarDay {
  const own = calendar.ownDays.find((o) => o.date === date);
  const day = (kind: DayKind, name = '', nameEn = name): CalendarDay => {
    return { date, kind, name, nameEn, own: own !== undefined };
  };
  const weekend = weekdayOf(date) > 5;
  if (own) return day(own.kind === 'holiday' ? 'holiday' : weekend ? 'makeUp' : 'schoolDay', own.name);
  const known = national(date);
  if (known?.special) return day(known.work ? 'makeUp' : 'holiday', known.name, known.nameEn);
  if (weekend) return day('weekend');
  if (!known && !calendar.confirmed.some((span) => within(date, span))) return day('unknown');
  return day('schoolDay');
}

export function daysOf(calendar: TermCalendar, national: NationalDays = nationalDays): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let date = calendar.term.from; date <= calendar.term.to; date = addDays(date, 1))
    days.push(dayOf(calendar, date, national));
  return days;
}

export const unknownYears = (days: readonly CalendarDay[]): number[] => [
  ...new Set(days.filter((d) => d.kind === 'unknown').map((d) => Number(d.date.slice(0, 4)))),
];
