/**
 * The watchlist on the guard's screen (A6, G3). Whoever stands at the counter may see this screen: so nothing of it is red,
 * nothing sounds otherwise than ever, and no word says more than that a document is being checked. The mark is a button that
 * stands between 拒绝 and 放行 only then, and 放行 waits for it. Behind it a plain sheet has the sentence for the guard, small,
 * and folds by itself; the notice itself never times out. The three answers say what comes of them.
 */
import type { WatchAnswer, WatchNotice } from '@anyuan/contracts';
import type { Identity, TypedIdentity } from './agent-client.ts';
import { command, type Session, type Step, show, stay, type Who } from './state.ts';

/** Long enough to read it twice. */
const UNFOLDED_MS = 20_000;
/** Newest last; a gate has one or two people at a time. */
const KEPT = 8;

export interface WatchClient {
  /** Who was typed, before he is registered. */
  check(typed: TypedIdentity): Promise<WatchNotice | null>;
  /** @param subject the visitor; left out where a child is fetched */
  answer(hit: string, is: WatchAnswer, subject?: Identity): Promise<{ notice: WatchNotice; refused: boolean }>;
}

export interface WatchLayer {
  notices: readonly WatchNotice[];
  /** Whose sheet is unfolded. */
  open: string | null;
}

/** He is the one, and is asked to wait: neutral to the eye, until the guard is done. */
export interface WatchWaitScreen {
  at: 'watchWait';
  notice: WatchNotice;
}

export type WatchInput = { flow: 'watch' } & (
  | { do: 'unfold' }
  | { do: 'fold' }
  | { do: 'answer'; is: WatchAnswer }
  | { do: 'checked'; notice: WatchNotice | null }
  | { do: 'answered'; notice: WatchNotice; refused: boolean }
);

export type WatchEffect =
  | { run: 'watchCheck'; typed: TypedIdentity }
  | { run: 'watchAnswer'; hit: string; is: WatchAnswer; subject?: Identity };

const aboutWho = (who: Who): string => (who.by === 'card' ? who.presented.id : 'typed');

function aboutScreen({ screen }: Session): string | null {
  switch (screen.at) {
    case 'visitor':
      return aboutWho(screen.who);
    case 'onSite':
      return screen.presented.id;
    case 'pickup':
    case 'pickupRefused':
    case 'collected':
      return screen.verdict.id;
    default:
      return null;
  }
}

/** What the screen of this moment is marked with. A "no" takes the mark away. */
export function noticeFor(s: Session): WatchNotice | null {
  if (s.screen.at === 'watchWait') return s.screen.notice;
  const about = aboutScreen(s);
  const notice = about === null ? undefined : s.watch.notices.findLast((one) => one.about === about);
  return notice && notice.answer !== 'no' ? notice : null;
}
export const watchBlocks = (s: Session): boolean => noticeFor(s)?.blocks ?? false;

function put(s: Session, notice: WatchNotice): Session {
  const others = s.watch.notices.filter((one) => one.about !== notice.about || one.hit !== notice.hit);
  return { ...s, watch: { ...s.watch, notices: [...others, notice].slice(-KEPT) } };
}

/** Said by the agent: somebody agrees with an entry, or a responder has answered. */
export function onWatch(s: Session, notice: WatchNotice): Step {
  const next = put(s, notice);
  const here = noticeFor(s)?.hit === notice.hit;
  return here && notice.by === 'responder' ? [next, [{ run: 'sound', sound: 'look' }]] : stay(next);
}

/** A sheet that nobody touches folds; one whose matter has gone too. */
export function foldWatch(s: Session, now: number): Session {
  if (s.watch.open === null) return s;
  const stays = noticeFor(s)?.hit === s.watch.open && now - s.touchedAt < UNFOLDED_MS;
  return stays ? s : { ...s, watch: { ...s.watch, open: null } };
}

/** What was typed is compared anew. */
export const checkTyped = ([s, effects]: Step, typed: TypedIdentity): Step => [
  { ...s, watch: { ...s.watch, notices: s.watch.notices.filter((one) => one.about !== 'typed') } },
  [...effects, { run: 'watchCheck', typed }],
];

function subjectOf({ screen }: Session): Identity | undefined {
  if (screen.at !== 'visitor') return undefined;
  return screen.who.by === 'card' ? { presented: screen.who.presented.id } : { typed: screen.who.typed };
}

export function watchStep(s: Session, input: WatchInput): Step {
  const notice = noticeFor(s);
  switch (input.do) {
    case 'unfold':
      return stay({ ...s, watch: { ...s.watch, open: notice?.hit ?? null } });
    case 'fold':
      return stay({ ...s, watch: { ...s.watch, open: null } });
    case 'answer': {
      if (notice === null || s.screen.at === 'watchWait') return stay(s);
      const subject = subjectOf(s);
      return command(s, { run: 'watchAnswer', hit: notice.hit, is: input.is, ...(subject ? { subject } : {}) });
    }
    case 'checked':
      return stay(input.notice ? put(s, input.notice) : s);
    case 'answered': {
      const free: Session = { ...put(s, input.notice), busy: null };
      const folded: Session = { ...free, watch: { ...free.watch, open: null } };
      return input.refused ? show(folded, { at: 'watchWait', notice: input.notice }) : stay(folded);
    }
  }
}
