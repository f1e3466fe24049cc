/**
 * Queries on vehicles. What is inside is worked out from the passes: of each plate the newest by the gates' time. Taken from
 * the index, it costs a look at each plate that ever came; ten thousand plates take some 20 ms. A pass that came of an
 * admission has the visit's id and counts as long as that was not taken back.
 */
import type { GoodsDeliveryView, VehicleInside, VehiclePassView } from '@anyuan/contracts';
import { normalPlate, startOfSchoolDay } from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, sql } from 'kysely';
import { moment } from './permit-store.ts';

type Queries = Kysely<GateTables>;
const DAY_MS = 24 * 3_600_000;
/** More vehicles than a school's yard holds, and more passes than one day brings. */
const INSIDE_LIMIT = 1_000;
export const LOG_LIMIT = 5_000;

/** Nobody came in with it: 放行 was a slip of the hand. */
const undone = (pass: string) =>
  sql<boolean>`exists (select from visits u where u.id = ${sql.ref(pass)} and u.status = 'undone')`;

const passes = (db: Queries) =>
  db
    .selectFrom('vehiclePasses as p')
    .leftJoin('permits', 'permits.id', 'p.permit')
    .leftJoin('visits', 'visits.id', 'p.visit')
    .leftJoin('visitors', 'visitors.id', 'visits.visitor')
    .leftJoin('goodsDeliveries as d', 'd.id', 'p.delivery')
    .select(['p.pass', 'p.plate', 'p.outcome', 'p.kind', 'p.doubt', 'p.reason', 'p.gate', 'p.guardId', 'p.guardName'])
    .select(['p.at', 'p.offline'])
    .select((eb) => eb.fn.coalesce('permits.name', 'visitors.name', 'd.supplier').as('label'))
    /** What became of this plate before: refusals move nothing. */
    .select((eb) =>
      eb
        .selectFrom('vehiclePasses as b')
        .select('b.outcome')
        .whereRef('b.plate', '=', 'p.plate')
        .where('b.outcome', '<>', 'refused')
        .where((e) => e.not(undone('b.pass')))
        .where(sql<boolean>`(b.at, b.pass) < (p.at, p.pass)`)
        .orderBy('b.at', 'desc')
        .orderBy('b.pass', 'desc')
        .limit(1)
        .as('before'),
    )
    .where((eb) => eb.not(undone('p.pass')));
type Row = Awaited<ReturnType<ReturnType<typeof passes>['executeTakeFirstOrThrow']>>;

function gapOf({ outcome, before }: Row): VehiclePassView['gap'] {
  if (outcome === 'out' && before !== 'in') return 'noEntry';
  return outcome === 'in' && before === 'in' ? 'noExit' : null;
}

function viewOf(row: Row): VehiclePassView {
  const { guardId, guardName, at, before: _, ...rest } = row;
  return { ...rest, gap: gapOf(row), guard: { id: guardId, name: guardName }, at: iso(at.getTime()) };
}

export async function passView(db: Queries, pass: string): Promise<VehiclePassView | undefined> {
  const row = await passes(db).where('p.pass', '=', pass).executeTakeFirst();
  return row && viewOf(row);
}

/** @param from to (ms): half open; the newest first */
export async function passesBetween(
  db: Queries,
  from: number,
  to: number,
  limit: number = LOG_LIMIT,
): Promise<VehiclePassView[]> {
  const rows = await passes(db)
    .where('p.at', '>=', new Date(from))
    .where('p.at', '<', new Date(to))
    .orderBy('p.at', 'desc')
    .orderBy('p.pass', 'desc')
    .limit(limit)
    .execute();
  return rows.map(viewOf);
}

/** The log of a day; with a part of a plate, of every day. */
export async function vehicleLog(db: Queries, date: string, part: string): Promise<VehiclePassView[]> {
  const wanted = normalPlate(part);
  if (wanted === '') {
    const from = startOfSchoolDay(Date.parse(`${date}T04:00:00.000Z`));
    return passesBetween(db, from, from + DAY_MS);
  }
  const rows = await passes(db)
    .where(sql<boolean>`position(${wanted} in p.plate) > 0`)
    .orderBy('p.at', 'desc')
    .orderBy('p.pass', 'desc')
    .limit(200)
    .execute();
  return rows.map(viewOf);
}

/** Whoever has been inside longest comes first. */
export async function vehiclesInside(db: Queries): Promise<VehicleInside[]> {
  const newest = db
    .selectFrom('vehiclePasses')
    .distinctOn('plate')
    .select(['pass', 'plate', 'outcome'])
    .where('outcome', '<>', 'refused')
    .where((eb) => eb.not(undone('pass')))
    .orderBy('plate')
    .orderBy('at', 'desc')
    .orderBy('pass', 'desc');
  const rows = await passes(db)
    .innerJoin(newest.as('n'), 'n.pass', 'p.pass')
    .where('n.outcome', '=', 'in')
    .orderBy('p.at')
    .orderBy('p.pass')
    .limit(INSIDE_LIMIT)
    .execute();
  return rows.map(({ pass, plate, kind, label, gate, at }) => ({
    ...{ pass, plate, kind, label, gate, since: iso(at.getTime()) },
  }));
}

export async function deliveriesFrom(db: Queries, date: string): Promise<GoodsDeliveryView[]> {
  const rows = await db
    .selectFrom('goodsDeliveries as d')
    .select(['d.id as delivery', 'd.supplier', 'd.goods', 'd.plate', 'd.date', 'd.fromTime as from', 'd.toTime as to'])
    .select((eb) =>
      eb
        .selectFrom('vehiclePasses as p')
        .select((e) => e.fn.min('p.at').as('at'))
        .whereRef('p.delivery', '=', 'd.id')
        .where('p.outcome', '=', 'in')
        .as('came'),
    )
    .where('d.cancelledAt', 'is', null)
    .where('d.date', '>=', date)
    .orderBy('d.date')
    .orderBy('d.fromTime')
    .orderBy('d.id')
    .limit(2_000)
    .execute();
  return rows.map(({ came, ...row }) => ({ ...row, cameAt: moment(came) }));
}
