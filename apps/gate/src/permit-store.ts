/** Queries on the permits: rows in and out of the words of the contracts. A card's hash leaves in the signed list only. */
import {
  type GoodsDelivery,
  type PermitChange,
  type PermitEntry,
  type PermitList,
  type PermitTapView,
  type PermitView,
  permitState,
  type StrangeTap,
  schoolDate,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;
type Row = Selectable<GateTables['permits']>;

/** More than any school issues; also what one list holds. */
const LIMIT = 20_000;
export const moment = (at: Date | null): string | null => at && iso(at.getTime());

const entryOf = (row: Row, plates: string[]): PermitEntry => ({
  permit: row.id,
  kind: row.kind,
  name: row.name,
  firm: row.firm,
  cardHash: row.cardHash,
  cardLast4: row.cardLast4,
  plates,
  validFrom: row.validFrom,
  validTo: row.validTo,
  days: row.days,
  from: row.fromTime,
  to: row.toTime,
  gates: row.gates,
  suspended: row.suspendedAt && { at: iso(row.suspendedAt.getTime()), reason: row.suspendedReason ?? '' },
});

async function entries(db: Queries, only?: string): Promise<{ row: Row; entry: PermitEntry }[]> {
  const of = db.selectFrom('permits').selectAll().orderBy('name').orderBy('id').limit(LIMIT);
  const rows = await (only ? of.where('id', '=', only) : of).execute();
  const plated = db
    .selectFrom('permitPlates')
    .selectAll()
    .orderBy('plate')
    .limit(LIMIT * 6);
  const plates = Map.groupBy(await (only ? plated.where('permit', '=', only) : plated).execute(), (p) => p.permit);
  return rows.map((row) => ({
    row,
    entry: entryOf(
      row,
      (plates.get(row.id) ?? []).map(({ plate }) => plate),
    ),
  }));
}

export async function permitViews(db: Queries, now: number, only?: string): Promise<PermitView[]> {
  const last = db
    .selectFrom('permitTaps')
    .distinctOn('permit')
    .select(['permit', 'outcome', 'gate', 'at', 'forgotten'])
    .where('permit', 'is not', null)
    .where('outcome', '<>', 'refused')
    .orderBy('permit')
    .orderBy('at', 'desc')
    .orderBy('tap', 'desc');
  const passes = new Map((await (only ? last.where('permit', '=', only) : last).execute()).map((l) => [l.permit, l]));
  return (await entries(db, only)).map(({ row, entry: { cardHash: _, ...entry } }) => {
    const pass = passes.get(entry.permit);
    return {
      ...entry,
      state: permitState(entry, schoolDate(now)),
      last: pass
        ? {
            ...{ outcome: pass.outcome === 'out' ? 'out' : 'in', gate: pass.gate, at: iso(pass.at.getTime()) },
            ...(pass.forgotten ? { forgotten: pass.forgotten } : {}),
          }
        : null,
      changedAt: iso(row.changedAt.getTime()),
      changedBy: { id: row.changedById, name: row.changedByName },
    };
  });
}

export const permitRow = (db: Queries, id: string): Promise<Row | undefined> =>
  db.selectFrom('permits').selectAll().where('id', '=', id).executeTakeFirst();

export const changeOf = (db: Queries, command: string) =>
  db.selectFrom('permitChanges').select(['permit', 'act']).where('command', '=', command).executeTakeFirst();

export async function changesOf(db: Queries, permit: string): Promise<PermitChange[]> {
  const rows = await db
    .selectFrom('permitChanges')
    .select(['act', 'at', 'byId', 'byName', 'reason'])
    .where('permit', '=', permit)
    .orderBy('at')
    .orderBy('command')
    .limit(200)
    .execute();
  return rows.map(({ act, at, byId, byName, reason }) => ({
    ...{ act, at: iso(at.getTime()), by: { id: byId, name: byName }, reason },
  }));
}

/** Whose this card is, if it is another permit's. */
export const cardHolder = (db: Queries, cardHash: string, but: string) =>
  db.selectFrom('permits').select('name').where('cardHash', '=', cardHash).where('id', '<>', but).executeTakeFirst();

export const permitOfCards = (db: Queries, cardHashes: string[]) =>
  db.selectFrom('permits').select('id').where('cardHash', 'in', cardHashes).orderBy('id').limit(2).execute();

export const plateHolder = (db: Queries, plates: string[], but: string) =>
  db
    .selectFrom('permitPlates')
    .innerJoin('permits', 'permits.id', 'permitPlates.permit')
    .select(['permits.name', 'permitPlates.plate'])
    .where('plate', 'in', plates)
    .where('permit', '<>', but)
    .orderBy('plate')
    .executeTakeFirst();

export async function putPermit(trx: Trx, row: Row, plates: readonly string[]): Promise<void> {
  const { id, ...set } = row;
  await trx
    .insertInto('permits')
    .values(row)
    .onConflict((c) => c.column('id').doUpdateSet(set))
    .execute();
  await trx.deleteFrom('permitPlates').where('permit', '=', id).execute();
  if (plates.length > 0)
    await trx
      .insertInto('permitPlates')
      .values(plates.map((plate) => ({ plate, permit: id })))
      .execute();
}

/** Cards that nobody knew, the newest first: one of them is the card that the office wants to give out. */
export async function strangeTaps(db: Queries, since: Date): Promise<StrangeTap[]> {
  const rows = await db
    .selectFrom('permitTaps')
    .select(['tap', 'gate', 'at', 'cardLast4'])
    .where('cardHash', 'is not', null)
    .where('receivedAt', '>=', since)
    .orderBy('receivedAt', 'desc')
    .limit(10)
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at.getTime()) }));
}

