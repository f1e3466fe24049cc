/** Practised skill (H12): who pressed, led, counted, held the fork, in which drill, how fast. Added, never changed. */
import type { PersonRef, RecordSkill, SkillRecord } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Queries, Trx } from './context.ts';

type Source = SkillRecord['source'];

/** Once a drill, person and skill: the first time counts. */
export async function addSkill(trx: Trx, record: RecordSkill, source: Source, at: Date): Promise<SkillRecord> {
  const { person, ...row } = record;
  const added = await trx
    .insertInto('skills')
    .values({ ...row, personId: person.id, personName: person.name, at, source })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  const view: SkillRecord = { ...record, at: iso(at.getTime()), source };
  if (added)
    await emit(trx, { entity: 'skill', type: 'recorded', data: { ...row, person: person.id, at: view.at }, at });
  return view;
}

export async function skillsOf(db: Queries, drill: string): Promise<SkillRecord[]> {
  const rows = await db
    .selectFrom('skills')
    .select(['id', 'drill', 'personId', 'personName', 'skill', 'seconds', 'at', 'source'])
    .where('drill', '=', drill)
    .orderBy('at')
    .orderBy('id')
    .limit(2_000)
    .execute();
  return rows.map(({ personId, personName, at, ...row }) => ({
    ...row,
    person: { id: personId, name: personName } satisfies PersonRef,
    at: iso(at.getTime()),
  }));
}
