/**
 * The 1-3-5 clock (C3): pressed, acknowledged within 1 minute, a guard there within 3, the police there within 5.
 * A pure function of what was done and the time. A drill runs without the police, and a test of the devices calls nobody:
 * their steps stand there and are never due (G11).
 */
import type { Mode, ResponseStep } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import type { Done, Incident } from './incident.ts';

const MINUTE = 60_000;
export const responsePolicy = { acknowledged: MINUTE, guardArrived: 3 * MINUTE, policeArrived: 5 * MINUTE } as const;

const called = {
  actual: ['acknowledged', 'guardArrived', 'policeArrived'],
  exercise: ['acknowledged', 'guardArrived'],
  test: [],
} as const satisfies Record<Mode, readonly ResponseStep['step'][]>;

export function responseSteps(incident: Incident, now: number): ResponseStep[] {
  const { raise, receivedAt } = incident;
  const steps: ResponseStep[] = [
    { step: 'pressed', state: 'done', at: iso(receivedAt), by: raise.raisedBy.name, due: null },
  ];
  const runs = new Set<string>(called[raise.mode]);
  let waiting = incident.standDown === null;
  const ended = !waiting;
  for (const step of ['acknowledged', 'guardArrived', 'policeArrived'] as const) {
    const done: Done | null = incident[step];
    const due = runs.has(step) ? receivedAt + responsePolicy[step] : null;
    const late = !ended && due !== null && now > due;
    const state = done ? 'done' : late ? 'late' : waiting && due !== null ? 'now' : 'todo';
    if (!done) waiting = false;
    steps.push({
      ...{ step, state },
      at: done ? iso(done.at) : null,
      by: done?.by?.name ?? null,
      due: due === null ? null : iso(due),
    });
  }
  return steps;
}
