/** Queries on shifts, roster, duty table. Rows never leave this file unshaped. */
import type { DutyCell, OpenPoint, PersonRef, RosterShift, ShiftCheck, StoodShift } from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Kysely } from 'kysely';
import { openPoints } from './shift-points.ts';

export type Queries = Kysely<GateTables>;

/** More shifts than a school's gates have in the longest time that is ever asked for. */
const LIMIT = 5_000;
/** A point that stands longer was given up by whoever should have closed it. */
const POINTS_KEPT_MS = 90 * 24 * 3600_000;

/** Begun or still going on within these moments, the oldest first; those before are there to know who stood at the beginning. */
export async function shiftsBetween(db: Queries, from: number, to: number): Promise<StoodShift[]> {
  const rows = await db
    .selectFrom('shiftBegins as b')
    .leftJoin('shiftEnds as e', 'e.shift', 'b.shift')
    .select(['b.shift', 'b.gate', 'b.guardId', 'b.guardName', 'b.planned', 'b.reason', 'b.proof', 'b.offline'])
    .select(['b.at as beganAt', 'e.at as endedAt', 'e.how', 'e.incoming', 'e.notes', 'e.shown', 'e.hash'])
    .where('b.at', '<', new Date(to))
    .where((eb) => eb.or([eb('e.at', '>=', new Date(from)), eb('e.at', 'is', null), eb('b.at', '>=', new Date(from))]))
    .orderBy('b.at', 'desc')
    .orderBy('b.shift', 'desc')
    .limit(LIMIT)
    .execute();
  const checks = await checksOf(
    db,
    rows.map(({ shift }) => shift),
  );
  return rows.reverse().map(({ guardId, guardName, beganAt, endedAt, ...row }) => ({
    ...row,
    notes: row.notes ?? [],
    guard: { id: guardId, name: guardName },
    beganAt: iso(beganAt.getTime()),
    endedAt: endedAt && iso(endedAt.getTime()),
    checks: checks.get(row.shift) ?? [],
  }));
}

/** The newest word on each check of a shift. */
async function checksOf(db: Queries, shifts: string[]): Promise<Map<string, ShiftCheck[]>> {
  if (shifts.length === 0) return new Map();
  const rows = await db
    .selectFrom('shiftChecks')
    .select(['shift', 'checks'])
    .where((eb) => eb('shift', '=', eb.fn.any(eb.val(shifts))))
    .orderBy('at')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const newest = new Map<string, Map<string, ShiftCheck>>();
  for (const { shift, checks } of rows) {
    const known = newest.get(shift) ?? new Map();
    for (const check of checks) known.set(check.check, check);
    newest.set(shift, known);
  }
  return new Map([...newest].map(([shift, known]) => [shift, [...known.values()]]));
}

/** @param gate left out: of all gates */
export async function pointsOpen(db: Queries, now: number, gate?: string): Promise<OpenPoint[]> {
  const since = new Date(now - POINTS_KEPT_MS);
  const rows = await db
    .selectFrom('shiftChecks')
    .select(['id', 'gate', 'guardId', 'guardName', 'at', 'checks'])
    .where('at', '>=', since)
    .$if(gate !== undefined, (query) => query.where('gate', '=', gate ?? ''))
    .orderBy('at')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const closed = await db
    .selectFrom('closedPoints')
    .select(['checks', 'checkKind as check'])
    .where('at', '>=', since)
    .limit(LIMIT)
    .execute();
  return openPoints(
    rows.map(({ guardId, guardName, at, ...row }) => ({
      ...row,
      at: at.getTime(),
      by: { id: guardId, name: guardName } satisfies PersonRef,
    })),
    closed,
  );
}

/** Planned for these days, both included. */
export async function rosterOf(db: Queries, from: string, to: string, gate?: string): Promise<RosterShift[]> {
  const rows = await db
    .selectFrom('roster')
    .select(['id', 'gate', 'gateName', 'date', 'fromTime', 'toTime', 'kind', 'guards', 'removed'])
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where('removed', '=', false)
    .$if(gate !== undefined, (query) => query.where('gate', '=', gate ?? ''))
    .orderBy('date')
    .orderBy('fromTime')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  return rows.map(({ fromTime, toTime, ...row }) => ({ ...row, from: fromTime, to: toTime }));
}

/** Teachers on duty of these days, both included. */
export async function dutyOf(db: Queries, from: string, to: string): Promise<DutyCell[]> {
  const rows = await db
    .selectFrom('dutyPeople')
    .select(['date', 'dutyWindow', 'role', 'people'])
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .orderBy('dutyWindow')
    .orderBy('role')
    .limit(LIMIT)
    .execute();
  return rows.map(({ dutyWindow, ...row }) => ({ ...row, window: dutyWindow }));
}

export interface CoverRule {
  gate: string;
  name: string;
  always: boolean;
  /** When somebody first stood or was planned there: before that nothing was owed, ms since 1970. */
  known: number;
}

export async function coverRules(db: Queries): Promise<CoverRule[]> {
  const rows = await db
    .selectFrom('coverRules')
    .select(['gate', 'name', 'always'])
    .orderBy('gate')
    .limit(200)
    .execute();
  const stood = await db
    .selectFrom('shiftBegins')
    .select(({ fn }) => ['gate', fn.min('at').as('at')])
    .groupBy('gate')
    .execute();
  const told = await db
    .selectFrom('roster')
    .select(({ fn }) => ['gate', fn.min('toldAt').as('at')])
    .groupBy('gate')
    .execute();
  return rows.map((rule) => ({
    ...rule,
    known: Math.min(...[...stood, ...told].filter(({ gate }) => gate === rule.gate).map(({ at }) => at.getTime())),
  }));
}

export async function graceMinutes(db: Queries): Promise<number> {
  return (await db.selectFrom('coverPolicy').select('graceMinutes').executeTakeFirstOrThrow()).graceMinutes;
}
