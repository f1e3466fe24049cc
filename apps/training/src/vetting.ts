/** Background checks and filings of guards (E2). Rows are added, never changed; the newest check counts, good or bad. */
import type { PersonActor, RecordFiling, RecordVetting } from '@anyuan/contracts';
import { AppError } from '@anyuan/contracts';
import { mustBeKnown, type Queries, record, recordedBy, type TrainingContext, todayOf } from './context.ts';

export function recordVetting(ctx: TrainingContext, by: PersonActor, given: RecordVetting): Promise<void> {
  notLater(given.checkedOn, todayOf(ctx));
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await mustBeKnown(trx, given.person);
    const added = await trx
      .insertInto('vettings')
      .values({ ...given, ...recordedBy(by, at) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    const { id, person, result } = given;
    if (added) await record(trx, { entity: 'vetting', id, type: 'recorded', by, at, data: { person, result } });
  });
}

export function recordFiling(ctx: TrainingContext, by: PersonActor, given: RecordFiling): Promise<void> {
  notLater(given.filedOn, todayOf(ctx));
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await mustBeKnown(trx, given.person);
    const added = await trx
      .insertInto('filings')
      .values({ ...given, ...recordedBy(by, at) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    const { id, person, authority } = given;
    if (added) await record(trx, { entity: 'filing', id, type: 'recorded', by, at, data: { person, authority } });
  });
}

export const vettings = (db: Queries, person: string) =>
  db
    .selectFrom('vettings')
    .select(['id', 'checkedOn', 'result', 'checkedBy', 'recordedName as recordedBy'])
    .where('person', '=', person)
    .orderBy('checkedOn', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();

export const filings = (db: Queries, person: string) =>
  db
    .selectFrom('filings')
    .select(['id', 'authority', 'filedOn', 'receipt', 'recordedName as recordedBy'])
    .where('person', '=', person)
    .orderBy('filedOn', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();

/** What is to be on a later day has not been done. */
function notLater(date: string, today: string): void {
  if (date > today) throw new AppError('badInput', 'a day that has not come');
}
