import { type Kysely, sql } from 'kysely';

/** Each import by a person, what stood before it, and that it was taken back: none of it is ever changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const by = sql`recorded_id text not null, recorded_name text not null, recorded_at timestamptz not null`;
  await sql`create table training.people_imports (
    id uuid primary key,
    added integer not null,
    changed integer not null,
    ${by}
  )`.execute(db);
  await sql`create table training.people_import_rows (
    import uuid not null references training.people_imports,
    person text not null,
    before json,
    primary key (import, person)
  )`.execute(db);
  await sql`create table training.people_import_undos (
    import uuid primary key references training.people_imports,
    ${by}
  )`.execute(db);
  for (const table of ['people_imports', 'people_import_rows', 'people_import_undos'])
    await sql`revoke update, delete on ${sql.table(`training.${table}`)} from anyuan_training`.execute(db);
}
