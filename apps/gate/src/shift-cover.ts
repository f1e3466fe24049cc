/**
 * Was somebody at the gate all the time? (A4) Pure functions of who stood, the roster and now.
 *
 * One guard at a time is on duty at a gate's kiosk, so a shift that was never ended is over when the next one begins there.
 * What a gate kept while it was cut off comes later and closes the gap that was shown meanwhile: a gap is what is known now.
 */
import type { CoverGap, RosterShift } from '@anyuan/contracts';

/** ms since 1970; `to` null: still going on. */
export interface Span {
  from: number;
  to: number | null;
}

/** @param shifts of one gate */
export function stoodSpans(shifts: readonly Span[]): Span[] {
  const sorted = [...shifts].sort((a, b) => a.from - b.from);
  return sorted.map(({ from, to }, i) => {
    const next = sorted[i + 1]?.from ?? null;
    const end = to === null ? next : next === null ? to : Math.min(to, next);
    return { from, to: end === null ? null : Math.max(from, end) };
  });
}

/**
 * The times within `wanted` in which nobody stood, longer than the grace. One that lasts until `now` has no end.
 *
 * @param graceMs how long a change may take
 */
export function coverGaps(wanted: readonly Span[], stood: readonly Span[], now: number, graceMs: number): Span[] {
  const gaps: { from: number; to: number }[] = [];
  for (const { from, to } of joined(wanted, now)) {
    let at = from;
    for (const span of joined(stood, Number.POSITIVE_INFINITY)) {
      if (span.to <= at || span.from >= to) continue;
      if (span.from > at) gaps.push({ from: at, to: span.from });
      at = Math.max(at, span.to);
    }
    if (at < to) gaps.push({ from: at, to });
  }
  return gaps.filter((gap) => gap.to - gap.from > graceMs).map(({ from, to }) => ({ from, to: to >= now ? null : to }));
}

/** Overlapping ones as one, in order; what is open ends with `end`. */
function joined(spans: readonly Span[], end: number): { from: number; to: number }[] {
  const sorted = spans.map(({ from, to }) => ({ from, to: Math.min(to ?? end, end) })).sort((a, b) => a.from - b.from);
  const out: { from: number; to: number }[] = [];
  for (const span of sorted) {
    const last = out.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else if (span.from < span.to) out.push({ ...span });
  }
  return out;
}

/** Where nobody is planned although somebody must stand; `guards` left out of a shift is nobody. */
export function plannedGaps(
  roster: readonly RosterShift[],
  rule: { always: boolean },
  { now, until, graceMs }: { now: number; until: number; graceMs: number },
): Span[] {
  const spans = roster.map((shift) => ({ ...rosterSpan(shift), manned: shift.guards.length > 0 }));
  const ahead = (span: { from: number; to: number }) => ({
    from: Math.max(span.from, now),
    to: Math.min(span.to, until),
  });
  const wanted = rule.always ? [{ from: now, to: until }] : spans.map(ahead).filter(({ from, to }) => from < to);
  const manned = spans.filter((span) => span.manned);
  return coverGaps(wanted, manned, Number.POSITIVE_INFINITY, graceMs);
}

/** A shift that ends in the morning after goes beyond midnight. The school's clock is UTC+8, without summer time. */
export function rosterSpan({ date, from, to }: Pick<RosterShift, 'date' | 'from' | 'to'>): {
  from: number;
  to: number;
} {
  const at = (time: string) => Date.parse(`${date}T${time}:00.000+08:00`);
  return { from: at(from), to: at(to) + (to <= from ? DAY_MS : 0) };
}
export const DAY_MS = 24 * 3600_000;

export const gapView = ({ from, to }: Span): CoverGap => ({
  from: new Date(from).toISOString(),
  to: to === null ? null : new Date(to).toISOString(),
});
