/**
 * Vehicles that passed a gate, and deliveries that are expected (A2). A gate sends each pass at least once, late and in any
 * order: a repeat changes nothing, and a pass that contradicts the others is kept and shown as a gap, never mended by guess.
 */
import {
  type Actor,
  type AdmitVisitor,
  AppError,
  type GoodsDeliveryPlanned,
  type GoodsDeliveryView,
  type LogVehicle,
  type PersonRef,
  type PlanDelivery,
  Plate,
  schoolDate,
  type VehiclePassView,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction } from '@anyuan/db';
import type { Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import { raiseVersion } from './permit-store.ts';
import { deliveryProblem } from './permit-terms.ts';
import * as store from './vehicle-store.ts';
import { mustBeItsGate, personRefOf } from './who.ts';

type Trx = Transaction<GateTables>;

export function logVehicle(ctx: GateContext, actor: Actor, command: LogVehicle): Promise<VehiclePassView> {
  const { pass, plate, outcome, by, doubt, reason, decision, listAsOf } = command;
  mustBeItsGate(actor, decision.gate);
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    if (by.as === 'visitor' && outcome === 'in') {
      await lockInTransaction(trx, `visit ${by.visit}`);
      const same = await sameEntry(trx, by.visit, plate, new Date(decision.at));
      const known = same && (await store.passView(trx, same.pass));
      if (known) return known;
    }
    const { numInsertedOrUpdatedRows: added } = await trx
      .insertInto('vehiclePasses')
      .values({
        ...{ pass, plate, outcome, kind: by.as, doubt, reason },
        permit: by.as === 'own' ? by.permit : null,
        visit: by.as === 'visitor' ? by.visit : null,
        delivery: by.as === 'delivery' ? by.delivery : null,
        ...{ gate: decision.gate, guardId: decision.guard.id, guardName: decision.guard.name },
        ...{ at: new Date(decision.at), offline: decision.offline },
        ...{ listAsOf: listAsOf === null ? null : new Date(listAsOf), receivedAt: new Date(now) },
      })
      .onConflict((c) => c.column('pass').doNothing())
      .executeTakeFirstOrThrow();
    const view = await store.passView(trx, pass);
    if (!view) throw new AppError('internal', 'a pass is gone');
    if (added) await emit(trx, { entity: 'vehicle', type: 'passed', data: view, at: new Date(now) });
    return view;
  });
}

/** The guard writes down the vehicle of whom he has just let in: the same entry, whichever of the two came first, ms. */
const SAME_ENTRY_MS = 10 * 60_000;

/**
 * A visitor who drives in passes with his vehicle: in the transaction of his admission, tied to his visit by its id, so a repeat
 * adds nothing. What can't be a plate stays in the visit's own words.
 */
export async function passOfVisit(trx: Trx, command: AdmitVisitor, now: number): Promise<void> {
  const plate = Plate.safeParse(command.plate);
  if (!plate.success) return;
  const { visit, decision } = command;
  if (await sameEntry(trx, visit, plate.data, new Date(decision.at))) return;
  const { numInsertedOrUpdatedRows: added } = await trx
    .insertInto('vehiclePasses')
    .values({
      ...{ pass: visit, plate: plate.data, outcome: 'in', kind: 'visitor', visit, doubt: null, reason: null },
      ...{ permit: null, delivery: null, listAsOf: null },
      ...{ gate: decision.gate, guardId: decision.guard.id, guardName: decision.guard.name },
      ...{ at: new Date(decision.at), offline: decision.offline, receivedAt: new Date(now) },
    })
    .onConflict((c) => c.column('pass').doNothing())
    .executeTakeFirstOrThrow();
  const view = added ? await store.passView(trx, visit) : undefined;
  if (view) await emit(trx, { entity: 'vehicle', type: 'passed', data: view, at: new Date(now) });
}

const sameEntry = (trx: Trx, visit: string, plate: string, at: Date): Promise<{ pass: string } | undefined> =>
  trx
    .selectFrom('vehiclePasses')
    .select('pass')
    .where('visit', '=', visit)
    .where('plate', '=', plate)
    .where('outcome', '=', 'in')
    .where('at', '>=', new Date(at.getTime() - SAME_ENTRY_MS))
    .where('at', '<=', new Date(at.getTime() + SAME_ENTRY_MS))
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();

/** Anew or changed; its id is the office's own. */
export function planDelivery(ctx: GateContext, actor: Actor, command: PlanDelivery): Promise<GoodsDeliveryPlanned> {
  const now = ctx.clock.now();
  const by = personRefOf(actor);
  const why = deliveryProblem(command, schoolDate(now));
  if (why) return Promise.resolve({ result: 'refused', why });
  return ctx.db.tx(async (trx) => {
    await putDelivery(trx, command, by, now);
    const delivery = (await store.deliveriesFrom(trx, command.date)).find((d) => d.delivery === command.delivery);
    if (!delivery) throw new AppError('conflict', 'this delivery was cancelled');
    return { result: 'planned', delivery };
  });
}

/** @param when `ifNew`: what is there already stays as a person left it */
export async function putDelivery(
  trx: Trx,
  command: PlanDelivery,
  by: PersonRef,
  now: number,
  when: 'always' | 'ifNew' = 'always',
): Promise<void> {
  await lockInTransaction(trx, 'permits');
  const { delivery: id, from: fromTime, to: toTime, ...rest } = command;
  const set = { ...rest, fromTime, toTime, byId: by.id, byName: by.name, plannedAt: new Date(now) };
  const { numInsertedOrUpdatedRows: put } = await trx
    .insertInto('goodsDeliveries')
    .values({ id, ...set, cancelledAt: null })
    .onConflict((c) => (when === 'ifNew' ? c.column('id').doNothing() : c.column('id').doUpdateSet(set)))
    .executeTakeFirstOrThrow();
  if (!put) return;
  await raiseVersion(trx, now);
  await emit(trx, { entity: 'delivery', type: 'planned', data: { delivery: id, by }, at: new Date(now) });
}

export function cancelDelivery(ctx: GateContext, actor: Actor, delivery: string): Promise<void> {
  const now = ctx.clock.now();
  const by = personRefOf(actor);
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'permits');
    const { numUpdatedRows } = await trx
      .updateTable('goodsDeliveries')
      .set({ cancelledAt: new Date(now) })
      .where('id', '=', delivery)
      .where('cancelledAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await raiseVersion(trx, now);
    await emit(trx, { entity: 'delivery', type: 'cancelled', data: { delivery, by }, at: new Date(now) });
  });
}

/** From today on. */
export const deliveries = (ctx: GateContext): Promise<GoodsDeliveryView[]> =>
  store.deliveriesFrom(ctx.db.kysely, schoolDate(ctx.clock.now()));
