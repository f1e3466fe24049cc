/**
 * Rows of the watchlist. A name leaves this file in clear only by `opened`, whose look stands in the same transaction, so
 * that no route can forget it; in every other shape it is covered (promise 6).
 */
import {
  newId,
  type PersonActor,
  type PersonRef,
  permissionsOf,
  schoolDate,
  type WatchDetail,
  type WatchIdentity,
  type WatchLine,
  type WatchLook,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { GateKeys } from './config.ts';

export type Trx = Transaction<GateTables>;
export type Entry = Selectable<GateTables['watchEntries']>;
type Seen = 'whole' | 'responder';

const LIMIT = 500;
const LOOKS = 300;

export function sealPerson(keys: GateKeys, row: string, person: WatchIdentity): Buffer {
  return keys.id.encrypt(JSON.stringify(person), { table: 'gate.watch_entries', row, column: 'person' });
}
export const openPerson = (keys: GateKeys, entry: Pick<Entry, 'id' | 'person'>): WatchIdentity =>
  JSON.parse(keys.id.decrypt(entry.person, { table: 'gate.watch_entries', row: entry.id, column: 'person' }));

/** 鲁＊＊: enough to tell two lines apart. */
const cover = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '＊'.repeat(Math.min(2, rest.length));
};

/** Is this person named as one who may see it? */
export function seenBy(actor: PersonActor, entry: Entry): Seen | null {
  const named = (people: readonly PersonRef[]) => people.some(({ id }) => id === actor.id);
  if (permissionsOf(actor).includes('watchlist.read') || entry.madeById === actor.id || named(entry.readers))
    return 'whole';
  return named(entry.responders) ? 'responder' : null;
}

export const entryRow = (db: Kysely<GateTables>, id: string): Promise<Entry | undefined> =>
  db.selectFrom('watchEntries').selectAll().where('id', '=', id).executeTakeFirst();

/** The newest first. */
export const entryRows = (db: Kysely<GateTables>): Promise<Entry[]> =>
  db.selectFrom('watchEntries').selectAll().orderBy('madeAt', 'desc').orderBy('id').limit(LIMIT).execute();

export function stateOf({ withdrawnAt, validFrom, validUntil }: Entry, now: number): WatchLine['state'] {
  if (withdrawnAt) return 'withdrawn';
  const today = schoolDate(now);
  if (today < validFrom) return 'coming';
  return today > validUntil ? 'over' : 'on';
}

function lineOf(keys: GateKeys, entry: Entry, seen: Seen, lastHitAt: Date | undefined, now: number): WatchLine {
  const { id, source, reason, action, instruction, validFrom, validUntil, responders } = entry;
  return {
    ...{ entry: id, source, action, instruction, validFrom, validUntil, responders },
    covered: cover(openPerson(keys, entry).name),
    reason: seen === 'whole' ? reason : null,
    state: stateOf(entry, now),
    lastHitAt: lastHitAt ? iso(lastHitAt.getTime()) : null,
  };
}

async function lastHits(trx: Trx): Promise<Map<string, Date>> {
  const rows = await trx
    .selectFrom('watchHits')
    .select(['entry', (eb) => eb.fn.max('at').as('at')])
    .groupBy('entry')
    .limit(LIMIT)
    .execute();
  return new Map(rows.map((row) => [row.entry, row.at]));
}

/** Those that name the asker, with his look on record. */
export async function listed(trx: Trx, keys: GateKeys, actor: PersonActor, now: number): Promise<WatchLine[]> {
  const hits = await lastHits(trx);
  const lines = (await entryRows(trx)).flatMap((entry) => {
    const seen = seenBy(actor, entry);
    return seen ? [lineOf(keys, entry, seen, hits.get(entry.id), now)] : [];
  });
  if (lines.length > 0) await addLook(trx, actor, 'listed', null, now);
  return lines;
}

