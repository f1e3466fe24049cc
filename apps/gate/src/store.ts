/**
 * Queries on the visits. Rows never leave this file unshaped, and a sealed number leaves it in clear only together with a
 * row of the access log in the same transaction.
 */
import { AppError, type PersonRef, type Recognition, type VisitorIdentity, type VisitView } from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { GateKeys } from './config.ts';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;

/** More people than a school takes in on its busiest day. */
const LIMIT = 5_000;

const views = (db: Queries) =>
  db
    .selectFrom('visits')
    .innerJoin('visitors', 'visitors.id', 'visits.visitor')
    .select([
      'visits.id as visit',
      'visits.number',
      'visitors.name',
      'visitors.document',
      'visitors.idLast4',
      'visits.reason',
      'visits.host',
      'visits.security',
      'visits.status',
      'visits.refusal',
      'visits.gate',
      'visits.guardId',
      'visits.guardName',
      'visits.admittedAt',
      'visits.leftAt',
      'visits.offline',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof views>['executeTakeFirstOrThrow']>>;

const toView = ({ guardId, guardName, admittedAt, leftAt, ...row }: Row): VisitView => ({
  ...row,
  guard: { id: guardId, name: guardName },
  admittedAt: iso(admittedAt.getTime()),
  leftAt: leftAt && iso(leftAt.getTime()),
});

export async function visitView(db: Queries, visit: string): Promise<VisitView | undefined> {
  const row = await views(db).where('visits.id', '=', visit).executeTakeFirst();
  return row && toView(row);
}

/** All who came since `since`, refused ones too, and all who are still inside; the newest first. */
export async function visitsSince(db: Queries, since: number): Promise<VisitView[]> {
  const rows = await views(db)
    .where((eb) => eb.or([eb('admittedAt', '>=', new Date(since)), eb('status', '=', 'onSite')]))
    .orderBy('admittedAt', 'desc')
    .orderBy('visits.id', 'desc')
    .limit(LIMIT)
    .execute();
  return rows.map(toView);
}

/** Usable as an evacuation roll (G4): whoever has been inside longest comes first. */
export async function visitsOnSite(db: Queries): Promise<VisitView[]> {
  const rows = await views(db)
    .where('status', '=', 'onSite')
    .orderBy('admittedAt')
    .orderBy('visits.id')
    .limit(LIMIT)
    .execute();
  return rows.map(toView);
}

export async function recognition(db: Queries, idHash: string): Promise<Recognition> {
  const visits = views(db).where('idHash', '=', idHash).where('status', '<>', 'refused');
  const newest = visits.orderBy('admittedAt', 'desc').orderBy('visits.id', 'desc').limit(1);
  const last = await newest.executeTakeFirst();
  const onSite = await newest.where('status', '=', 'onSite').executeTakeFirst();
  const { count } = await visits
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    visits: count,
    lastVisitAt: last ? iso(last.admittedAt.getTime()) : null,
    lastReason: last?.reason ?? null,
    lastHost: last?.host ?? null,
    onSite: onSite ? toView(onSite) : null,
  };
}

/** One row per ID number, for ever; somebody without a number is a new person each time. */
export async function keepVisitor(trx: Trx, keys: GateKeys, identity: VisitorIdentity, id: string): Promise<string> {
  const { document, name, sex, birthDate = null, idNumber, phone } = identity;
  const idHash = idNumber ? keys.search.hash(idNumber) : null;
  const sealed = (text: string | undefined, row: string, column: string) =>
    text ? keys.id.encrypt(text, { table: 'gate.visitors', row, column }) : null;
  const added = await trx
    .insertInto('visitors')
    .values({
      id,
      document,
      name,
      sex,
      birthDate,
      idHash,
      idNumber: sealed(idNumber, id, 'id_number'),
      idLast4: idNumber?.slice(-4) ?? null,
      phone: sealed(phone, id, 'phone'),
    })
    .onConflict((c) => c.column('idHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) return added.id;
  const known = await trx.selectFrom('visitors').select('id').where('idHash', '=', idHash).executeTakeFirstOrThrow();
  await trx
    .updateTable('visitors')
    .set({ document, name, sex, birthDate, ...(phone ? { phone: sealed(phone, known.id, 'phone') } : {}) })
    .where('id', '=', known.id)
    .execute();
  return known.id;
}

export async function addVisit(trx: Trx, visit: Insertable<GateTables['visits']>): Promise<void> {
  await trx.insertInto('visits').values(visit).execute();
}

export async function addSignOut(trx: Trx, signOut: GateTables['signOuts']): Promise<void> {
  await trx
    .insertInto('signOuts')
    .values(signOut)
    .onConflict((c) => c.column('command').doNothing())
    .execute();
}

/** The sign-out that counts: the first that was received. */
export async function firstSignOut(db: Queries, visit: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('signOuts')
    .select('at')
    .where('visit', '=', visit)
    .orderBy('receivedAt')
    .orderBy('command')
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

/** @returns false when he had left already, or was never let in */
export async function markLeft(trx: Trx, visit: string, leftAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('visits')
    .set({ status: 'left', leftAt })
    .where('id', '=', visit)
    .where('status', '=', 'onSite')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface Reading {
  id: string;
  visit: string;
  by: PersonRef;
  purpose: string;
  at: Date;
}

/** A visitor's ID number in clear, and on record who had it shown. */
export async function readIdNumber(
  trx: Trx,
  keys: GateKeys,
  { visit, by, ...reading }: Reading,
): Promise<string | null> {
  const visitor = await trx
    .selectFrom('visits')
    .innerJoin('visitors', 'visitors.id', 'visits.visitor')
    .select(['visitors.id', 'visitors.idNumber'])
    .where('visits.id', '=', visit)
    .executeTakeFirst();
  if (!visitor) throw new AppError('notFound', 'no such visit');
  await trx
    .insertInto('accessLog')
    .values({ ...reading, visit, actorId: by.id, actorName: by.name })
    .execute();
  const { id: row, idNumber } = visitor;
  return idNumber && keys.id.decrypt(idNumber, { table: 'gate.visitors', row, column: 'id_number' });
}
