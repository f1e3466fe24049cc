/**
 * Everything that changes a visit. A gate sends each command at least once, perhaps days later and in any order: a repeat
 * changes nothing and is answered as the first one was, a sign-out that comes before its admission waits for it. Nobody is
 * ever signed out silently, and one person inside twice stays twice, for a person to see (G2).
 */
import {
  type Actor,
  type AdmitVisitor,
  AppError,
  type GateDecision,
  newId,
  type Recognition,
  type RefuseVisitor,
  type ReturnItems,
  type SignOutVisitor,
  type UndoAdmission,
  usualEnd,
  type VisitorIdentity,
  type VisitView,
} from '@anyuan/contracts';
import { type Db, emit, type GateTables, lockInTransaction } from '@anyuan/db';
import type { Clock } from '@anyuan/service';
import type { Transaction } from 'kysely';
import { freeBooking, useBooking } from './bookings.ts';
import type { GateKeys } from './config.ts';
import { endQuestionsOf } from './questions.ts';
import * as store from './store.ts';
import { passOfVisit } from './vehicles.ts';
import { type SaidOfEnd, standing } from './visit-end.ts';
import { mustBeItsGate } from './who.ts';

export interface GateContext {
  db: Db<GateTables>;
  keys: GateKeys;
  clock: Clock;
}

type Trx = Transaction<GateTables>;

export function admitVisitor(ctx: GateContext, actor: Actor, command: AdmitVisitor): Promise<VisitView> {
  const { visit, number, reason, note, host, security, decision, type, party } = command;
  return once(ctx, actor, visit, decision, async (trx, common) => {
    const end = standing(party.count, common.admittedAt, await store.saidOfEnd(trx, visit));
    await store.addVisit(trx, {
      ...common,
      ...end,
      number,
      visitor: await store.keepVisitor(trx, ctx.keys, command.identity, newId(ctx.clock.now())),
      reason,
      note: note ?? null,
      host: JSON.stringify(host),
      security: JSON.stringify(security),
      refusal: null,
      items: JSON.stringify(security.result === 'held' ? security.items : []),
      type,
      party: JSON.stringify(party),
      until: new Date(command.until ?? usualEnd(type, common.admittedAt.getTime())),
      confirmation: JSON.stringify(command.confirmation),
      certificate: command.certificate ?? null,
      work: command.work ?? null,
      firm: command.firm ?? null,
      booking: command.booking ?? null,
      plate: command.plate ?? null,
    });
    await useBooking(ctx, trx, command);
    await endQuestionsOf(trx, asked(command.identity.name, decision, host.id), ctx.clock.now());
    const view = await viewOf(trx, visit);
    if (view.status === 'undone') {
      await event(ctx, trx, 'undone', view);
      return view;
    }
    await passOfVisit(trx, command, common.receivedAt.getTime());
    await event(ctx, trx, 'admitted', { ...view, status: 'onSite', leftAt: null, gone: 0 });
    if (view.status === 'left') await event(ctx, trx, 'left', view);
    return view;
  });
}

export function refuseVisitor(ctx: GateContext, actor: Actor, command: RefuseVisitor): Promise<VisitView> {
  const { visit, reason, refusal, note, items, decision } = command;
  return once(ctx, actor, visit, decision, async (trx, common) => {
    await store.addVisit(trx, {
      ...common,
      number: '',
      visitor: await store.keepVisitor(trx, ctx.keys, command.identity, newId(ctx.clock.now())),
      status: 'refused',
      reason: reason ?? null,
      note: note ?? null,
      host: null,
      security: null,
      refusal,
      items: JSON.stringify(items),
      leftAt: null,
      party: JSON.stringify({ count: 1, names: [] }),
      until: null,
      confirmation: JSON.stringify({ how: 'notNeeded' }),
      certificate: null,
      work: null,
      firm: null,
      booking: null,
      plate: null,
    });
    await endQuestionsOf(trx, asked(command.identity.name, decision, null), ctx.clock.now());
    const view = await viewOf(trx, visit);
    await event(ctx, trx, 'refused', view);
    return view;
  });
}

/** Everybody who is left, or the first of a group. @returns the visit; null when its admission has not arrived yet */
export const signOutVisitor = (ctx: GateContext, actor: Actor, command: SignOutVisitor): Promise<VisitView | null> =>
  endVisit(ctx, actor, command, 'left', command.count ?? null);

/** 放行 was a slip of the hand. Too late, or after somebody left, it changes nothing. @returns like `signOutVisitor` */
export const undoAdmission = (ctx: GateContext, actor: Actor, command: UndoAdmission): Promise<VisitView | null> =>
  endVisit(ctx, actor, command, 'undone', null);

