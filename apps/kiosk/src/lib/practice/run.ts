/**
 * Practice (练习模式): the guard's own screens, with invented people. Promise: nothing of it leaves this page. The run holds a
 * session of its own and answers its effects itself, as a function; it has no agent to send anything to, so neither journal nor
 * bus, door, printer or list can hear of it. What is real ends it at once and is served (`endsPractice`).
 */
import { asNineKeys, type HostQuestion, type KioskEvent, type KioskStatus } from '@anyuan/contracts';
import type { Effect, Sound } from '../effects.ts';
import type { Input } from '../inputs.ts';
import { step } from '../session.ts';
import { IDLE, type Session, type Step, start } from '../state.ts';
import { type Deed, HOSTS, PEOPLE, type PersonKey, people, SPELT } from './people.ts';

/** Nobody trains any more: the gate must not stand there practising. */
export const UNATTENDED_MS = 120_000;

export interface PracticeResult {
  person: PersonKey;
  ms: number;
  right: boolean;
}
export interface PracticeRun {
  session: Session;
  /** `brief`: who comes next; `serving`: the real screens; `said`: what was right; `over`: the sum of it. */
  phase: 'brief' | 'serving' | 'said' | 'over';
  at: number;
  comesAt: number;
  touchedAt: number;
  results: readonly PracticeResult[];
  /** The guard touched something that practice has not. */
  outside: boolean;
}
export type PracticeDo = 'come' | 'next' | 'again';

export const personOf = (run: PracticeRun): PersonKey => PEOPLE[run.at] ?? 'first';

const gate = (status: KioskStatus, now: number): Session => ({ ...start(now), link: 'up', status });

export const startPractice = (status: KioskStatus, now: number): PracticeRun => ({
  ...{ session: gate(status, now), phase: 'brief', at: 0, comesAt: now, touchedAt: now, results: [], outside: false },
});

/**
 * Who stands here really, with a card, a document or a code, or an alarm: practice is over before it is served. A reader that
 * begins to read has nobody yet (a phone may lie on it); what it reads comes by itself. A host's answer is for a question that
 * was asked before: nobody waits for it at an idle gate. Neither is a person, so practice goes on.
 */
export function endsPractice(event: KioskEvent): boolean {
  switch (event.type) {
    case 'alarms':
      return event.incidents.length > 0;
    case 'status':
    case 'badge':
    case 'reading':
    case 'hostQuestion':
      return false;
    default:
      return true;
  }
}

/** These belong to the real gate, whatever is on the screen. */
export const isReal = (input: Input): boolean => input.flow === 'alarm';
/** Practised are people at the gate; shifts, drills, devices and lists are the real ones and stay away. */
const isPractised = (input: Input): boolean =>
  input.flow === 'core' || input.flow === 'visitor' || input.flow === 'pickup' || input.flow === 'watch';

const id = (effect: Effect): string => `practice-${effect.run}`;

/** What the agent would say. Undefined: nothing to say; null: not part of practice. */
function answerTo(effect: Effect, session: Session): Input | undefined | null {
  switch (effect.run) {
    case 'sound':
      return undefined;
    case 'hosts': {
      const { query = '', department } = effect.search;
      const spelt = (host: string) => SPELT[host]?.some((word) => asNineKeys(word).startsWith(query)) ?? false;
      const hosts = HOSTS.filter((h) => (department ? h.department === department : query === '' || spelt(h.id)));
      const departments = [...new Set(HOSTS.map((h) => h.department))];
      return { flow: 'visitor', do: 'hosts', search: effect.search, result: { departments, hosts } };
    }
    case 'help':
      return { flow: 'core', do: 'contacts', contacts: [] };
    case 'askHost': {
      const { key, input } = effect;
      const host = HOSTS.find((one) => one.id === input.host);
      const guard = session.status?.duty ?? { id: 'practice', name: '' };
      if (!host) return null;
      const at = new Date(session.touchedAt).toISOString();
      const question: HostQuestion = {
        ...{ question: 'practice-question', gate: 'practice', reason: input.reason, host, guard, askedAt: at },
        ...{ visitor: { name: '', type: input.type, count: input.count }, asked: [], state: 'yes' },
        answer: { by: host, as: 'host', at, decline: null, note: null },
      };
      return { flow: 'visitor', do: 'asked', key, question };
    }
    case 'withdraw':
      return undefined;
    case 'admit':
      return {
        flow: 'visitor',
        do: 'admitted',
        result: { visit: id(effect), number: 'P-01', ticket: null, synced: true },
      };
    case 'refuse': {
      const { refusal, items } = effect.input;
      return { flow: 'visitor', do: 'refused', refusal, items, synced: true };
    }
    case 'handOver': {
      const results = effect.children.map((child) => ({ child, result: 'recorded' as const }));
      return { flow: 'pickup', do: 'handedOver', results };
    }
    case 'decline':
      return { flow: 'pickup', do: 'declined' };
    case 'watchAnswer': {
      const notice = session.watch.notices.find((one) => one.hit === effect.hit);
      if (!notice) return null;
      const blocks = effect.is !== 'no';
      return {
        ...{ flow: 'watch', do: 'answered', refused: effect.is === 'yes' },
        notice: { ...notice, answer: effect.is, by: 'gate', blocks },
      };
    }
    default:
      return null;
  }
}

