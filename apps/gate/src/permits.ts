/**
 * Everything that changes a permit, and what the gates decided by it (A2, A3).
 *
 * Promise: a suspension is in the signed list with the transaction that wrote it, so every gate on line refuses the card within
 * two seconds. A card and a plate stand on one permit; who else has it is said, never overwritten. Each change is on record
 * with its author, and a command that comes twice changes once. Taps come at least once, late and in any order.
 */
import {
  type Actor,
  AppError,
  type GiveBackPermit,
  type LogPermitTap,
  newId,
  type PermitCard,
  type PermitProblem,
  type PermitSaved,
  type PermitTapView,
  type PermitView,
  type PersonRef,
  printedCard,
  type SavePermit,
  type SuspendPermit,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction, type SearchKey } from '@anyuan/db';
import type { Selectable, Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import * as store from './permit-store.ts';
import { permitProblem } from './permit-terms.ts';
import { mustBeItsGate, personRefOf } from './who.ts';

type Trx = Transaction<GateTables>;
type Row = Selectable<GateTables['permits']>;
type Card = Pick<Row, 'cardHash' | 'cardLast4'>;

const NO_CARD: Card = { cardHash: null, cardLast4: null };

/** The last four digits as printed on the card: the number's last four bytes in decimal. */
const last4 = (number: string): string =>
  String(Number.parseInt(number.slice(-8), 16))
    .padStart(10, '0')
    .slice(-4);

export function savePermit(ctx: GateContext, actor: Actor, command: SavePermit): Promise<PermitSaved> {
  const by = personRefOf(actor);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'permits');
    const repeated = await store.changeOf(trx, command.command);
    if (repeated) return { result: 'saved', permit: await viewOf(ctx, trx, repeated.permit) };
    return issuePermit(trx, ctx.keys, command, by, ctx.clock.now());
  });
}

/** For whoever holds the lock `permits`: an import writes many in one transaction. */
export async function issuePermit(
  trx: Trx,
  keys: { card: SearchKey },
  command: SavePermit,
  by: PersonRef,
  now: number,
): Promise<PermitSaved> {
  const before = await store.permitRow(trx, command.permit);
  const card = await cardOf(trx, keys.card, command.card, before);
  const problem = card ? permitProblem(command, card.cardHash !== null) : 'cardUnknown';
  if (problem || !card) return refused(problem ?? 'cardUnknown');
  const holder = card.cardHash && (await store.cardHolder(trx, card.cardHash, command.permit));
  if (holder) return refused('cardTaken', holder.name);
  const plates = [...new Set(command.plates)];
  const owner = plates.length > 0 ? await store.plateHolder(trx, plates, command.permit) : undefined;
  if (owner) return refused('plateTaken', owner.name, owner.plate);
  const { permit, kind, name, firm, validFrom, validTo, days, from, to, gates } = command;
  const row: Row = {
    ...{ id: permit, kind, name, firm, ...card, validFrom, validTo, days, fromTime: from, toTime: to, gates },
    ...{ suspendedAt: before?.suspendedAt ?? null, suspendedReason: before?.suspendedReason ?? null },
    ...{ changedAt: new Date(now), changedById: by.id, changedByName: by.name },
  };
  await store.putPermit(trx, row, plates);
  const act = before ? 'changed' : 'issued';
  const terms = JSON.stringify({ validFrom, validTo, days, from, to, gates, plates });
  await record(trx, { command: command.command, permit, act, reason: null, terms }, by, now);
  const [view] = await store.permitViews(trx, now, permit);
  if (!view) throw new AppError('internal', 'a permit is gone');
  return { result: 'saved', permit: view };
}

const refused = (why: PermitProblem, holder: string | null = null, plate: string | null = null): PermitSaved => ({
  ...{ result: 'refused', why, holder, plate },
});

/** @returns undefined: a tap that is not there */
async function cardOf(trx: Trx, key: SearchKey, card: PermitCard, before: Row | undefined): Promise<Card | undefined> {
  switch (card.by) {
    case 'none':
      return NO_CARD;
    case 'keep':
      return before ? { cardHash: before.cardHash, cardLast4: before.cardLast4 } : NO_CARD;
    case 'number':
      return { cardHash: key.hash(card.number), cardLast4: last4(card.number) };
    case 'tap':
      return store.strangeCard(trx, card.tap);
  }
}

export const suspendPermit = (ctx: GateContext, actor: Actor, { command, permit, reason }: SuspendPermit) =>
  setSuspended(ctx, actor, { command, permit, reason });
export const giveBackPermit = (ctx: GateContext, actor: Actor, { command, permit }: GiveBackPermit) =>
  setSuspended(ctx, actor, { command, permit, reason: null });