function endVisit(
  ctx: GateContext,
  actor: Actor,
  { command, visit, decision }: UndoAdmission,
  kind: SaidOfEnd['kind'],
  count: number | null,
): Promise<VisitView | null> {
  mustBeItsGate(actor, decision.gate);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `visit ${visit}`);
    const fresh = await store.addSignOut(trx, { command, visit, kind, count, ...said(ctx, decision) });
    const before = await store.visitView(trx, visit);
    if (!before || !fresh || before.status !== 'onSite') return before ?? null;
    const end = standing(before.party.count, new Date(before.admittedAt), await store.saidOfEnd(trx, visit));
    if (end.status === before.status && end.gone === before.gone) return before;
    await store.markEnd(trx, visit, end);
    if (end.status === 'undone') await freeBooking(ctx, trx, visit);
    const view = await viewOf(trx, visit);
    if (view.status !== 'onSite')
      await endQuestionsOf(trx, asked(view.name, decision, view.host?.id ?? null), ctx.clock.now());
    await event(ctx, trx, end.status === 'onSite' ? 'changed' : end.status, view);
    return view;
  });
}

/** Things that were held: back with their owner, passed on, or still here and why; also long after he left (G5). */
export function returnItems(ctx: GateContext, actor: Actor, command: ReturnItems): Promise<VisitView | null> {
  const { visit, decision, outcome, because = null, note = null } = command;
  mustBeItsGate(actor, decision.gate);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `visit ${visit}`);
    const row = { command: command.command, visit, outcome, because, note: note || null, ...said(ctx, decision) };
    const fresh = await store.addReturn(trx, row);
    const view = await store.visitView(trx, visit);
    if (fresh && view) await event(ctx, trx, 'changed', view);
    return view ?? null;
  });
}

/** What the school knows of whoever shows this document. A name alone is nobody. */
export async function recognise(ctx: GateContext, { idNumber }: VisitorIdentity): Promise<Recognition> {
  if (!idNumber)
    return { visits: 0, lastVisitAt: null, lastReason: null, lastHost: null, lastType: null, onSite: null };
  return store.recognition(ctx.db.kysely, ctx.keys.search.hash(idNumber));
}

/** For whoever must know who it was; only a person, with a reason, and it is on record (promise 6). */
export function showIdNumber(ctx: GateContext, actor: Actor, visit: string, purpose: string): Promise<string | null> {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person reads an ID number');
  const now = ctx.clock.now();
  const by = { id: actor.id, name: actor.name };
  return ctx.db.tx((trx) =>
    store.readIdNumber(trx, ctx.keys, { id: newId(now), at: new Date(now), visit, by, purpose }),
  );
}

/** Runs `decide` the first time that this visit is heard of; a repeat gets the visit as it is now. */
function once(
  { db, clock }: GateContext,
  actor: Actor,
  visit: string,
  decision: GateDecision,
  decide: (trx: Trx, common: ReturnType<typeof commonOf>) => Promise<VisitView>,
): Promise<VisitView> {
  mustBeItsGate(actor, decision.gate);
  return db.tx(async (trx) => {
    await lockInTransaction(trx, `visit ${visit}`);
    return (await store.visitView(trx, visit)) ?? decide(trx, commonOf(visit, decision, clock.now()));
  });
}

const commonOf = (id: string, { gate, guard, at, offline }: GateDecision, now: number) => ({
  id,
  gate,
  guardId: guard.id,
  guardName: guard.name,
  admittedAt: new Date(at),
  offline,
  receivedAt: new Date(now),
});

/** Whose questions a decision ends. */
const asked = (name: string, { gate, at }: GateDecision, host: string | null) => ({
  ...{ gate, name, host },
  decidedAt: new Date(at),
});

const said = (ctx: GateContext, { gate, guard, at, offline }: GateDecision) => ({
  gate,
  guardId: guard.id,
  guardName: guard.name,
  at: new Date(at),
  offline,
  receivedAt: new Date(ctx.clock.now()),
});

async function viewOf(trx: Trx, visit: string): Promise<VisitView> {
  const view = await store.visitView(trx, visit);
  if (!view) throw new AppError('internal', 'a visit is gone');
  return view;
}

const event = (
  ctx: GateContext,
  trx: Trx,
  type: 'admitted' | 'refused' | 'left' | 'undone' | 'changed',
  data: VisitView,
) => emit(trx, { entity: 'visit', type, data, at: new Date(ctx.clock.now()) });
