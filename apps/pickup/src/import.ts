/**
 * The school's families, all or nothing. An import is the whole truth about children, guardians, rules and bars. Of cards
 * it says which exist: a card that is known already keeps its state (an import must not bring a lost card back to life),
 * one that is no longer named expires. Numbers are turned into keyed hashes here and never stored.
 */
import { type Child, newId, type PickupList } from '@anyuan/contracts';
import { emit, lockInTransaction, type PickupTables, type SearchKey } from '@anyuan/db';
import { type Insertable, sql, type Transaction } from 'kysely';
import { loadListIn, raiseVersion } from './school-list.ts';

export interface ImportedSchool {
  children: readonly Child[];
  guardians: readonly {
    id: string;
    name: string;
    relation: string;
    sex: 'male' | 'female' | 'unknown';
    /** Lets this adult show the ID card in place of a forgotten pickup card. */
    idNumber?: string;
  }[];
  cards: readonly {
    /** As the reader gives it: ten hex digits. */
    number: string;
    /** The last four digits printed on the card. */
    last4: string;
    guardian: string;
    status: 'active' | 'lost' | 'expired';
    lostAt?: string;
    lostBy?: string;
  }[];
  rules: PickupList['rules'];
  bars: PickupList['bars'];
}

type Trx = Transaction<PickupTables>;

export async function importSchool(
  trx: Trx,
  school: ImportedSchool,
  keys: { card: SearchKey },
  now = Date.now(),
): Promise<void> {
  await lockInTransaction(trx, 'import');
  const before = JSON.stringify(await loadListIn(trx));
  await trx.deleteFrom('bars').execute();
  await trx.deleteFrom('rules').execute();
  await trx.deleteFrom('children').execute();
  await insert(
    school.children.map(({ teacher, ...child }) => ({ ...child, teacherId: teacher.id, teacherName: teacher.name })),
    (rows) => trx.insertInto('children').values(rows).execute(),
  );
  await importGuardians(trx, school, keys.card);
  await importCards(trx, school, keys.card, now);
  await trx
    .deleteFrom('guardians')
    .where(
      noneOf(
        'id',
        school.guardians.map((g) => g.id),
      ),
    )
    .where('id', 'not in', (eb) => eb.selectFrom('cards').select('guardian'))
    .execute();
  await insert(
    school.rules.map(({ from, to, validFrom = null, validTo = null, ...rule }) => ({
      ...rule,
      fromTime: from,
      toTime: to,
      validFrom,
      validTo,
    })),
    (rows) => trx.insertInto('rules').values(rows).execute(),
  );
  await insert(school.bars, (rows) => trx.insertInto('bars').values(rows).execute());
  if (JSON.stringify(await loadListIn(trx)) === before) return;
  await raiseVersion(trx, now);
  await emit(trx, {
    entity: 'school',
    type: 'imported',
    data: { children: school.children.length },
    at: new Date(now),
  });
}

async function importGuardians(trx: Trx, school: ImportedSchool, key: SearchKey): Promise<void> {
  await insert(
    school.guardians.map(({ idNumber, ...guardian }) => ({
      ...guardian,
      idHash: idNumber ? key.hash(idNumber.toUpperCase()) : null,
    })),
    (rows) =>
      trx
        .insertInto('guardians')
        .values(rows)
        .onConflict((c) =>
          c.column('id').doUpdateSet((eb) => ({
            name: eb.ref('excluded.name'),
            relation: eb.ref('excluded.relation'),
            sex: eb.ref('excluded.sex'),
            idHash: eb.ref('excluded.idHash'),
          })),
        )
        .execute(),
  );
}

async function importCards(trx: Trx, school: ImportedSchool, key: SearchKey, now: number): Promise<void> {
  const rows: Insertable<PickupTables['cards']>[] = school.cards.map(({ number, lostAt, lostBy = null, ...card }) => ({
    ...card,
    id: newId(now),
    hash: key.hash(number.toUpperCase()),
    lostAt: lostAt ? new Date(lostAt) : null,
    lostBy,
  }));
  await trx
    .updateTable('cards')
    .set({ status: 'expired' })
    .where(
      noneOf(
        'hash',
        rows.map((row) => row.hash),
      ),
    )
    .execute();
  await insert(rows, (some) =>
    trx
      .insertInto('cards')
      .values(some)
      .onConflict((c) =>
        c
          .column('hash')
          .doUpdateSet((eb) => ({ last4: eb.ref('excluded.last4'), guardian: eb.ref('excluded.guardian') })),
      )
      .execute(),
  );
}

/** One array, however many values: a statement takes 65,535 parameters at most. */
const noneOf = (column: string, values: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} <> all(${[...values]}::text[])`;

/** Within the number of parameters that one statement takes. */
async function insert<Row>(rows: readonly Row[], some: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += 1_000) await some(rows.slice(from, from + 1_000));
}
