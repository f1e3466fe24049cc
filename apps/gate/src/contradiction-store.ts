/**
 * Looks at what was received since the last look, together with whatever belongs to it, and keeps what can't both be true as
 * tasks. In the service's round, one copy at a time: the commands themselves wait for nothing, and a gate that merges a day's
 * records is not held up. What a later record made whole is said to be so; nothing is ever taken away.
 */
import {
  type Actor,
  AppError,
  type Contradiction,
  newId,
  type SettleContradiction,
  schoolDate,
  watchKeys,
} from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import type { GateKeys } from './config.ts';
import {
  contradictions,
  type Found,
  type GateRecords,
  MAY_PASS,
  type VisitMade,
  type Watched,
} from './contradictions.ts';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;

/** Transactions that were open at the last look may have committed since, ms. */
const OVERLAP_MS = 60_000;
/** How far back somebody may still be inside, and a vehicle still in the yard, ms. */
const AROUND_MS = 3 * 86_400_000;
/** A hit and the admission after it belong together, ms. */
const NEAR_MS = 3_600_000;
/** Of a look; a day's merge is a few thousand records. */
const LIMIT = 20_000;
const SHOWN_MS = 30 * 86_400_000;
const SHOWN = 500;

const anyOf = (column: string, ids: readonly string[]) => sql<SqlBool>`${sql.ref(column)} = any(${ids}::uuid[])`;
const made = ['gate', 'guardId', 'guardName', 'at', 'offline'] as const;

export async function findContradictions(trx: Trx, keys: GateKeys, now: number): Promise<void> {
  const { until } = await trx.selectFrom('contradictionLooks').select('until').executeTakeFirstOrThrow();
  const since = new Date(Math.min(until.getTime(), now) - OVERLAP_MS);
  const records = await recordsSince(trx, keys, since, now);
  const all = contradictions(records);
  await keepTasks(trx, all, now);
  await closeWhole(trx, records, all, now);
  await trx
    .updateTable('contradictionLooks')
    .set({ until: new Date(now) })
    .execute();
}

async function recordsSince(db: Trx, keys: GateKeys, since: Date, now: number): Promise<GateRecords> {
  const visits = await touchedVisits(db, since);
  const ids = visits.map(({ id }) => id);
  const ends = await db
    .selectFrom('signOuts')
    .select(['command as id', 'visit', 'kind', 'count', ...made])
    .where(anyOf('visit', ids))
    .orderBy('receivedAt')
    .orderBy('command')
    .limit(LIMIT)
    .execute();
  const returns = await db
    .selectFrom('itemReturns')
    .select(['command as id', 'visit', 'outcome', ...made])
    .where(anyOf('visit', ids))
    .orderBy('at')
    .limit(LIMIT)
    .execute();
  const uses = await db
    .selectFrom('bookingUses as u')
    .innerJoin('visits as v', 'v.id', 'u.visit')
    .select(['v.id', 'u.booking', 'v.gate', 'v.guardId', 'v.guardName', 'u.at', 'u.offline'])
    .where('v.status', '<>', 'undone')
    .where('u.booking', 'in', (eb) => eb.selectFrom('bookingUses').select('booking').where('receivedAt', '>=', since))
    .orderBy('u.at')
    .limit(LIMIT)
    .execute();
  const taps = await db
    .selectFrom('permitTaps')
    .select(['tap as id', 'permit', 'outcome', ...made])
    .where('receivedAt', '>=', since)
    .where('permit', 'is not', null)
    .orderBy('at')
    .limit(LIMIT)
    .execute();
  const permits = [...new Set(taps.flatMap(({ permit }) => permit ?? []))];
  const permitActs = await db
    .selectFrom('permitChanges')
    .select(['command', 'permit', 'act', 'byId', 'byName', 'at'])
    .where(anyOf('permit', permits))
    .orderBy('at')
    .limit(LIMIT)
    .execute();
  const passes = await db
    .selectFrom('vehiclePasses')
    .select(['pass as id', 'plate', 'outcome', ...made])
    .where('plate', 'in', (eb) => eb.selectFrom('vehiclePasses').select('plate').where('receivedAt', '>=', since))
    .where('at', '>', new Date(since.getTime() - AROUND_MS))
    .where('pass', 'not in', (eb) => eb.selectFrom('visits').select('id').where('status', '=', 'undone'))
    .orderBy('at')
    .limit(LIMIT)
    .execute();
  return {
    ...{ visits, ends, returns, uses, permitActs, passes },
    taps: taps.flatMap((tap) => (tap.permit === null ? [] : [{ ...tap, permit: tap.permit }])),
    watched: await watchedOf(db, keys, ids, now),
  };
}

