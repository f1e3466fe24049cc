import {
  AddPhoto,
  AddRule,
  AppError,
  BeginDrill,
  CancelDrill,
  ChangeRule,
  ClassCount,
  ClassRoll,
  Conflict,
  DismissFinding,
  DismissResult,
  DrillBoard,
  DrillView,
  EndDrill,
  FindingView,
  Instant,
  MoveDrill,
  OwnDay,
  Period,
  PersonRef,
  RecordFinding,
  RecordSkill,
  SaveExam,
  SaveTerm,
  ScheduleDrill,
  Scheduled,
  SchoolClass,
  SchoolFacts,
  SkillRecord,
  TakeRoll,
  Term,
  TermPlan,
  TermView,
  Uuid,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { type DrillsContext, personOf } from './context.ts';
import { Evacuation, evacuations } from './evacuations.ts';
import { feedSince, makeFeed } from './feed.ts';
import { addPhoto, dismissFinding, findingOf, findingsWhere, recordFinding } from './findings.ts';
import { historyOf } from './history.ts';
import { createPatrolsRouter } from './patrols-router.ts';
import { createPlansRouter } from './plans-router.ts';
import { board, classRoll, giveRoll, takeRoll } from './roll.ts';
import { classesOfSchool, peopleOf } from './roster.ts';
import { begin, end } from './run.ts';
import { cancel, move, schedule, scheduleAll } from './schedule.ts';
import { schoolDays } from './school-days.ts';
import { addSkill, skillsOf } from './skills.ts';
import { propose, termPage } from './term-page.ts';
import {
  addRule,
  changeRule,
  confirmDays,
  removeDay,
  removeExam,
  saveDay,
  saveExam,
  saveFacts,
  saveTerm,
} from './terms.ts';
import { drillFor, rollCall, running } from './views.ts';

const OfTerm = z.object({ term: Uuid });
const OfDrill = z.object({ drill: Uuid });
const OfFinding = z.object({ finding: Uuid });
const MaybeTerm = z.object({ term: Uuid.optional() });
const Nothing = z.object({ done: z.literal(true) });
const done = async (what: Promise<void>) => {
  await what;
  return { done: true as const };
};
const HistoryLine = z.object({ at: Instant, by: z.string(), type: z.string() });
const ofClass = { class: z.string().max(64) };

export function createRouter(ctx: DrillsContext) {
  return router({
    ...termProcedures(ctx),
    ...scheduleProcedures(ctx),
    ...drillProcedures(ctx),
    ...findingProcedures(ctx),
    plans: createPlansRouter(ctx),
    patrols: createPatrolsRouter(ctx, schoolDays),
  });
}

const termProcedures = (ctx: DrillsContext) => ({
  term: procedure('drill.read')
    .input(MaybeTerm)
    .output(z.object({ terms: z.array(Term), view: TermView.nullable(), drills: z.array(DrillView) }))
    .query(({ input, ctx: { actor } }) => termPage(ctx, actor, input.term)),
  propose: procedure('drill.plan')
    .input(OfTerm)
    .output(TermPlan)
    .query(({ input }) => propose(ctx, input.term)),
  saveTerm: procedure('drill.plan')
    .input(SaveTerm)
    .output(Nothing)
    .mutation(({ input }) => done(saveTerm(ctx, input))),
  saveExam: procedure('drill.plan')
    .input(SaveExam)
    .output(Nothing)
    .mutation(({ input }) => done(saveExam(ctx, input))),
  removeExam: procedure('drill.plan')
    .input(z.object({ exam: Uuid }))
    .output(Nothing)
    .mutation(({ input }) => done(removeExam(ctx, input.exam))),
  saveDay: procedure('drill.plan')
    .input(OwnDay)
    .output(Nothing)
    .mutation(({ input }) => done(saveDay(ctx, input))),
  removeDay: procedure('drill.plan')
    .input(OwnDay.pick({ date: true }))
    .output(Nothing)
    .mutation(({ input }) => done(removeDay(ctx, input.date))),
  confirmDays: procedure('drill.plan')
    .input(Period)
    .output(Nothing)
    .mutation(({ input, ctx: { actor } }) => done(confirmDays(ctx, personOf(actor), input))),
  saveFacts: procedure('drill.plan')
    .input(SchoolFacts)
    .output(Nothing)
    .mutation(({ input, ctx: { actor } }) => done(saveFacts(ctx, personOf(actor), input))),
  changeRule: procedure('drill.plan')
    .input(ChangeRule)
    .output(Nothing)
    .mutation(({ input, ctx: { actor } }) => done(changeRule(ctx, personOf(actor), input))),
  addRule: procedure('drill.plan')
    .input(AddRule)
    .output(Nothing)
    .mutation(({ input, ctx: { actor } }) => done(addRule(ctx, personOf(actor), input))),
  people: procedure('drill.read')
    .output(z.array(PersonRef))
    .query(() => peopleOf(ctx.db.kysely)),
  classes: procedure('drill.read')
    .output(z.array(SchoolClass))
    .query(() => classesOfSchool(ctx.db.kysely)),
  feed: procedure('drill.read')
    .output(z.object({ since: Instant.nullable() }))
    .query(async ({ ctx: { actor } }) => ({ since: await feedSince(ctx, actor) })),
  makeFeed: procedure('drill.read')
    .output(z.object({ path: z.string() }))
    .mutation(({ ctx: { actor } }) => makeFeed(ctx, actor)),
});

const scheduleProcedures = (ctx: DrillsContext) => ({
  schedule: procedure('drill.plan')
    .input(ScheduleDrill)
    .output(Scheduled)
    .mutation(({ input, ctx: { actor } }) => schedule(ctx, personOf(actor), input)),
  scheduleAll: procedure('drill.plan')
    .input(z.object({ drills: z.array(ScheduleDrill).min(1).max(100) }))
    .output(
      z.object({
        scheduled: z.array(DrillView),
        conflicts: z.array(z.object({ id: Uuid, conflicts: z.array(Conflict) })),
      }),
    )
    .mutation(({ input, ctx: { actor } }) => scheduleAll(ctx, personOf(actor), input.drills)),
  move: procedure('drill.plan')
    .input(MoveDrill)
    .output(Scheduled)
    .mutation(({ input, ctx: { actor } }) => move(ctx, personOf(actor), input)),
  cancel: procedure('drill.plan')
    .input(CancelDrill)
    .output(DrillView)
    .mutation(({ input, ctx: { actor } }) => cancel(ctx, personOf(actor), input.drill, input.reason)),
});

const drillProcedures = (ctx: DrillsContext) => ({
  drill: procedure('drill.read')
    .input(OfDrill)
    .output(
      z.object({
        board: DrillBoard,
        history: z.array(HistoryLine),
        skills: z.array(SkillRecord),
        findings: z.array(FindingView),
      }),
    )
    .query(async ({ input, ctx: { actor } }) => ({
      board: drillFor(actor, await board(ctx, input.drill)),
      history: await historyOf(ctx.db.kysely, input.drill),
      skills: await skillsOf(ctx.db.kysely, input.drill),
      findings: await findingsWhere(ctx, { drill: input.drill }),
    })),
  running: procedure('drill.read')
    .output(z.array(DrillView))
    .query(() => running(ctx)),
  begin: procedure('drill.run')
    .input(BeginDrill)
    .output(DrillView)
    .mutation(({ input, ctx: { actor } }) => begin(ctx, personOf(actor), input)),
  end: procedure('drill.run')
    .input(EndDrill)
    .output(DrillView)
    .mutation(({ input, ctx: { actor } }) => end(ctx, personOf(actor), input.drill, input.note)),
  rollCall: procedure('drill.roll')
    .output(
      z.object({
        drill: DrillView.nullable(),
        classes: z.array(ClassCount),
        mine: z.array(z.string()),
        /** The next announced one, while none runs. */
        next: DrillView.nullable(),
      }),
    )
    .query(({ ctx: { actor } }) => rollCall(ctx, actor)),
  roll: procedure('drill.roll')
    .input(OfDrill.extend(ofClass))
    .output(ClassRoll)
    .query(({ input, ctx: { actor } }) => classRoll(ctx, actor, input.drill, input.class)),
  takeRoll: procedure('drill.roll')
    .input(TakeRoll)
    .output(ClassRoll)
    .mutation(({ input, ctx: { actor } }) => takeRoll(ctx, actor, input)),
  giveRoll: procedure('drill.run')
    .input(OfDrill.extend(ofClass).extend({ person: PersonRef }))
    .output(Nothing)
    .mutation(({ input, ctx: { actor } }) => done(giveRoll(ctx, personOf(actor), input))),
  recordSkill: procedure('drill.run')
    .input(RecordSkill)
    .output(SkillRecord)
    .mutation(({ input }) => {
      const at = new Date(ctx.clock.now());
      return ctx.db.tx(async (trx) => {
        const drill = await trx
          .selectFrom('drills')
          .select('startedAt')
          .where('id', '=', input.drill)
          .executeTakeFirst();
        if (!drill?.startedAt) throw new AppError('notFound', 'no such drill has begun');
        return addSkill(trx, input, 'observer', at);
      });
    }),
  evacuations: procedure('drill.read')
    .input(MaybeTerm)
    .output(z.array(Evacuation))
    .query(({ input }) => evacuations(ctx.db.kysely, input.term)),
});

const findingProcedures = (ctx: DrillsContext) => ({
  findings: procedure('drill.read')
    .input(MaybeTerm)
    .output(z.array(FindingView))
    .query(({ input }) => findingsWhere(ctx, input.term ? { term: input.term } : {})),
  finding: procedure('drill.read')
    .input(OfFinding)
    .output(FindingView)
    .query(({ input }) => findingOf(ctx, input.finding)),
  recordFinding: procedure('drill.roll')
    .input(RecordFinding)
    .output(FindingView)
    .mutation(({ input, ctx: { actor } }) => recordFinding(ctx, personOf(actor), input)),
  dismissFinding: procedure('drill.plan')
    .input(DismissFinding)
    .output(DismissResult)
    .mutation(({ input }) => dismissFinding(ctx, input.finding, input.reason)),
  addPhoto: procedure('drill.roll')
    .input(AddPhoto)
    .output(z.object({ id: Uuid }))
    .mutation(({ input, ctx: { actor } }) => addPhoto(ctx, personOf(actor), input)),
});

export type DrillsRouter = ReturnType<typeof createRouter>;
