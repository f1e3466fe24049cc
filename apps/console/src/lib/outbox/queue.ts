/**
 * What a phone has to say while it may be without a network: marks of a roll, sign-ins on a round. A pure function of
 * (state, event) → state and effects; `outbox.svelte.ts` does the effects.
 *
 * Promise: nothing is lost that was kept, things go out in the order in which they were made, one sending at a time, and
 * each thing carries its own id, so that sending it twice says it once. A thing leaves only when the server has taken it,
 * or has said for good that it will not: then it stands aside with the reason, for a person to read. When one of several
 * that went together is not wanted, they go again singly, so that it takes no other with it.
 */
import type { ErrorCode } from '@anyuan/contracts';

export interface Thing<Body> {
  id: string;
  /** Who made it. It is never sent in another person's name. */
  person: string;
  /** Things of one lane may travel together. */
  lane: string;
  /** When it was made, ms since 1970 by the server's time as the phone knows it. */
  at: number;
  body: Body;
  /** Why the server will never take it. */
  refused?: ErrorCode;
}

export interface Queue<Body> {
  /** In the order of making; those under way first. */
  waiting: readonly Thing<Body>[];
  refused: readonly Thing<Body>[];
  /** How many of `waiting`, from its head, are under way. */
  sending: number;
  /** How many of the head go singly, after a refusal of several. */
  singly: number;
  /** Failed tries in a row; 0: nothing says that the server is away. */
  tries: number;
}

export type QueueEvent<Body> =
  | { type: 'restored'; things: readonly Thing<Body>[] }
  | { type: 'added'; thing: Thing<Body> }
  | { type: 'taken' }
  /** Nobody answered, or not now. */
  | { type: 'unanswered' }
  | { type: 'refused'; code: ErrorCode }
  /** The time to try again has come, or the line is back. */
  | { type: 'nudged' }
  /** A person has read why these will never be taken. */
  | { type: 'read' };

export type Effect<Body> =
  | { do: 'keep'; things: readonly Thing<Body>[] }
  | { do: 'forget'; ids: readonly string[] }
  | { do: 'send'; things: readonly Thing<Body>[] }
  | { do: 'wake'; afterMs: number };

export interface Step<Body> {
  queue: Queue<Body>;
  effects: Effect<Body>[];
}

export const AT_ONCE = 100;
const FIRST_TRY_MS = 1_000;
const LONGEST_MS = 15_000;

export const emptyQueue = <Body>(): Queue<Body> => ({ waiting: [], refused: [], sending: 0, singly: 0, tries: 0 });
const inOrder = <Body>(a: Thing<Body>, b: Thing<Body>): number => a.at - b.at || (a.id < b.id ? -1 : 1);

export function step<Body>(queue: Queue<Body>, event: QueueEvent<Body>): Step<Body> {
  switch (event.type) {
    case 'restored': {
      const known = new Set([...queue.waiting, ...queue.refused].map((t) => t.id));
      const fresh = event.things.filter((t) => !known.has(t.id)).sort(inOrder);
      const head = queue.waiting.slice(0, queue.sending);
      const rest = [...fresh.filter((t) => !t.refused), ...queue.waiting.slice(queue.sending)].sort(inOrder);
      const refused = [...queue.refused, ...fresh.filter((t) => t.refused)];
      return sendNext({ ...queue, waiting: [...head, ...rest], refused }, []);
    }
    case 'added': {
      const next = { ...queue, waiting: [...queue.waiting, event.thing] };
      const kept: Effect<Body>[] = [{ do: 'keep', things: [event.thing] }];
      // While the server is away the next try is due anyway.
      return queue.tries > 0 ? { queue: next, effects: kept } : sendNext(next, kept);
    }
    case 'taken': {
      const ids = queue.waiting.slice(0, queue.sending).map((t) => t.id);
      const singly = Math.max(0, queue.singly - queue.sending);
      const next = { ...queue, waiting: queue.waiting.slice(queue.sending), sending: 0, singly, tries: 0 };
      return sendNext(next, [{ do: 'forget', ids }]);
    }
    case 'unanswered': {
      const tries = queue.tries + 1;
      const afterMs = Math.min(LONGEST_MS, FIRST_TRY_MS * 2 ** (tries - 1));
      return { queue: { ...queue, sending: 0, tries }, effects: [{ do: 'wake', afterMs }] };
    }
    case 'refused':
      return refuse(queue, event.code);
    case 'nudged':
      return sendNext(queue, []);
    case 'read':
      return {
        queue: { ...queue, refused: [] },
        effects: [{ do: 'forget', ids: queue.refused.map((t) => t.id) }],
      };
  }
}

function refuse<Body>(queue: Queue<Body>, code: ErrorCode): Step<Body> {
  if (queue.sending > 1) return sendNext({ ...queue, sending: 0, singly: queue.sending, tries: 0 }, []);
  const [thing, ...waiting] = queue.waiting;
  if (!thing) return { queue, effects: [] };
  const aside = { ...thing, refused: code };
  const singly = Math.max(0, queue.singly - 1);
  const next = { ...queue, waiting, refused: [...queue.refused, aside], sending: 0, singly, tries: 0 };
  return sendNext(next, [{ do: 'keep', things: [aside] }]);
}

function sendNext<Body>(queue: Queue<Body>, before: Effect<Body>[]): Step<Body> {
  const [first] = queue.waiting;
  if (!first || queue.sending > 0) return { queue, effects: before };
  const most = queue.singly > 0 ? 1 : AT_ONCE;
  const until = queue.waiting.findIndex((t, i) => i >= most || t.lane !== first.lane);
  const things = until < 0 ? queue.waiting : queue.waiting.slice(0, until);
  return { queue: { ...queue, sending: things.length }, effects: [...before, { do: 'send', things }] };
}

/** A code that may change by itself: the server is away, too much at once, nobody is signed in. All others are final. */
export const isPassing = (code: ErrorCode): boolean =>
  code === 'unavailable' || code === 'internal' || code === 'tooMany' || code === 'notSignedIn';