/** Those of which something was received, and the others of the same people around that time. */
async function touchedVisits(db: Trx, since: Date): Promise<VisitMade[]> {
  const { rows } = await sql<Omit<VisitMade, 'count'> & { party: { count: number } }>`
    with touched as (
      select id, visitor from visits where received_at >= ${since}
      union select v.id, v.visitor from visits v join sign_outs s on s.visit = v.id where s.received_at >= ${since}
      union select v.id, v.visitor from visits v join item_returns i on i.visit = v.id where i.received_at >= ${since}
    )
    select v.id, v.gate, v.guard_id as "guardId", v.guard_name as "guardName", v.admitted_at as at, v.offline, v.status,
      v.party, v.left_at as "leftAt", case when p.id_hash is null then null else p.id end as person
    from visits v join visitors p on p.id = v.visitor
    where v.status <> 'refused' and (v.id in (select id from touched)
      or (p.id_hash is not null and v.visitor in (select visitor from touched)
        and v.admitted_at > ${new Date(since.getTime() - AROUND_MS)}))
    order by v.admitted_at, v.id limit ${LIMIT}`.execute(db);
  return rows.map(({ party, ...row }) => ({ ...row, count: party.count }));
}

/**
 * Whom a gate let in while it could not know: listed after the last thing that this gate did on line, in force while he was
 * inside, and no hit of its own. No number is opened.
 */
async function watchedOf(db: Trx, keys: GateKeys, ids: readonly string[], now: number): Promise<Watched[]> {
  const came = await db
    .selectFrom('visits')
    .innerJoin('visitors', 'visitors.id', 'visits.visitor')
    .select(['visits.id', 'visitors.name', 'visitors.birthDate', 'visits.leftAt', 'visits.admittedAt', 'visits.gate'])
    .select(
      sql<Date>`greatest(
        (select max(b.admitted_at) from visits b
          where b.gate = visits.gate and not b.offline and b.admitted_at <= visits.admitted_at),
        (select max(s.at) from sign_outs s where s.gate = visits.gate and not s.offline and s.at <= visits.admitted_at),
        'epoch')`.as('knownAt'),
    )
    .where(anyOf('visits.id', ids))
    .where('visits.offline', '=', true)
    .where('visits.status', 'in', ['onSite', 'left'])
    .where('visitors.birthDate', 'is not', null)
    .limit(LIMIT)
    .execute();
  if (came.length === 0) return [];
  const entries = await db
    .selectFrom('watchEntries')
    .select(['id', 'bornHash', 'madeAt', 'validFrom', 'validUntil'])
    .where('withdrawnAt', 'is', null)
    .where('bornHash', 'is not', null)
    .limit(LIMIT)
    .execute();
  const hits = await db
    .selectFrom('watchHits')
    .select(['entry', 'gate', 'at'])
    .where('at', '>', new Date(Math.min(...came.map(({ admittedAt }) => admittedAt.getTime())) - NEAR_MS))
    .limit(LIMIT)
    .execute();
  const hash = (text: string) => keys.watch.hash(text);
  const byHash = Map.groupBy(entries, ({ bornHash }) => bornHash);
  return came.flatMap((visit) => {
    const { born } = watchKeys({ name: visit.name, birthDate: visit.birthDate ?? '' }, hash);
    const until = visit.leftAt ?? new Date(now);
    const [came, gone] = [schoolDate(visit.admittedAt.getTime()), schoolDate(until.getTime())];
    return (byHash.get(born) ?? [])
      .filter((entry) => entry.madeAt > visit.knownAt && entry.madeAt < until)
      .filter((entry) => entry.validFrom <= gone && entry.validUntil >= came)
      .filter(({ id }) => !hits.some((h) => h.entry === id && h.gate === visit.gate && near(h.at, visit.admittedAt)))
      .map((entry) => ({ visit: visit.id, entry: entry.id, listedAt: entry.madeAt }));
  });
}

const near = (a: Date, b: Date): boolean => Math.abs(a.getTime() - b.getTime()) < NEAR_MS;

