/**
 * Which days have school, for posts and patrols. A day of a year whose holidays nobody knows counts as one: a post that
 * nobody mans on a school day is worse than one that is asked for on a holiday.
 */
import { dayOf, earlier, later } from './calendar.ts';
import type { Queries } from './context.ts';
import { calendarOf, termsOf } from './terms.ts';

const SCHOOL: ReadonlySet<string> = new Set(['schoolDay', 'makeUp', 'exam', 'unknown']);

export async function schoolDays(db: Queries, from: string, to: string): Promise<(date: string) => boolean> {
  const terms = (await termsOf(db)).filter((t) => later(t.from, from) <= earlier(t.to, to));
  const calendars = await Promise.all(terms.map((t) => calendarOf(db, t)));
  return (date) => calendars.some((calendar) => SCHOOL.has(dayOf(calendar, date).kind));
}
