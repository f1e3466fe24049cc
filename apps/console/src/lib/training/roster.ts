/** The guards' week as it is shown and as it is planned (E1, H11). Pure; days are civil dates of the school. */
import { type PlanShift, SHIFT_KINDS, type ShiftKind, type ShiftView } from '@anyuan/contracts';
import { addDays, daysFrom } from './cells.ts';

export const weekFrom = (monday: string): string[] => Array.from({ length: 7 }, (_, n) => addDays(monday, n));

export interface RosterRow {
  gate: string;
  kind: ShiftKind;
  /** As many as there are days; one part of the day may have several shifts. */
  days: ShiftView[][];
}

/** One row for each gate and part of the day that has a shift in these days, in the order of the day. */
export function rosterRows(shifts: readonly ShiftView[], days: readonly string[]): RosterRow[] {
  const gates = [...new Set(shifts.map(({ gate }) => gate))].sort();
  const of = (gate: string, kind: ShiftKind) => shifts.filter((s) => s.gate === gate && s.kind === kind);
  return gates.flatMap((gate) =>
    IN_THE_DAY.flatMap((kind) => {
      const all = of(gate, kind);
      return all.length > 0 ? [{ gate, kind, days: days.map((day) => all.filter(({ date }) => date === day)) }] : [];
    }),
  );
}
const AT: Record<ShiftKind, number> = { arrival: 0, schoolHours: 1, dismissal: 2, night: 3 };
const IN_THE_DAY = [...SHIFT_KINDS].sort((a, b) => AT[a] - AT[b]);

/** A shift that is over stays as it was; `to` not after `from` ends on the next morning. */
export const isOver = ({ date, from, to }: Pick<ShiftView, 'date' | 'from' | 'to'>, now: number): boolean =>
  Date.parse(`${to <= from ? addDays(date, 1) : date}T${to}:00.000+08:00`) <= now;

export interface PlanDraft {
  gate: string;
  kind: ShiftKind;
  from: string;
  to: string;
  firstDay: string;
  lastDay: string;
  /** Monday is 0. */
  weekdays: readonly number[];
}

/** At most so many shifts travel at once. */
export const MOST_SHIFTS = 200;
const LONGEST_DAYS = 2 * 366;

/** One shift for each of these weekdays from the first day to the last, without what would be over already. */
export function shiftsToPlan(draft: PlanDraft, now: number, newId: () => string): PlanShift[] {
  const { gate, kind, from, to, firstDay, lastDay, weekdays } = draft;
  const days = Math.min(daysFrom(firstDay, lastDay), LONGEST_DAYS);
  if (!(days >= 0)) return [];
  return Array.from({ length: days + 1 }, (_, n) => addDays(firstDay, n)).flatMap((date) =>
    weekdays.includes((new Date(date).getUTCDay() + 6) % 7) && !isOver({ date, from, to }, now)
      ? [{ id: newId(), gate, date, from, to, kind }]
      : [],
  );
}
