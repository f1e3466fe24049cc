/** Guards' numbers, roster and equipment (E1, E5, H11). */
import {
  type Actor,
  AppError,
  Day,
  EquipmentCheck,
  EquipmentView,
  EquipmentWanted,
  InspectEquipment,
  type Permission,
  PlanShifts,
  PutOnShift,
  permissionsOf,
  RecordEquipmentCheck,
  RemoveShift,
  RetireEquipment,
  SaveEquipment,
  SetHeadcount,
  ShiftPlanned,
  ShiftView,
  Staffing,
  TakeOffShift,
  Token,
} from '@anyuan/contracts';
import { openProcedure, procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { personOf, type TrainingContext } from '../context.ts';
import { daysBetween } from '../dates.ts';
import { inspectEquipment, retireEquipment, saveEquipment, saveGuardRoom } from '../equipment.ts';
import { expectedAt, recordEquipmentCheck } from '../equipment-checks.ts';
import { equipment } from '../equipment-view.ts';
import { planShifts, putOnShift, removeShift, shiftsBetween, takeOffShift } from '../roster.ts';
import { setHeadcount, staffing } from '../staffing.ts';

/** At most two months of a roster. */
const Days = z
  .object({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) <= 62, { path: ['to'], message: 'up to 62 days' });

/** A person by his own permission, an agent by its. */
const eitherMay = (person: Permission, agent: Permission) =>
  openProcedure.use(({ ctx, next }) => {
    const actor: Actor | null = ctx.actor;
    if (!actor) throw new AppError('notSignedIn', 'nobody');
    if (!permissionsOf(actor).includes(actor.kind === 'agent' ? agent : person))
      throw new AppError('forbidden', person);
    return next({ ctx: { ...ctx, actor } });
  });

export function dutyRouter(ctx: TrainingContext) {
  const { kysely: db } = ctx.db;
  return router({
    staffing: procedure('training.read')
      .output(Staffing)
      .query(() => staffing(ctx)),
    setHeadcount: procedure('training.write')
      .input(SetHeadcount)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => setHeadcount(ctx, personOf(actor), input)),
    shifts: procedure('training.read')
      .input(Days)
      .output(z.array(ShiftView))
      .query(({ input }) => shiftsBetween(db, input.from, input.to)),
    planShifts: procedure('training.write')
      .input(PlanShifts)
      .output(z.array(ShiftView))
      .mutation(({ input, ctx: { actor } }) => planShifts(ctx, personOf(actor), input.shifts)),
    putOnShift: procedure('training.write')
      .input(PutOnShift)
      .output(ShiftPlanned)
      .mutation(({ input, ctx: { actor } }) => putOnShift(ctx, personOf(actor), input)),
    takeOffShift: procedure('training.write')
      .input(TakeOffShift)
      .output(ShiftView)
      .mutation(({ input, ctx: { actor } }) => takeOffShift(ctx, personOf(actor), input)),
    removeShift: procedure('training.write')
      .input(RemoveShift)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => removeShift(ctx, personOf(actor), input)),
    equipment: procedure('training.read')
      .output(EquipmentView)
      .query(() => equipment(ctx)),
    saveGuardRoom: procedure('training.write')
      .input(z.object({ gate: Token, name: z.string().trim().min(1).max(200) }))
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => saveGuardRoom(ctx, personOf(actor), input)),
    saveEquipment: procedure('training.write')
      .input(SaveEquipment)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => saveEquipment(ctx, personOf(actor), input)),
    retireEquipment: procedure('training.write')
      .input(RetireEquipment)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => retireEquipment(ctx, personOf(actor), input.equipment, input.reason)),
    inspectEquipment: procedure('training.write')
      .input(InspectEquipment)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => inspectEquipment(ctx, personOf(actor), input)),
    equipmentWanted: procedure('training.attend')
      .output(EquipmentWanted)
      .query(async ({ ctx: { actor } }) => {
        if (actor.kind !== 'agent') throw new AppError('forbidden', 'a gate counts its own guard room');
        const now = ctx.clock.now();
        return (await expectedAt(db, actor.gate, now, now)).expected;
      }),
    recordEquipmentCheck: eitherMay('training.own', 'training.attend')
      .input(RecordEquipmentCheck)
      .output(EquipmentCheck)
      .mutation(({ input, ctx: { actor } }) => recordEquipmentCheck(ctx, actor, input)),
  });
}
