/**
 * What belongs to a visit besides reason, host and check: as what he comes, how many, until when, what is asked of his kind,
 * and whether the host agrees (A1, G1).
 *
 * The question to the host goes out by itself as soon as reason and host are known, and is taken back when another is
 * chosen or he was decided about: nobody is asked for nothing. An answer that belongs to what was chosen before is no answer.
 */
import {
  type HostQuestion,
  needsHost,
  type OverrideReason,
  type Presented,
  typesFor,
  usualType,
  type VisitorType,
  visitorTypes,
  type Work,
} from '@anyuan/contracts';
import { bookingOf } from './booked.ts';
import type { Effect } from './effects.ts';
import { whoKey } from './fresh-visit.ts';
import type { Step, VisitorScreen, Who } from './state.ts';
import type { AskInput, Identity } from './visit-client.ts';

export type Question =
  | { state: 'none' }
  /** On its way; `key` says for which choice. */
  | { state: 'asking'; key: string }
  /** It could not go out. */
  | { state: 'unsent'; key: string }
  | { state: 'out'; key: string; view: HostQuestion };

export interface VisitDetails {
  type: VisitorType | null;
  count: number;
  /** Of the others of a group, as typed. */
  names: string;
  /** How long he stays, min; null: as usual for his type. */
  stay: number | null;
  certificate: string;
  work: Work | null;
  question: Question;
  override: OverrideReason | null;
}

export type LifePane = { pane: 'more' } | { pane: 'certificate' } | { pane: 'work' } | { pane: 'override' };

export type LifeInput =
  | { do: 'more' }
  | { do: 'main' }
  | { do: 'type'; type: VisitorType }
  | { do: 'count'; by: number }
  | { do: 'names'; names: string }
  | { do: 'stay'; minutes: number }
  | { do: 'certificatePane' }
  | { do: 'certificateKey'; key: string }
  | { do: 'certificateErase' }
  | { do: 'work'; work: Work }
  | { do: 'overridePane' }
  | { do: 'override'; reason: OverrideReason }
  | { do: 'askAgain' }
  /** @param question null: it could not go out */
  | { do: 'asked'; key: string; question: HostQuestion | null };

export const identityOf = (who: Who): Identity =>
  who.by === 'card' ? { presented: who.presented.id } : { typed: who.typed };

export const MOST = 99;
const STAYS = [30, 60, 120, 240, 480] as const;
/** Lengths of stay to choose from, min: the usual one of his type among them, in place of the one that is furthest from it. */
export function staysFor(type: VisitorType): readonly number[] {
  const usual = visitorTypes[type].stayMinutes;
  if (STAYS.some((minutes) => minutes === usual)) return STAYS;
  const far = (minutes: number) => Math.abs(Math.log(minutes / usual));
  const furthest = STAYS.reduce((a, b) => (far(b) > far(a) ? b : a));
  return [...STAYS.filter((minutes) => minutes !== furthest), usual].sort((a, b) => a - b);
}
const LONGEST_CERTIFICATE = 24;

/** As what he came the last time, if that still goes with the reason. */
export function rememberedType({ recognition }: Presented): VisitorType | null {
  if (!recognition?.lastReason) return null;
  const { lastReason, lastType } = recognition;
  return lastType !== null && typesFor(lastReason).includes(lastType) ? lastType : usualType[lastReason];
}

export type Lacking = 'card' | 'reason' | 'host' | 'certificate' | 'work' | 'security' | 'answer' | 'declined';
export function lacking(screen: VisitorScreen): Lacking | null {
  if (screen.cardAgain) return 'card';
  if (screen.reason === null || screen.type === null) return 'reason';
  if (screen.host === null) return 'host';
  const asks = lacksOfType(screen);
  if (asks) return asks;
  if (screen.security === null) return 'security';
  if (!wanted(screen)) return null;
  const state = answerOf(screen)?.state;
  if (state === 'no') return 'declined';
  return state === 'yes' || screen.override !== null ? null : 'answer';
}

/** What his kind must say and has not. */
export function lacksOfType(screen: VisitorScreen): 'certificate' | 'work' | null {
  const asks = screen.type && visitorTypes[screen.type].asks;
  if (asks === 'certificate') return screen.certificate === '' ? 'certificate' : null;
  return asks === 'work' && screen.work === null ? 'work' : null;
}

const keyOf = ({ who, reason, host, type }: VisitorScreen): string => `${whoKey(who)} ${type} ${reason} ${host?.id}`;
/** Whoever was booked for this host has his word already. */
const wanted = (screen: VisitorScreen): boolean =>
  bookingOf(screen) === undefined &&
  screen.reason !== null &&
  screen.host !== null &&
  screen.type !== null &&
  needsHost(screen.type, screen.reason);

/** The question that stands for what is chosen now. */
export const answerOf = ({ question }: VisitorScreen): HostQuestion | null =>
  question.state === 'out' ? question.view : null;

