/**
 * Queries on the visits. Rows never leave this file unshaped, and a sealed number leaves it in clear only together with a
 * row of the access log in the same transaction.
 */
import {
  AppError,
  birthOfNumber,
  type HeldItems,
  type PersonRef,
  type Recognition,
  type VisitorIdentity,
  type VisitView,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely';
import type { GateKeys } from './config.ts';
import { keepSearchKeys } from './day-book-keys.ts';
import type { SaidOfEnd, Standing } from './visit-end.ts';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;

/** More people than a school takes in on its busiest day. */
const LIMIT = 5_000;

/** With the visitor; shaped by `toView`. */
export const views = (db: Queries) =>
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
      'visits.type',
      'visits.party',
      'visits.gone',
      'visits.until',
      'visits.confirmation',
      'visits.certificate',
      'visits.work',
      'visits.firm',
      'visits.booking',
      'visits.plate',
      (eb) =>
        eb
          .selectFrom('itemReturns')
          .select(
            sql<Returned>`json_build_object('outcome', outcome, 'because', because, 'note', note,
              'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'by', json_build_object('id', guard_id, 'name', guard_name))`.as('returned'),
          )
          .whereRef('itemReturns.visit', '=', 'visits.id')
          .orderBy('itemReturns.at', 'desc')
          .orderBy('itemReturns.command', 'desc')
          .limit(1)
          .as('returned'),
    ]);

type Returned = Omit<HeldItems, 'ticket' | 'items'>;
const NOTHING_SAID: Returned = { outcome: null, because: null, note: null, at: null, by: null };

type Row = Awaited<ReturnType<ReturnType<typeof views>['executeTakeFirstOrThrow']>>;

const heldOf = ({ security, returned }: Pick<Row, 'security' | 'returned'>): HeldItems | null =>
  security?.result === 'held'
    ? { ticket: security.ticket ?? null, items: security.items, ...(returned ?? NOTHING_SAID) }
    : null;

export const toView = ({ guardId, guardName, admittedAt, leftAt, until, returned, ...row }: Row): VisitView => ({
  ...row,
  until: until && iso(until.getTime()),
  held: heldOf({ security: row.security, returned }),
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

/** Whose things are still at a gate, also of those who have left; the oldest first. */
export async function visitsWithHeldItems(db: Queries): Promise<VisitView[]> {
  const rows = await views(db)
    .where(sql<boolean>`security->>'result' = 'held'`)
    .where('status', '<>', 'undone')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('itemReturns')
            .select('itemReturns.command')
            .whereRef('itemReturns.visit', '=', 'visits.id')
            .where('outcome', 'in', ['given', 'passedOn']),
        ),
      ),
    )
    .orderBy('admittedAt')
    .orderBy('visits.id')
    .limit(LIMIT)
    .execute();
  return rows.map(toView);
}

export async function recognition(db: Queries, idHash: string): Promise<Recognition> {
  const visits = views(db).where('idHash', '=', idHash).where('status', 'in', ['onSite', 'left']);
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
    lastType: last?.type ?? null,
    onSite: onSite ? toView(onSite) : null,
  };
}

/** One row per ID number, for ever; somebody without a number is a new person each time. */
export async function keepVisitor(trx: Trx, keys: GateKeys, identity: VisitorIdentity, id: string): Promise<string> {
  const { document, name, sex, idNumber, phone } = identity;
  // Of a number that was typed alone it is the number's: he is compared with the watchlist by it.
  const birthDate = identity.birthDate ?? birthOfNumber(idNumber ?? '') ?? null;
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
  if (added) {
    await keepSearchKeys(trx, id, name, idNumber?.slice(-4) ?? null);
    return id;
  }
  const known = await trx
    .selectFrom('visitors')
    .select(['id', 'name'])
    .where('idHash', '=', idHash)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('visitors')
    .set({ document, name, sex, birthDate, ...(phone ? { phone: sealed(phone, known.id, 'phone') } : {}) })
    .where('id', '=', known.id)
    .execute();
  if (known.name !== name) await keepSearchKeys(trx, known.id, name, idNumber?.slice(-4) ?? null);
  return known.id;
}

export async function addVisit(trx: Trx, visit: Insertable<GateTables['visits']>): Promise<void> {
  await trx.insertInto('visits').values(visit).execute();
}

/** @returns false for a repeat */
export async function addSignOut(trx: Trx, signOut: GateTables['signOuts']): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('signOuts')
    .values(signOut)
    .onConflict((c) => c.column('command').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** In the order of receipt. */
export const saidOfEnd = (db: Queries, visit: string): Promise<SaidOfEnd[]> =>
  db
    .selectFrom('signOuts')
    .select(['kind', 'count', 'at'])
    .where('visit', '=', visit)
    .orderBy('receivedAt')
    .orderBy('command')
    .limit(LIMIT)
    .execute();

export async function markEnd(trx: Trx, visit: string, end: Standing): Promise<void> {
  await trx.updateTable('visits').set(end).where('id', '=', visit).execute();
}

/** @returns false for a repeat */
export async function addReturn(trx: Trx, row: GateTables['itemReturns']): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('itemReturns')
    .values(row)
    .onConflict((c) => c.column('command').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
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
