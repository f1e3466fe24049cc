/**
 * Who looked at or took out what, when and why (promise 6). Rows are added in the transaction of the look itself, so that
 * nothing is shown without one; the table takes no other change. It is the principal's to read.
 */
import type { AccessEntry, AccessKind, PersonRef } from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Kysely, Transaction } from 'kysely';

export interface Look {
  id: string;
  kind: AccessKind;
  by: PersonRef;
  purpose: string;
  visit?: string;
  visitor?: string;
  detail?: string;
  now: number;
}

export async function remember(trx: Transaction<GateTables>, look: Look): Promise<void> {
  const { id, kind, by, purpose, visit = null, visitor = null, detail = '', now } = look;
  await trx
    .insertInto('accessLog')
    .values({ id, kind, purpose, visit, visitor, detail, at: new Date(now), actorId: by.id, actorName: by.name })
    .execute();
}

const LIMIT = 500;

/** The newest first, at most 500. @param before leaves out that moment and later ones */
export async function accessLog(
  db: Kysely<GateTables>,
  { visitor, before }: { visitor?: string | undefined; before?: string | undefined },
): Promise<AccessEntry[]> {
  let entries = db
    .selectFrom('accessLog')
    .leftJoin('visits', 'visits.id', 'accessLog.visit')
    .leftJoin('visitors', (on) =>
      on.on((eb) => eb('visitors.id', '=', eb.fn.coalesce('accessLog.visitor', 'visits.visitor'))),
    )
    .select([
      'accessLog.id',
      'accessLog.at',
      'accessLog.kind',
      'accessLog.actorId',
      'accessLog.actorName',
      'accessLog.purpose',
      'accessLog.visit',
      'accessLog.detail',
      'visits.number',
      'visitors.id as visitor',
      'visitors.name',
    ]);
  if (visitor !== undefined) entries = entries.where('visitors.id', '=', visitor);
  if (before !== undefined) entries = entries.where('accessLog.at', '<', new Date(before));
  const rows = await entries.orderBy('accessLog.at', 'desc').orderBy('accessLog.id', 'desc').limit(LIMIT).execute();
  return rows.map(({ actorId, actorName, at, ...row }) => ({
    ...row,
    at: iso(at.getTime()),
    by: { id: actorId, name: actorName },
  }));
}