function deedOf(effect: Effect): Deed | null {
  switch (effect.run) {
    case 'admit':
    case 'refuse':
    case 'handOver':
    case 'decline':
    case 'watchAnswer':
      return effect;
    default:
      return null;
  }
}

/** The deed that ends the matter, judged once. */
function judged(run: PracticeRun, deed: Deed, now: number): PracticeRun {
  const right = people[personOf(run)].right[deed.run];
  if (run.phase !== 'serving' || right === undefined) return run;
  const result = { person: personOf(run), ms: now - run.comesAt, right: right(deed) };
  return { ...run, phase: 'said', results: [...run.results, result] };
}

const byTouch = (input: Input): Deed | null => {
  if (input.flow === 'core' && input.do === 'openHelp') return { run: 'called' };
  return input.flow === 'pickup' && input.do === 'open' ? { run: 'askedId' } : null;
};

/** @returns the run and what is to be heard; nothing else comes out of it */
export function practiceStep(run: PracticeRun, input: Input, now: number): [PracticeRun, Sound[]] {
  const ticks = input.flow === 'core' && input.do === 'tick';
  const touched: PracticeRun = ticks ? run : { ...run, touchedAt: now, outside: false };
  if (!isPractised(input)) return [{ ...touched, outside: true }, []];
  if (touched.phase !== 'serving') return [touched, []];
  const done = byTouch(input);
  if (done !== null && people[personOf(run)].right[done.run]) return [judged(touched, done, now), []];
  const [after, heard] = settled(touched, step(touched.session, input, now), now);
  return [after.session.screen.at === 'idle' ? judged(after, { run: 'left' }, now) : after, heard];
}

/** What the step asks for is answered at once, and what that asks for too. */
function settled(run: PracticeRun, [session, effects]: Step, now: number): [PracticeRun, Sound[]] {
  let next: PracticeRun = { ...run, session };
  const heard: Sound[] = [];
  for (const effect of effects) {
    if (effect.run === 'sound') heard.push(effect.sound);
    const answer = answerTo(effect, next.session);
    if (answer === null) return [{ ...next, session: { ...next.session, busy: null }, outside: true }, heard];
    if (answer === undefined) continue;
    const [after, also] = settled(next, step(next.session, answer, now), now);
    const deed = deedOf(effect);
    next = deed ? judged(after, deed, now) : after;
    heard.push(...also);
  }
  return [next, heard];
}

export function practiceDo(run: PracticeRun, what: PracticeDo, now: number): [PracticeRun, Sound[]] {
  const { status } = run.session;
  if (status === null) return [run, []];
  if (what === 'again') return [startPractice(status, now), []];
  const fresh: PracticeRun = { ...run, session: gate(status, now), touchedAt: now, outside: false };
  if (what === 'next') {
    const last = run.at + 1 >= PEOPLE.length;
    return [last ? { ...fresh, phase: 'over' } : { ...fresh, phase: 'brief', at: run.at + 1 }, []];
  }
  let next: PracticeRun = { ...fresh, phase: 'serving', comesAt: now };
  const heard: Sound[] = [];
  for (const event of people[personOf(run)].comes(now)) {
    const [after, also] = settled(next, step(next.session, { flow: 'core', do: 'event', event }, now), now);
    next = after;
    heard.push(...also);
  }
  return [next, heard];
}

/** The band goes on telling the truth about this gate. */
export const withStatus = (run: PracticeRun, status: KioskStatus): PracticeRun => ({
  ...run,
  session: { ...run.session, status },
});
export const isUnattended = (run: PracticeRun, now: number): boolean => now - run.touchedAt >= UNATTENDED_MS;
/** Whatever was on the screen, the gate is at its prompt again. */
export const afterPractice = (real: Session, now: number): Session => ({ ...real, screen: IDLE, touchedAt: now });
