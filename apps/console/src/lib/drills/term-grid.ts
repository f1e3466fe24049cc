/**
 * The term by rule and week. Pure: what stands in a cell follows from the view and the drills. A week belongs to the month of
 * its Thursday, as on every calendar (ISO 8601), and is boxed when today lies in it.
 */
import type { CalendarDay, Clash, Conflict, DrillView, DutyState, RuleState, TermView } from '@anyuan/contracts';

const DAY = 86_400_000;
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));
export const monthOf = (date: string): number => Number(date.slice(5, 7));

export interface Week {
  number: number;
  from: string;
  to: string;
  month: number;
  /** The first one of its month on this calendar. */
  first: boolean;
  shade: 'holiday' | 'exam' | 'unknown' | null;
  now: boolean;
  /** The first day of it that is still free for a drill. */
  free: string | null;
}

export function weeksOf({ term, days, today }: TermView, drills: readonly DrillView[]): Week[] {
  const taken = new Set(drills.filter((d) => d.status !== 'cancelled' && d.mode === 'exercise').map((d) => d.date));
  const weeks: Week[] = [];
  for (let from = mondayOf(term.from); from <= term.to; from = addDays(from, 7)) {
    const to = addDays(from, 6);
    const working = days.filter((d) => d.date >= from && d.date <= to && weekdayOf(d.date) < 6);
    const has = (kind: CalendarDay['kind']) => working.some((d) => d.kind === kind);
    const month = monthOf(addDays(from, 3));
    const open = days.find(
      (d) =>
        d.date >= from &&
        d.date <= to &&
        d.date >= today &&
        (d.kind === 'schoolDay' || d.kind === 'makeUp') &&
        !taken.has(d.date),
    );
    weeks.push({
      number: weeks.length + 1,
      from,
      to,
      month,
      first: weeks.at(-1)?.month !== month,
      shade: has('holiday') ? 'holiday' : has('exam') ? 'exam' : has('unknown') ? 'unknown' : null,
      now: today >= from && today <= to,
      free: open?.date ?? null,
    });
  }
  return weeks;
}

/** A drill, or the last day of what is owed. */
export interface Mark {
  state: DutyState;
  date: string;
  drill: string | null;
  /** Why its day can't hold it: it must be moved, and counts for nothing until then. */
  clash: Conflict | null;
}
const RANK: Record<DutyState, number> = { overdue: 0, notScheduled: 1, scheduled: 2, done: 3 };

/** What a rule has and owes, the most pressing first within a day. */
export function marksOf({ rule, duties }: RuleState, drills: readonly DrillView[], clashes: readonly Clash[]): Mark[] {
  const clashOf = (drill: DrillView) => clashes.find((c) => c.drill === drill.id)?.why ?? null;
  const clashing = drills
    .filter((d) => rule.kinds.includes(d.kind) && clashOf(d))
    .map((d): Mark => ({ state: 'notScheduled', date: d.date, drill: d.id, clash: clashOf(d) }));
  const marks = duties.flatMap((duty): Mark[] => {
    const held = (ids: readonly string[], state: DutyState) =>
      drills
        .filter((d) => ids.includes(d.id) && !clashOf(d))
        .map((d): Mark => ({ state, date: d.date, drill: d.id, clash: null }));
    const known = [...held(duty.done, 'done'), ...held([...duty.scheduled, ...duty.scheduledLate], 'scheduled')];
    const owed = duty.state === 'overdue' || duty.state === 'notScheduled';
    return owed ? [...known, { state: duty.state, date: duty.latest, drill: null, clash: null }] : known;
  });
  return [...marks, ...clashing].sort((a, b) => a.date.localeCompare(b.date) || RANK[a.state] - RANK[b.state]);
}

/** The one that a cell shows, and how many stand behind it. */
export function cellOf(marks: readonly Mark[], { from, to }: Week): { mark: Mark | null; more: number } {
  const here = marks.filter((m) => m.date >= from && m.date <= to).sort((a, b) => RANK[a.state] - RANK[b.state]);
  return { mark: here[0] ?? null, more: Math.max(0, here.length - 1) };
}

/** Drills that ended and meet nothing, while what they were held for is still owed. */
export const uncounted = (rules: readonly RuleState[], drills: readonly DrillView[]): DrillView[] =>
  drills.filter(({ lacks, kind, date }) => {
    const owed = ({ period, state }: RuleState['duties'][number]) =>
      state !== 'done' && period.from <= date && date <= period.to;
    return lacks !== null && rules.some(({ rule, duties }) => rule.kinds.includes(kind) && duties.some(owed));
  });

export type StateCounts = Record<DutyState, number>;
export function stateCounts(rules: readonly RuleState[]): StateCounts {
  const counts: StateCounts = { overdue: 0, notScheduled: 0, scheduled: 0, done: 0 };
  for (const { enabled, state } of rules) if (enabled) counts[state]++;
  return counts;
}

/** The latest day that a rule still owes something by, and by how many days it has been missed. */
export function owes({ duties }: RuleState): { latest: string; late: number } | null {
  const open = duties.filter((d) => d.state === 'overdue' || d.state === 'notScheduled');
  const first = open.sort((a, b) => a.latest.localeCompare(b.latest))[0];
  return first ? { latest: first.latest, late: Math.max(...open.map((d) => d.late)) } : null;
}

export interface Stretch {
  from: string;
  to: string;
  name: string;
  nameEn: string;
}

/** Holidays, exams or make-up days as they are spoken of: one stretch, whatever weekend lies inside it. */
export function stretches(days: readonly CalendarDay[], kind: 'holiday' | 'exam' | 'makeUp'): Stretch[] {
  const list: Stretch[] = [];
  for (const day of days) {
    if (day.kind !== kind) continue;
    const last = list.at(-1);
    if (last && last.name === day.name && Date.parse(day.date) - Date.parse(last.to) <= 3 * DAY) last.to = day.date;
    else list.push({ from: day.date, to: day.date, name: day.name, nameEn: day.nameEn });
  }
  return list;
}

/** Whole school out, seconds: two minutes under four floors, three from there on (G10). */
export const usualTarget = (floors: number): number => (floors <= 4 ? 120 : 180);
