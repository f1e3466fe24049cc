/** How much a screen may be trusted: the stream ticks every 2 s, so 5 s of silence is a cut and not an idle day. */
export const STALE_AFTER_MS = 5_000;
/** A stream that says nothing for so long is opened anew: a sleeping laptop's connection may hang without an error. */
export const REOPEN_AFTER_MS = 15_000;

export type Freshness = { state: 'connecting' } | { state: 'live' | 'stale'; seconds: number };

/** Both times in ms by the same clock. `heardAt` is null until the first event. */
export function freshness(heardAt: number | null, now: number): Freshness {
  if (heardAt === null) return { state: 'connecting' };
  const silence = Math.max(0, now - heardAt);
  return { state: silence > STALE_AFTER_MS ? 'stale' : 'live', seconds: Math.floor(silence / 1000) };
}
