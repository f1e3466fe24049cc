/** What the guard's screen may ask of the agent, on localhost only (`app.ts` refuses every other page and host). */
import {
  Action,
  AdmitVisitor,
  GuardReason,
  HandoverNote,
  HostSearch,
  IncidentKind,
  Instant,
  Mode,
  OverrideReason,
  Party,
  PassOutcome,
  Plate,
  RecordEquipmentCheck,
  RefusalReason,
  ReturnItems,
  SecurityCheck,
  Sex,
  ShiftCheck,
  StandDownReason,
  Unplanned,
  Uuid,
  usualType,
  VehicleAs,
  VisitorType,
  VisitReason,
  WatchAnswer,
  Work,
} from '@anyuan/contracts';
import { openProcedure, router } from '@anyuan/service';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { GateAgent } from './gate-agent.ts';

const Typed = z.object({
  name: z.string().trim().min(1).max(200),
  idNumber: z.string().max(64).optional(),
  phone: z.string().max(32).optional(),
  sex: Sex.default('unknown'),
});
const Subject = z
  .object({ presented: Uuid.optional(), typed: Typed.optional() })
  .refine((s) => (s.presented === undefined) !== (s.typed === undefined), 'a document or typed words');
const Note = z.string().max(200).optional();

const Pin = z.string().min(1).max(12);
const Taking = { guard: z.string().max(64), pin: Pin, reason: Unplanned.nullable() };
const Leaving = { outPin: Pin, notes: z.array(HandoverNote).max(20), hash: z.string().length(64) };

