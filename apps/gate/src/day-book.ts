/**
 * The day book 登记簿: every visit of a span, page by page, the newest first. A page is found by the place where the last one
 * ended, so a visitor who comes meanwhile shifts nothing (A1, G2).
 */
import {
  type DayBookFilter,
  type DayBookPage,
  type DayBookPlace,
  type DayBookState,
  type DayBookVisit,
  startOfSchoolDay,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { toView, views } from './store.ts';

type Queries = Kysely<GateTables>;

const PAGE = 100;
const DAY_MS = 86_400_000;

const lines = (db: Queries) => views(db).select(['visits.visitor', 'visits.note', 'visits.items']);
type Lines = ReturnType<typeof lines>;
type Row = Awaited<ReturnType<Lines['executeTakeFirstOrThrow']>>;

const toLine = ({ visitor, note, items, ...row }: Row): DayBookVisit => ({ ...toView(row), visitor, note, items });

/** [from, before), in ms since 1970, of school days, both included. */
export const spanOf = ({ from, to }: { from: string; to: string }): { from: Date; before: Date } => ({
  from: new Date(startOfSchoolDay(Date.parse(`${from}T00:00:00.000Z`))),
  before: new Date(startOfSchoolDay(Date.parse(`${to}T00:00:00.000Z`)) + DAY_MS),
});

const overdue = (now: number) =>
  sql<SqlBool>`visits.status = 'onSite' and coalesce(visits.until, visits.admitted_at + interval '2 hours') < ${new Date(now)}`;

const inState = (state: DayBookState, now: number) =>
  state === 'overdue' ? overdue(now) : sql<SqlBool>`visits.status = ${state}`;

/** What a filter says but for its state. */
function within({ from, to, gate, type, host }: DayBookFilter) {
  const span = spanOf({ from, to });
  const conditions = [
    sql<SqlBool>`visits.admitted_at >= ${span.from} and visits.admitted_at < ${span.before}`,
    gate === undefined ? undefined : sql<SqlBool>`visits.gate = ${gate}`,
    type === undefined ? undefined : sql<SqlBool>`visits.type = ${type}`,
    host === undefined
      ? undefined
      : sql<SqlBool>`position(lower(${host}) in lower(concat(visits.host->>'name', ' ', visits.host->>'department'))) > 0`,
  ].filter((condition) => condition !== undefined);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const below = ({ at, visit }: DayBookPlace) =>
  sql<SqlBool>`(visits.admitted_at, visits.id) < (${new Date(at)}, ${visit})`;

export async function dayBook(
  db: Queries,
  filter: DayBookFilter & { after?: DayBookPlace | undefined },
  now: number,
): Promise<DayBookPage> {
  const counts = await countsOf(db, filter, now);
  let page = lines(db).where(within(filter));
  if (filter.state) page = page.where(inState(filter.state, now));
  if (filter.after) page = page.where(below(filter.after));
  const rows = await page
    .orderBy('visits.admittedAt', 'desc')
    .orderBy('visits.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const visits = rows.slice(0, PAGE).map(toLine);
  const last = visits.at(-1);
  return {
    visits,
    counts,
    total: filter.state ? counts[filter.state] : counts.onSite + counts.left + counts.refused + counts.undone,
    more: rows.length > PAGE && last ? { at: last.admittedAt, visit: last.visit } : null,
  };
}

async function countsOf(db: Queries, filter: DayBookFilter, now: number): Promise<DayBookPage['counts']> {
  const of = (state: DayBookState) => sql<number>`count(*) filter (where ${inState(state, now)})::int`;
  return db
    .selectFrom('visits')
    .select([
      of('onSite').as('onSite'),
      of('overdue').as('overdue'),
      of('left').as('left'),
      of('refused').as('refused'),
      of('undone').as('undone'),
    ])
    .where(within(filter))
    .executeTakeFirstOrThrow();
}

/** Of a person, the newest first. */
export async function visitsOf(db: Queries, visitor: string, limit: number): Promise<DayBookVisit[]> {
  const rows = await lines(db)
    .where('visits.visitor', '=', visitor)
    .orderBy('visits.admittedAt', 'desc')
    .orderBy('visits.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toLine);
}

/** Whose number begins so: `E1123-007`, `e1123`. */
export async function visitsNumbered(db: Queries, number: string, limit: number): Promise<DayBookVisit[]> {
  const from = number.normalize('NFKC').toUpperCase();
  const rows = await lines(db)
    .where(sql<SqlBool>`visits.number collate "C" >= ${from} and visits.number collate "C" < ${`${from}\u{10ffff}`}`)
    .orderBy('visits.admittedAt', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toLine);
}

export interface RegisterLine extends DayBookVisit {
  sex: 'male' | 'female' | 'unknown';
}

/** As the register on paper is read: the oldest first. What was undone was no visit. */
export async function registerOf(
  db: Queries,
  span: { from: string; to: string },
  limit: number,
): Promise<RegisterLine[]> {
  const { from, before } = spanOf(span);
  const rows = await lines(db)
    .select('visitors.sex')
    .where('visits.admittedAt', '>=', from)
    .where('visits.admittedAt', '<', before)
    .where('visits.status', '<>', 'undone')
    .orderBy('visits.admittedAt')
    .orderBy('visits.id')
    .limit(limit)
    .execute();
  return rows.map(({ sex, ...row }) => ({ ...toLine(row), sex }));
}

/** The gates of which there are visits. */
export async function gatesOf(db: Queries): Promise<string[]> {
  const rows = await db.selectFrom('visits').select('gate').distinct().orderBy('gate').limit(100).execute();
  return rows.map(({ gate }) => gate);
}

export const when = (date: Date | null): string | null => date && iso(date.getTime());
