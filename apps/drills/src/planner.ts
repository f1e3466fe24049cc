/**
 * "Plan my term" (D2, G10): dates that meet every duty and avoid exams, holidays and each other.
 *
 * Promise: a duty is either met by what is proposed (late, when no day is left in time, and then it is said), or named with
 * the reason why it can't be. `crowded` is proven and not
 * guessed: days that serve the same duties are interchangeable, so a search over such groups of days, with one drill a day
 * and a drill serving every duty that its kind and day fit, is exact and small. Duties that the law demands are placed
 * first; among the days of a group the one farthest from other drills is taken. What is late already goes to the first day
 * that no other drill needs: the search says that it can be met, and only then is it brought forward.
 */
import type {
  CalendarDay,
  DrillKind,
  Duty,
  Period,
  ProposedDrill,
  Rule,
  TermPlan,
  UnmetReason,
} from '@anyuan/contracts';
import { addDays, daysBetween, later, weekdayOf, within } from './calendar.ts';

export interface PlanInput {
  days: readonly CalendarDay[];
  rules: readonly Rule[];
  duties: readonly Duty[];
  /** Days that have a drill already. */
  taken: readonly string[];
  today: string;
}

interface Need {
  rule: Rule;
  period: Period;
  latest: string;
  /** Where its drills may lie: until its last day, or, when no day is left in time, in its period. */
  window: Period;
  /** No day is left in time. */
  late: boolean;
  missing: number;
}
/** Days that serve the same needs. */
interface Group {
  needs: ReadonlySet<Need>;
  days: CalendarDay[];
}
interface Placed {
  group: Group;
  kind: DrillKind;
}

const FORCE = { law: 0, guide: 1, school: 2 } as const;
/** Searched places before a duty is called too tight; random calendars stay under a hundredth of it. */
const PATIENCE = 200_000;

export function planTerm(input: PlanInput): TermPlan {
  const usable = usableDays(input);
  const unmet: TermPlan['unmet'] = [];
  const give = ({ rule, period }: Need, missing: number, why: UnmetReason) =>
    unmet.push({ rule: rule.id, period, missing, why });
  const met: Need[] = [];
  let placed: Placed[] = [];
  for (const need of needsOf(input, usable)) {
    const why = impossible(need, input, usable);
    if (why) {
      give(need, need.missing, why);
      continue;
    }
    const found = asMuchAsPossible(met, need, usable);
    if (found.missing < need.missing) give(need, need.missing - found.missing, 'crowded');
    if (found.missing > 0) met.push({ ...need, missing: found.missing });
    if (found.placed) placed = found.placed;
  }
  return { drills: dated(placed, met, usable, input.taken), unmet };
}

function usableDays({ days, taken, today }: PlanInput): CalendarDay[] {
  const full = new Set(taken);
  return days.filter((d) => (d.kind === 'schoolDay' || d.kind === 'makeUp') && d.date > today && !full.has(d.date));
}

function needsOf({ duties, rules, today }: PlanInput, usable: readonly CalendarDay[]): Need[] {
  const tomorrow = addDays(today, 1);
  return duties
    .flatMap((duty): Need[] => {
      const rule = rules.find((r) => r.id === duty.rule);
      const from = later(duty.period.from, tomorrow);
      const inTime = usable.some((d) => within(d.date, { from, to: duty.latest }));
      const standing = duty.done.length + duty.scheduled.length + (inTime ? 0 : duty.scheduledLate.length);
      const missing = duty.count - standing;
      if (!rule || missing < 1) return [];
      const to = inTime ? duty.latest : duty.period.to;
      return [{ rule, period: duty.period, latest: duty.latest, window: { from, to }, late: !inTime, missing }];
    })
    .sort((a, b) => FORCE[a.rule.force] - FORCE[b.rule.force] || a.window.to.localeCompare(b.window.to));
}

function impossible({ window }: Need, input: PlanInput, usable: readonly CalendarDay[]): UnmetReason | null {
  if (usable.some((d) => within(d.date, window))) return null;
  if (window.to < window.from) return 'past';
  const kinds = new Set(input.days.filter((d) => within(d.date, window)).map((d) => d.kind));
  if (kinds.has('unknown')) return 'calendarUnknown';
  if (kinds.has('schoolDay') || kinds.has('makeUp')) return 'crowded';
  return kinds.has('exam') ? 'exams' : 'noSchoolDay';
}

function asMuchAsPossible(
  met: readonly Need[],
  need: Need,
  usable: readonly CalendarDay[],
): { missing: number; placed?: Placed[] } {
  for (let missing = need.missing; missing > 0; missing--) {
    const placed = place([...met, { ...need, missing }], usable);
    if (placed) return { missing, placed };
  }
  return { missing: 0 };
}

