/** A running drill as its leader needs it: who is not counted yet stands on top, the numbers add up. Pure. */
import { type ClassCount, type DrillView, ROLL_LATE_HOURS } from '@anyuan/contracts';

export interface Totals {
  pupils: number;
  present: number;
  missing: number;
  elsewhere: number;
  /** Nobody has said anything about them. */
  unmarked: number;
  reported: number;
}

export const unmarkedOf = (c: ClassCount): number => Math.max(0, c.pupils - c.present - c.missing - c.elsewhere);

export function totalsOf(classes: readonly ClassCount[]): Totals {
  const sum = (of: (c: ClassCount) => number) => classes.reduce((all, c) => all + of(c), 0);
  return {
    pupils: sum((c) => c.pupils),
    present: sum((c) => c.present),
    missing: sum((c) => c.missing),
    elsewhere: sum((c) => c.elsewhere),
    unmarked: sum(unmarkedOf),
    reported: classes.filter((c) => c.seconds !== null).length,
  };
}

export type ClassState = 'silent' | 'missing' | 'counting' | 'done';
export function classState(c: ClassCount): ClassState {
  if (c.reportedAt === null && c.present + c.missing + c.elsewhere === 0) return 'silent';
  if (c.missing > 0) return 'missing';
  return c.seconds === null ? 'counting' : 'done';
}

const RANK: Record<ClassState, number> = { missing: 0, silent: 1, counting: 2, done: 3 };
/** Somebody missing first, then who has not said a word, then who still counts; of the others the slowest first. */
export const byConcern = (classes: readonly ClassCount[]): ClassCount[] =>
  [...classes].sort(
    (a, b) => RANK[classState(a)] - RANK[classState(b)] || (b.seconds ?? 0) - (a.seconds ?? 0) || b.pupils - a.pupils,
  );

/** Seconds until the last class was complete; null while one is not. */
export function wholeSeconds(classes: readonly ClassCount[]): number | null {
  const all = classes.filter((c) => c.pupils > 0).map((c) => c.seconds);
  if (all.length === 0) return null;
  return all.every((s): s is number => s !== null) ? Math.max(...all) : null;
}

/** Phones may still bring what is missing of this drill's roll. */
export const rollMayCome = ({ lacks, endedAt }: DrillView, now: number): boolean =>
  lacks === 'roll' && endedAt !== null && now - Date.parse(endedAt) <= ROLL_LATE_HOURS * 3_600_000;

/** The alarm of a begun drill has not been heard after this long: it is said, and offered again. */
export const ALARM_WAIT_MS = 8_000;

export type AlarmOfDrill = 'heard' | 'waiting' | 'silent';
export function alarmOf({ alarmHeardAt, startedAt }: DrillView, now: number, failed: boolean): AlarmOfDrill {
  if (alarmHeardAt !== null) return 'heard';
  if (failed) return 'silent';
  return startedAt !== null && now - Date.parse(startedAt) > ALARM_WAIT_MS ? 'silent' : 'waiting';
}
