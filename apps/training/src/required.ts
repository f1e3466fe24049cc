/** How many pupils there are on a day, and how many guards that asks for. */
import type { GuardsRequired } from '@anyuan/contracts';
import type { Queries } from './context.ts';
import { guardsRequired } from './staffing-rule.ts';

/** Of that day; the row that was entered last for a day stands. */
export const headcountOn = (db: Queries, day: string) =>
  db
    .selectFrom('headcounts')
    .select(['pupils', 'staff', 'boarders', 'ruleSet', 'fromDate', 'recordedName', 'recordedAt'])
    .where('fromDate', '<=', day)
    .orderBy('fromDate', 'desc')
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** By the rule in force that day; undefined: nobody has entered how many pupils there are. */
export async function requiredOn(db: Queries, day: string): Promise<GuardsRequired | undefined> {
  const headcount = await headcountOn(db, day);
  return headcount && guardsRequired(headcount.ruleSet, headcount);
}
