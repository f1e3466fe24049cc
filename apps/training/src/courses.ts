/** Courses, their year's plan and their sessions (E3, E4). A session that was held is never deleted; one can be called off. */
import {
  AppError,
  type CourseView,
  type PersonActor,
  type PlanCourse,
  type SaveCourse,
  type SaveSession,
  type SessionToday,
  type SessionView,
  type YearPlan,
} from '@anyuan/contracts';
import { sql } from 'kysely';
import { type Queries, record, type TrainingContext, type Trx, todayOf } from './context.ts';
import { monthOf } from './dates.ts';
import { progress } from './plans.ts';

export async function courses(db: Queries): Promise<CourseView[]> {
  const rows = await courseRows(db).execute();
  return rows.map(courseView);
}

export function saveCourse({ db, clock }: TrainingContext, by: PersonActor, given: SaveCourse): Promise<CourseView> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { id, code, ...fields } = given;
    const other = await trx.selectFrom('courses').select('id').where('code', '=', code).executeTakeFirst();
    if (other && other.id !== id) throw new AppError('conflict', 'a course with this code is there');
    await trx
      .insertInto('courses')
      .values({ ...given, retiredAt: null })
      // The code stays: requirements and what was passed hang on it.
      .onConflict((c) => c.column('id').doUpdateSet(fields))
      .execute();
    await record(trx, { entity: 'course', id, type: 'saved', by, at, data: { ...given } });
    return courseView(await courseRows(trx).where('id', '=', id).executeTakeFirstOrThrow());
  });
}

export function retireCourse({ db, clock }: TrainingContext, by: PersonActor, id: string): Promise<void> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    await courseIn(trx, id);
    await trx.updateTable('courses').set({ retiredAt: at }).where('id', '=', id).execute();
    await record(trx, { entity: 'course', id, type: 'retired', by, at });
  });
}

export function planCourse({ db, clock }: TrainingContext, by: PersonActor, given: PlanCourse): Promise<void> {
  const at = new Date(clock.now());
  const months = [...new Set(given.months)].sort((a, b) => a - b);
  return db.tx(async (trx) => {
    await courseIn(trx, given.course);
    await trx
      .insertInto('coursePlan')
      .values({ ...given, months })
      .onConflict((c) => c.columns(['course', 'year']).doUpdateSet({ months }))
      .execute();
    const data = { year: given.year, months };
    await record(trx, { entity: 'course', id: given.course, type: 'planned', by, at, data });
  });
}

/** A month is done when a session of the course was held in it, planned or not. */
export async function yearPlan(ctx: TrainingContext, year: number): Promise<YearPlan> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const all = await courses(db);
  const plans = await db
    .selectFrom('coursePlan')
    .select(['course', 'months'])
    .where('year', '=', year)
    .limit(2_000)
    .execute();
  const held = await db
    .selectFrom('sessions')
    .select(['course', sql<string>`to_char(date, 'YYYY-MM')`.as('month')])
    .distinct()
    .where('cancelledAt', 'is', null)
    .where('date', '>=', `${year}-01-01`)
    .where('date', '<=', `${year}-12-31`)
    .where('date', '<=', today)
    .limit(20_000)
    .execute();
  const rows = all.map((course) => {
    const planned = plans.find((plan) => plan.course === course.id)?.months ?? [];
    const months = Array.from({ length: 12 }, (_, i) => {
      const month = `${year}-${String(i + 1).padStart(2, '0')}`;
      const done = held.some((session) => session.course === course.id && session.month === month);
      return done || planned.includes(i + 1) ? progress(done, month, today) : null;
    });
    return { course, months };
  });
  return { year, rows: rows.filter(({ course, months }) => !course.retired || months.some((m) => m !== null)) };
}

