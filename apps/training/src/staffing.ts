/** The school's number of guards, who counts towards it, and what is short (E1, H11). Numbers of pupils are rows with a date. */
import type { PersonActor, RuleSetId, SetHeadcount, Staffing } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { record, recordedBy, type TrainingContext, todayOf } from './context.ts';
import { addDays } from './dates.ts';
import { guardGaps } from './evidence.ts';
import { staffOn } from './people.ts';
import { headcountOn } from './required.ts';
import { shiftsBetween } from './roster.ts';
import { guardsRequired } from './staffing-rule.ts';

export function setHeadcount({ db, clock }: TrainingContext, by: PersonActor, given: SetHeadcount): Promise<void> {
  const at = new Date(clock.now());
  const { id, headcount, ruleSet, from } = given;
  return db.tx(async (trx) => {
    const added = await trx
      .insertInto('headcounts')
      .values({ id, ...headcount, ruleSet, fromDate: from, ...recordedBy(by, at) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added)
      await record(trx, { entity: 'headcount', id, type: 'set', by, at, data: { ...headcount, ruleSet, from } });
  });
}

export async function staffing(ctx: TrainingContext): Promise<Staffing> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const headcount = await headcountOn(db, today);
  const guards = (await staffOn(db, today)).filter(({ roles }) => roles.includes('guard'));
  const gaps = await guardGaps(
    db,
    guards.map(({ id }) => id),
    today,
  );
  const notInDate = guards.flatMap(({ id, name }) => {
    const { blocking } = gaps.get(id) ?? { blocking: [] };
    return blocking.length > 0 ? [{ person: { id, name }, gaps: blocking }] : [];
  });
  const required = headcount ? bothRules(headcount.ruleSet).map((rule) => guardsRequired(rule, headcount)) : [];
  const inDate = guards.length - notInDate.length;
  return {
    headcount: headcount
      ? {
          pupils: headcount.pupils,
          staff: headcount.staff,
          boarders: headcount.boarders,
          from: headcount.fromDate,
          by: headcount.recordedName,
          at: iso(headcount.recordedAt.getTime()),
        }
      : null,
    required,
    employed: guards.length,
    inDate,
    shortage: Math.max(0, (required[0]?.guards ?? 0) - inDate),
    notInDate,
    shifts: await shiftsBetween(db, today, addDays(today, 1)),
  };
}

const bothRules = (inForce: RuleSetId): RuleSetId[] => [inForce, inForce === 'notices' ? 'gbt29315' : 'notices'];
