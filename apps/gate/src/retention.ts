/**
 * How long what names somebody is kept, and that it is gone afterwards (H15, promise 6): 180 days, or what the principal set
 * between 30 and 1095. Once each school day what is older goes: visits with whatever belongs to nobody any more, bookings of
 * those who never came, passes of vehicles and permits, whose a hit on the watchlist was, and the day's questions to hosts. One
 * person goes at once on request. Each time leaves links of the proof (retention-chain.ts), which hold counts and keyed
 * digests, no names.
 *
 * Never deleted: whoever is still inside, whose things are still at the gate, and the entry of a vehicle that has not gone
 * out; the office is told how many. Whoever was cleared of an entry stays cleared while it is in force. A backlog
 * goes in portions, a round each, since a transaction may not take seconds. What the bus holds of a visit has its own end
 * (a year, README.md).
 */
import {
  type Actor,
  type DeletedClass,
  type DeletionProof,
  type EraseResult,
  type EraseVisitor,
  type ErasureReason,
  newId,
  RETENTION_DAYS,
  type RetentionView,
  type SetRetention,
  schoolDate,
  startOfSchoolDay,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely';
import { remember } from './access-log.ts';
import type { GateContext } from './commands.ts';
import type { GateKeys } from './config.ts';
import { personOnly } from './day-book-people.ts';
import { forgetQuestions } from './questions.ts';
import { linkAfter, verified } from './retention-chain.ts';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;
type Why = 'retention' | ErasureReason;

const DAY_MS = 86_400_000;
const PORTION = 2_000;
/** Questions to hosts: what came of one stands in the visit. */
const QUESTION_DAYS = 1;

interface Gone {
  class: DeletedClass;
  id: string;
  at: Date;
}

/** The end of a visit, by which its age is reckoned. */
const ended = sql<Date>`coalesce(visits.left_at, visits.admitted_at)`;
/** The newest word on held things says that they are still at the gate, or there is none. */
const thingsHere = sql<SqlBool>`visits.status <> 'undone' and (visits.security->>'result') is not distinct from 'held' and coalesce((
  select r.outcome from item_returns r where r.visit = visits.id order by r.at desc, r.command desc limit 1
), 'notGiven') = 'notGiven'`;
const inside = sql<SqlBool>`visits.status = 'onSite'`;

export async function retentionDays(db: Queries): Promise<{ days: number; set: RetentionView['set'] }> {
  const rule = await db
    .selectFrom('retentionRules')
    .select(['days', 'actorId', 'actorName', 'at'])
    .orderBy('at', 'desc')
    .orderBy('command', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!rule) return { days: RETENTION_DAYS.usual, set: null };
  return { days: rule.days, set: { at: iso(rule.at.getTime()), by: { id: rule.actorId, name: rule.actorName } } };
}

export function setRetention({ db, clock }: GateContext, actor: Actor, { command, days }: SetRetention): Promise<void> {
  const by = personOnly(actor);
  const now = clock.now();
  return db.tx(async (trx) => {
    const row = { command, days, actorId: by.id, actorName: by.name, at: new Date(now) };
    const added = await trx
      .insertInto('retentionRules')
      .values(row)
      .onConflict((c) => c.column('command').doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return;
    await remember(trx, { id: newId(now), kind: 'retention', by, purpose: '', detail: String(days), now });
  });
}

/** What the service's round does: nothing when this school day has been cleared. */
export async function clearOld(trx: Trx, keys: GateKeys, now: number): Promise<void> {
  const day = schoolDate(now);
  const done = await trx.selectFrom('retentionDays').select('day').where('day', '=', day).executeTakeFirst();
  if (done) return;
  const { days } = await retentionDays(trx);
  const before = new Date(startOfSchoolDay(now) - days * DAY_MS);
  const old = await trx
    .selectFrom('visits')
    .select(['id', 'visitor', 'booking', ended.as('at')])
    .where(ended, '<', before)
    .where(sql<SqlBool>`not (${inside}) and not (${thingsHere})`)
    .orderBy('admittedAt')
    .limit(PORTION)
    .execute();
  const gone = [...(await forget(trx, old, before, now)), ...(await forgetPlans(trx, before, now))];
  await prove(trx, keys, gone, { why: 'retention', days, now });
  const most = Math.max(0, ...Array.from(Map.groupBy(gone, (one) => one.class).values(), (all) => all.length));
  if (old.length < PORTION && most < PORTION)
    await trx
      .insertInto('retentionDays')
      .values({ day, at: new Date(now) })
      .execute();
}

export function eraseVisitor(ctx: GateContext, actor: Actor, command: EraseVisitor): Promise<EraseResult> {
  const by = personOnly(actor);
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx): Promise<EraseResult> => {
    await lockInTransaction(trx, `erasure ${command.command}`);
    const before = await trx
      .selectFrom('erasures')
      .select('at')
      .where('command', '=', command.command)
      .executeTakeFirst();
    if (before) return { result: 'erased' };
    const visits = await trx
      .selectFrom('visits')
      .select(['id', 'visitor', 'booking', ended.as('at'), inside.as('inside'), thingsHere.as('held')])
      .where('visitor', '=', command.visitor)
      .forUpdate()
      .execute();
    if (visits.some((visit) => visit.inside)) return { result: 'refused', refusal: 'onSite' };
    if (visits.some((visit) => visit.held)) return { result: 'refused', refusal: 'held' };
    await trx
      .insertInto('erasures')
      .values({ command: command.command, at: new Date(now) })
      .execute();
    const { days } = await retentionDays(trx);
    const gone = await forget(trx, visits, null, now);
    await prove(trx, ctx.keys, gone, { why: command.reason, days, now });
    // The visitor's id leads to nobody any more; that somebody was erased, by whom and why, stays.
    await remember(trx, {
      id: newId(now),
      kind: 'erasure',
      by,
      purpose: command.reason,
      visitor: command.visitor,
      now,
    });
    return { result: 'erased' };
  });
}

