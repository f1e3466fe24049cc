/** What the drills came to, as the term's page shows it. Pure. */
import type { Rule, RuleState } from '@anyuan/contracts';
import type { EvacuationTimes } from '../clients/drills.ts';

/** More columns than these can't be read beside each other; some three years of a school. */
export const SHOWN = 24;

export interface Timed {
  drill: string;
  kind: EvacuationTimes['kind'];
  date: string;
  target: number;
  /** Of the whole school, or of the class that was asked for; null when nobody timed it. */
  seconds: number | null;
  slowest: { name: string; seconds: number } | null;
}

/** The latest ones, the oldest of them first. With a class, only drills whose roll names it. */
export function timesOf(all: readonly EvacuationTimes[], schoolClass: string | null): Timed[] {
  const times = all.flatMap(({ drill, kind, date, targetSeconds: target, wholeSeconds, classes }): Timed[] => {
    const own = classes.find((c) => c.class === schoolClass);
    if (schoolClass !== null && !own) return [];
    const slowest = classes.reduce<Timed['slowest']>(
      (worst, { name, seconds }) => (seconds !== null && seconds > (worst?.seconds ?? -1) ? { name, seconds } : worst),
      null,
    );
    return [{ drill, kind, date, target, seconds: own ? own.seconds : wholeSeconds, slowest }];
  });
  return times.slice(-SHOWN);
}

/** Classes with a roll in one of the drills, in the order of the latest. */
export function classesOf(all: readonly EvacuationTimes[]): { class: string; name: string }[] {
  const known = new Map(all.toReversed().flatMap(({ classes }) => classes.map((c) => [c.class, c.name] as const)));
  return [...known].map(([id, name]) => ({ class: id, name }));
}

export interface Kept {
  rule: Rule;
  /** Done, or due and not done in time. What may still be done counts neither way. */
  due: number;
  met: number;
}

export function keptOf(rules: readonly RuleState[]): Kept[] {
  return rules
    .filter(({ enabled }) => enabled)
    .map(({ rule, duties }) => {
      const met = duties.filter(({ state }) => state === 'done').length;
      return { rule, met, due: met + duties.filter(({ state }) => state === 'overdue').length };
    });
}
