/**
 * People brought in from a sheet by the administrator (E2). What was looked at is what is brought in: its seal is compared under
 * the lock that every import takes. Each import is on record with what stood before it, and is taken back as a whole or not at
 * all: not once one of its people was changed by hand or by a later import, nor once a new one has anything on record.
 */
import { Buffer } from 'node:buffer';
import {
  AppError,
  type ImportPeople,
  newId,
  type PeopleImport,
  type PeopleImported,
  type PeopleRead,
  type PeopleSheet,
  type PeopleUndone,
  type PersonActor,
  type PersonInSheet,
} from '@anyuan/contracts';
import { lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import { type Queries, recordedBy, type TrainingContext, type Trx } from './context.ts';
import { told } from './imports/rows.ts';
import { MANY } from './people.ts';
import { readPeople, type Standing } from './people-sheet.ts';

/** Imports, this one and the one at start, take turns. */
const LOCK = 'import people';
const SHOWN = 10;
/** Within the number of parameters that one statement takes. */
const AT_ONCE = 1_000;

const bytesOf = ({ base64 }: PeopleSheet) => Buffer.from(base64, 'base64');

export async function checkPeople({ db }: TrainingContext, sheet: PeopleSheet): Promise<PeopleRead> {
  return readPeople(bytesOf(sheet), await standing(db.kysely));
}

async function standing(db: Queries): Promise<Standing> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'roles', 'phone', 'employedFrom', 'leftOn'])
    .orderBy('id')
    .limit(MANY)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export function importSheet(
  { db, clock }: TrainingContext,
  by: PersonActor,
  { id, seal, ...sheet }: ImportPeople,
): Promise<PeopleImported> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, LOCK);
    const known = await importOf(trx, id);
    if (known) return { result: 'imported', import: known };
    const read = await readPeople(bytesOf(sheet), await standing(trx));
    if (read.result === 'refused') return read;
    if (read.seal !== seal) return { result: 'moved', now: read };
    const { add, change } = read;
    const people = [...add, ...change].map(({ person }) => person);
    if (people.length === 0) throw new AppError('badInput', 'nobody to import');
    const at = new Date(clock.now());
    const stamp = recordedBy(by, at);
    await trx
      .insertInto('peopleImports')
      .values({ id, added: add.length, changed: change.length, ...stamp })
      .execute();
    await keepBefore(trx, id, people);
    for (const some of chunks(people)) {
      await trx
        .insertInto('people')
        .values(some.map((person) => ({ ...person, cardHash: null, editedAt: at })))
        .onConflict((c) =>
          c.column('id').doUpdateSet((eb) => ({
            ...{ name: eb.ref('excluded.name'), roles: eb.ref('excluded.roles'), phone: eb.ref('excluded.phone') },
            ...{ employedFrom: eb.ref('excluded.employedFrom'), leftOn: eb.ref('excluded.leftOn') },
            editedAt: eb.ref('excluded.editedAt'),
          })),
        )
        .execute();
    }
    await onRecord(
      trx,
      people.map((person) => person.id),
      { import: id, type: 'imported', by, at },
    );
    const made = await importOf(trx, id);
    if (!made) throw new AppError('internal', 'an import that was just made');
    return { result: 'imported', import: made };
  });
}