/** Suspended twice, the first reason stands; what is as wanted already changes nothing. */
function setSuspended(
  ctx: GateContext,
  actor: Actor,
  { command, permit, reason }: { command: string; permit: string; reason: string | null },
): Promise<PermitView> {
  const by = personRefOf(actor);
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'permits');
    const row = await store.permitRow(trx, permit);
    if (!row) throw new AppError('notFound', 'no such permit');
    const as = (row.suspendedAt !== null) === (reason !== null);
    if (!as && !(await store.changeOf(trx, command))) await suspend(trx, { command, permit, reason }, by, now);
    return viewOf(ctx, trx, permit);
  });
}

/** Without a reason: given back. */
async function suspend(
  trx: Trx,
  { command, permit, reason }: { command: string; permit: string; reason: string | null },
  by: PersonRef,
  now: number,
): Promise<void> {
  await trx
    .updateTable('permits')
    .set({ suspendedAt: reason === null ? null : new Date(now), suspendedReason: reason })
    .where('id', '=', permit)
    .execute();
  await record(
    trx,
    { command, permit, act: reason === null ? 'givenBack' : 'suspended', reason, terms: null },
    by,
    now,
  );
}

type Change = Pick<Selectable<GateTables['permitChanges']>, 'command' | 'permit' | 'act' | 'reason'>;

async function record(trx: Trx, change: Change & { terms: string | null }, by: PersonRef, now: number): Promise<void> {
  const at = new Date(now);
  await trx
    .insertInto('permitChanges')
    .values({ ...change, at, byId: by.id, byName: by.name })
    .execute();
  await store.raiseVersion(trx, now);
  await emit(trx, { entity: 'permit', type: change.act, data: { permit: change.permit, by }, at });
}

/** @returns none for a number that no card bears; more than one when two cards share what is printed */
export async function permitsByCard({ db, keys, clock }: GateContext, printed: string): Promise<PermitView[]> {
  const hashes = printedCard(printed).map((number) => keys.card.hash(number));
  if (hashes.length === 0) return [];
  const found = await store.permitOfCards(db.kysely, hashes);
  const views = await Promise.all(found.map(({ id }) => store.permitViews(db.kysely, clock.now(), id)));
  return views.flat();
}

export function logPermitTap(ctx: GateContext, actor: Actor, command: LogPermitTap): Promise<PermitTapView> {
  const { tap, permit, outcome, refusal, cardLast4, cardHash, decision, listAsOf, forgotten } = command;
  mustBeItsGate(actor, decision.gate);
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    const { numInsertedOrUpdatedRows: added } = await trx
      .insertInto('permitTaps')
      .values({
        ...{ tap, permit, outcome, refusal, cardLast4, cardHash: permit === null ? cardHash : null },
        ...{ gate: decision.gate, guardId: decision.guard.id, guardName: decision.guard.name },
        ...{ at: new Date(decision.at), offline: decision.offline },
        ...{ listAsOf: listAsOf === null ? null : new Date(listAsOf), receivedAt: new Date(now) },
        forgotten: forgotten ? JSON.stringify(forgotten) : null,
      })
      .onConflict((c) => c.column('tap').doNothing())
      .executeTakeFirstOrThrow();
    const view = await store.tapView(trx, tap);
    if (!view) throw new AppError('internal', 'a tap is gone');
    if (added) await emit(trx, { entity: 'permitTap', type: 'recorded', data: view, at: new Date(now) });
    return view;
  });
}

async function viewOf(ctx: GateContext, trx: Trx, permit: string): Promise<PermitView> {
  const [view] = await store.permitViews(trx, ctx.clock.now(), permit);
  if (!view) throw new AppError('internal', 'a permit is gone');
  return view;
}

export type ImportedPermit = Omit<SavePermit, 'command'> & { suspended: string | null };

/** Only those that are not there yet, so what a person changed stays. */
export async function importPermits(
  trx: Trx,
  permits: readonly ImportedPermit[],
  keys: { card: SearchKey },
  by: PersonRef,
  now: number,
): Promise<void> {
  await lockInTransaction(trx, 'permits');
  for (const { suspended, ...permit } of permits) {
    if (await store.permitRow(trx, permit.permit)) continue;
    const saved = await issuePermit(trx, keys, { ...permit, command: newId(now) }, by, now);
    if (saved.result === 'refused') throw new AppError('badInput', `permit: ${saved.why}`);
    if (suspended !== null)
      await suspend(trx, { command: newId(now), permit: permit.permit, reason: suspended }, by, now);
  }
}
