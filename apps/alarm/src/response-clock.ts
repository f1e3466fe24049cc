/**
 * The 1-3-5 clock (C3): pressed, acknowledged within 1 minute, a guard there within 3, the police there within 5.
 * A pure function of what was done and the time; a drill keeps the clock but calls no police (G11).
 */
import type { ResponseStep } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import type { Done, Incident } from './incident.ts';

const MINUTE = 60_000;
export const responsePolicy = { acknowledged: MINUTE, guardArrived: 3 * MINUTE, policeArrived: 5 * MINUTE } as const;

export function responseSteps(incident: Incident, now: number): ResponseStep[] {
  const { raise, receivedAt } = incident;
  const steps: ResponseStep[] = [
    { step: 'pressed', state: 'done', at: iso(receivedAt), by: raise.raisedBy.name, due: null },
  ];
  const ended = incident.standDown !== null;
  let waiting = !ended;
  for (const step of ['acknowledged', 'guardArrived', 'policeArrived'] as const) {
    const done: Done | null = incident[step];
    const due = receivedAt + responsePolicy[step];
    const late = !ended && now > due && !(step === 'policeArrived' && raise.mode !== 'actual');
    const state = done ? 'done' : late ? 'late' : waiting ? 'now' : 'todo';
    if (!done) waiting = false;
    steps.push({ step, state, at: done ? iso(done.at) : null, by: done?.by?.name ?? null, due: iso(due) });
  }
  return steps;
}
