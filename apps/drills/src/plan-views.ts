/** What plans look like to those who ask: the list, one plan with its readers, what I must read, what a drill follows. */
import {
  AppError,
  type DrillKind,
  type PlanDetail,
  PlanLevel,
  type PlanToRead,
  type PlanVersion,
  type PlanView,
} from '@anyuan/contracts';
import type { DrillsTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Selectable, sql } from 'kysely';
import type { Queries } from './context.ts';

type Row = Omit<Selectable<DrillsTables['planVersions']>, 'drafters'>;

const PLANS = 200;
const PEOPLE = 10_000;

export const versionRows = (db: Queries) =>
  db
    .selectFrom('planVersions')
    .select(['id', 'plan', 'number', 'status', 'body', 'why', 'findings'])
    .select(['draftedBy', 'draftedAt', 'drafters', 'approvedBy', 'approvedAt']);

export const versionView = ({ id, plan, number, status, body, why, findings, ...row }: Row): PlanVersion => ({
  ...{ id, plan, number, status, body, why, findings },
  draftedBy: row.draftedBy,
  draftedAt: iso(row.draftedAt.getTime()),
  approvedBy: row.approvedBy,
  approvedAt: row.approvedAt && iso(row.approvedAt.getTime()),
});

export async function plans(db: Queries): Promise<PlanView[]> {
  const rows = await planRows(db).limit(PLANS).execute();
  return views(db, rows);
}

export async function planView(db: Queries, id: string): Promise<PlanView> {
  const [view] = await views(db, await planRows(db).where('id', '=', id).execute());
  if (!view) throw new AppError('notFound', 'no such plan');
  return view;
}

/** With every version, the newest first, and who has read the one that counts. */
export async function planDetail(db: Queries, id: string): Promise<PlanDetail> {
  const plan = await planView(db, id);
  const versions = await versionRows(db).where('plan', '=', id).orderBy('number', 'desc').limit(PLANS).execute();
  return { plan, versions: versions.map(versionView), reads: plan.current ? await reads(db, plan.current.id) : [] };
}

/** The plans that count, and when this person said to have read them: for everybody, a reader by duty or not. */
export async function plansToRead(db: Queries, person: string): Promise<PlanToRead[]> {
  const all = await plans(db);
  const counting = all.flatMap(({ id, kind, level, title, current }) =>
    current ? [{ id, kind, level, title, version: current }] : [],
  );
  if (counting.length === 0) return [];
  const ids = counting.map(({ version }) => version.id);
  const mine = await db
    .selectFrom('planReads')
    .select(['version', 'at'])
    .where('version', 'in', ids)
    .where('personId', '=', person)
    .limit(ids.length)
    .execute();
  return counting.map((plan) => {
    const at = mine.find(({ version }) => version === plan.version.id)?.at;
    return { ...plan, readAt: at ? iso(at.getTime()) : null };
  });
}

/**
 * What a drill of this kind follows when it begins: the approved version of the plan of the mildest level, of two the one
 * that was approved last. Undefined: the school has no plan for it.
 */
export async function currentPlanFor(
  db: Queries,
  kind: DrillKind,
): Promise<{ plan: string; title: string; version: PlanVersion } | undefined> {
  const counting = (await views(db, await planRows(db).where('kind', '=', kind).limit(PLANS).execute())).flatMap(
    ({ id, level, title, current }) => (current ? [{ level, plan: id, title, version: current }] : []),
  );
  const [first] = counting.sort(
    (a, b) =>
      PlanLevel.options.indexOf(a.level) - PlanLevel.options.indexOf(b.level) ||
      (b.version.approvedAt ?? '').localeCompare(a.version.approvedAt ?? ''),
  );
  return first && { plan: first.plan, title: first.title, version: first.version };
}

/** Readers by duty who have and who have not, and others who have. */
async function reads(db: Queries, version: string): Promise<PlanDetail['reads']> {
  const { rows } = await sql<{ id: string; name: string; at: Date | null }>`
    select coalesce(readers.id, done.person_id) as id, coalesce(readers.name, done.person_name) as name, done.at
    from readers
    full join (select person_id, person_name, at from plan_reads where version = ${version}) done
      on done.person_id = readers.id
    order by done.at nulls first, name, id limit ${PEOPLE}`.execute(db);
  return rows.map(({ id, name, at }) => ({ person: { id, name }, at: at && iso(at.getTime()) }));
}

const planRows = (db: Queries) =>
  db.selectFrom('plans').select(['id', 'kind', 'level', 'title']).orderBy('kind').orderBy('level').orderBy('id');

/** The version that counts and the draft of each, and how many of its readers have read it. */
async function views(db: Queries, rows: readonly Selectable<DrillsTables['plans']>[]): Promise<PlanView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const latest = await versionRows(db)
    .distinctOn(['plan', 'status'])
    .where('plan', 'in', ids)
    .orderBy('plan')
    .orderBy('status')
    .orderBy('number', 'desc')
    .limit(2 * ids.length)
    .execute();
  const { rows: counts } = await sql<{ id: string; versions: number; read: number; readers: number }>`
    select plans.id,
      (select count(*) from plan_versions where plan = plans.id) as versions,
      (select count(*) from plan_reads
        where person_id in (select id from readers) and version = (
          select id from plan_versions where plan = plans.id and status = 'approved' order by number desc limit 1
        )) as read,
      (select count(*) from readers) as readers
    from plans where plans.id = any(${ids})`.execute(db);
  return rows.map(({ id, kind, level, title }) => {
    const of = (status: string) => latest.find((v) => v.plan === id && v.status === status);
    const [current, draft] = [of('approved'), of('draft')];
    const count = counts.find((c) => c.id === id);
    return {
      ...{ id, kind, level, title },
      current: current ? versionView(current) : null,
      draft: draft ? versionView(draft) : null,
      ...{ versions: count?.versions ?? 0, read: count?.read ?? 0, readers: count?.readers ?? 0 },
    };
  });
}
