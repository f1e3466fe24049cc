/**
 * The school's people, and the signed list of them that every gate holds. An import is the whole truth: whoever is not in
 * it can be neither visited nor let stand an alarm down, at each gate with the next list. Card numbers and PINs are never
 * stored; a PIN that stays the same keeps its hash, so that an import without changes changes nothing.
 */
import type { Role, StaffList } from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction, type SearchKey } from '@anyuan/db';
import { hashPassword, passwordHolds } from '@anyuan/service';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { pinyin } from 'pinyin-pro';

export interface ImportedPerson {
  id: string;
  name: string;
  role: Role;
  department: string;
  title: string;
  host: boolean;
  mayStandDown: boolean;
  phone?: string;
  /** As the reader gives it: ten hex digits. */
  cardNumber?: string;
  /** Of a guard's shift. */
  pin?: string;
}

type Row = Selectable<GateTables['staff']>;

export async function importStaff(
  trx: Transaction<GateTables>,
  people: readonly ImportedPerson[],
  keys: { card: SearchKey },
  now = Date.now(),
): Promise<void> {
  await lockInTransaction(trx, 'import');
  const standing = new Map((await staffRows(trx)).map((row) => [row.id, row]));
  const rows: Row[] = [];
  for (const person of people) rows.push(await rowOf(person, keys.card, standing.get(person.id)));
  if (rows.length === standing.size && rows.every((row) => sameRow(row, standing.get(row.id)))) return;
  // A card may have changed hands: nobody is left with it while the new rows go in.
  await trx.deleteFrom('staff').execute();
  for (let from = 0; from < rows.length; from += 1_000)
    await trx
      .insertInto('staff')
      .values(rows.slice(from, from + 1_000))
      .execute();
  await raiseStaffVersion(trx, now);
  await emit(trx, { entity: 'staff', type: 'imported', data: { people: rows.length }, at: new Date(now) });
}

export async function raiseStaffVersion(trx: Transaction<GateTables>, now: number): Promise<void> {
  await trx
    .updateTable('listVersion')
    // Made of time, so that it rises even after a backup was restored.
    .set((eb) => ({ version: eb.fn<number>('greatest', [eb('version', '+', 1), eb.val(now)]) }))
    .where('list', '=', 'staff')
    .execute();
}

async function rowOf(person: ImportedPerson, cards: SearchKey, before: Row | undefined): Promise<Row> {
  const { cardNumber, pin, phone, ...rest } = person;
  const kept = pin && before?.pin && (await passwordHolds(before.pin, pin)) ? before.pin : undefined;
  return {
    ...rest,
    phone: phone ?? null,
    pinyin: spelt(person.name, 'pinyin'),
    initials: spelt(person.name, 'first'),
    cardHash: cardNumber ? cards.hash(cardNumber.toUpperCase()) : null,
    pin: pin ? (kept ?? (await hashPassword(pin))) : null,
  };
}

/** One for each Hanzi and each run of other letters: surnames in their surname reading (单 shan, 尉迟 yuchi), ü as v. */
export const syllables = (name: string, pattern: 'pinyin' | 'first'): string[] =>
  pinyin(name, { surname: 'head', toneType: 'none', type: 'array', v: true, pattern, nonZh: 'consecutive' });

export const spelt = (name: string, pattern: 'pinyin' | 'first'): string =>
  syllables(name, pattern)
    .join('')
    .toLowerCase()
    .replace(/[\s·.]/g, '');

const sameRow = (row: Row, before: Row | undefined): boolean =>
  before !== undefined && Object.entries(row).every(([column, value]) => Reflect.get(before, column) === value);

const staffRows = (db: Kysely<GateTables>): Promise<Row[]> =>
  db
    .selectFrom('staff')
    .select([
      'id',
      'name',
      'role',
      'department',
      'title',
      'pinyin',
      'initials',
      'phone',
      'host',
      'cardHash',
      'pin',
      'mayStandDown',
    ])
    .orderBy('pinyin')
    .orderBy('id')
    .limit(20_000)
    .execute();

export async function staffVersion(db: Kysely<GateTables>): Promise<number> {
  const row = await db.selectFrom('listVersion').select('version').where('list', '=', 'staff').executeTakeFirst();
  return row?.version ?? 0;
}

export function loadStaff(db: Kysely<GateTables>): Promise<{ version: number; body: StaffList }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const set = await trx.selectFrom('staffPins').select(['person', 'pin']).limit(20_000).execute();
      const own = new Map(set.map(({ person, pin }) => [person, pin]));
      const people = (await staffRows(trx)).map(({ phone, cardHash, pin: imported, ...person }) => {
        const pin = own.get(person.id) ?? imported;
        return {
          ...person,
          ...(phone ? { phone } : {}),
          ...(cardHash ? { cardHash } : {}),
          ...(pin ? { pin } : {}),
        };
      });
      return { version: await staffVersion(trx), body: { people } };
    });
}
