/**
 * Deadlines that passed: the owner is told after a day, the administrator after three, the principal after seven (F3). Each
 * once for each deadline, also with two copies of this service and after a restart: the row of `escalations` is the proof,
 * written in the same transaction as the event.
 */
import { schoolDate } from '@anyuan/contracts';
import type { LedgerTables } from '@anyuan/db';
import type { Transaction } from 'kysely';
import { record } from './commands.ts';
import { dueLevels, nextDue } from './escalation.ts';
import { hazardRows } from './store.ts';

/** What is left is done by the next round. */
const AT_ONCE = 200;

export async function escalate(trx: Transaction<LedgerTables>, now: number): Promise<void> {
  const today = schoolDate(now);
  const rows = await hazardRows(trx)
    .where('status', 'in', ['assigned', 'reopened'])
    .where((eb) =>
      eb.or(
        nextDue(today).map(({ escalated, deadline }) =>
          eb.and([eb('escalated', '=', escalated), eb('deadline', '<=', deadline)]),
        ),
      ),
    )
    .orderBy('position')
    .limit(AT_ONCE)
    .forUpdate()
    .execute();
  for (const row of rows) {
    const { id: hazard, deadline } = row;
    for (const level of dueLevels(row, today)) {
      if (!deadline) continue;
      const told = await trx
        .insertInto('escalations')
        .values({ hazard, deadline, level, at: new Date(now) })
        .onConflict((oc) => oc.doNothing())
        .returning('level')
        .executeTakeFirst();
      await trx.updateTable('hazards').set({ escalated: level }).where('id', '=', hazard).execute();
      if (told)
        await record(trx, { hazard, command: null, type: 'escalated', actor: null, detail: { level, deadline }, now });
    }
  }
}
