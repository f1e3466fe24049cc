/**
 * The watchlist's entries (A6): made, changed, extended and withdrawn by those who may write them, read by those whom an
 * entry names. Whoever else asks gets the answer that nothing gives ("no such entry"), and his attempt is on record.
 * What is wrong with an entry is a result with its reason; what is right is one transaction: state, history, list, event.
 */
import {
  type Actor,
  AppError,
  type ChangeWatchEntry,
  type ExtendWatchEntry,
  type MakeWatchEntry,
  newId,
  type PersonActor,
  type PersonRef,
  permissionsOf,
  schoolDate,
  type WatchDetail,
  type WatchDraft,
  type WatchIdentity,
  type WatchLine,
  type WatchLook,
  type WatchSaved,
  type WithdrawWatchEntry,
  watchIdNumber,
  watchKeys,
  watchProblem,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import type { GateContext } from './commands.ts';
import * as store from './watchlist-store.ts';
import { personOf } from './who.ts';

type Trx = store.Trx;
type Type = WatchDetail['history'][number]['type'];

const saved = (entry: string): WatchSaved => ({ result: 'saved', entry });
const refused = (why: Extract<WatchSaved, { result: 'refused' }>['why']): WatchSaved => ({ result: 'refused', why });

export function entries(ctx: GateContext, actor: Actor): Promise<WatchLine[]> {
  const person = personOf(actor);
  return ctx.db.tx((trx) => store.listed(trx, ctx.keys, person, ctx.clock.now()));
}

/** @throws AppError `notFound` also for an entry that does not name the asker */
export async function openEntry(ctx: GateContext, actor: Actor, entry: string): Promise<WatchDetail> {
  const person = personOf(actor);
  const detail = await ctx.db.tx((trx) => store.opened(trx, ctx.keys, person, entry, ctx.clock.now()));
  return detail ?? turnAway(ctx, person, entry, 'notFound');
}

export async function looks(ctx: GateContext, actor: Actor): Promise<WatchLook[]> {
  const person = personOf(actor);
  if (!permissionsOf(person).includes('watchlist.read')) return turnAway(ctx, person, null, 'forbidden');
  return store.looks(ctx.db.kysely, ctx.keys);
}

export async function makeEntry(ctx: GateContext, actor: Actor, command: MakeWatchEntry): Promise<WatchSaved> {
  const by = await writer(ctx, actor, null);
  const { entry: id, draft } = command;
  const now = ctx.clock.now();
  const problem = watchProblem(draft, schoolDate(now));
  if (problem) return refused(problem);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `watch ${id}`);
    if (await store.entryRow(trx, id)) return saved(id);
    const people = await peopleOf(trx, draft);
    if (!people) return refused('responders');
    const person = identityOf(draft, undefined);
    await trx
      .insertInto('watchEntries')
      .values({
        ...{ id, ...columnsOf(ctx, id, draft, person, people), version: 1 },
        ...{ madeById: by.id, madeByName: by.name, madeAt: new Date(now), withdrawnAt: null },
      })
      .execute();
    await record(ctx, trx, { id: newId(now), entry: id, by, type: 'made', why: '', fields: [], before: null });
    return saved(id);
  });
}

export async function changeEntry(ctx: GateContext, actor: Actor, command: ChangeWatchEntry): Promise<WatchSaved> {
  const by = await writer(ctx, actor, command.entry);
  const { entry: id, draft, why } = command;
  return ctx.db.tx(async (trx) => {
    const standing = await standingEntry(trx, command.command, id);
    if (!standing || standing === 'done') return standing ? saved(id) : refused('gone');
    if (standing.version !== command.version) return refused('changedSince');
    const before = store.openPerson(ctx.keys, standing);
    const today = schoolDate(ctx.clock.now());
    const problem = watchProblem(draft, today, { idNumber: before.idNumber !== undefined });
    if (problem) return refused(problem);
    const people = await peopleOf(trx, draft);
    if (!people) return refused('responders');
    const person = identityOf(draft, before);
    const columns = columnsOf(ctx, id, draft, person, people);
    const fields = changedFields(standing, before, { ...columns, person: standing.person }, person, people);
    await trx
      .updateTable('watchEntries')
      .set({ ...columns, version: standing.version + 1 })
      .where('id', '=', id)
      .execute();
    await record(ctx, trx, { id: command.command, entry: id, by, type: 'changed', why, fields, before: standing });
    return saved(id);
  });
}

/** At most a year from today, and never shorter than it was. */
export async function extendEntry(ctx: GateContext, actor: Actor, command: ExtendWatchEntry): Promise<WatchSaved> {
  const by = await writer(ctx, actor, command.entry);
  const { entry: id, validUntil, why } = command;
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    const standing = await standingEntry(trx, command.command, id);
    if (!standing || standing === 'done') return standing ? saved(id) : refused('gone');
    const { name } = store.openPerson(ctx.keys, standing);
    const today = schoolDate(now);
    const begun = standing.validFrom <= today;
    const from = begun ? today : standing.validFrom;
    const problem = watchProblem(draftOf(standing, name, { validFrom: from, validUntil }), today, { idNumber: true });
    if (problem) return refused(problem);
    if (validUntil <= standing.validUntil) return refused('endBeforeStart');
    await trx
      .updateTable('watchEntries')
      .set({ validUntil, version: standing.version + 1 })
      .where('id', '=', id)
      .execute();
    const fields = ['validUntil'];
    await record(ctx, trx, { id: command.command, entry: id, by, type: 'extended', why, fields, before: standing });
    return saved(id);
  });
}

