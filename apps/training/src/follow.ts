/** What the drills told: what somebody can do (H12), how many the school has (H11). Each once, however often it comes. */
import { Instant, PersonRef, Skill, schoolDate, Uuid } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import type { FollowedEvent } from '@anyuan/service';
import { z } from 'zod';
import { recordedBy, type Trx } from './context.ts';
import { headcountOn } from './required.ts';

const SkillRecorded = z.object({
  id: Uuid,
  drill: Uuid,
  person: z.string().min(1).max(64),
  skill: Skill,
  seconds: z.number().nonnegative().nullable(),
  at: Instant,
});

const FactsChanged = z.object({
  id: Uuid,
  by: PersonRef,
  pupils: z.number().int(),
  staff: z.number().int(),
  boarders: z.number().int(),
});

/** What no version of `drills` writes is passed over: it would hold up all that comes after it. */
export async function follow(trx: Trx, { owner, entity, type, data, at }: FollowedEvent): Promise<void> {
  if (owner !== 'drills') return;
  if (entity === 'skill' && type === 'recorded') await keepSkill(trx, data, at);
  if (entity === 'facts' && type === 'changed') await keepHeadcount(trx, data, at);
}

async function keepSkill(trx: Trx, data: unknown, at: Date): Promise<void> {
  const parsed = SkillRecorded.safeParse(data);
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

/** The school's numbers of today; the rule set that it chose stays. */
async function keepHeadcount(trx: Trx, data: unknown, at: Date): Promise<void> {
  const parsed = FactsChanged.safeParse(data);
  if (!parsed.success) return;
  const { id, by, pupils, staff, boarders } = parsed.data;
  const today = schoolDate(at.getTime());
  const ruleSet = (await headcountOn(trx, today))?.ruleSet ?? 'notices';
  const added = await trx
    .insertInto('headcounts')
    .values({
      id,
      pupils,
      staff,
      boarders: Math.min(boarders, pupils),
      ruleSet,
      fromDate: today,
      ...recordedBy(by, at),
    })
    .onConflict((c) => c.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) await emit(trx, { entity: 'headcount', type: 'set', data: { id }, at });
}
