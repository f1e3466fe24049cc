/**
 * The list by which every gate decides: it leaves this service signed and dated, with hashes in place of numbers. Its
 * version is made of time, so that it rises even after a backup was restored or the clock went back.
 */
import type { PickupList } from '@anyuan/contracts';
import type { PickupTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Kysely, Transaction } from 'kysely';

const LIMIT = 100_000;

export async function raiseVersion(trx: Transaction<PickupTables>, now: number): Promise<void> {
  await trx
    .updateTable('listVersion')
    .set((eb) => ({ version: eb.fn<number>('greatest', [eb('version', '+', 1), eb.val(now)]) }))
    .where('list', '=', 'pickup')
    .execute();
}

export async function listVersion(db: Kysely<PickupTables>): Promise<number> {
  const row = await db.selectFrom('listVersion').select('version').where('list', '=', 'pickup').executeTakeFirst();
  return row?.version ?? 0;
}

/** Version and list of one moment. */
export function loadList(db: Kysely<PickupTables>): Promise<{ version: number; body: PickupList }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => ({ version: await listVersion(trx), body: await loadListIn(trx) }));
}

export async function loadListIn(trx: Transaction<PickupTables>): Promise<PickupList> {
  const cards = await trx
    .selectFrom('cards')
    .select(['hash', 'last4', 'guardian', 'status', 'lostAt', 'lostBy'])
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const guardians = await trx
    .selectFrom('guardians')
    .select(['id', 'name', 'relation', 'sex', 'idHash'])
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const children = await trx
    .selectFrom('children')
    .select(['id', 'name', 'className', 'teacherId', 'teacherName'])
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const rules = await trx
    .selectFrom('rules')
    .select(['guardian', 'child', 'days', 'fromTime', 'toTime', 'validFrom', 'validTo'])
    .orderBy('guardian')
    .orderBy('child')
    .orderBy('fromTime')
    .limit(LIMIT)
    .execute();
  const bars = await trx
    .selectFrom('bars')
    .select(['guardian', 'child'])
    .orderBy('guardian')
    .orderBy('child')
    .limit(LIMIT)
    .execute();
  return {
    cards: cards.map(({ lostAt, lostBy, ...card }) => ({
      ...card,
      ...(lostAt ? { lostAt: iso(lostAt.getTime()) } : {}),
      ...(lostBy ? { lostBy } : {}),
    })),
    guardians: guardians.map(({ idHash, ...guardian }) => ({ ...guardian, ...(idHash ? { idHash } : {}) })),
    children: children.map(({ teacherId, teacherName, ...child }) => ({
      ...child,
      teacher: { id: teacherId, name: teacherName },
    })),
    rules: rules.map(({ fromTime, toTime, validFrom, validTo, ...rule }) => ({
      ...rule,
      from: fromTime,
      to: toTime,
      ...(validFrom ? { validFrom } : {}),
      ...(validTo ? { validTo } : {}),
    })),
    bars,
  };
}