export const strangeCard = (db: Queries, tap: string) =>
  db
    .selectFrom('permitTaps')
    .select(['cardHash', 'cardLast4'])
    .where('tap', '=', tap)
    .where('cardHash', 'is not', null)
    .executeTakeFirst();

export async function tapView(db: Queries, tap: string): Promise<PermitTapView | undefined> {
  const row = await db
    .selectFrom('permitTaps')
    .leftJoin('permits', 'permits.id', 'permitTaps.permit')
    .selectAll('permitTaps')
    .select(['permits.name', 'permits.firm'])
    .where('tap', '=', tap)
    .executeTakeFirst();
  if (!row) return undefined;
  const { guardId, guardName, receivedAt: _received, cardHash: _card, at, listAsOf, ...rest } = row;
  const guard = { id: guardId, name: guardName };
  const name = rest.name ?? rest.forgotten?.person.name ?? null;
  return { ...rest, name, guard, at: iso(at.getTime()), listAsOf: moment(listAsOf) };
}

/** Made of time, so that it rises even after a backup was restored. */
export async function raiseVersion(trx: Trx, now: number): Promise<void> {
  await trx
    .updateTable('listVersion')
    .set((eb) => ({ version: eb.fn<number>('greatest', [eb('version', '+', 1), eb.val(now)]) }))
    .where('list', '=', 'permits')
    .execute();
}

export async function permitsVersion(db: Queries): Promise<number> {
  const row = await db.selectFrom('listVersion').select('version').where('list', '=', 'permits').executeTakeFirst();
  return row?.version ?? 0;
}

/** Expected from yesterday on: whoever was due last night may stand at the gate this morning. */
async function expected(db: Queries): Promise<GoodsDelivery[]> {
  const rows = await db
    .selectFrom('goodsDeliveries')
    .select(['id as delivery', 'supplier', 'goods', 'plate', 'date', 'fromTime as from', 'toTime as to'])
    .where('cancelledAt', 'is', null)
    .where('date', '>=', sql<string>`current_date - 1`)
    .orderBy('date')
    .orderBy('fromTime')
    .limit(2_000)
    .execute();
  return rows;
}

export function loadPermits(db: Queries): Promise<{ version: number; body: PermitList }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => ({
      version: await permitsVersion(trx),
      body: { permits: (await entries(trx)).map(({ entry }) => entry), deliveries: await expected(trx) },
    }));
}
