/** Sessions of courses (E3). One that people have attended is not moved and not called off: it was held. */
import { AppError, type PersonActor, type SaveSession, type SessionToday, type SessionView } from '@anyuan/contracts';
import { type Queries, record, type TrainingContext, type Trx } from './context.ts';
import { courseIn } from './courses.ts';
import { monthOf } from './dates.ts';

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

async function hasAttendance(trx: Trx, id: string): Promise<boolean> {
  return !!(await trx.selectFrom('attendances').select('id').where('session', '=', id).limit(1).executeTakeFirst());
}

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
