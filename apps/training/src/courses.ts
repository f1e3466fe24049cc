/** Courses and their year's plan (E3, E4). A course's code stays: requirements and what was passed hang on it. */
import {
  AppError,
  type CourseView,
  type PersonActor,
  type PlanCourse,
  type SaveCourse,
  type YearPlan,
} from '@anyuan/contracts';
import { sql } from 'kysely';
import { type Queries, record, type TrainingContext, type Trx, todayOf } from './context.ts';
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
      // Without the code.
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

/** Throws `notFound` when there is none. */
export async function courseIn(trx: Trx, id: string): Promise<void> {
  const found = await trx.selectFrom('courses').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('notFound', 'no such course');
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
