/**
 * Hits on the watchlist and what people answered (G3). A gate decides by itself and sends what it saw, perhaps days later
 * and more than once; the first word of a hit counts, answers are added and never changed. The last answer about a person
 * and an entry is the one that counts: after a "no" the gates stay quiet about that pair until somebody says otherwise.
 */
import {
  type Actor,
  type AnswerWatchHit,
  AppError,
  type PersonRef,
  permissionsOf,
  type RecordWatchAnswer,
  type RecordWatchHit,
  schoolDate,
  type WatchAnswer,
  type WatchHitEvent,
  type WatchHitView,
  type WatchList,
} from '@anyuan/contracts';
import { type Db, emit, type GateTables, lockInTransaction } from '@anyuan/db';
import { type Clock, iso } from '@anyuan/service';
import type { GateContext } from './commands.ts';
import * as store from './watchlist-store.ts';
import { mustBeItsGate, personOf } from './who.ts';

type Trx = store.Trx;

const LIMIT = 200;

/** From a gate's agent. */
export function recordHit(ctx: GateContext, actor: Actor, command: RecordWatchHit): Promise<{ hit: string }> {
  const { hit, entry: id, match, person, shown, listAsOf, decision } = command;
  mustBeItsGate(actor, decision.gate);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `watch hit ${hit}`);
    const known = await trx.selectFrom('watchHits').select('id').where('id', '=', hit).executeTakeFirst();
    if (known) return { hit };
    const entry = await store.entryRow(trx, id);
    if (!entry) throw new AppError('notFound', 'no such entry');
    const { gate, guard, at, offline } = decision;
    await trx
      .insertInto('watchHits')
      .values({
        ...{ id: hit, entry: id, match, person, shown, gate, guardId: guard.id, guardName: guard.name, offline },
        ...{ at: new Date(at), listAsOf: new Date(listAsOf), receivedAt: new Date(ctx.clock.now()) },
      })
      .execute();
    await tell(ctx, trx, 'recorded', { hit, entry: id, gate, at, people: idsOf(entry), is: null });
    return { hit };
  });
}

/** The guard's own answer. */
export function recordAnswer(ctx: GateContext, actor: Actor, command: RecordWatchAnswer): Promise<{ answer: string }> {
  const { answer, hit, is, decision } = command;
  mustBeItsGate(actor, decision.gate);
  return ctx.db.tx(async (trx) => {
    const { at, offline, guard } = decision;
    await addAnswer(ctx, trx, { id: answer, hit, is, by: guard, via: 'gate', at: new Date(at), offline });
    return { answer };
  });
}

/** A responder's answer, from the office or a phone. @throws AppError `notFound` also for a hit that he is not told of */
export function answerHit(ctx: GateContext, actor: Actor, command: AnswerWatchHit): Promise<WatchHitView> {
  const person = personOf(actor);
  const { answer, hit, is } = command;
  return ctx.db.tx(async (trx) => {
    const entry = await entryOf(trx, hit);
    const may = entry && (permissionsOf(person).includes('watchlist.read') || idsOf(entry).includes(person.id));
    if (!may) throw new AppError('notFound', 'no such hit for this person');
    const at = new Date(ctx.clock.now());
    await addAnswer(ctx, trx, { id: answer, hit, is, by: person, via: 'console', at, offline: false });
    const [view] = await views(trx, person.id, () => true, hit);
    if (!view) throw new AppError('internal', 'a hit is gone');
    return view;
  });
}

/** Those that the asker may know of, the newest first. Nobody is named by a hit, so no look is recorded. */
export function hits(ctx: GateContext, actor: Actor): Promise<WatchHitView[]> {
  const person = personOf(actor);
  return ctx.db.tx((trx) => views(trx, person.id, (entry) => store.seenBy(person, entry) !== null));
}

