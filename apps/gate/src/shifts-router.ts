/** Shifts, cover, duty table and the day's record (A4). */
import {
  type Actor,
  AddDutyNote,
  AppError,
  BeginShift,
  ClosePoint,
  Day,
  DutyRecord,
  EndShift,
  RecordShiftChecks,
  SetCoverRule,
  SetDuty,
  SetGrace,
  ShiftBoard,
  ShiftsAtGate,
  Token,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { pinHolders, SetStaffPin, setStaffPin } from './pins.ts';
import { dutyRecord, shiftBoard, shiftsAtGate } from './shift-views.ts';
import {
  addDutyNote,
  beginShift,
  closePoint,
  endShift,
  recordChecks,
  type ShiftContext,
  setCoverRule,
  setDuty,
  setGrace,
} from './shifts.ts';
import { personRefOf } from './who.ts';

const done = z.void();

export function shiftsRouter(ctx: ShiftContext) {
  const { db, clock } = ctx;
  return router({
    begin: procedure('shift.atGate')
      .input(BeginShift)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => beginShift(ctx, actor, input)),
    check: procedure('shift.atGate')
      .input(RecordShiftChecks)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => recordChecks(ctx, actor, input)),
    end: procedure('shift.atGate')
      .input(EndShift)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => endShift(ctx, actor, input)),
    atGate: procedure('shift.atGate')
      .output(ShiftsAtGate)
      .query(({ ctx: { actor } }) => shiftsAtGate(db.kysely, gateOf(actor), clock.now())),
    board: procedure('shift.read')
      .output(ShiftBoard)
      .query(() => shiftBoard(db.kysely, clock.now())),
    record: procedure('shift.read')
      .input(z.object({ gate: Token, date: Day }))
      .output(DutyRecord)
      .query(async ({ input }) => {
        const record = await dutyRecord(db.kysely, input.gate, input.date, clock.now());
        if (!record) throw new AppError('notFound', 'no such gate');
        return record;
      }),
    closePoint: procedure('shift.write')
      .input(ClosePoint)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => closePoint(ctx, personRefOf(actor), input)),
    setDuty: procedure('shift.write')
      .input(SetDuty)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => setDuty(ctx, personRefOf(actor), input)),
    addNote: procedure('shift.write')
      .input(AddDutyNote)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => addDutyNote(ctx, personRefOf(actor), input)),
    setRule: procedure('shift.write')
      .input(SetCoverRule)
      .output(done)
      .mutation(({ input }) => setCoverRule(ctx, input)),
    setGrace: procedure('shift.write')
      .input(SetGrace)
      .output(done)
      .mutation(({ input }) => setGrace(ctx, input.minutes)),
    pins: procedure('shift.write')
      .output(z.array(z.object({ id: z.string(), name: z.string(), title: z.string(), pin: z.boolean() })))
      .query(() => pinHolders(db.kysely)),
    setPin: procedure('shift.write')
      .input(SetStaffPin)
      .output(done)
      .mutation(({ input, ctx: { actor } }) => setStaffPin(ctx, personRefOf(actor), input)),
  });
}

function gateOf(actor: Actor): string {
  if (actor.kind !== 'agent') throw new AppError('forbidden', 'a gate asks for its own');
  return actor.gate;
}
