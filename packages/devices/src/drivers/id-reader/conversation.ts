/**
 * The talk with an ID reader as a pure transition: (state, input) → state + effects. No bytes, no clock, no I/O.
 *
 *   pausing ──timer──▶ finding ──found──▶ selecting ──selected──▶ reading ──read──▶ pausing
 *      ▲                  └ refused ─┐         └ refused ─┐           └ refused ─┐
 *      └──────────────────────────────┴────────────────────┴──────────────────────┘   a missed deadline goes the same way
 *
 * One card on the glass is one presentation, and each presentation is told once. Readers differ after a good read: on
 * some, find fails until the card is taken away; on others it goes on to succeed; on others select fails. So:
 * - a card has gone after GONE_AFTER finds in a row failed; one failure alone is a flicker of the field;
 * - a find that succeeds before that is read again, and the content decides: the same bytes are the same card that
 *   still lies there, other bytes are a card that was swapped between two looks.
 */
import type { IdDocument } from '../../device-events.ts';
import { decodeDocument, type Unreadable } from './document.ts';
import { type Command, type Reply, SW3 } from './message.ts';

const GONE_AFTER = 2;
/** Failed reads of a card before the guard is told to lay it down again. It is tried further meanwhile. */
const UNREADABLE_AFTER = 3;
/** Deadlines missed in a row before the reader counts as silent. */
const SILENT_AFTER = 3;
/** A reply has begun and broke: what may still follow it comes soon or never. */
const AFTER_BROKEN_MS = 150;

const deadlines: Record<Command, number> = { find: 1000, select: 1000, read: 3000 };

export type Health = 'ok' | 'silent' | 'moduleFault';

export type Input =
  | { type: 'opened' }
  | { type: 'lost' }
  | { type: 'reply'; reply: Reply }
  /** A frame began and did not hold. */
  | { type: 'broken' }
  | { type: 'timer' };

export type Effect =
  | { type: 'send'; command: Command }
  /** Sets the one timer, in place of any before. */
  | { type: 'arm'; ms: number }
  | { type: 'disarm' }
  | { type: 'health'; health: Health }
  | { type: 'reading' }
  | { type: 'document'; document: IdDocument }
  | { type: 'unreadable'; reason: Unreadable }
  | { type: 'gone' };

type Card =
  | { on: 'nothing' }
  /** Seen and not read yet. `failedReads`: so far. `told`: the guard knows that it can't be read. */
  | { on: 'found'; failedFinds: number; failedReads: number; told: boolean }
  | { on: 'read'; failedFinds: number; content: Buffer };

export interface State {
  step: 'closed' | 'pausing' | 'finding' | 'selecting' | 'reading';
  card: Card;
  /** Deadlines missed in a row. */
  misses: number;
  /** The deadline was shortened for a broken reply already. */
  hurried: boolean;
}

type Next = [State, Effect[]];

export const initial: State = { step: 'closed', card: { on: 'nothing' }, misses: 0, hurried: false };

export function next(state: State, input: Input, pollMs: number): Next {
  switch (input.type) {
    case 'opened':
      return ask({ ...state, misses: 0 }, 'find');
    case 'lost':
      return lost(state);
    case 'timer':
      return timer(state, pollMs);
    case 'broken':
      return state.step === 'closed' || state.step === 'pausing' || state.hurried
        ? [state, []]
        : [{ ...state, hurried: true }, [{ type: 'arm', ms: AFTER_BROKEN_MS }]];
    case 'reply':
      return answered(state, input.reply, pollMs);
  }
}

function answered(state: State, reply: Reply, pollMs: number): Next {
  const [after, effects] = answer({ ...state, misses: 0 }, reply, pollMs);
  // A reader whose answers all come too late can't be worked with, so a late answer is no sign of health.
  if (effects.length === 0) return [state, []];
  return [after, [{ type: 'health', health: isModuleFault(reply) ? 'moduleFault' : 'ok' }, ...effects]];
}

/** A reply that does not fit the step is a late one to an older request and answers nothing. */
function answer(state: State, reply: Reply, pollMs: number): Next {
  switch (state.step) {
    case 'finding':
      if (reply.kind === 'found') return found(state);
      return reply.kind === 'refused' || reply.kind === 'unknown' ? notFound(state, pollMs) : [state, []];
    case 'selecting':
      if (reply.kind === 'selected') return ask(state, 'read');
      return reply.kind === 'refused' || reply.kind === 'unknown' ? failed(state, reply, pollMs) : [state, []];
    case 'reading':
      if (reply.kind === 'read') return read(state, reply, pollMs);
      return reply.kind === 'refused' || reply.kind === 'unknown' ? failed(state, reply, pollMs) : [state, []];
    case 'closed':
    case 'pausing':
      return [state, []];
  }
}