/** @param orphans until when bookings, sign-outs and the like that never found their visit go too */
async function forget(
  trx: Trx,
  visits: readonly { id: string; visitor: string; booking: string | null; at: Date }[],
  orphans: Date | null,
  now: number,
): Promise<Gone[]> {
  const before = orphans ?? new Date(0);
  const ids = visits.map(({ id }) => id);
  const gone: Gone[] = visits.map(({ id, at }) => ({ class: 'visit', id, at }));
  if (ids.length > 0) {
    await trx.deleteFrom('visits').where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();
    const people = [...new Set(visits.map(({ visitor }) => visitor))];
    const left = await trx
      .deleteFrom('visitors')
      .where('id', '=', sql<string>`any(${people}::uuid[])`)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('visits').select('visits.id').whereRef('visits.visitor', '=', 'visitors.id'))),
      )
      .returning('id')
      .execute();
    const last = new Map(visits.map(({ visitor, at }) => [visitor, at]));
    for (const { id } of left) gone.push({ class: 'visitor', id, at: last.get(id) ?? new Date(0) });
    // What was told to the bus already need not wait for the week's sweep.
    await sql`delete from outbox where published_at is not null and entity = 'visit' and data->>'visit' = any(${ids})`.execute(
      trx,
    );
  }
  const booked = await trx
    .deleteFrom('bookings')
    .where(({ and, eb, not, exists, or, selectFrom }) =>
      and([
        or([
          eb('bookings.id', '=', sql<string>`any(${visits.map(({ booking }) => booking).filter(Boolean)}::uuid[])`),
          eb('bookings.ends', '<', before),
        ]),
        not(exists(selectFrom('visits').select('visits.id').whereRef('visits.booking', '=', 'bookings.id'))),
      ]),
    )
    .returning(['id', 'ends'])
    .execute();
  for (const { id, ends } of booked) gone.push({ class: 'booking', id, at: ends });
  const { rows } = await sql<Gone>`
    select class, id, at from forget(${ids}::uuid[], ${before})
    union all select class, id, at from forget_passes(${ids}::uuid[], ${before}, ${schoolDate(now)}, ${PORTION})`.execute(
    trx,
  );
  return [...gone, ...rows];
}