/** Every need served, or null when that can't be. */
function place(needs: readonly Need[], usable: readonly CalendarDay[]): Placed[] | null {
  const groups = groupsOf(needs, usable);
  const order = [...needs].sort((a, b) => a.window.to.localeCompare(b.window.to));
  const placed: Placed[] = [];
  let patience = PATIENCE;
  const serves = ({ group, kind }: Placed, need: Need) => group.needs.has(need) && need.rule.kinds.includes(kind);
  const owed = (need: Need) => need.missing - placed.filter((p) => serves(p, need)).length;
  const worth = (option: Placed) => order.filter((n) => serves(option, n) && owed(n) > 0).length;
  const used = (kind: DrillKind) => placed.filter((p) => p.kind === kind).length;
  const free = (group: Group) => group.days.length - placed.filter((p) => p.group === group).length;

  const search = (): boolean => {
    const need = order.find((n) => owed(n) > 0);
    if (!need) return true;
    const options = groups
      .filter((group) => group.needs.has(need) && free(group) > 0)
      .flatMap((group) => need.rule.kinds.map((kind): Placed => ({ group, kind })))
      .map((option) => ({ option, worth: worth(option), used: used(option.kind), free: free(option.group) }))
      .sort((a, b) => b.worth - a.worth || a.used - b.used || b.free - a.free);
    for (const { option } of options) {
      if (--patience < 0) return false;
      placed.push(option);
      if (search()) return true;
      placed.pop();
    }
    return false;
  };
  return search() ? placed : null;
}

function groupsOf(needs: readonly Need[], usable: readonly CalendarDay[]): Group[] {
  const groups = new Map<string, Group>();
  for (const day of usable) {
    const serving = needs.filter((n) => within(day.date, n.window));
    if (serving.length === 0) continue;
    const key = needs.map((n) => (serving.includes(n) ? 1 : 0)).join('');
    const group = groups.get(key);
    if (group) group.days.push(day);
    else groups.set(key, { needs: new Set(serving), days: [day] });
  }
  return [...groups.values()];
}

const TIME: Partial<Record<DrillKind, string>> = { buttonTest: '12:30', bus: '15:30', dormitory: '21:30' };
const FAR = 10;

function dated(
  placed: readonly Placed[],
  needs: readonly Need[],
  usable: readonly CalendarDay[],
  taken: readonly string[],
): ProposedDrill[] {
  const busy = [...taken];
  const servedBy = (kind: DrillKind, date: string) =>
    needs.filter((n) => n.rule.kinds.includes(kind) && within(date, n.window));
  const urgent = urgentOf(placed, needs, servedBy);
  const waiting = [...urgent, ...placed.filter((p) => !urgent.has(p)).sort(byDays)];
  const drills: ProposedDrill[] = [];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const { group, kind } = one;
    const isFree = (d: CalendarDay) => !busy.includes(d.date);
    /** Nobody who still waits for a day of its group would be left without one. */
    const spare = (day: CalendarDay) =>
      waiting.every((w) => {
        if (!w.group.days.includes(day)) return true;
        return w.group.days.filter(isFree).length > waiting.filter((o) => o.group === w.group).length;
      });
    const serves = servedBy(kind, firstOf(group));
    const soonest = usable.filter((d) => isFree(d) && serves.every((n) => within(d.date, n.window)) && spare(d));
    const free = group.days.filter(isFree);
    const { date } = urgent.has(one)
      ? (soonest.find((d) => d.kind !== 'makeUp') ?? soonest[0] ?? best(free, group, busy))
      : best(free, group, busy);
    busy.push(date);
    const served = servedBy(kind, date);
    const rules = served.map((n) => n.rule.id);
    const late = served.filter((n) => date > n.latest).map((n) => n.rule.id);
    drills.push({ kind, date, time: TIME[kind] ?? '10:00', rules, late });
  }
  return drills.sort((a, b) => a.date.localeCompare(b.date));
}

const firstOf = ({ days }: Group): string => days[0]?.date ?? '';
const byDays = (a: Placed, b: Placed): number => a.group.days.length - b.group.days.length;

/** As many as each late need asks for, the earliest of those that serve it. */
function urgentOf(
  placed: readonly Placed[],
  needs: readonly Need[],
  servedBy: (kind: DrillKind, date: string) => Need[],
): Set<Placed> {
  const inOrder = [...placed].sort((a, b) => firstOf(a.group).localeCompare(firstOf(b.group)));
  return new Set(
    needs
      .filter((n) => n.late)
      .flatMap((n) => inOrder.filter((p) => servedBy(p.kind, firstOf(p.group)).includes(n)).slice(0, n.missing)),
  );
}

const best = (free: readonly CalendarDay[], group: Group, busy: readonly string[]): CalendarDay =>
  free.reduce((first, day) => (quality(day, group, busy) > quality(first, group, busy) ? day : first));

/** Rain or an inspection may move a drill: a week before the end there is still a day for it. */
const RESERVE_DAYS = 7;

/** Far from other drills, an ordinary day, not the first of the week, not at the very end, towards the middle. */
function quality(day: CalendarDay, group: Group, busy: readonly string[]): number {
  const nearest = Math.min(FAR, ...busy.map((other) => Math.abs(daysBetween(other, day.date))));
  const middle = group.days[Math.floor(group.days.length / 2)]?.date ?? day.date;
  const last = group.days.at(-1)?.date ?? day.date;
  return (
    nearest * 3 -
    Math.abs(daysBetween(middle, day.date)) / 4 -
    (day.kind === 'makeUp' ? 12 : 0) -
    (weekdayOf(day.date) === 1 ? 3 : 0) -
    (daysBetween(day.date, last) < RESERVE_DAYS ? 9 : 0)
  );
}