async function views(
  trx: Trx,
  person: string,
  may: (entry: store.Entry) => boolean,
  only?: string,
): Promise<WatchHitView[]> {
  const entries = new Map((await store.entryRows(trx)).filter(may).map((entry) => [entry.id, entry]));
  if (entries.size === 0) return [];
  const rows = await trx
    .selectFrom('watchHits')
    .selectAll()
    .where('entry', 'in', [...entries.keys()])
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LIMIT)
    .execute();
  const answers =
    rows.length === 0
      ? []
      : await answersTo(
          trx,
          rows.map((row) => row.id),
        );
  return rows.flatMap((row) => {
    const entry = entries.get(row.entry);
    if (!entry) return [];
    const { id: hit, gate, match, shown, offline } = row;
    return [
      {
        ...{ hit, entry: row.entry, gate, match, shown, offline },
        ...{ action: entry.action, instruction: entry.instruction },
        at: iso(row.at.getTime()),
        listAsOf: iso(row.listAsOf.getTime()),
        guard: { id: row.guardId, name: row.guardName },
        answers: answers.filter((one) => one.hit === hit).map(({ hit: _of, ...answer }) => answer),
        toMe: idsOf(entry).includes(person),
      },
    ];
  });
}

async function answersTo(trx: Trx, ids: string[]): Promise<(WatchHitView['answers'][number] & { hit: string })[]> {
  const rows = await trx
    .selectFrom('watchAnswers')
    .select(['hit', 'answer', 'at', 'byId', 'byName', 'via'])
    .where('hit', 'in', ids)
    .orderBy('at')
    .orderBy('position')
    .limit(LIMIT * 20)
    .execute();
  return rows.map(({ hit, answer, at, byId, byName, via }) => ({
    ...{ hit, is: answer, via },
    at: iso(at.getTime()),
    by: { id: byId, name: byName },
  }));
}

interface NewAnswer {
  id: string;
  hit: string;
  is: WatchAnswer;
  by: PersonRef;
  via: 'gate' | 'console';
  at: Date;
  offline: boolean;
}

async function addAnswer(ctx: GateContext, trx: Trx, answer: NewAnswer): Promise<void> {
  const { id, hit, is, by, via, at, offline } = answer;
  await lockInTransaction(trx, `watch hit ${hit}`);
  const entry = await entryOf(trx, hit);
  const row = await trx.selectFrom('watchHits').select('gate').where('id', '=', hit).executeTakeFirst();
  if (!entry || !row) throw new AppError('notFound', 'no such hit');
  const now = ctx.clock.now();
  const added = await trx
    .insertInto('watchAnswers')
    .values({
      ...{ id, hit, answer: is, byId: by.id, byName: by.name, via, at, offline, receivedAt: new Date(now) },
    })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst();
  if (!added.numInsertedOrUpdatedRows) return;
  await store.raiseListVersion(trx, now);
  await tell(ctx, trx, 'answered', {
    ...{ hit, entry: entry.id, gate: row.gate, at: iso(at.getTime()), people: idsOf(entry), is },
  });
}

async function entryOf(trx: Trx, hit: string): Promise<store.Entry | undefined> {
  const row = await trx.selectFrom('watchHits').select('entry').where('id', '=', hit).executeTakeFirst();
  return row && store.entryRow(trx, row.entry);
}

const idsOf = (entry: store.Entry): string[] => entry.responders.map(({ id }) => id);

const tell = (ctx: GateContext, trx: Trx, type: 'recorded' | 'answered', data: WatchHitEvent) =>
  emit(trx, { entity: 'watchHit', type, data, at: new Date(ctx.clock.now()) });

/** The body of the signed list: keyed hashes, what to do, and who is told. */
export function loadWatchlist(db: Db<GateTables>, clock: Clock): Promise<{ version: number; body: WatchList }> {
  return db.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const today = schoolDate(clock.now());
      const cleared = await store.clearedPairs(trx);
      const standing = (await store.entryRows(trx)).filter((e) => !e.withdrawnAt && e.validUntil >= today);
      const entries = standing.map((e) => ({
        ...{ entry: e.id, id: e.idHash, born: e.bornHash, year: e.yearHash, name: e.nameHash },
        ...{ action: e.action, instruction: e.instruction, responders: idsOf(e) },
        ...{ validFrom: e.validFrom, validUntil: e.validUntil, cleared: cleared.get(e.id) ?? [] },
      }));
      return { version: await watchlistVersion(trx), body: { entries } };
    });
}

export async function watchlistVersion(db: Db<GateTables>['kysely']): Promise<number> {
  const row = await db.selectFrom('listVersion').select('version').where('list', '=', 'watchlist').executeTakeFirst();
  return row?.version ?? 0;
}
