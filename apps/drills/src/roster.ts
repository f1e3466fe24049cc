/**
 * Classes and pupils as the drills know them, and the people who may lead. An import is the whole truth; drills that took
 * place keep the roll as it was. Importing the same once more changes nothing.
 */
import { AppError, type PersonRef, type SchoolClass } from '@anyuan/contracts';
import { type DrillsTables, lockInTransaction } from '@anyuan/db';
import type { Kysely, Transaction } from 'kysely';

export interface ImportedClass {
  id: string;
  name: string;
  grade: number;
  teacher: PersonRef;
  pupils: readonly { id: string; number: number; name: string }[];
}

const AT_ONCE = 1_000;

export async function importRoster(trx: Transaction<DrillsTables>, classes: readonly ImportedClass[]): Promise<void> {
  await lockInTransaction(trx, 'roster');
  await trx.deleteFrom('classes').execute();
  if (classes.length === 0) return;
  await trx
    .insertInto('classes')
    .values(
      classes.map(({ id, name, grade, teacher }) => ({
        id,
        name,
        grade,
        teacherId: teacher.id,
        teacherName: teacher.name,
      })),
    )
    .execute();
  const pupils = classes.flatMap((c) => c.pupils.map((p) => ({ ...p, class: c.id })));
  for (let from = 0; from < pupils.length; from += AT_ONCE)
    await trx
      .insertInto('pupils')
      .values(pupils.slice(from, from + AT_ONCE))
      .execute();
}

export async function classesOfSchool(db: Kysely<DrillsTables>): Promise<SchoolClass[]> {
  const rows = await db
    .selectFrom('classes as c')
    .select(['c.id', 'c.name', 'c.grade', 'c.teacherId', 'c.teacherName'])
    .select((eb) =>
      eb
        .selectFrom('pupils')
        .select((p) => p.fn.countAll<number>().as('n'))
        .whereRef('pupils.class', '=', 'c.id')
        .as('pupils'),
    )
    .orderBy('c.grade')
    .orderBy('c.name')
    .limit(500)
    .execute();
  return rows.map(({ teacherId, teacherName, pupils, ...c }) => ({
    ...c,
    teacher: { id: teacherId, name: teacherName },
    pupils: Number(pupils ?? 0),
  }));
}

export function peopleOf(db: Kysely<DrillsTables>): Promise<PersonRef[]> {
  return db.selectFrom('readers').select(['id', 'name']).orderBy('name').orderBy('id').limit(5_000).execute();
}

/**
 * These people under the names that the school knows them by; whoever acts is known by his own sign-in. Before anybody was
 * imported they are taken as given.
 * @throws AppError `badInput` for an id that is nobody's here
 */
export async function knownAs(
  db: Kysely<DrillsTables>,
  people: readonly PersonRef[],
  by: PersonRef,
): Promise<PersonRef[]> {
  const known = await peopleOf(db);
  if (known.length === 0) return [...people];
  const names = new Map([by, ...known].map(({ id, name }) => [id, name]));
  return people.map(({ id }) => {
    const name = names.get(id);
    if (name === undefined) throw new AppError('badInput', 'nobody of this school');
    return { id, name };
  });
}
