/**
 * Pupils' safety lessons (E4), entered by the class's own teacher. What a school proves is that a lesson was held: by topic,
 * month and class. No parent is asked to tap anything, and no class is compared with another ("Never" of the requirements).
 */
import {
  type AddProof,
  AppError,
  type EducationMonth,
  type LessonView,
  type PersonActor,
  permissionsOf,
  type RecordLesson,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { type Queries, record, recordedBy, type TrainingContext, todayOf } from './context.ts';
import { monthOf } from './dates.ts';
import { bytesOf } from './files.ts';
import { coverage, topicsOf } from './plans.ts';

export function recordLesson(ctx: TrainingContext, by: PersonActor, given: RecordLesson): Promise<LessonView> {
  if (given.date > todayOf(ctx)) throw new AppError('badInput', 'a lesson that was not held yet');
  const at = new Date(ctx.clock.now());
  const { material, ...lesson } = given;
  return ctx.db.tx(async (trx) => {
    const of = await trx
      .selectFrom('classes')
      .select(['name', 'teacher'])
      .where('id', '=', given.class)
      .executeTakeFirst();
    if (!of) throw new AppError('notFound', 'no such class');
    mustBeItsTeacher(by, of.teacher);
    const added = await trx
      .insertInto('lessons')
      .values({ ...lesson, ...material, className: of.name, ...recordedBy(by, at) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added) {
      const { id, date, topic } = given;
      await record(trx, {
        entity: 'education',
        id,
        type: 'recorded',
        by,
        at,
        data: { class: given.class, date, topic },
      });
    }
    return lessonView(trx, given.id);
  });
}

/** A photo of the board or the class; the first one stays. */
export function addProof({ db, clock }: TrainingContext, by: PersonActor, { lesson: id, file }: AddProof) {
  const bytes = bytesOf(file);
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const of = await trx
      .selectFrom('lessons')
      .innerJoin('classes', 'classes.id', 'lessons.class')
      .select('classes.teacher')
      .where('lessons.id', '=', id)
      .executeTakeFirst();
    if (!of) throw new AppError('notFound', 'no such lesson');
    mustBeItsTeacher(by, of.teacher);
    const added = await trx
      .insertInto('proofs')
      .values({ lesson: id, type: file.type, bytes, ...recordedBy(by, at) })
      .onConflict((c) => c.column('lesson').doNothing())
      .returning('lesson')
      .executeTakeFirst();
    if (added) await record(trx, { entity: 'education', id, type: 'proven', by, at });
    return lessonView(trx, id);
  });
}

/** To the office, and to the one who teaches that class. */
export async function proof(db: Queries, by: PersonActor, id: string) {
  const found = await db
    .selectFrom('proofs')
    .innerJoin('lessons', 'lessons.id', 'proofs.lesson')
    .innerJoin('classes', 'classes.id', 'lessons.class')
    .select(['proofs.type', 'proofs.bytes', 'classes.teacher'])
    .where('lesson', '=', id)
    .executeTakeFirst();
  if (found && !permissionsOf(by).includes('training.read')) mustBeItsTeacher(by, found.teacher);
  return found && { type: found.type, bytes: found.bytes };
}

function mustBeItsTeacher(by: PersonActor, teacher: string | null): void {
  if (by.id !== teacher && !permissionsOf(by).includes('training.write'))
    throw new AppError('forbidden', "another teacher's class");
}

export async function lessons(db: Queries, month: string, classId?: string): Promise<LessonView[]> {
  const { from, before } = monthOf(month);
  const rows = await lessonRows(db)
    .where('date', '>=', from)
    .where('date', '<', before)
    .$if(classId !== undefined, (q) => q.where('lessons.class', '=', classId ?? ''))
    .orderBy('date')
    .orderBy('lessons.id')
    .limit(5_000)
    .execute();
  return rows.map(toView);
}

/** @param teacher only the classes of this one */
export async function educationMonth(ctx: TrainingContext, month: string, teacher?: string): Promise<EducationMonth> {
  const { kysely: db } = ctx.db;
  const classes = await db
    .selectFrom('classes')
    .leftJoin('people', 'people.id', 'classes.teacher')
    .select(['classes.id', 'classes.name', 'people.id as teacher', 'people.name as teacherName'])
    .$if(teacher !== undefined, (q) => q.where('classes.teacher', '=', teacher ?? ''))
    .orderBy('position')
    .orderBy('classes.id')
    .limit(2_000)
    .execute();
  const held = Map.groupBy(await lessons(db, month), (lesson) => lesson.class);
  return {
    month,
    topics: [...topicsOf(month)],
    classes: classes.map(({ teacher: id, teacherName: name, ...of }) => ({
      class: { ...of, teacher: id && name ? { id, name } : null },
      ...coverage(month, todayOf(ctx), held.get(of.id) ?? []),
    })),
  };
}

async function lessonView(db: Queries, id: string): Promise<LessonView> {
  const row = await lessonRows(db).where('lessons.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('internal', 'a lesson that was just kept');
  return toView(row);
}

const lessonRows = (db: Queries) =>
  db
    .selectFrom('lessons')
    .leftJoin('proofs', 'proofs.lesson', 'lessons.id')
    .select(['lessons.id', 'class', 'className', 'date', 'topic', 'minutes', 'title', 'link', 'proofs.type as proof'])
    .select(['lessons.recordedId', 'lessons.recordedName', 'lessons.recordedAt']);
const toView = ({
  title,
  link,
  proof: photo,
  recordedId,
  recordedName,
  recordedAt,
  ...row
}: Awaited<ReturnType<ReturnType<typeof lessonRows>['execute']>>[number]): LessonView => ({
  ...row,
  material: { title, link },
  by: { id: recordedId, name: recordedName },
  at: iso(recordedAt.getTime()),
  hasProof: photo !== null,
});