function found(state: State): Next {
  if (state.card.on !== 'nothing') return ask({ ...state, card: { ...state.card, failedFinds: 0 } }, 'select');
  const card: Card = { on: 'found', failedFinds: 0, failedReads: 0, told: false };
  return ask({ ...state, card }, 'select', [{ type: 'reading' }]);
}

function notFound(state: State, pollMs: number): Next {
  const { card } = state;
  if (card.on === 'nothing') return pause(state, pollMs);
  const failedFinds = card.failedFinds + 1;
  if (failedFinds < GONE_AFTER) return pause({ ...state, card: { ...card, failedFinds } }, pollMs);
  return pause({ ...state, card: { on: 'nothing' } }, pollMs, farewell(card));
}

/** A card that left before it could be read was laid down too briefly: the guard hears that, too. */
function farewell(card: Card): Effect[] {
  const untold = card.on === 'found' && !card.told;
  return untold ? [{ type: 'unreadable', reason: 'unreadable' }, { type: 'gone' }] : [{ type: 'gone' }];
}

/** Select or read failed. Of a card that was read before this says only that the reader won't look twice. */
function failed(state: State, reply: Reply | undefined, pollMs: number): Next {
  const { card } = state;
  if (card.on !== 'found') return pause(state, pollMs);
  const failedReads = card.failedReads + 1;
  const unsupported = reply?.kind === 'refused' && reply.code === SW3.unknownCardType;
  const tell = !card.told && (unsupported || failedReads >= UNREADABLE_AFTER);
  return pause(
    { ...state, card: { ...card, failedReads, told: card.told || tell } },
    pollMs,
    tell ? [{ type: 'unreadable', reason: unsupported ? 'unsupported' : 'unreadable' }] : [],
  );
}

function read(state: State, reply: Reply & { kind: 'read' }, pollMs: number): Next {
  const content = Buffer.concat([reply.text, reply.photo]);
  const before = state.card;
  if (before.on === 'read' && before.content.equals(content)) return pause(state, pollMs);
  const swapped: Effect[] = before.on === 'read' ? [{ type: 'gone' }] : [];
  const document = decodeDocument(reply.text, reply.photo);
  const told: Effect =
    typeof document === 'string' ? { type: 'unreadable', reason: document } : { type: 'document', document };
  return pause({ ...state, card: { on: 'read', failedFinds: 0, content } }, pollMs, [...swapped, told]);
}

function timer(state: State, pollMs: number): Next {
  if (state.step === 'closed') return [state, []];
  if (state.step === 'pausing') return ask(state, 'find');
  const misses = state.misses + 1;
  const missed = { ...state, misses };
  const [after, effects] = state.step === 'finding' ? pause(missed, pollMs) : failed(missed, undefined, pollMs);
  // Said again at every third miss, so that the driver may look at the line again and again.
  return [after, misses % SILENT_AFTER === 0 ? [{ type: 'health', health: 'silent' }, ...effects] : effects];
}

/** A document that was read stays known: after a flicker of the cable it must not be told twice. */
function lost(state: State): Next {
  const half = state.card.on === 'found';
  const after: State = { ...initial, card: half ? { on: 'nothing' } : state.card };
  return [after, [{ type: 'disarm' }, ...(half ? farewell(state.card) : [])]];
}

const steps = { find: 'finding', select: 'selecting', read: 'reading' } as const satisfies Record<
  Command,
  State['step']
>;

function ask(state: State, command: Command, before: Effect[] = []): Next {
  return [
    { ...state, step: steps[command], hurried: false },
    [...before, { type: 'arm', ms: deadlines[command] }, { type: 'send', command }],
  ];
}

function pause(state: State, pollMs: number, before: Effect[] = []): Next {
  return [{ ...state, step: 'pausing' }, [...before, { type: 'arm', ms: pollMs }]];
}

const isModuleFault = (reply: Reply): boolean =>
  reply.kind === 'refused' && (reply.code === SW3.selfTestFailed || reply.code === SW3.unauthorised);
