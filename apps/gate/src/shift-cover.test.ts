import type { RosterShift } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { coverGaps, plannedGaps, type Span, stoodSpans } from './shift-cover.ts';

const at = (time: string, day = '2026-11-23') => Date.parse(`${day}T${time}:00+08:00`);
const span = (from: string, to: string | null): Span => ({ from: at(from), to: to === null ? null : at(to) });
const GRACE = 10 * 60_000;
const day = [{ from: at('00:00'), to: at('18:00') }];
const gaps = (stood: Span[], wanted: readonly Span[] = day, now = at('18:00')) =>
  coverGaps(wanted, stood, now, GRACE).map(({ from, to }) => [from, to]);

test('a change within the grace is no gap, a minute more is one', () => {
  expect(gaps([span('00:00', '08:00'), span('08:10', null)])).toEqual([]);
  expect(gaps([span('00:00', '08:00'), span('08:11', null)])).toEqual([[at('08:00'), at('08:11')]]);
});

test('nobody since: the gap has no end', () => {
  expect(gaps([span('00:00', '17:00')])).toEqual([[at('17:00'), null]]);
  expect(gaps([])).toEqual([[at('00:00'), null]]);
});

test('only what is wanted counts, and overlapping shifts are one', () => {
  const wanted = [span('07:00', '08:30'), span('08:00', '09:00'), span('16:00', '18:00')];
  expect(gaps([span('06:50', '08:00'), span('07:30', '08:55')], wanted)).toEqual([[at('16:00'), null]]);
});

test('a shift that nobody ended is over when the next begins; an end before its beginning is none', () => {
  expect(stoodSpans([span('12:00', null), span('06:00', null), span('13:00', '12:59')])).toEqual([
    span('06:00', '12:00'),
    span('12:00', '13:00'),
    span('13:00', '13:00'),
  ]);
});

const planned = (from: string, to: string, guards = ['王建国'], date = '2026-11-23'): RosterShift => ({
  ...{ id: '0199e1a4-5e10-7000-8000-000000000401', gate: 'main', gateName: '东门', date, from, to, kind: 'night' },
  ...{ guards: guards.map((name) => ({ id: name, name, notInDate: false })), removed: false },
});
const ahead = (roster: RosterShift[], always: boolean) =>
  plannedGaps(roster, { always }, { now: at('18:00'), until: at('18:00', '2026-11-24'), graceMs: GRACE }).map(
    ({ from, to }) => [from, to],
  );

test('the roster ahead: a night over midnight counts, a shift without a guard does not', () => {
  const night = planned('18:00', '06:00');
  const empty = planned('06:00', '12:00', [], '2026-11-24');
  expect(ahead([night, empty], true)).toEqual([[at('06:00', '2026-11-24'), at('18:00', '2026-11-24')]]);
  expect(ahead([night, empty], false)).toEqual([[at('06:00', '2026-11-24'), at('12:00', '2026-11-24')]]);
});
