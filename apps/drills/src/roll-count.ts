/**
 * The roll of a drill as counts (G10): a pure function of who was there, the marks and the reports.
 *
 * Promise: the same marks give the same counts in whatever order and however often they came. A pupil counts once, by the
 * latest mark (by what the phone claims, bounded by the server); a class has a time once its teacher reported it and every
 * pupil of it had been marked by then. Nobody is present who was not marked.
 */
import type { ClassCount, DrillResult, PersonRef, RollState } from '@anyuan/contracts';

export interface RollClass {
  class: string;
  name: string;
  teacher: PersonRef;
  place: string;
}
export interface RollPupil {
  pupil: string;
  class: string;
  number: number;
  name: string;
}
export interface Mark {
  id: string;
  pupil: string;
  state: RollState;
  /** ms since 1970 */
  at: number;
  by: PersonRef;
  note: string;
}
export interface Report {
  class: string;
  at: number;
  by: PersonRef;
}
export interface Roll {
  startedAt: number;
  classes: readonly RollClass[];
  pupils: readonly RollPupil[];
  marks: readonly Mark[];
  reports: readonly Report[];
}

export function latestMarks(marks: readonly Mark[]): Map<string, Mark> {
  const latest = new Map<string, Mark>();
  for (const mark of marks) {
    const before = latest.get(mark.pupil);
    if (!before || mark.at > before.at || (mark.at === before.at && mark.id > before.id)) latest.set(mark.pupil, mark);
  }
  return latest;
}

export function classCounts(roll: Roll): ClassCount[] {
  const latest = latestMarks(roll.marks);
  const first = new Map<string, number>();
  for (const { pupil, at } of roll.marks) first.set(pupil, Math.min(at, first.get(pupil) ?? at));
  const pupilsOf = Map.groupBy(roll.pupils, (p) => p.class);
  const reportsOf = Map.groupBy(roll.reports, (r) => r.class);
  return roll.classes.map(({ class: id, name, teacher, place }) => {
    const pupils = pupilsOf.get(id) ?? [];
    const count = (state: RollState) => pupils.filter((p) => latest.get(p.pupil)?.state === state).length;
    const reports = (reportsOf.get(id) ?? []).toSorted((a, b) => a.at - b.at);
    const whole = Math.max(roll.startedAt, ...pupils.map((p) => first.get(p.pupil) ?? Number.POSITIVE_INFINITY));
    const counted = reports.find((r) => r.at >= whole);
    const [begun] = reports;
    return {
      ...{ class: id, name, teacher, place, pupils: pupils.length },
      ...{ present: count('present'), missing: count('missing'), elsewhere: count('elsewhere') },
      seconds: counted ? Math.round((counted.at - roll.startedAt) / 1_000) : null,
      reportedAt: begun ? new Date(begun.at).toISOString() : null,
      reportedBy: begun?.by.name ?? null,
    };
  });
}

export function resultOf(classes: readonly ClassCount[], targetSeconds: number): DrillResult {
  const sum = (of: (c: ClassCount) => number) => classes.reduce((n, c) => n + of(c), 0);
  // A class that has no pupils has nobody to wait for.
  const seconds = classes.filter((c) => c.pupils > 0).map((c) => c.seconds);
  const wholeSeconds =
    seconds.length > 0 && seconds.every((s) => s !== null) ? Math.max(...seconds.map((s) => s ?? 0)) : null;
  const [expected, present] = [sum((c) => c.pupils), sum((c) => c.present)];
  const [missing, elsewhere] = [sum((c) => c.missing), sum((c) => c.elsewhere)];
  return {
    wholeSeconds,
    met: wholeSeconds === null ? null : wholeSeconds <= targetSeconds,
    ...{ expected, present, missing, elsewhere, unmarked: expected - present - missing - elsewhere },
  };
}
