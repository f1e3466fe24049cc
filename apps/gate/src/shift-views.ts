/** What screens and gates are shown of shifts (A4): the board with its gaps, a gate's own part, the day's record. */
import {
  type DutyRecord,
  type GateCover,
  type ShiftBoard,
  type ShiftsAtGate,
  type StoodShift,
  schoolDate,
  startOfSchoolDay,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { coverGaps, DAY_MS, gapView, plannedGaps, rosterSpan, type Span, stoodSpans } from './shift-cover.ts';
import {
  type CoverRule,
  coverRules,
  dutyOf,
  graceMinutes,
  pointsOpen,
  type Queries,
  rosterOf,
  shiftsBetween,
} from './shift-store.ts';

const AHEAD_DAYS = 7;
const dayOf = (at: number, days = 0): string => schoolDate(at + days * DAY_MS);

const spansOf = (shifts: readonly StoodShift[], gate: string): Span[] =>
  stoodSpans(
    shifts
      .filter((shift) => shift.gate === gate)
      .map(({ beganAt, endedAt }) => ({
        from: Date.parse(beganAt),
        to: endedAt === null ? null : Date.parse(endedAt),
      })),
  );

type Roster = Awaited<ReturnType<typeof rosterOf>>;

/** Since the midnight before, so that a gap which began in the evening is as long as it is; told are those of this day. */
function gapsOfDay(rule: CoverRule, stood: readonly Span[], roster: Roster, day: number, now: number, graceMs: number) {
  const from = Math.max(day - DAY_MS, rule.known);
  const to = Math.min(day + DAY_MS, now);
  const planned = roster
    .filter((shift) => shift.gate === rule.gate)
    .map(rosterSpan)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.from < span.to);
  const wanted = rule.always ? (from < to ? [{ from, to }] : []) : planned;
  return coverGaps(wanted, stood, now, graceMs).filter((gap) => gap.to === null || gap.to > day);
}

export async function shiftBoard(db: Queries, now: number): Promise<ShiftBoard> {
  const day = startOfSchoolDay(now);
  const minutes = await graceMinutes(db);
  const graceMs = minutes * 60_000;
  const roster = await rosterOf(db, dayOf(now, -2), dayOf(now, AHEAD_DAYS));
  const shifts = await shiftsBetween(db, day - DAY_MS, now + 1);
  const gates = (await coverRules(db)).map((rule): GateCover => {
    const stood = spansOf(shifts, rule.gate);
    const own = roster.filter((shift) => shift.gate === rule.gate);
    const open = shifts.findLast((shift) => shift.gate === rule.gate);
    const lasts = stood.at(-1)?.to === null;
    const until = now + AHEAD_DAYS * DAY_MS;
    return {
      gate: rule.gate,
      name: rule.name,
      always: rule.always,
      onDuty: open && lasts ? { guard: open.guard, since: open.beganAt } : null,
      expected: own.filter((shift) => isNow(shift, now)).flatMap(({ guards }) => guards),
      gaps: gapsOfDay(rule, stood, roster, day, now, graceMs).map(gapView),
      ahead: plannedGaps(own, rule, { now, until, graceMs }).map(gapView),
    };
  });
  const monday = dayOf(now, -((new Date(now + 8 * 3600_000).getUTCDay() + 6) % 7));
  const sunday = schoolDate(Date.parse(`${monday}T12:00:00+08:00`) + 13 * DAY_MS);
  return {
    ...{ at: iso(now), graceMinutes: minutes, gates },
    points: await pointsOpen(db, now),
    duty: await dutyOf(db, monday, sunday),
  };
}

function isNow(shift: Roster[number], now: number): boolean {
  const { from, to } = rosterSpan(shift);
  return from <= now && now < to;
}