export async function withdrawEntry(ctx: GateContext, actor: Actor, command: WithdrawWatchEntry): Promise<WatchSaved> {
  const by = await writer(ctx, actor, command.entry);
  const { entry: id, why } = command;
  return ctx.db.tx(async (trx) => {
    const standing = await standingEntry(trx, command.command, id);
    if (!standing || standing === 'done') return standing ? saved(id) : refused('gone');
    await trx
      .updateTable('watchEntries')
      .set({ withdrawnAt: new Date(ctx.clock.now()), version: standing.version + 1 })
      .where('id', '=', id)
      .execute();
    const event = { id: command.command, entry: id, by, type: 'withdrawn' as const, why, fields: [], before: standing };
    await record(ctx, trx, event);
    return saved(id);
  });
}

/** Only who may write; the attempt of anybody else is on record. */
async function writer(ctx: GateContext, actor: Actor, entry: string | null): Promise<PersonActor> {
  const person = personOf(actor);
  return permissionsOf(person).includes('watchlist.write') ? person : turnAway(ctx, person, entry, 'forbidden');
}

async function turnAway(
  { db, clock }: GateContext,
  person: PersonActor,
  entry: string | null,
  code: 'forbidden' | 'notFound',
): Promise<never> {
  await db.tx((trx) => store.addLook(trx, person, 'refused', entry, clock.now()));
  throw new AppError(code, 'not for this person');
}

/** Locked; `done` when this very command has been done; undefined when there is nothing to change. */
async function standingEntry(trx: Trx, command: string, id: string): Promise<store.Entry | 'done' | undefined> {
  await lockInTransaction(trx, `watch ${id}`);
  const done = await trx.selectFrom('watchHistory').select('id').where('id', '=', command).executeTakeFirst();
  if (done) return 'done';
  const standing = await store.entryRow(trx, id);
  return standing && !standing.withdrawnAt ? standing : undefined;
}

interface People {
  responders: PersonRef[];
  readers: PersonRef[];
}
async function peopleOf(trx: Trx, draft: WatchDraft): Promise<People | undefined> {
  const responders = await store.staffRefs(trx, draft.responders);
  const readers = await store.staffRefs(trx, draft.readers);
  return responders && readers && { responders, readers };
}

function identityOf(draft: WatchDraft, before: WatchIdentity | undefined): WatchIdentity {
  const number = draft.idNumber === null ? before?.idNumber : watchIdNumber(draft.idNumber) || undefined;
  return {
    name: draft.name.trim(),
    ...(draft.birthDate ? { birthDate: draft.birthDate } : {}),
    ...(number ? { idNumber: number } : {}),
  };
}

function columnsOf(ctx: GateContext, id: string, draft: WatchDraft, person: WatchIdentity, people: People) {
  const keys = watchKeys(person, (text) => ctx.keys.watch.hash(text));
  const { source, reason, action, validFrom, validUntil } = draft;
  return {
    ...{ source, reason, action, validFrom, validUntil, instruction: draft.instruction.trim() },
    person: store.sealPerson(ctx.keys, id, person),
    ...{ idHash: keys.id, bornHash: keys.born, yearHash: keys.year, nameHash: keys.name },
    responders: JSON.stringify(people.responders),
    readers: JSON.stringify(people.readers),
  };
}

function changedFields(
  standing: store.Entry,
  before: WatchIdentity,
  columns: Omit<ReturnType<typeof columnsOf>, 'responders' | 'readers'>,
  person: WatchIdentity,
  people: People,
): string[] {
  const plain = ['source', 'reason', 'action', 'instruction', 'validFrom', 'validUntil'] as const;
  const identity = ['name', 'birthDate', 'idNumber'] as const;
  const ids = (refs: readonly PersonRef[]) => refs.map((ref) => ref.id).join();
  return [
    ...identity.filter((field) => before[field] !== person[field]),
    ...plain.filter((field) => standing[field] !== columns[field]),
    ...(['responders', 'readers'] as const).filter((field) => ids(standing[field]) !== ids(people[field])),
  ];
}

const draftOf = (entry: store.Entry, name: string, span: Pick<WatchDraft, 'validFrom' | 'validUntil'>): WatchDraft => ({
  ...{ name, birthDate: '', idNumber: null, source: entry.source, reason: entry.reason, action: entry.action },
  ...{ instruction: entry.instruction, responders: entry.responders.map(({ id }) => id), readers: [], ...span },
});

/** History, list and event of a change. What stood before is sealed: it names a person. */
async function record(
  ctx: GateContext,
  trx: Trx,
  change: {
    id: string;
    entry: string;
    by: PersonRef;
    type: Type;
    why: string;
    fields: string[];
    before: store.Entry | null;
  },
): Promise<void> {
  const { id, entry, by, type, why, fields, before } = change;
  const now = ctx.clock.now();
  const told = before && { ...before, person: store.openPerson(ctx.keys, before) };
  const sealed =
    told && ctx.keys.id.encrypt(JSON.stringify(told), { table: 'gate.watch_history', row: id, column: 'before' });
  await trx
    .insertInto('watchHistory')
    .values({
      ...{ id, entry, at: new Date(now), byId: by.id, byName: by.name, type, why },
      fields: JSON.stringify(fields),
      before: sealed,
    })
    .execute();
  await store.raiseListVersion(trx, now);
  await emit(trx, { entity: 'watchlist', type: 'changed', data: { entry }, at: new Date(now) });
}
