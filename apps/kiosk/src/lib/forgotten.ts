/**
 * A member of staff without his card 忘带卡 (A1, A3): found by the keys of his name, proved by a colleague's card or his own PIN. What
 * follows comes as the same event as a card's: in or out, his post, a training. While his name stands there the agent takes the
 * next staff card as a word for him; so it is told when the name goes.
 */
import type { KioskEvent, StaffFound } from '@anyuan/contracts';
import type { Effect } from './effects.ts';
import { PIN_MAX, PIN_MIN } from './handover.ts';
import { command, IDLE, type Session, type Step, show, stay } from './state.ts';

export interface ForgottenScreen {
  at: 'forgotten';
  keys: string;
  /** Null until the answer to these very keys is there. */
  found: StaffFound[] | null;
  person: StaffFound | null;
  pin: string;
  wrong: { left: number } | { until: number } | null;
}
export type ForgottenAnswer =
  | { ok: true; event: KioskEvent }
  | { ok: false; reason: 'wrongPin'; left: number }
  | { ok: false; reason: 'tooMany'; waitMs: number };

export interface ForgottenClient {
  find(keys: string): Promise<StaffFound[]>;
  begin(person: string): Promise<void>;
  end(): Promise<void>;
  prove(person: string, pin: string): Promise<ForgottenAnswer>;
}

export type ForgottenInput = { flow: 'forgotten' } & (
  | { do: 'open' }
  | { do: 'key'; key: string }
  | { do: 'eraseKey' }
  | { do: 'clear' }
  | { do: 'found'; keys: string; people: StaffFound[] }
  | { do: 'person'; person: StaffFound }
  | { do: 'digit'; digit: string }
  | { do: 'eraseDigit' }
  | { do: 'prove' }
  | { do: 'refused'; answer: Exclude<ForgottenAnswer, { ok: true }> }
);
export type ForgottenEffect =
  | { run: 'findStaff'; keys: string }
  | { run: 'beginForgotten'; person: string }
  | { run: 'endForgotten' }
  | { run: 'proveForgotten'; person: string; pin: string };

const LONGEST = 12;
const EMPTY: ForgottenScreen = { at: 'forgotten', keys: '', found: null, person: null, pin: '', wrong: null };

export const pinShut = ({ wrong }: ForgottenScreen, now: number): boolean =>
  wrong !== null && 'until' in wrong && now < wrong.until;
export const pinReady = ({ pin }: ForgottenScreen): boolean => pin.length >= PIN_MIN;

function typed(s: Session, screen: ForgottenScreen, keys: string): Step {
  if (keys.length > LONGEST) return stay(s);
  if (keys === '') return show(s, { ...screen, keys, found: null });
  return show(s, { ...screen, keys }, { run: 'findStaff', keys });
}

export function forgottenStep(s: Session, input: ForgottenInput, now: number): Step {
  const { screen } = s;
  if (input.do === 'open') return show(s, EMPTY);
  if (screen.at !== 'forgotten') return input.do === 'refused' ? stay({ ...s, busy: null }) : stay(s);
  return onForgotten(s, screen, input, now);
}

function onForgotten(
  s: Session,
  screen: ForgottenScreen,
  input: Exclude<ForgottenInput, { do: 'open' }>,
  now: number,
): Step {
  switch (input.do) {
    case 'key':
      return typed(s, screen, screen.keys + input.key);
    case 'eraseKey':
      return typed(s, screen, screen.keys.slice(0, -1));
    case 'clear':
      return typed(s, screen, '');
    case 'found':
      return input.keys === screen.keys ? show(s, { ...screen, found: input.people }) : stay(s);
    case 'person':
      return show(s, { ...screen, person: input.person }, { run: 'beginForgotten', person: input.person.id });
    case 'digit':
      if (screen.pin.length >= PIN_MAX || pinShut(screen, now)) return stay(s);
      return show(s, { ...screen, pin: screen.pin + input.digit, wrong: null });
    case 'eraseDigit':
      return show(s, { ...screen, pin: screen.pin.slice(0, -1) });
    case 'prove':
      if (screen.person === null || !pinReady(screen)) return stay(s);
      return command(s, { run: 'proveForgotten', person: screen.person.id, pin: screen.pin });
    case 'refused': {
      const { answer } = input;
      const wrong = answer.reason === 'tooMany' ? { until: now + answer.waitMs } : { left: answer.left };
      return show({ ...s, busy: null }, { ...screen, pin: '', wrong }, { run: 'sound', sound: 'look' });
    }
  }
}

/** One step back: to the names. @returns undefined: out of it */
export const forgottenBack = (screen: ForgottenScreen): ForgottenScreen | undefined =>
  screen.person === null ? undefined : { ...screen, person: null, pin: '', wrong: null };

/** Somebody's word was taken: its screen has done its work, and what it came to is shown as of a card. */
export function foldForgotten(s: Session, event: KioskEvent): Session {
  if (s.screen.at !== 'forgotten' || !('forgotten' in event) || !event.forgotten) return s;
  return { ...s, screen: IDLE, busy: s.busy === 'proveForgotten' ? null : s.busy };
}

const waitedFor = ({ screen }: Session): string | null =>
  screen.at === 'forgotten' ? (screen.person?.id ?? null) : null;

/** Whatever took the name off the screen: the next staff card means itself again. */
export function settleForgotten(before: Session, [after, effects]: Step): Step {
  if (waitedFor(before) === null || waitedFor(after) !== null) return [after, effects];
  const end: Effect = { run: 'endForgotten' };
  return [after, [...effects, end]];
}