async function keepTasks(trx: Trx, found: readonly Found[], now: number): Promise<void> {
  for (const { sides, ...task } of found) {
    const row = { id: newId(now), ...task, sides: JSON.stringify(sides), foundAt: new Date(now) };
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('contradictions')
      .values(row)
      .onConflict((c) => c.column('key').doNothing())
      .executeTakeFirst();
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) await tell(trx, 'found', row.id, task.kind, now);
  }
}

/** Of what was looked at just now: those that don't stand any more, since a record came that had been missing. */
async function closeWhole(trx: Trx, records: GateRecords, found: readonly Found[], now: number): Promise<void> {
  const still = found.map(({ key }) => key);
  const visits = records.visits.map(({ id }) => id);
  const passes = records.passes.map(({ id }) => id);
  const whole = await trx
    .selectFrom('contradictions as c')
    .leftJoin('contradictionAnswers as a', 'a.contradiction', 'c.id')
    .select(['c.id', 'c.kind'])
    .where('a.command', 'is', null)
    .where('c.kind', 'in', [...MAY_PASS])
    .where((eb) => eb.or([anyOf('c.visit', visits), anyOf('c.pass', passes)]))
    .where(sql<SqlBool>`not (c.key = any(${still}::text[]))`)
    .orderBy('c.foundAt')
    .limit(LIMIT)
    .execute();
  for (const { id, kind } of whole) {
    const at = new Date(now);
    const row = {
      contradiction: id,
      command: newId(now),
      how: 'later' as const,
      byId: null,
      byName: null,
      note: '',
      at,
    };
    await trx.insertInto('contradictionAnswers').values(row).execute();
    await tell(trx, 'settled', id, kind, now);
  }
}

const tell = (trx: Trx, type: 'found' | 'settled', id: string, kind: string, now: number) =>
  emit(trx, { entity: 'contradiction', type, data: { id, kind }, at: new Date(now) });

const views = (db: Queries) =>
  db
    .selectFrom('contradictions as c')
    .leftJoin('contradictionAnswers as a', 'a.contradiction', 'c.id')
    .leftJoin('visits as v', 'v.id', 'c.visit')
    .leftJoin('visitors as p', 'p.id', 'v.visitor')
    .leftJoin('permits as k', 'k.id', 'c.permit')
    .leftJoin('vehiclePasses as f', 'f.pass', 'c.pass')
    .select(['c.id', 'c.kind', 'c.foundAt', 'c.sides', 'v.id as visit', 'v.number'])
    .select(['a.how', 'a.byId', 'a.byName', 'a.note', 'a.at as settledAt'])
    .select((eb) => eb.fn.coalesce('p.name', 'k.name', 'f.plate').as('about'));
type Row = Awaited<ReturnType<ReturnType<typeof views>['executeTakeFirstOrThrow']>>;

const viewOf = ({ id, kind, foundAt, sides, visit, number, about, ...a }: Row): Contradiction => ({
  ...{ id, kind, sides, visit, number, about, foundAt: iso(foundAt.getTime()) },
  settled: a.how &&
    a.settledAt && {
      ...{ how: a.how, at: iso(a.settledAt.getTime()), note: a.note ?? '' },
      by: a.byId === null ? null : { id: a.byId, name: a.byName ?? '' },
    },
});

/** The open ones first, the newest of them on top; then what was settled in the last thirty days. */
export async function listContradictions(db: Queries, now: number): Promise<Contradiction[]> {
  const rows = await views(db)
    .where((eb) => eb.or([eb('a.at', 'is', null), eb('a.at', '>', new Date(now - SHOWN_MS))]))
    .orderBy(sql`a.at is not null`)
    .orderBy('c.foundAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map(viewOf);
}

/** @returns the task with the answer that counts: the first one */
export function settleContradiction(
  { db, clock }: GateContext,
  actor: Actor,
  { command, contradiction, answer, note }: SettleContradiction,
): Promise<Contradiction> {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'a person says what was right');
  const now = clock.now();
  return db.tx(async (trx) => {
    const task = await trx
      .selectFrom('contradictions')
      .select(['id', 'kind'])
      .where('id', '=', contradiction)
      .executeTakeFirst();
    if (!task) throw new AppError('notFound', 'no such contradiction');
    const row = { contradiction, command, how: answer, byId: actor.id, byName: actor.name, note, at: new Date(now) };
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('contradictionAnswers')
      .values(row)
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) await tell(trx, 'settled', contradiction, task.kind, now);
    return viewOf(await views(trx).where('c.id', '=', contradiction).executeTakeFirstOrThrow());
  });
}