export function undoImport({ db, clock }: TrainingContext, by: PersonActor, id: string): Promise<PeopleUndone> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, LOCK);
    const known = await importOf(trx, id);
    if (!known) throw new AppError('notFound', 'no such import');
    if (known.undoneAt) return { result: 'undone', import: known };
    const changed = await changedSince(trx, id);
    if (changed.length > 0) return { result: 'changedSince', people: changed };
    const at = new Date(clock.now());
    const { rows } = await sql<{ person: string }>`
      select person from people_import_rows where import = ${id} order by person limit ${MANY}`.execute(trx);
    await sql`
      update people set name = b.name, roles = b.roles, phone = b.phone, employed_from = b."employedFrom",
        left_on = b."leftOn", edited_at = b."editedAt"
      from people_import_rows r, json_to_record(r.before)
        as b(name text, roles text[], phone text, "employedFrom" date, "leftOn" date, "editedAt" timestamptz)
      where r.import = ${id} and r.person = people.id and r.before is not null`.execute(trx);
    await sql`
      delete from people using people_import_rows r
      where r.import = ${id} and r.person = people.id and r.before is null`.execute(trx);
    await trx
      .insertInto('peopleImportUndos')
      .values({ import: id, ...recordedBy(by, at) })
      .execute();
    await onRecord(
      trx,
      rows.map(({ person }) => person),
      { import: id, type: 'importUndone', by, at },
    );
    return { result: 'undone', import: { ...known, undoneAt: iso(at.getTime()) } };
  });
}

/** The latest first. */
export async function imports(db: Queries): Promise<PeopleImport[]> {
  const rows = await views(db).orderBy('i.recordedAt', 'desc').orderBy('i.id', 'desc').limit(SHOWN).execute();
  return rows.map(viewOf);
}

async function importOf(db: Queries, id: string): Promise<PeopleImport | undefined> {
  const row = await views(db).where('i.id', '=', id).executeTakeFirst();
  return row && viewOf(row);
}

const views = (db: Queries) =>
  db
    .selectFrom('peopleImports as i')
    .leftJoin('peopleImportUndos as u', 'u.import', 'i.id')
    .select(['i.id', 'i.recordedAt', 'i.recordedName', 'i.added', 'i.changed', 'u.recordedAt as undoneAt']);

function viewOf(row: {
  id: string;
  recordedAt: Date;
  recordedName: string;
  added: number;
  changed: number;
  undoneAt: Date | null;
}): PeopleImport {
  const { id, recordedAt, recordedName, added, changed, undoneAt } = row;
  return {
    ...{ id, at: iso(recordedAt.getTime()), by: recordedName, added, changed },
    undoneAt: undoneAt && iso(undoneAt.getTime()),
  };
}

async function keepBefore(trx: Trx, id: string, people: readonly PersonInSheet[]): Promise<void> {
  const ids = people.map((person) => person.id);
  await sql`
    insert into people_import_rows (import, person, before)
    select ${id}, given, case when p.id is null then null else json_build_object(
      'name', p.name, 'roles', p.roles, 'phone', p.phone, 'employedFrom', p.employed_from, 'leftOn', p.left_on,
      'editedAt', p.edited_at) end
    from unnest(${ids}::text[]) as given left join people p on p.id = given`.execute(trx);
}

/** Who was changed by anything but this import, or is new by it and has something on record already. */
async function changedSince(trx: Trx, id: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name
    from people_import_rows r join people_imports i on i.id = r.import join people p on p.id = r.person
    where r.import = ${id} and (p.edited_at is distinct from i.recorded_at or (r.before is null and (
      exists (select from certificates where person = p.id) or exists (select from vettings where person = p.id)
      or exists (select from filings where person = p.id) or exists (select from attendances where person = p.id)
      or exists (select from shift_guards where person = p.id) or exists (select from equipment where person = p.id)
      or exists (select from classes where teacher = p.id))))
    order by p.name, p.id limit 20 for update of p`.execute(trx);
  return rows;
}

/** Each person's record names the import; others are told once that people changed. */
async function onRecord(
  trx: Trx,
  people: readonly string[],
  { import: id, type, by, at }: { import: string; type: 'imported' | 'importUndone'; by: PersonActor; at: Date },
): Promise<void> {
  const line = { at, entity: 'person', type, data: JSON.stringify({ import: id }), actorId: by.id, actorName: by.name };
  for (const some of chunks(people))
    await trx
      .insertInto('changes')
      .values(some.map((entityId) => ({ id: newId(at.getTime()), entityId, ...line })))
      .execute();
  await told(trx, 'person', people.length, at.getTime());
}

function chunks<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < list.length; from += AT_ONCE) parts.push(list.slice(from, from + AT_ONCE));
  return parts;
}
