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
  type SignOutVisitor,
  type VisitorIdentity,
  type VisitView,
} from '@anyuan/contracts';
import { type Db, emit, type GateTables, lockInTransaction } from '@anyuan/db';
import type { Clock } from '@anyuan/service';
import type { Transaction } from 'kysely';
import type { GateKeys } from './config.ts';
import * as store from './store.ts';

export interface GateContext {
  db: Db<GateTables>;
  keys: GateKeys;
  clock: Clock;
}

type Trx = Transaction<GateTables>;

export function admitVisitor(ctx: GateContext, actor: Actor, command: AdmitVisitor): Promise<VisitView> {
  const { visit, number, reason, note, host, security, decision } = command;
  return once(ctx, actor, visit, decision, async (trx, common) => {
    const leftAt = (await store.firstSignOut(trx, visit)) ?? null;
    await store.addVisit(trx, {
      ...common,
      number,
      visitor: await store.keepVisitor(trx, ctx.keys, command.identity, newId(ctx.clock.now())),
      status: leftAt ? 'left' : 'onSite',
      reason,
      note: note ?? null,
      host: JSON.stringify(host),
      security: JSON.stringify(security),
      refusal: null,
      items: JSON.stringify(security.result === 'held' ? security.items : []),
      leftAt,
    });
    const view = await viewOf(trx, visit);
    await event(ctx, trx, 'admitted', { ...view, status: 'onSite', leftAt: null });
    if (leftAt) await event(ctx, trx, 'left', view);
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
    });
    const view = await viewOf(trx, visit);
    await event(ctx, trx, 'refused', view);
    return view;
  });
}

/** @returns the visit; null when its admission has not arrived yet */
export function signOutVisitor(ctx: GateContext, actor: Actor, command: SignOutVisitor): Promise<VisitView | null> {
  const { visit, decision } = command;
  mustBeItsGate(actor, decision);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `visit ${visit}`);
    const leftAt = new Date(decision.at);
    const { gate, guard, offline } = decision;
    await store.addSignOut(trx, {
      command: command.command,
      visit,
      gate,
      guardId: guard.id,
      guardName: guard.name,
      at: leftAt,
      offline,
      receivedAt: new Date(ctx.clock.now()),
    });
    const left = await store.markLeft(trx, visit, leftAt);
    const view = await store.visitView(trx, visit);
    if (left && view) await event(ctx, trx, 'left', view);
    return view ?? null;
  });
}

/** What the school knows of whoever shows this document. A name alone is nobody. */
export async function recognise(ctx: GateContext, { idNumber }: VisitorIdentity): Promise<Recognition> {
  if (!idNumber) return { visits: 0, lastVisitAt: null, lastReason: null, lastHost: null, onSite: null };
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
  mustBeItsGate(actor, decision);
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

function mustBeItsGate(actor: Actor, decision: GateDecision): void {
  if (actor.kind === 'agent' && actor.gate !== decision.gate)
    throw new AppError('forbidden', "another gate's decision");
}

async function viewOf(trx: Trx, visit: string): Promise<VisitView> {
  const view = await store.visitView(trx, visit);
  if (!view) throw new AppError('internal', 'a visit is gone');
  return view;
}

const event = (ctx: GateContext, trx: Trx, type: 'admitted' | 'refused' | 'left', data: VisitView) =>
  emit(trx, { entity: 'visit', type, data, at: new Date(ctx.clock.now()) });
