/** What drills showed that somebody can do (H12): each record once, however often the bus brings it. */
import { Instant, Skill, Uuid } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import type { FollowedEvent } from '@anyuan/service';
import { z } from 'zod';
import type { Trx } from './context.ts';

const SkillRecorded = z.object({
  id: Uuid,
  drill: Uuid,
  person: z.string().min(1).max(64),
  skill: Skill,
  seconds: z.number().nonnegative().nullable(),
  at: Instant,
});

export async function follow(trx: Trx, { owner, entity, type, data, at }: FollowedEvent): Promise<void> {
  if (owner !== 'drills' || entity !== 'skill' || type !== 'recorded') return;
  const parsed = SkillRecorded.safeParse(data);
  // What no version of `drills` writes would otherwise hold up all that comes after it.
  if (!parsed.success) return;
  const { person, ...skill } = parsed.data;
  const added = await trx
    .insertInto('drillSkills')
    .values({ ...skill, person, at: new Date(skill.at) })
    .onConflict((c) => c.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) await emit(trx, { entity: 'person', type: 'practised', data: { id: person, skill: skill.skill }, at });
}