export function createAgentRouter(agent: GateAgent) {
  const { hub, alarms } = agent;
  return router({
    events: openProcedure
      .input(z.object({ lastEventId: z.string().max(100).nullish() }).optional())
      .subscription(async function* ({ input, signal }) {
        for await (const { id, event } of hub.listen(
          input?.lastEventId ?? undefined,
          signal ?? new AbortController().signal,
        ))
          yield tracked(id, event);
      }),
    status: openProcedure.query(() => agent.status()),
    hosts: openProcedure.input(HostSearch).query(({ input }) => agent.staff.hosts(input)),
    onSite: openProcedure.query(() => agent.roll.all()),
    help: openProcedure.query(() => agent.helpers()),
    visitor: router({
      admit: openProcedure
        .input(
          Subject.safeExtend({
            ...{ reason: VisitReason, note: Note, host: z.string().max(64), security: SecurityCheck },
            type: VisitorType.optional(),
            party: Party.optional(),
            until: Instant.optional(),
            certificate: AdmitVisitor.shape.certificate,
            work: Work.optional(),
            question: Uuid.optional(),
            override: OverrideReason.optional(),
            booking: Uuid.optional(),
          }).transform((wish) => ({ ...wish, type: wish.type ?? usualType[wish.reason] })),
        )
        .mutation(({ input }) => agent.visits.admit(input)),
      /** Null: it could not go out. */
      ask: openProcedure
        .input(
          Subject.safeExtend({
            type: VisitorType,
            count: Party.shape.count,
            reason: VisitReason,
            host: z.string().max(64),
          }),
        )
        .mutation(({ input: { presented, typed, ...wish } }) =>
          agent.questions.ask({ ...wish, name: agent.desk.identity({ presented, typed }).name }),
        ),
      withdraw: openProcedure
        .input(z.object({ question: Uuid }))
        .mutation(({ input }) => agent.questions.withdraw(input.question)),
      refuse: openProcedure
        .input(
          Subject.safeExtend({
            reason: VisitReason.optional(),
            refusal: RefusalReason,
            note: Note,
            items: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
          }),
        )
        .mutation(({ input }) => agent.visits.refuse(input)),
      reprint: openProcedure
        .input(z.object({ visit: Uuid }))
        .mutation(({ input }) => agent.badges.reprint(input.visit)),
      signOut: openProcedure
        .input(z.object({ visit: Uuid, count: Party.shape.count.optional() }))
        .mutation(({ input }) => agent.visits.signOut(input.visit, input.count)),
      undo: openProcedure.input(z.object({ visit: Uuid })).mutation(({ input }) => agent.visits.undo(input.visit)),
      held: openProcedure.query(() => agent.roll.held()),
      returnItems: openProcedure
        .input(ReturnItems.pick({ visit: true, outcome: true, because: true, note: true }))
        .mutation(({ input }) => agent.visits.returnItems(input)),
    }),
    bookings: router({
      /** A mutation by its method only: letters of a name stand in no URL. */
      expected: openProcedure
        .input(z.object({ initials: z.string().max(8) }))
        .mutation(({ input }) => agent.bookings.expected(input.initials)),
      open: openProcedure
        .input(z.object({ booking: Uuid }))
        .mutation(({ input }) => agent.bookings.open(input.booking)),
    }),
    pickup: router({
      handOver: openProcedure
        .input(z.object({ verdict: Uuid, children: z.array(z.string().max(64)).min(1).max(10) }))
        .mutation(({ input }) => agent.watch.handOver(input.verdict, input.children)),
      decline: openProcedure
        .input(z.object({ verdict: Uuid }))
        .mutation(({ input }) => agent.pickup.decline(input.verdict)),
      byDocument: openProcedure
        .input(z.object({ presented: Uuid }))
        .mutation(({ input }) => agent.watch.byDocument(input.presented)),
    }),
    watch: router({
      check: openProcedure.input(z.object({ typed: Typed })).mutation(({ input }) => agent.watch.typed(input.typed)),
      answer: openProcedure
        .input(z.object({ hit: Uuid, is: WatchAnswer, subject: Subject.optional() }))
        .mutation(({ input }) => agent.watch.answer(input)),
    }),
    /** A plate names a person, so what holds one is a mutation. */
    vehicles: router({
      board: openProcedure.query(() => agent.vehicles.board()),
      find: openProcedure
        .input(z.object({ typed: z.string().max(64) }))
        .mutation(({ input }) => agent.vehicles.find(input.typed)),
      log: openProcedure
        .input(z.object({ plate: Plate, outcome: PassOutcome, by: VehicleAs, reason: GuardReason.nullable() }))
        .mutation(({ input }) => agent.vehicles.log(input)),
    }),
    /** What names somebody stands in no URL: mutations by their method. */
    forgotten: router({
      find: openProcedure
        .input(z.object({ keys: z.string().max(40) }))
        .mutation(({ input }) => agent.staff.find(input.keys)),
      begin: openProcedure
        .input(z.object({ person: z.string().max(64) }))
        .mutation(({ input }) => agent.forgotten.begin(input.person)),
      end: openProcedure.mutation(() => agent.forgotten.end()),
      prove: openProcedure
        .input(z.object({ person: z.string().max(64), pin: Pin }))
        .mutation(({ input }) => agent.forgotten.prove(input.person, input.pin)),
    }),
    shift: router({
      board: openProcedure.query(() => agent.shifts.board()),
      begin: openProcedure
        .input(z.object({ ...Taking, byCard: z.boolean().default(false) }))
        .mutation(({ input }) => agent.shifts.begin(input)),
      prove: openProcedure.input(z.object({ pin: Pin })).mutation(({ input }) => agent.shifts.prove(input.pin)),
      pass: openProcedure.input(z.object({ ...Taking, ...Leaving })).mutation(({ input }) => agent.shifts.pass(input)),
      leave: openProcedure.input(z.object(Leaving)).mutation(({ input }) => agent.shifts.leave(input)),
      check: openProcedure.input(ShiftCheck).mutation(({ input }) => agent.shifts.check(input)),
      count: openProcedure
        .input(z.object({ counts: RecordEquipmentCheck.shape.counts }))
        .mutation(({ input }) => agent.shifts.count(input.counts)),
    }),
    attendance: router({
      sessions: openProcedure.query(() => agent.attendance.sessions()),
      begin: openProcedure
        .input(z.object({ session: Uuid }))
        .mutation(({ input }) => agent.attendance.begin(input.session)),
      end: openProcedure.mutation(() => agent.attendance.end()),
    }),
    alarm: router({
      press: openProcedure
        .input(
          // Strict, and the mode must be said: what is misspelt must never become a real alarm.
          z.strictObject({
            via: z.enum(['screen', 'commandLine']).default('screen'),
            mode: Mode,
            kind: IncidentKind.optional(),
            action: Action.optional(),
          }),
        )
        .mutation(({ input }) => alarms.press({ ...input, source: input.via, by: agent.whoPresses() })),
      acknowledge: openProcedure
        .input(z.object({ incident: Uuid }))
        .mutation(({ input }) => agent.owners.alarm.acknowledge.mutate({ ...input, person: agent.onDuty() })),
      arrived: openProcedure
        .input(z.object({ incident: Uuid, who: z.enum(['guard', 'police']) }))
        .mutation(({ input }) => agent.owners.alarm.arrived.mutate({ ...input, person: agent.onDuty() })),
      standDown: openProcedure
        .input(
          z.object({
            incident: Uuid,
            tap: Uuid,
            reason: StandDownReason,
            note: z.string().max(200).default(''),
            pin: Pin.optional(),
          }),
        )
        .mutation(({ input }) => agent.standDown(input)),
    }),
  });
}

export type AgentRouter = ReturnType<typeof createAgentRouter>;