export function saveSession(ctx: TrainingContext, by: PersonActor, given: SaveSession): Promise<SessionView> {
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await courseIn(trx, given.course);
    const { id, from, ...fields } = given;
    const row = { ...fields, fromTime: from };
    const before = await trx
      .selectFrom('sessions')
      .select(['course', 'date', 'cancelledAt'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (before?.cancelledAt) throw new AppError('conflict', 'a session that was called off');
    const moved = before && (before.course !== given.course || before.date !== given.date);
    if (moved && (await hasAttendance(trx, id))) throw new AppError('conflict', 'people have attended it already');
    await trx
      .insertInto('sessions')
      .values({ id, ...row, cancelledAt: null })
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    const { course, date } = given;
    await record(trx, { entity: 'session', id, type: 'saved', by, at, data: { course, date } });
    return session(trx, id);
  });
}

export function cancelSession({ db, clock }: TrainingContext, by: PersonActor, id: string, reason: string) {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { cancelled } = await session(trx, id);
    if (await hasAttendance(trx, id)) throw new AppError('conflict', 'people have attended it already');
    if (!cancelled) {
      await trx.updateTable('sessions').set({ cancelledAt: at }).where('id', '=', id).execute();
      await record(trx, { entity: 'session', id, type: 'cancelled', by, at, data: { reason } });
    }
    return session(trx, id);
  });
}

export async function sessions(db: Queries, month: string): Promise<SessionView[]> {
  const { from, before } = monthOf(month);
  const rows = await sessionRows(db)
    .where('date', '>=', from)
    .where('date', '<', before)
    .orderBy('date')
    .orderBy('fromTime')
    .orderBy('sessions.id')
    .limit(2_000)
    .execute();
  return rows.map(sessionView);
}

export async function session(db: Queries, id: string): Promise<SessionView> {
  const row = await sessionRows(db).where('sessions.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such session');
  return sessionView(row);
}

/** For a reader at the door: what is held today. */
export async function sessionsOn(db: Queries, date: string): Promise<SessionToday[]> {
  const rows = await sessionRows(db)
    .where('date', '=', date)
    .where('cancelledAt', 'is', null)
    .orderBy('fromTime')
    .orderBy('sessions.id')
    .limit(200)
    .execute();
  return rows.map(({ id, title, fromTime, hours, place }) => ({ id, title, from: fromTime, hours, place }));
}

async function courseIn(trx: Trx, id: string): Promise<void> {
  const found = await trx.selectFrom('courses').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('notFound', 'no such course');
}

async function hasAttendance(trx: Trx, id: string): Promise<boolean> {
  return !!(await trx.selectFrom('attendances').select('id').where('session', '=', id).limit(1).executeTakeFirst());
}

const courseRows = (db: Queries) =>
  db
    .selectFrom('courses')
    .select(['id', 'code', 'title', 'roles', 'periodMonths', 'passMark', 'retiredAt'])
    .orderBy('code')
    .limit(1_000);
const courseView = ({
  retiredAt,
  ...row
}: Awaited<ReturnType<ReturnType<typeof courseRows>['execute']>>[number]): CourseView => ({
  ...row,
  retired: retiredAt !== null,
});

const sessionRows = (db: Queries) =>
  db
    .selectFrom('sessions')
    .innerJoin('courses', 'courses.id', 'sessions.course')
    .select(['sessions.id', 'sessions.course', 'date', 'fromTime', 'hours', 'place', 'trainer', 'topic', 'cancelledAt'])
    .select(['courses.title', 'courses.passMark'])
    .select((eb) => [
      eb
        .selectFrom('attendances')
        .select((e) => e.fn.countAll<number>().as('n'))
        .whereRef('attendances.session', '=', 'sessions.id')
        .as('attended'),
      eb
        .selectFrom('assessments')
        .select((e) => e.fn.count<number>('person').distinct().as('n'))
        .whereRef('assessments.session', '=', 'sessions.id')
        .where('passed', '=', true)
        .as('passed'),
    ]);
const sessionView = ({
  fromTime,
  cancelledAt,
  attended,
  passed,
  ...row
}: Awaited<ReturnType<ReturnType<typeof sessionRows>['execute']>>[number]): SessionView => ({
  ...row,
  from: fromTime,
  cancelled: cancelledAt !== null,
  attended: attended ?? 0,
  passed: passed ?? 0,
});
