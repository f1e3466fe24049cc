/**
 * Peak hours (高峰模式): children first. By the clock, or by the guard's hand. Whoever comes with a pickup card is answered at
 * once, a visitor who is being registered stands aside meanwhile and is there again afterwards, and nobody who has tapped is
 * forgotten because the next one taps. What is said to the guard for his information waits. The alarm control knows nothing of it.
 */
import type { Screen, Session, Step, Waiting } from './state.ts';

const BY_HAND_MS = 3_600_000;
/** Longer, and whoever stood aside has gone; his document has to be laid down again anyhow (5 min). */
const ASIDE_MS = 180_000;
const QUEUE = 6;
/** How long a hand-over that is done stays on the screen, ms. */
export const SHOWN_MS = { usual: 10_000, peak: 4_000 };

type AsideScreen = Extract<Screen, { at: 'visitor' | 'typed' | 'onSite' | 'visits' }>;
export interface PeakLayer {
  /** What the guard chose, and until when it goes before the clock. */
  hand: { on: boolean; until: number } | null;
  aside: { screen: AsideScreen; at: number } | null;
  /** After the one who waits in the rail, in the order in which they came. */
  queue: readonly Waiting[];
}
export type PeakInput = { flow: 'peak'; do: 'on' | 'off' };

export interface Peak {
  kind: 'arrival' | 'dismissal' | 'hand';
  until: number;
}

function byClock(s: Session, now: number): Peak | null {
  const on = s.status?.modes.peaks.find((p) => Date.parse(p.from) <= now && now < Date.parse(p.to));
  return on ? { kind: on.kind, until: Date.parse(on.to) } : null;
}

export function peakNow(s: Session, now: number): Peak | null {
  const { hand } = s.peak;
  const clock = byClock(s, now);
  if (hand === null || now >= hand.until) return clock;
  return hand.on ? (clock ?? { kind: 'hand', until: hand.until }) : null;
}

export function peakStep(s: Session, input: PeakInput, now: number): Step {
  const until = input.do === 'off' ? (byClock(s, now)?.until ?? now) : now + BY_HAND_MS;
  return [{ ...s, peak: { ...s.peak, hand: { on: input.do === 'on', until } } }, []];
}

/** The visitor's screen, put aside so that a child can be handed over. */
export function asideFor(s: Session, screen: Screen, now: number): Session | null {
  const stands = screen.at === 'visitor' || screen.at === 'typed' || screen.at === 'onSite' || screen.at === 'visits';
  return stands && peakNow(s, now) !== null ? { ...s, peak: { ...s.peak, aside: { screen, at: now } } } : null;
}

const withoutAside = (s: Session): Session => ({ ...s, peak: { ...s.peak, aside: null } });

/** The one who stood aside, once no child waits any more. */
export function backFromAside(s: Session): Session | null {
  const { aside } = s.peak;
  return aside && s.waiting?.kind !== 'verdict' ? { ...withoutAside(s), screen: aside.screen } : null;
}

/** Whoever waits is served now; the next one takes his place in the rail. */
export function withoutWaiting(s: Session): Session {
  const [waiting = null, ...queue] = s.peak.queue;
  return { ...s, waiting, peak: { ...s.peak, queue } };
}

const same = (a: Waiting, b: Waiting): boolean =>
  a.kind === 'verdict' && b.kind === 'verdict'
    ? a.verdict.card !== null && a.verdict.card.last4 === b.verdict.card?.last4
    : a.kind === 'presented' && b.kind === 'presented' && a.presented.last4 === b.presented.last4;

/** At a peak nobody who waits loses his place to the next; children stand before visitors. */
export function queued(s: Session, next: Waiting, refused: (one: Waiting) => boolean): Session {
  const all = [...(s.waiting ? [s.waiting] : []), ...s.peak.queue].filter((one) => !same(one, next));
  const weight = (one: Waiting) => (refused(one) ? 0 : one.kind === 'verdict' ? 1 : 2);
  const [waiting = null, ...queue] = [...all, next].sort((a, b) => weight(a) - weight(b)).slice(0, QUEUE + 1);
  return { ...s, waiting, peak: { ...s.peak, queue } };
}

/** Nobody's data outlive his stay at the gate. */
export function foldPeak(s: Session, now: number, old: (one: Waiting) => boolean): Session {
  const { aside, queue } = s.peak;
  const left = queue.filter((one) => !old(one));
  const gone = aside !== null && now - aside.at > ASIDE_MS;
  const kept: Session = left.length === queue.length ? s : { ...s, peak: { ...s.peak, queue: left } };
  const next = gone ? withoutAside(kept) : kept;
  return next.waiting === null && next.peak.queue.length > 0 ? withoutWaiting(next) : next;
}
