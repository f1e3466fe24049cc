/** What makes a booking's day and hours acceptable. Pure; the school's time is UTC+8. */
import { BOOKING_AHEAD_DAYS, type BookingDetails, type BookingRefusal, schoolDate } from '@anyuan/contracts';
import chineseDays from 'chinese-days';

const DAY_MS = 86_400_000;

export interface Window {
  starts: Date;
  ends: Date;
}

/** Later today is fine when its end has not passed: the visitor may stand at the gate already. */
export function windowOf(
  { day, from, until }: Pick<BookingDetails, 'day' | 'from' | 'until'>,
  now: number,
): Window | Extract<BookingRefusal, 'past' | 'endBeforeStart' | 'tooFar'> {
  const starts = Date.parse(`${day}T${from}:00+08:00`);
  const ends = Date.parse(`${day}T${until}:00+08:00`);
  if (ends <= starts) return 'endBeforeStart';
  if (ends <= now) return 'past';
  if (starts > now + BOOKING_AHEAD_DAYS * DAY_MS) return 'tooFar';
  return { starts: new Date(starts), ends: new Date(ends) };
}

/** Weekends and public holidays, make-up days counted as school. A year that nobody has published yet knows weekends only. */
export const isDayOff = (starts: Date): boolean => !chineseDays.isWorkday(schoolDate(starts.getTime()));
