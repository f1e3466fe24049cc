/** Courses, their plan, sessions that were held, and the school's classes. */
import { ImportedClass, newId, PlanCourse, SaveCourse, SaveSession, Token } from '@anyuan/contracts';
import { z } from 'zod';
import type { Trx } from '../context.ts';
import { added, ignore, parsed, stamp, told } from './rows.ts';

export function importCourses(trx: Trx, rows: readonly SaveCourse[], now = Date.now()): Promise<number> {
  const given = parsed(SaveCourse, rows).map((row) => ({ ...row, retiredAt: null }));
  return added(trx, 'course', now, given, (some) =>
    trx.insertInto('courses').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importPlan(trx: Trx, rows: readonly PlanCourse[], now = Date.now()): Promise<number> {
  return added(trx, 'course', now, parsed(PlanCourse, rows), (some) =>
    trx.insertInto('coursePlan').values(some).onConflict(ignore).returning('course').execute(),
  );
}

/** A session with who attended it, and the scores in the order of the attempts. */
export const ImportedSession = SaveSession.extend({
  attendances: z.array(
    z.object({
      person: Token,
      via: z.enum(['card', 'name']),
      scores: z.array(z.number().int().min(0).max(100)).max(20),
    }),
  ),
});
export type ImportedSession = z.infer<typeof ImportedSession>;

/** Of a session that is there already nothing is added: whoever came since was recorded by the school. */
export async function importSessions(trx: Trx, rows: readonly ImportedSession[], now = Date.now()): Promise<number> {
  let count = 0;
  for (const { attendances, from, ...session } of parsed(ImportedSession, rows)) {
    const fresh = await trx
      .insertInto('sessions')
      .values({ ...session, fromTime: from, cancelledAt: null })
      .onConflict(ignore)
      .returning('id')
      .executeTakeFirst();
    if (!fresh) continue;
    count += 1;
    const at = new Date(`${session.date}T${from}:00.000+08:00`);
    const { passMark } = await trx
      .selectFrom('courses')
      .select('passMark')
      .where('id', '=', session.course)
      .executeTakeFirstOrThrow();
    for (const { person, via, scores } of attendances) {
      await trx
        .insertInto('attendances')
        .values({ id: newId(now), session: session.id, person, via, gate: null, at, ...stamp(now) })
        .execute();
      if (passMark === null) continue;
      for (const [i, score] of scores.entries()) {
        await trx
          .insertInto('assessments')
          .values({
            ...{ id: newId(now), session: session.id, person, score, passMark, passed: score >= passMark, at },
            // Attempts are told apart by when they were recorded.
            ...stamp(now + i),
          })
          .execute();
      }
    }
  }
  await told(trx, 'session', count, now);
  return count;
}

/** The school's classes are the import's whole truth, but one with lessons never goes. */
export async function importClasses(trx: Trx, rows: readonly ImportedClass[], now = Date.now()): Promise<number> {
  let changed = 0;
  for (const { id, ...fields } of parsed(ImportedClass, rows)) {
    const put = await trx
      .insertInto('classes')
      .values({ id, ...fields })
      .onConflict((c) =>
        c
          .column('id')
          .doUpdateSet(fields)
          .where((eb) =>
            eb.or([
              eb('classes.name', 'is distinct from', fields.name),
              eb('classes.teacher', 'is distinct from', fields.teacher),
              eb('classes.position', 'is distinct from', fields.position),
            ]),
          ),
      )
      .returning('id')
      .executeTakeFirst();
    if (put) changed += 1;
  }
  await told(trx, 'education', changed, now);
  return changed;
}
