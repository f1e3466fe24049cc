/**
 * When and how much: what a provider bears, and how long to leave one alone that fails. Pure; the clock is the caller's.
 *
 * Not more than 15 a minute on any channel: under WeCom's and DingTalk's 20, with room for another sender's few. When more
 * than that waits, it goes out as digests, each as full as it may be and no fuller.
 */
import type { Limits, Verdict } from './provider.ts';
import { fitting } from './text.ts';

const MINUTE_MS = 60_000;
/** In any minute. */
export const AT_MOST = 15;

/** How many may go out now. @param sentAt of what went out in the last minute at least, ms since 1970 */
export const roomAt = (sentAt: readonly number[], now: number, { perMinute }: Pick<Limits, 'perMinute'>): number =>
  Math.max(0, Math.min(AT_MOST, perMinute) - sentAt.filter((at) => at > now - MINUTE_MS).length);

/** What goes out now, in order: each by itself, or several as one digest. */
export function batches<M extends { title: string; text: string }>(
  waiting: readonly M[],
  room: number,
  { maxBytes }: Pick<Limits, 'maxBytes'>,
): M[][] {
  if (room <= 0) return [];
  if (waiting.length <= room) return waiting.map((message) => [message]);
  const made: M[][] = [];
  let rest = waiting;
  while (rest.length > 0 && made.length < room) {
    const digest = fitting(rest, maxBytes);
    made.push(digest);
    rest = rest.slice(digest.length);
  }
  return made;
}

const BACK_OFF_MS = [5_000, 15_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS] as const;
const LONGEST_MS = 10 * MINUTE_MS;
/** After this a message says what is no news any more. */
export const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS;

/** How long to leave a channel alone. @param failures in a row, this one included */
export function restAfter(failures: number, verdict: Verdict): number {
  const step = BACK_OFF_MS[Math.max(0, failures - 1)] ?? LONGEST_MS;
  return verdict.result === 'later' ? Math.max(step, verdict.afterMs ?? 0) : step;
}
