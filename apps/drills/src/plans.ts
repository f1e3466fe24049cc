/**
 * Emergency plans 应急预案 in versions (D1, H10).
 *
 * Promise: a version that was approved never changes; the database itself refuses it, to this service too. Nobody approves a
 * text that he wrote at, nor another text than the one he read; nobody writes over another text than the one he read. One draft a plan is open at a time; it may be written again
 * until it is approved, and the next version names the findings that caused it. Who has read a version stays on record with
 * the first time. Doing anything twice is doing it once.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  AppError,
  type ApproveResult,
  type ApproveVersion,
  type CreatePlan,
  type DraftResult,
  type DraftVersion,
  type PersonRef,
  type PlanVersion,
  type PlanView,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import type { DrillsContext, Trx } from './context.ts';
import { planView, versionRows, versionView } from './plan-views.ts';

type Ctx = Pick<DrillsContext, 'db' | 'clock'>;

export function createPlan({ db, clock }: Ctx, actor: PersonRef, command: CreatePlan): Promise<PlanView> {
  const at = new Date(clock.now());
  const { id, kind, level, title, version, body } = command;
  return db.tx(async (trx) => {
    const created = await trx
      .insertInto('plans')
      .values({ id, kind, level, title })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (created) {
      const data = { plan: id, kind, level, title, by: actor };
      await emit(trx, { entity: 'plan', type: 'created', data, at });
      await insertDraft(trx, { id: version, plan: id, body, why: '', findings: [], actor, at });
    }
    return planView(trx, id);
  });
}

export function draftVersion({ db, clock }: Ctx, actor: PersonRef, command: DraftVersion): Promise<DraftResult> {
  const now = clock.now();
  const { plan, version: id, body, why } = command;
  const findings = [...new Set(command.findings)];
  return db.tx(async (trx) => {
    await lockPlan(trx, plan);
    const before = await versionRows(trx).where('id', '=', id).executeTakeFirst();
    if (before && before.plan !== plan) throw new AppError('conflict', 'a version of another plan');
    if (before?.status === 'approved') return { result: 'alreadyApproved', version: versionView(before) };
    await mustBeFindings(trx, findings);
    // Each writing has a moment of its own: it is what tells one from the other.
    const at = new Date(Math.max(now, (before?.draftedAt.getTime() ?? 0) + 1));
    if (before) {
      const same = isDeepStrictEqual([before.body, before.why, before.findings], [body, why, findings]);
      if (same) return { result: 'drafted', version: versionView(before) };
      if (before.draftedAt.getTime() !== Date.parse(command.draftedAt ?? ''))
        return { result: 'changed', draft: versionView(before) };
      await trx
        .updateTable('planVersions')
        .set({ body: JSON.stringify(body), why, findings, draftedBy: JSON.stringify(actor), draftedAt: at })
        .set({ drafters: [...new Set([...before.drafters, actor.id])] })
        .where('id', '=', id)
        .execute();
      await tellDrafted(trx, id, at);
    } else {
      const draft = await versionRows(trx).where('plan', '=', plan).where('status', '=', 'draft').executeTakeFirst();
      if (draft) return { result: 'otherDraft', draft: versionView(draft) };
      await insertDraft(trx, { id, plan, body, why, findings, actor, at });
    }
    const row = await versionRows(trx).where('id', '=', id).executeTakeFirstOrThrow();
    return { result: 'drafted', version: versionView(row) };
  });
}

export function approve({ db, clock }: Ctx, actor: PersonRef, command: ApproveVersion): Promise<ApproveResult> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { plan } = await planOf(trx, command.version);
    await lockPlan(trx, plan);
    const row = await versionRows(trx).where('id', '=', command.version).executeTakeFirstOrThrow();
    if (row.status === 'approved') return { result: 'approved', version: versionView(row) };
    if (row.draftedAt.getTime() !== Date.parse(command.draftedAt))
      return { result: 'changed', draft: versionView(row) };
    if (row.drafters.includes(actor.id)) return { result: 'ownDraft' };
    const approvedBy = actor;
    await trx
      .updateTable('planVersions')
      .set({ status: 'approved', approvedBy: JSON.stringify(approvedBy), approvedAt: at })
      .where('id', '=', row.id)
      .execute();
    const version: PlanVersion = versionView({ ...row, status: 'approved', approvedBy, approvedAt: at });
    await emit(trx, { entity: 'plan', type: 'approved', data: eventOf(version), at });
    return { result: 'approved', version };
  });
}

/** When this person first said so. */
export function confirmRead({ db, clock }: Ctx, actor: PersonRef, version: string): Promise<{ at: string }> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { plan, number, status } = await planOf(trx, version);
    if (status !== 'approved') throw new AppError('conflict', 'a draft is not to be read yet');
    const first = await trx
      .insertInto('planReads')
      .values({ version, personId: actor.id, personName: actor.name, at })
      .onConflict((oc) => oc.doNothing())
      .returning('at')
      .executeTakeFirst();
    if (first) {
      const data = { plan, version, number, person: actor };
      await emit(trx, { entity: 'plan', type: 'read', data, at });
      return { at: iso(at.getTime()) };
    }
    const read = await trx
      .selectFrom('planReads')
      .select('at')
      .where('version', '=', version)
      .where('personId', '=', actor.id)
      .executeTakeFirstOrThrow();
    return { at: iso(read.at.getTime()) };
  });
}