/** One entry in clear, with the look on record; undefined for whoever it does not name. */
export async function opened(
  trx: Trx,
  keys: GateKeys,
  actor: PersonActor,
  id: string,
  now: number,
): Promise<WatchDetail | undefined> {
  const entry = await entryRow(trx, id);
  const seen = entry && seenBy(actor, entry);
  if (!entry || !seen) return undefined;
  await addLook(trx, actor, 'opened', id, now);
  const person = openPerson(keys, entry);
  const history = await trx
    .selectFrom('watchHistory')
    .select(['at', 'byId', 'byName', 'type', 'why', 'fields'])
    .where('entry', '=', id)
    .orderBy('position', 'desc')
    .limit(LIMIT)
    .execute();
  const whole = seen === 'whole';
  return {
    ...lineOf(keys, entry, seen, (await lastHits(trx)).get(id), now),
    version: entry.version,
    name: person.name,
    birthDate: person.birthDate ?? null,
    idLast4: person.idNumber?.slice(-4) ?? null,
    readers: whole ? entry.readers : [],
    madeBy: { id: entry.madeById, name: entry.madeByName },
    madeAt: iso(entry.madeAt.getTime()),
    mayWrite: permissionsOf(actor).includes('watchlist.write'),
    cleared: (await clearedPairs(trx)).get(id)?.length ?? 0,
    // Reasons of a change may tell why somebody is on the list.
    history: whole
      ? history.map(({ at, byId, byName, ...rest }) => ({
          ...rest,
          at: iso(at.getTime()),
          by: { id: byId, name: byName },
        }))
      : [],
  };
}

export async function addLook(
  trx: Trx,
  by: PersonRef,
  what: WatchLook['what'],
  entry: string | null,
  now: number,
): Promise<void> {
  const row = { id: newId(now), at: new Date(now), byId: by.id, byName: by.name, what, entry };
  await trx.insertInto('watchLooks').values(row).execute();
}

/** The newest looks; the last proof of who knew. */
export async function looks(db: Kysely<GateTables>, keys: GateKeys): Promise<WatchLook[]> {
  const rows = await db
    .selectFrom('watchLooks')
    .leftJoin('watchEntries', 'watchEntries.id', 'watchLooks.entry')
    .select(['watchLooks.at', 'byId', 'byName', 'what', 'watchLooks.entry', 'watchEntries.id', 'watchEntries.person'])
    .orderBy('position', 'desc')
    .limit(LOOKS)
    .execute();
  return rows.map(({ at, byId, byName, what, entry, id, person }) => ({
    at: iso(at.getTime()),
    by: { id: byId, name: byName },
    what,
    entry,
    covered: id && person ? cover(openPerson(keys, { id, person }).name) : null,
  }));
}

/** Persons of whom the last word is "no", by entry. A later answer counts again. */
export async function clearedPairs(db: Kysely<GateTables>): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('watchAnswers')
    .innerJoin('watchHits', 'watchHits.id', 'watchAnswers.hit')
    .distinctOn(['watchHits.entry', 'watchHits.person'])
    .select(['watchHits.entry', 'watchHits.person', 'watchAnswers.answer'])
    .where('watchHits.person', 'is not', null)
    .orderBy('watchHits.entry')
    .orderBy('watchHits.person')
    .orderBy('watchAnswers.at', 'desc')
    .orderBy('watchAnswers.position', 'desc')
    .limit(20_000)
    .execute();
  const pairs = new Map<string, string[]>();
  for (const { entry, person, answer } of rows)
    if (answer === 'no' && person) pairs.set(entry, [...(pairs.get(entry) ?? []), person]);
  return pairs;
}

export async function raiseListVersion(trx: Trx, now: number): Promise<void> {
  await trx
    .updateTable('listVersion')
    // Made of time, so that it rises even after a backup was restored.
    .set((eb) => ({ version: eb.fn<number>('greatest', [eb('version', '+', 1), eb.val(now)]) }))
    .where('list', '=', 'watchlist')
    .execute();
}

/** @throws AppError `badInput` for an id that is nobody of this school */
export async function staffRefs(db: Kysely<GateTables>, ids: readonly string[]): Promise<PersonRef[] | undefined> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const found = await db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('id', 'in', wanted)
    .orderBy('pinyin')
    .limit(wanted.length)
    .execute();
  return found.length === wanted.length ? found : undefined;
}
