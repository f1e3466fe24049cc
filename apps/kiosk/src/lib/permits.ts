/**
 * A permit's card at the reader (A3): large while nobody is served, else a word in passing. What is refused stands longer and
 * sounds like it; nothing has to be touched. During an alarm the gate serves nobody: the tap is on record, the screen is the
 * alarm's.
 */
import type { KioskEvent } from '@anyuan/contracts';
import { busyWord } from './arrivals.ts';
import type { Effect, Sound } from './effects.ts';
import { alarmOn, type HintKey, hinted, type Session, type Step, show, stay } from './state.ts';

export type PermitSaid = Extract<KioskEvent, { type: 'permit' }>;
export interface PermitScreen {
  at: 'permit';
  said: PermitSaid;
  until: number;
}

const SHOWN_MS = 5_000;
const REFUSED_MS = 15_000;

/** How it looks and sounds: a list that is too old asks for the guard's eyes. */
export function lookOf({ result, byEye }: PermitSaid): Sound {
  if (result === 'refused') return 'no';
  return result === 'again' || byEye ? 'look' : 'yes';
}
const HINTS: Record<PermitSaid['result'], HintKey> = {
  in: 'permitIn',
  out: 'permitOut',
  refused: 'permitNo',
  again: 'permitAgain',
};

export function onPermit(s: Session, said: PermitSaid, now: number): Step {
  const sound = lookOf(said);
  const heard: Effect = { run: 'sound', sound };
  if (alarmOn(s)) return said.refusal === 'alarm' ? [hinted(s, busyWord(s), now), [heard]] : stay(s);
  const free = s.screen.at === 'idle' || s.screen.at === 'atPost' || s.screen.at === 'permit';
  if (s.busy === null && free) {
    const until = now + (said.result === 'refused' ? REFUSED_MS : SHOWN_MS);
    return show({ ...s, touchedAt: now, hint: null }, { at: 'permit', said, until }, heard);
  }
  return [hinted(s, HINTS[said.result], now, said.permit?.name ?? ''), [heard]];
}