/** Who must have read the plans that count: the whole truth, all or nothing. What somebody has read stays on record. */
export async function importReaders(trx: Trx, people: readonly PersonRef[]): Promise<void> {
  await lockInTransaction(trx, 'readers');
  const ids = people.map(({ id }) => id);
  await sql`delete from readers where id <> all(${ids}::text[])`.execute(trx);
  await sql`insert into readers (id, name)
    select * from unnest(${ids}::text[], ${people.map(({ name }) => name)}::text[])
    on conflict (id) do update set name = excluded.name`.execute(trx);
}

interface NewDraft {
  id: string;
  plan: string;
  body: PlanVersion['body'];
  why: string;
  findings: string[];
  actor: PersonRef;
  at: Date;
}

/** Whoever calls has locked the plan, or has just made it. */
async function insertDraft(trx: Trx, { id, plan, body, why, findings, actor, at }: NewDraft): Promise<void> {
  const { last } = await trx
    .selectFrom('planVersions')
    .select((eb) => eb.fn.max<number | null>('number').as('last'))
    .where('plan', '=', plan)
    .executeTakeFirstOrThrow();
  const added = await trx
    .insertInto('planVersions')
    .values({
      ...{ id, plan, number: (last ?? 0) + 1, status: 'draft', body: JSON.stringify(body), why, findings },
      ...{ draftedBy: JSON.stringify(actor), draftedAt: at, drafters: [actor.id] },
      ...{ approvedBy: null, approvedAt: null },
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new AppError('conflict', 'a version of another plan');
  await tellDrafted(trx, id, at);
}

async function tellDrafted(trx: Trx, id: string, at: Date): Promise<void> {
  const version = versionView(await versionRows(trx).where('id', '=', id).executeTakeFirstOrThrow());
  await emit(trx, { entity: 'plan', type: 'drafted', data: eventOf(version), at });
}

const eventOf = ({ id, plan, number, findings, draftedBy, approvedBy }: PlanVersion) => ({
  ...{ plan, version: id, number, findings, draftedBy, approvedBy },
});

async function planOf(trx: Trx, version: string) {
  const row = await trx
    .selectFrom('planVersions')
    .select(['plan', 'number', 'status'])
    .where('id', '=', version)
    .executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such version');
  return row;
}

async function lockPlan(trx: Trx, id: string): Promise<void> {
  const plan = await trx.selectFrom('plans').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!plan) throw new AppError('notFound', 'no such plan');
}

async function mustBeFindings(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await trx.selectFrom('findings').select('id').where('id', 'in', ids).limit(ids.length).execute();
  if (known.length < ids.length) throw new AppError('badInput', 'a finding that is not on record');
}
