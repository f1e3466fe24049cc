/**
 * The requirement engine (D2, G10): what is owed, what is scheduled, what is proven. A pure function of rules, calendar,
 * drills and today.
 *
 * A duty is done by drills that took place and left a record in its period, and by nothing else; a drill that was planned
 * and never begun stops counting with its day, and at once when its day turns out to be a holiday, an exam's or none of
 * the term's. Months and quarters in which the term hardly has school owe nothing, and
 * that is said.
 */
import type { CalendarDay, Clash, DrillKind, Duty, DutyState, Period, Rule, RuleState } from '@anyuan/contracts';
import { addDays, closedBy, daysBetween, earlier } from './calendar.ts';

export interface KnownDrill {
  id: string;
  kind: DrillKind;
  date: string;
  status: 'planned' | 'running' | 'ended' | 'cancelled';
  /** It ended, its alarm was heard, and (but for a test) its roll was finished. */
  proven: boolean;
}

export interface Owing {
  term: Period;
  days: readonly CalendarDay[];
  drills: readonly KnownDrill[];
  today: string;
}

/** Fewer school days of the term than these in a month or quarter: nothing is owed in it. */
const MIN_SCHOOL_DAYS = { month: 5, quarter: 10 } as const;
const SCHOOLING: ReadonlySet<string> = new Set(['schoolDay', 'makeUp', 'exam', 'unknown']);

export function stateOf(rule: Rule, owing: Owing): Pick<RuleState, 'state' | 'duties' | 'exempt'> {
  const { owed, exempt } = periodsOf(rule, owing);
  const clashing = new Set(clashesOf(owing).map((c) => c.drill));
  const standing = owing.drills.filter((d) => !clashing.has(d.id));
  const duties = owed.map((period) => dutyOf(rule, period, { ...owing, drills: standing }));
  return { state: worst(duties), duties, exempt };
}

/** Planned drills to come whose day can hold none. */
export function clashesOf({ days, drills, today }: Pick<Owing, 'days' | 'drills' | 'today'>): Clash[] {
  return drills.flatMap(({ id, date, status }) => {
    if (status !== 'planned' || date < today) return [];
    const why = closedBy(days.find((d) => d.date === date)?.kind ?? 'outside');
    return why ? [{ drill: id, why }] : [];
  });
}

const ORDER: readonly DutyState[] = ['overdue', 'notScheduled', 'scheduled', 'done'];
const worst = (duties: readonly Duty[]): DutyState =>
  ORDER.find((state) => duties.some((d) => d.state === state)) ?? 'done';

function dutyOf(rule: Rule, period: Period, { term, drills, today }: Owing): Duty {
  const end = rule.within === undefined ? period.to : addDays(term.from, rule.within);
  const latest = earlier(end, period.to);
  const counting = drills.filter((d) => rule.kinds.includes(d.kind) && period.from <= d.date && d.date <= period.to);
  const done = counting.filter((d) => d.status === 'ended' && d.proven);
  const coming = counting.filter((d) => d.status === 'running' || (d.status === 'planned' && d.date >= today));
  const scheduled = coming.filter((d) => d.date <= latest);
  const state: DutyState =
    done.length >= rule.count
      ? 'done'
      : today > latest
        ? 'overdue'
        : done.length + scheduled.length >= rule.count
          ? 'scheduled'
          : 'notScheduled';
  return {
    rule: rule.id,
    period,
    latest,
    count: rule.count,
    state,
    done: done.map((d) => d.id),
    scheduled: scheduled.map((d) => d.id),
    scheduledLate: coming.filter((d) => d.date > latest).map((d) => d.id),
    late: state === 'overdue' ? daysBetween(latest, today) : 0,
  };
}

function periodsOf(rule: Rule, { term, days }: Owing): { owed: Period[]; exempt: RuleState['exempt'] } {
  const { per } = rule;
  if (per === 'term') return { owed: [{ from: term.from, to: term.to }], exempt: [] };
  const owed: Period[] = [];
  const exempt: RuleState['exempt'] = [];
  for (const stretch of stretches(days, per)) {
    const from = stretch[0]?.date ?? term.from;
    const to = stretch.at(-1)?.date ?? term.to;
    const schoolDays = stretch.filter((d) => SCHOOLING.has(d.kind)).length;
    if (schoolDays < MIN_SCHOOL_DAYS[per]) exempt.push({ from, to, schoolDays });
    else owed.push({ from, to });
  }
  return { owed, exempt };
}

function stretches(days: readonly CalendarDay[], per: 'month' | 'quarter'): CalendarDay[][] {
  const found = new Map<string, CalendarDay[]>();
  for (const day of days) {
    const month = Number(day.date.slice(5, 7));
    const key = `${day.date.slice(0, 4)}-${per === 'month' ? month : Math.ceil(month / 3)}`;
    const stretch = found.get(key);
    if (stretch) stretch.push(day);
    else found.set(key, [day]);
  }
  return [...found.values()];
}
