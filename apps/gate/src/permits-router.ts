/** What the office and the gates ask of permits and vehicles. A plate names a person: queries that hold one are mutations. */
import {
  GiveBackPermit,
  GoodsDeliveryPlanned,
  GoodsDeliveryView,
  LogPermitTap,
  LogVehicle,
  PermitByCard,
  PermitChange,
  PermitSaved,
  PermitTapView,
  PermitView,
  PlanDelivery,
  SavePermit,
  StrangeTap,
  SuspendPermit,
  Uuid,
  VehicleInside,
  VehicleLogQuery,
  VehiclePassView,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import type { GateContext } from './commands.ts';
import { changesOf, permitViews, strangeTaps } from './permit-store.ts';
import { giveBackPermit, logPermitTap, permitsByCard, savePermit, suspendPermit } from './permits.ts';
import { vehicleLog, vehiclesInside } from './vehicle-store.ts';
import { cancelDelivery, deliveries, logVehicle, planDelivery } from './vehicles.ts';

/** How long a tapped card can be given out. */
const STRANGE_MS = 10 * 60_000;

export const permitsRouter = (ctx: GateContext) =>
  router({
    all: procedure('permit.read')
      .output(z.array(PermitView))
      .query(() => permitViews(ctx.db.kysely, ctx.clock.now())),
    changes: procedure('permit.read')
      .input(z.object({ permit: Uuid }))
      .output(z.array(PermitChange))
      .query(({ input }) => changesOf(ctx.db.kysely, input.permit)),
    /** A mutation: a card's number stands in no address. */
    byCard: procedure('permit.read')
      .input(PermitByCard)
      .output(z.array(PermitView))
      .mutation(({ input }) => permitsByCard(ctx, input.number)),
    strange: procedure('permit.write')
      .output(z.array(StrangeTap))
      .query(() => strangeTaps(ctx.db.kysely, new Date(ctx.clock.now() - STRANGE_MS))),
    save: procedure('permit.write')
      .input(SavePermit)
      .output(PermitSaved)
      .mutation(({ input, ctx: { actor } }) => savePermit(ctx, actor, input)),
    suspend: procedure('permit.write')
      .input(SuspendPermit)
      .output(PermitView)
      .mutation(({ input, ctx: { actor } }) => suspendPermit(ctx, actor, input)),
    giveBack: procedure('permit.write')
      .input(GiveBackPermit)
      .output(PermitView)
      .mutation(({ input, ctx: { actor } }) => giveBackPermit(ctx, actor, input)),
    log: procedure('permit.log')
      .input(LogPermitTap)
      .output(PermitTapView)
      .mutation(({ input, ctx: { actor } }) => logPermitTap(ctx, actor, input)),
  });

export const vehiclesRouter = (ctx: GateContext) =>
  router({
    /** For the office. */
    inside: procedure('vehicle.read')
      .output(z.array(VehicleInside))
      .query(() => vehiclesInside(ctx.db.kysely)),
    /** The same, for a gate. */
    insideAtGate: procedure('vehicle.log')
      .output(z.array(VehicleInside))
      .query(() => vehiclesInside(ctx.db.kysely)),
    passes: procedure('vehicle.read')
      .input(VehicleLogQuery)
      .output(z.array(VehiclePassView))
      .mutation(({ input }) => vehicleLog(ctx.db.kysely, input.date, input.plate ?? '')),
    deliveries: procedure('vehicle.read')
      .output(z.array(GoodsDeliveryView))
      .query(() => deliveries(ctx)),
    plan: procedure('vehicle.write')
      .input(PlanDelivery)
      .output(GoodsDeliveryPlanned)
      .mutation(({ input, ctx: { actor } }) => planDelivery(ctx, actor, input)),
    cancel: procedure('vehicle.write')
      .input(z.object({ delivery: Uuid }))
      .mutation(({ input, ctx: { actor } }) => cancelDelivery(ctx, actor, input.delivery)),
    log: procedure('vehicle.log')
      .input(LogVehicle)
      .output(VehiclePassView)
      .mutation(({ input, ctx: { actor } }) => logVehicle(ctx, actor, input)),
  });
