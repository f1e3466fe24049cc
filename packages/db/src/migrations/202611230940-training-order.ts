import { type Kysely, sql } from 'kysely';

/** Two changes within one millisecond keep the order in which they were made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table training.changes add column position bigint generated always as identity`.execute(db);
  await sql`drop index training.changes_entity`.execute(db);
  await sql`create index changes_entity on training.changes (entity, entity_id, position)`.execute(db);
}
