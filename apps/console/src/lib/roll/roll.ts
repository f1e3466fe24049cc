/**
 * A class's roll as its teacher sees it: what the server knew last, with what this phone has marked since on top. A pupil
 * counts once, by the latest mark, as the server counts.
 */
import type { ClassRoll, DrillView, RollEntry, RollMark, RollState } from '@anyuan/contracts';
import type { Thing } from '../outbox/queue.ts';

export type RollThing =
  | { kind: 'mark'; drill: string; class: string; mark: RollMark }
  | { kind: 'report'; drill: string; class: string; report: { id: string; at: string } };

/** Marks and reports of one class travel together. */
export const laneOf = (drill: string, schoolClass: string): string => `${drill}/${schoolClass}`;

export interface RollRow extends RollEntry {
  /** Not with the server yet. */
  waits: boolean;
}

export interface RollSheet {
  /** In the order of the sections on the screen; each by number. */
  missing: RollRow[];
  unmarked: RollRow[];
  elsewhere: RollRow[];
  present: RollRow[];
  total: number;
  /** The last report, by this phone or another, and whether anything was marked after it. */
  reportedAt: string | null;
  changed: boolean;
}

const stateless = (row: RollRow) => row.state === null;

export function sheetOf(roll: ClassRoll, waiting: readonly Thing<RollThing>[]): RollSheet {
  const mine = waiting.filter((t) => t.lane === laneOf(roll.drill.id, roll.class.class));
  const rows = new Map<string, RollRow>(roll.pupils.map((p) => [p.id, { ...p, waits: false }]));
  let { reportedAt } = roll.class;
  for (const { body } of mine) {
    if (body.kind === 'report') reportedAt = later(reportedAt, body.report.at);
    else marked(rows, body.mark);
  }
  const sorted = [...rows.values()].sort((a, b) => a.number - b.number);
  const of = (state: RollState) => sorted.filter((r) => r.state === state);
  return {
    missing: of('missing'),
    unmarked: sorted.filter(stateless),
    elsewhere: of('elsewhere'),
    present: of('present'),
    total: sorted.length,
    reportedAt,
    changed: reportedAt !== null && sorted.some((r) => r.at !== null && r.at > (reportedAt ?? '')),
  };
}

function marked(rows: Map<string, RollRow>, { pupil, state, at, note }: RollMark): void {
  const row = rows.get(pupil);
  // Another phone's later word stands.
  if (row && (row.at === null || row.at <= at)) rows.set(pupil, { ...row, state, at, note, by: null, waits: true });
}

const later = (a: string | null, b: string): string => (a === null || a < b ? b : a);

/** Elapsed, ms; it stands still when the drill is over. */
export function elapsedOf(drill: DrillView, now: number): number {
  if (drill.startedAt === null) return 0;
  const until = drill.endedAt === null ? now : Date.parse(drill.endedAt);
  return Math.max(0, until - Date.parse(drill.startedAt));
}

/** What the schedule says of the next drill that everybody may know of. */
export function nextDrill(drills: readonly DrillView[], today: string): DrillView | null {
  const next = drills
    .filter((d) => d.status === 'planned' && d.announced && d.mode === 'exercise' && d.date >= today)
    .sort((a, b) => `${a.date} ${a.time}`.localeCompare(`${b.date} ${b.time}`));
  return next[0] ?? null;
}

/** A kept roll is of use while phones may still bring marks of its drill: a day, as the server has it. */
export const KEPT_MS = 24 * 3_600_000;
export const isStale = (roll: ClassRoll, now: number): boolean =>
  now - Date.parse(roll.drill.startedAt ?? roll.at) > KEPT_MS;