/** Somebody thinks about it: the screen does not go to sleep meanwhile. */
export function waitsForHost(screen: VisitorScreen): boolean {
  const state = answerOf(screen)?.state;
  return screen.question.state === 'asking' || state === 'open' || state === 'coming';
}

/** The screen after a choice: with its question, and the one before taken back. */
export function withQuestion(before: VisitorScreen, after: VisitorScreen): [VisitorScreen, Effect[]] {
  const { question } = before;
  const { who, type, count, reason, host } = after;
  const key = keyOf(after);
  const same = question.state !== 'none' && question.key === key && answerOf(before)?.state !== 'withdrawn';
  if (wanted(after) && same) return [after, []];
  const back = withdrawal(before);
  if (!wanted(after) || type === null || reason === null || host === null)
    return [{ ...after, question: { state: 'none' }, override: null }, back];
  const input: AskInput = { ...identityOf(who), type, count, reason, host: host.id };
  return [{ ...after, question: { state: 'asking', key }, override: null }, [...back, { run: 'askHost', key, input }]];
}

/** Takes back what is still open. */
export const withdrawal = (screen: VisitorScreen): Effect[] => {
  const view = answerOf(screen);
  return view && (view.state === 'open' || view.state === 'coming')
    ? [{ run: 'withdraw', question: view.question }]
    : [];
};

/** Whatever the step was: whoever stands at the screen is asked for. Who has left it: kept-visits.ts. */
export function settleQuestion([after, effects]: Step): Step {
  const { screen } = after;
  if (screen.at === 'visitor' && screen.question.state === 'none' && wanted(screen)) {
    const [next, asks] = withQuestion(screen, screen);
    return [{ ...after, screen: next }, [...effects, ...asks]];
  }
  return [after, effects];
}

/** The agent has asked, or could not. An answer for what was chosen before takes its question back. */
export function onAsked(
  screen: VisitorScreen | null,
  input: Extract<LifeInput, { do: 'asked' }>,
): [VisitorScreen | null, Effect[]] {
  const awaited = screen?.question.state === 'asking' && screen.question.key === input.key;
  if (!screen || !awaited)
    return [screen, input.question ? [{ run: 'withdraw', question: input.question.question }] : []];
  const { key } = input;
  const question: Question = input.question ? { state: 'out', key, view: input.question } : { state: 'unsent', key };
  return [{ ...screen, question }, heard(input.question)];
}

/** News of the question that stands on the screen. */
export function onHostQuestion(screen: VisitorScreen, view: HostQuestion): [VisitorScreen, Effect[]] {
  const { question } = screen;
  if (question.state !== 'out' || question.view.question !== view.question) return [screen, []];
  const news = question.view.state !== view.state;
  return [{ ...screen, question: { ...question, view } }, news ? heard(view) : []];
}

const heard = (view: HostQuestion | null): Effect[] => {
  if (!view || view.state === 'open' || view.state === 'withdrawn') return [];
  return [{ run: 'sound', sound: view.state === 'yes' ? 'yes' : view.state === 'no' ? 'no' : 'look' }];
};

/** A choice of the details; null when it is none of them. */
export function onDetails(screen: VisitorScreen, input: LifeInput): VisitorScreen | null {
  const main = { pane: 'main' } as const;
  switch (input.do) {
    case 'more':
      return screen.type === null ? screen : { ...screen, pane: { pane: 'more' } };
    case 'main':
      return { ...screen, pane: main };
    case 'type':
      return nextAsked({ ...screen, type: input.type, stay: null, certificate: '', work: null });
    case 'count':
      return { ...screen, count: Math.min(MOST, Math.max(1, screen.count + input.by)) };
    case 'names':
      return { ...screen, names: input.names };
    case 'stay':
      return { ...screen, stay: input.minutes };
    case 'certificatePane':
      return { ...screen, pane: { pane: 'certificate' } };
    case 'certificateKey':
      if (screen.certificate.length >= LONGEST_CERTIFICATE) return screen;
      return { ...screen, certificate: screen.certificate + input.key };
    case 'certificateErase':
      return { ...screen, certificate: screen.certificate.slice(0, -1) };
    case 'work':
      return { ...screen, work: input.work, pane: main };
    case 'overridePane':
      return { ...screen, pane: { pane: 'override' } };
    case 'override':
      return { ...screen, override: input.reason, pane: main };
    case 'askAgain':
    case 'asked':
      return null;
  }
}

/** Opens what his kind must still say, so that no touch is spent on looking for it. */
export function nextAsked(screen: VisitorScreen): VisitorScreen {
  const asks = screen.host === null ? null : lacksOfType(screen);
  return { ...screen, pane: { pane: asks ?? (screen.pane.pane === 'more' ? 'more' : 'main') } };
}

/** Names as they were typed, for the record. */
export const namesOf = (typed: string, count: number): string[] =>
  typed
    .split(/[、，,;；\n]/)
    .map((name) => name.trim().slice(0, 200))
    .filter(Boolean)
    .slice(0, Math.max(0, count - 1));