/** What a gate's agent keeps, so that it can go on for a week without anybody. */
export async function shiftsAtGate(db: Queries, gate: string, now: number): Promise<ShiftsAtGate> {
  return {
    asOf: iso(now),
    roster: await rosterOf(db, dayOf(now, -1), dayOf(now, AHEAD_DAYS), gate),
    points: await pointsOpen(db, now, gate),
    duty: await dutyOf(db, dayOf(now), dayOf(now, AHEAD_DAYS)),
  };
}

/** 值班日志 of a gate and day. @returns undefined: no such gate */
export async function dutyRecord(
  db: Queries,
  gate: string,
  date: string,
  now: number,
): Promise<DutyRecord | undefined> {
  const rule = (await coverRules(db)).find((one) => one.gate === gate);
  if (!rule) return undefined;
  const day = Date.parse(`${date}T00:00:00.000+08:00`);
  const end = day + DAY_MS;
  const shifts = (await shiftsBetween(db, day - DAY_MS, end)).filter((shift) => shift.gate === gate);
  const roster = await rosterOf(db, dayOf(day, -1), date, gate);
  const stood = spansOf(shifts, gate);
  const graceMs = (await graceMinutes(db)) * 60_000;
  // What lies ahead is nobody's gap yet.
  const gaps = day < now ? gapsOfDay(rule, stood, roster, day, Math.min(now, end), graceMs) : [];
  const untilMidnight = now < end ? gaps : gaps.map((gap) => ({ ...gap, to: gap.to ?? end }));
  return {
    ...{ gate, name: rule.name, date },
    shifts: shifts.filter(({ endedAt }) => endedAt === null || Date.parse(endedAt) >= day),
    gaps: untilMidnight.map(gapView),
    planned: roster.filter((shift) => shift.date === date),
    incidents: await incidentsOf(db, day, end),
    visits: await visitCounts(db, gate, day, end),
    forgotten: await forgottenCards(db, gate, day, end),
    notes: await notesOf(db, gate, date),
    duty: await dutyOf(db, date, date),
  };
}

/** Of the whole school: an alarm is every gate's matter. */
async function incidentsOf(db: Queries, from: number, to: number): Promise<DutyRecord['incidents']> {
  const rows = await db
    .selectFrom('heardIncidents')
    .select(['incident', 'kind', 'mode', 'at'])
    .where('at', '>=', new Date(from))
    .where('at', '<', new Date(to))
    .orderBy('at')
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, at: iso(row.at.getTime()) }));
}

async function visitCounts(db: Queries, gate: string, from: number, to: number): Promise<DutyRecord['visits']> {
  const { admitted, left, refused } = await db
    .selectFrom('visits')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('status', 'in', ['onSite', 'left']).as('admitted'),
      fn.countAll<number>().filterWhere('status', '=', 'left').as('left'),
      fn.countAll<number>().filterWhere('status', '=', 'refused').as('refused'),
    ])
    .where('gate', '=', gate)
    .where('admittedAt', '>=', new Date(from))
    .where('admittedAt', '<', new Date(to))
    .executeTakeFirstOrThrow();
  return { admitted: Number(admitted), left: Number(left), refused: Number(refused) };
}

async function forgottenCards(db: Queries, gate: string, from: number, to: number): Promise<DutyRecord['forgotten']> {
  const rows = await db
    .selectFrom('permitTaps')
    .select(['at', 'outcome', 'forgotten'])
    .where('forgotten', 'is not', null)
    .where('gate', '=', gate)
    .where('at', '>=', new Date(from))
    .where('at', '<', new Date(to))
    .orderBy('at')
    .limit(500)
    .execute();
  return rows.flatMap(({ at, outcome, forgotten }) =>
    forgotten ? [{ ...forgotten, outcome, at: iso(at.getTime()) }] : [],
  );
}

async function notesOf(db: Queries, gate: string, date: string): Promise<DutyRecord['notes']> {
  const rows = await db
    .selectFrom('dutyNotes')
    .select(['id', 'at', 'by', 'text'])
    .where('gate', '=', gate)
    .where('date', '=', date)
    .orderBy('at')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, at: iso(row.at.getTime()) }));
}