/** What stands by itself: expected deliveries, and the questions of the days before. */
async function forgetPlans(trx: Trx, before: Date, now: number): Promise<Gone[]> {
  const deliveries = await trx
    .deleteFrom('goodsDeliveries')
    .where('date', '<', schoolDate(before.getTime()))
    .returning(['id', 'plannedAt as at'])
    .execute();
  const questions = await forgetQuestions(trx, new Date(startOfSchoolDay(now)));
  return [
    ...deliveries.map((one) => ({ class: 'delivery' as const, ...one })),
    ...questions.map((one) => ({ class: 'question' as const, ...one })),
  ];
}

async function prove(
  trx: Trx,
  keys: GateKeys,
  gone: readonly Gone[],
  { why, days, now }: { why: Why; days: number; now: number },
): Promise<void> {
  if (gone.length === 0) return;
  await lockInTransaction(trx, 'deletions');
  let last = await trx
    .selectFrom('deletions')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  for (const [kind, all] of Map.groupBy(gone, (one) => one.class)) {
    const times = all.map(({ at }) => at.getTime()).sort((a, b) => a - b);
    const ids = all.map(({ id }) => id).sort();
    const link = linkAfter(last, {
      at: iso(now),
      class: kind,
      count: all.length,
      from: schoolDate(times[0] ?? now),
      to: schoolDate(times.at(-1) ?? now),
      why,
      days: kind === 'question' ? QUESTION_DAYS : days,
      digest: keys.search.hash(`deleted ${kind}\n${ids.join('\n')}`),
    });
    const { from, to, ...row } = link;
    await trx
      .insertInto('deletions')
      .values({ ...row, at: new Date(now), fromDate: from, toDate: to })
      .execute();
    last = link;
  }
  if (last) await emit(trx, { entity: 'deletion', type: 'proven', data: last, at: new Date(now) });
}

const SHOWN = 200;

export async function retention(db: Queries, now: number): Promise<RetentionView> {
  const rule = await retentionDays(db);
  const before = new Date(startOfSchoolDay(now) - rule.days * DAY_MS);
  const kept = await db
    .selectFrom('visits')
    .select([
      sql<number>`count(*) filter (where ${inside})::int`.as('onSite'),
      sql<number>`count(*) filter (where not (${inside}) and ${thingsHere})::int`.as('held'),
    ])
    .where(ended, '<', before)
    .executeTakeFirstOrThrow();
  const newest = db
    .selectFrom('vehiclePasses')
    .distinctOn('plate')
    .select(['outcome', 'at'])
    .where('outcome', '<>', 'refused')
    .orderBy('plate')
    .orderBy('at', 'desc')
    .orderBy('pass', 'desc');
  const { vehicles } = await db
    .selectFrom(newest.as('n'))
    .select((eb) => eb.fn.countAll<number>().as('vehicles'))
    .where('n.outcome', '=', 'in')
    .where('n.at', '<', before)
    .executeTakeFirstOrThrow();
  const ran = await db
    .selectFrom('retentionDays')
    .select((eb) => eb.fn.max('day').as('day'))
    .executeTakeFirst();
  const links = await proofs(db);
  return {
    ...rule,
    ranOn: ran?.day ?? null,
    kept: { ...kept, vehicles },
    chain: verified(links),
    proofs: links.slice(-SHOWN).reverse(),
  };
}

/** What these links say of themselves now; null for one that is gone. */
export async function proofHashes(db: Queries, seqs: readonly number[]): Promise<(string | null)[]> {
  const rows = await db
    .selectFrom('deletions')
    .select(['seq', 'hash'])
    .where('seq', '=', sql<number>`any(${seqs}::int[])`)
    .orderBy('seq')
    .limit(seqs.length)
    .execute();
  const bySeq = new Map(rows.map(({ seq, hash }) => [seq, hash]));
  return seqs.map((seq) => bySeq.get(seq) ?? null);
}

/** From the first on: the chain is checked as a whole. A few links a day. */
async function proofs(db: Queries): Promise<DeletionProof[]> {
  const rows = await db
    .selectFrom('deletions')
    .select(['seq', 'at', 'class', 'count', 'fromDate', 'toDate', 'why', 'days', 'digest', 'previous', 'hash'])
    .orderBy('seq')
    .limit(50_000)
    .execute();
  return rows.map(({ fromDate: from, toDate: to, at, ...row }) => ({ ...row, from, to, at: iso(at.getTime()) }));
}
