/**
 * After an upgrade: whoever follows the roster knows only the shifts that changed since he follows it. What was planned before,
 * or told in an older shape, is told once more as a whole at the first round of the new version (decision 0008). A shift is told
 * whole each time, so one that is heard twice is the same.
 */
import { schoolDate } from '@anyuan/contracts';
import type { TrainingTables } from '@anyuan/db';
import type { Transaction } from 'kysely';
import { tellRostered } from './roster.ts';

/** Raised with each change of the event's shape that its followers must hear of. */
const SHAPE = 1;
/** More than a school plans ahead. */
const LIMIT = 20_000;
const DAY_MS = 86_400_000;

export async function tellRosterAnew(trx: Transaction<TrainingTables>, now: number): Promise<void> {
  const told = await trx.selectFrom('rosterTold').select('shape').executeTakeFirst();
  if (told && told.shape >= SHAPE) return;
  const standing = await trx
    .selectFrom('shifts')
    .select(['id', 'date'])
    .where('removedAt', 'is', null)
    // The night's shift began yesterday.
    .where('date', '>=', schoolDate(now - DAY_MS))
    .orderBy('date')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  for (const { id, date } of standing) await tellRostered(trx, id, date, new Date(now));
  await trx
    .insertInto('rosterTold')
    .values({ school: true, shape: SHAPE })
    .onConflict((c) => c.column('school').doUpdateSet({ shape: SHAPE }))
    .execute();
}
