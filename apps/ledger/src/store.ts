/** Queries of hazards; rows leave this file shaped. Always ordered, always limited. */
import {
  AppError,
  type HazardFile,
  type HazardFilter,
  type HazardsPage,
  type HazardView,
  schoolDate,
} from '@anyuan/contracts';
import type { LedgerTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type Selectable, sql } from 'kysely';
import { isOpen, lateness } from './escalation.ts';
import type { HazardState } from './hazard.ts';

export type Queries = Kysely<LedgerTables>;
export type HazardRow = Selectable<LedgerTables['hazards']>;

const HISTORY = 500;
const MINE = 200;
const ENDED = ['verified', 'rejected'] as const;
const TO_MEND = ['assigned', 'reopened'] as const;

export const hazardRows = (db: Queries) =>
  db
    .selectFrom('hazards')
    .select(['id', 'position', 'schoolYear', 'number', 'what', 'place', 'details', 'sourceKind', 'finding', 'drill'])
    .select(['reportedBy', 'reportedAt', 'status', 'level', 'owner', 'deadline', 'measure', 'stopgap', 'fixedAt'])
    .select(['fixedBy', 'evidence', 'verifiedAt', 'verifiedBy', 'reason', 'urgedAt', 'escalated']);

const moment = (at: Date | null): string | null => at && iso(at.getTime());

export function hazardView(row: HazardRow, now: number): HazardView {
  const { id, number, what, place, details, reportedBy, status, level, owner, deadline, measure, stopgap } = row;
  return {
    ...{
      id,
      number,
      what,
      place,
      details,
      source: sourceOf(row),
      reportedBy,
      reportedAt: iso(row.reportedAt.getTime()),
    },
    ...{ status, level, owner, deadline, measure, stopgap },
    ...{ fixedAt: moment(row.fixedAt), fixedBy: row.fixedBy, evidence: row.evidence },
    ...{ verifiedAt: moment(row.verifiedAt), verifiedBy: row.verifiedBy, reason: row.reason },
    ...{ late: lateness(row, schoolDate(now)), escalated: row.escalated, urgedAt: moment(row.urgedAt) },
  };
}

function sourceOf({ sourceKind, finding, drill, reportedBy }: HazardRow): HazardView['source'] {
  if (sourceKind === 'finding' && finding && drill) return { kind: 'finding', finding, drill };
  return sourceKind === 'inspection' ? { kind: 'inspection' } : { kind: 'report', by: reportedBy };
}

export const stateOf = (row: HazardRow): HazardState => {
  const { status, level, owner, deadline, measure, stopgap, fixedAt, fixedBy, evidence } = row;
  const { verifiedAt, verifiedBy, reason, urgedAt, escalated } = row;
  return {
    ...{ status, level, owner, deadline, measure, stopgap, fixedAt, fixedBy, evidence },
    ...{ verifiedAt, verifiedBy, reason, urgedAt, escalated },
  };
};

/** The row, held until the transaction ends. */
export async function lockHazard(db: Queries, id: string): Promise<HazardRow> {
  const row = await hazardRows(db).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such hazard');
  return row;
}

const filtered = (db: Queries, filter: HazardFilter, now: number) => {
  const rows = hazardRows(db);
  if (filter === 'all') return rows;
  if (filter === 'open') return rows.where('status', 'not in', ENDED);
  return rows.where('status', 'in', TO_MEND).where('deadline', '<', schoolDate(now));
};

export async function hazards(
  db: Queries,
  { filter, before, limit }: { filter: HazardFilter; before?: number | undefined; limit: number },
  now: number,
): Promise<HazardsPage> {
  const rows = await filtered(db, filter, now)
    .$if(before !== undefined, (query) => query.where('position', '<', before ?? 0))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const more = rows.length > limit ? (page.at(-1)?.position ?? null) : null;
  return { hazards: page.map((row) => hazardView(row, now)), more };
}

/** For paper: the oldest first. */
export async function ledger(db: Queries, filter: HazardFilter, limit: number, now: number): Promise<HazardView[]> {
  const rows = await filtered(db, filter, now).orderBy('position').limit(limit).execute();
  return rows.map((row) => hazardView(row, now));
}

/** What this person must mend, the most urgent first. */
export async function mine(db: Queries, person: string, now: number): Promise<HazardView[]> {
  const rows = await hazardRows(db)
    .where('status', 'in', TO_MEND)
    .where(sql<boolean>`owner ->> 'id' = ${person}`)
    .orderBy('deadline')
    .orderBy('position')
    .limit(MINE)
    .execute();
  return rows.map((row) => hazardView(row, now));
}

export async function counts(db: Queries, now: number): Promise<{ open: number; late: number }> {
  const rows = await db
    .selectFrom('hazards')
    .select(['status', 'deadline', (eb) => eb.fn.countAll<number>().as('count')])
    .where('status', 'not in', ENDED)
    .groupBy(['status', 'deadline'])
    .execute();
  const sum = (some: typeof rows) => some.reduce((total, { count }) => total + count, 0);
  const late = rows.filter((row) => isOpen(row) && row.deadline !== null && row.deadline < schoolDate(now));
  return { open: sum(rows), late: sum(late) };
}

export async function hazardFile(db: Queries, id: string, now: number): Promise<HazardFile | undefined> {
  const row = await hazardRows(db).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const history = await db
    .selectFrom('history')
    .select(['seq', 'at', 'type', 'actor', 'detail'])
    .where('hazard', '=', id)
    .orderBy('seq')
    .limit(HISTORY)
    .execute();
  const photos = await db
    .selectFrom('photos')
    .select(['id', 'part', 'at', 'addedBy'])
    .where('hazard', '=', id)
    .orderBy('at')
    .orderBy('id')
    .limit(HISTORY)
    .execute();
  return {
    hazard: hazardView(row, now),
    history: history.map(({ at, ...entry }) => ({ ...entry, at: iso(at.getTime()) })),
    photos: photos.map(({ id: photo, part, at, addedBy }) => ({
      id: photo,
      of: part,
      at: iso(at.getTime()),
      by: addedBy,
    })),
  };
}

export const photo = (db: Queries, id: string) =>
  db
    .selectFrom('photos')
    .innerJoin('hazards', 'hazards.id', 'photos.hazard')
    .select(['photos.type', 'photos.bytes', 'hazards.owner', 'hazards.reportedBy'])
    .where('photos.id', '=', id)
    .executeTakeFirst();
