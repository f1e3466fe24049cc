/**
 * Who stands when (A4, E1, H11). The need of a shift is data: at arrival and dismissal the whole of the school's required
 * guards stand at the gates, all gates together; while pupils are in class and at night at least one stands at each gate.
 * No source divides the school's number among the shifts; this division is ours and said in each shift's arithmetic.
 *
 * A shift is as strong as its weakest moment: somebody who leaves half-way does not count for the other half.
 */
import type { ShiftKind, ShiftNeed } from '@anyuan/contracts';
import { addDays, daysBetween } from './dates.ts';

export interface Shift {
  id: string;
  gate: string;
  date: string;
  from: string;
  to: string;
  kind: ShiftKind;
  guards: readonly { id: string }[];
}

const SHIFT_NEEDS: Record<ShiftKind, { needed: 'all' | number; counted: ShiftNeed['counted'] }> = {
  arrival: { needed: 'all', counted: 'school' },
  dismissal: { needed: 'all', counted: 'school' },
  schoolHours: { needed: 1, counted: 'gate' },
  night: { needed: 1, counted: 'gate' },
};

/** @param required the school's number by the rule in force; @param all this shift and those that may overlap it */
export function shiftNeed(shift: Shift, all: readonly Shift[], required: number): ShiftNeed {
  const { needed: rule, counted } = SHIFT_NEEDS[shift.kind];
  const needed = rule === 'all' ? required : rule;
  const beside = counted === 'gate' ? all.filter((s) => s.gate === shift.gate) : all;
  const onDuty = leastOnDuty(shift, beside);
  const text =
    counted === 'school'
      ? {
          zh: `上下学时段全员到岗：全校应有 ${needed} 名，各校门同时在岗最少 ${onDuty} 名`,
          en: `all guards at arrival and dismissal: ${needed} for the school, at least ${onDuty} on duty at all gates together`,
        }
      : {
          zh: `本校门至少 ${needed} 名，同时在岗最少 ${onDuty} 名`,
          en: `at least ${needed} at this gate, at least ${onDuty} on duty`,
        };
  return { needed, onDuty, short: Math.max(0, needed - onDuty), counted, text };
}

/** When it is over, in ms since 1970. */
export const endOf = ({ date, from, to }: Pick<Shift, 'date' | 'from' | 'to'>): number =>
  Date.parse(`${to <= from ? addDays(date, 1) : date}T${to}:00.000+08:00`);

/** Different guards at the weakest moment of this window. */
function leastOnDuty(window: Shift, shifts: readonly Shift[]): number {
  const [from, to] = minutes(window, window.date);
  return Math.min(...moments(shifts, window.date, from, to).map((at) => guardsAt(shifts, window.date, at)));
}

/** Different guards at the strongest moment of a day. */
export function mostOnDuty(shifts: readonly Shift[], date: string): number {
  return Math.max(0, ...moments(shifts, date, 0, 24 * 60).map((at) => guardsAt(shifts, date, at)));
}

export const overlap = (a: Shift, b: Shift): boolean => {
  const [aFrom, aTo] = minutes(a, a.date);
  const [bFrom, bTo] = minutes(b, a.date);
  return aFrom < bTo && bFrom < aTo;
};

/** @param minute of `date`; how many different guards stand then */
export function guardsAt(shifts: readonly Shift[], date: string, minute: number): number {
  const present = new Set<string>();
  for (const shift of shifts) {
    const [from, to] = minutes(shift, date);
    if (from <= minute && minute < to) for (const { id } of shift.guards) present.add(id);
  }
  return present.size;
}

/** The window's beginning, and each moment within it at which somebody comes or goes. */
function moments(shifts: readonly Shift[], date: string, from: number, to: number): number[] {
  const edges = shifts.flatMap((shift) => minutes(shift, date)).filter((at) => at > from && at < to);
  return [from, ...edges];
}

/** From and to in minutes of `date`; a shift that ends in the morning after goes beyond 24 h. */
function minutes({ date: own, from, to }: Shift, date: string): [number, number] {
  const start = daysBetween(date, own) * 24 * 60;
  return [start + ofDay(from), start + ofDay(to) + (to <= from ? 24 * 60 : 0)];
}

const ofDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
