/** Courses and sessions of staff, safety lessons of pupils (E3, E4). */
import {
  AddProof,
  Assessed,
  AttendByCard,
  AttendByName,
  Attended,
  CancelSession,
  CourseView,
  EducationMonth,
  LedgerRow,
  LessonView,
  Month,
  PlanCourse,
  RecordAssessment,
  RecordLesson,
  SaveCourse,
  SaveSession,
  SessionRecord,
  SessionToday,
  SessionView,
  Token,
  Uuid,
  YearPlan,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { attendByCard, attendByName, recordAssessment } from '../attendance.ts';
import { personOf, type TrainingContext, todayOf } from '../context.ts';
import { courses, planCourse, retireCourse, saveCourse, yearPlan } from '../courses.ts';
import { addProof, educationMonth, lessons, recordLesson } from '../education.ts';
import { sessionRecord, trainingLedger } from '../session-records.ts';
import { cancelSession, saveSession, sessions, sessionsOn } from '../sessions.ts';

const OfMonth = z.object({ month: Month });

export function learningRouter(ctx: TrainingContext) {
  const { kysely: db } = ctx.db;
  return router({
    courses: procedure('training.read')
      .output(z.array(CourseView))
      .query(() => courses(db)),
    saveCourse: procedure('training.write')
      .input(SaveCourse)
      .output(CourseView)
      .mutation(({ input, ctx: { actor } }) => saveCourse(ctx, personOf(actor), input)),
    retireCourse: procedure('training.write')
      .input(z.object({ course: Uuid }))
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => retireCourse(ctx, personOf(actor), input.course)),
    planCourse: procedure('training.write')
      .input(PlanCourse)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => planCourse(ctx, personOf(actor), input)),
    yearPlan: procedure('training.read')
      .input(z.object({ year: z.number().int().min(2000).max(2200) }))
      .output(YearPlan)
      .query(({ input }) => yearPlan(ctx, input.year)),
    sessions: procedure('training.read')
      .input(OfMonth)
      .output(z.array(SessionView))
      .query(({ input }) => sessions(db, input.month)),
    session: procedure('training.read')
      .input(z.object({ session: Uuid }))
      .output(SessionRecord)
      .query(({ input }) => sessionRecord(db, input.session)),
    saveSession: procedure('training.write')
      .input(SaveSession)
      .output(SessionView)
      .mutation(({ input, ctx: { actor } }) => saveSession(ctx, personOf(actor), input)),
    cancelSession: procedure('training.write')
      .input(CancelSession)
      .output(SessionView)
      .mutation(({ input, ctx: { actor } }) => cancelSession(ctx, personOf(actor), input.session, input.reason)),
    sessionsToday: procedure('training.attend')
      .output(z.array(SessionToday))
      .query(() => sessionsOn(db, todayOf(ctx))),
    attendByCard: procedure('training.attend')
      .input(AttendByCard)
      .output(Attended)
      .mutation(({ input, ctx: { actor } }) => attendByCard(ctx, actor, input)),
    attendByName: procedure('training.write')
      .input(AttendByName)
      .output(Attended)
      .mutation(({ input, ctx: { actor } }) => attendByName(ctx, personOf(actor), input)),
    recordAssessment: procedure('training.write')
      .input(RecordAssessment)
      .output(Assessed)
      .mutation(({ input, ctx: { actor } }) => recordAssessment(ctx, personOf(actor), input)),
    ledger: procedure('training.read')
      .input(OfMonth)
      .output(z.array(LedgerRow))
      .query(({ input }) => trainingLedger(db, input.month)),
    /** Of the class's own teacher; the office may enter any. */
    recordLesson: procedure('training.own')
      .input(RecordLesson)
      .output(LessonView)
      .mutation(({ input, ctx: { actor } }) => recordLesson(ctx, personOf(actor), input)),
    addProof: procedure('training.own')
      .input(AddProof)
      .output(LessonView)
      .mutation(({ input, ctx: { actor } }) => addProof(ctx, personOf(actor), input)),
    lessons: procedure('training.read')
      .input(OfMonth.extend({ class: Token.optional() }))
      .output(z.array(LessonView))
      .query(({ input }) => lessons(db, input.month, input.class)),
    education: procedure('training.read')
      .input(OfMonth)
      .output(EducationMonth)
      .query(({ input }) => educationMonth(ctx, input.month)),
    /** A teacher sees his own classes and no others. */
    myEducation: procedure('training.own')
      .input(OfMonth)
      .output(EducationMonth)
      .query(({ input, ctx: { actor } }) => educationMonth(ctx, input.month, personOf(actor).id)),
  });
}
