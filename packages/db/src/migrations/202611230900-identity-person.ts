import { type Kysely, sql } from 'kysely';

/** Ties a log-in to the school's person, whose name stands in rosters, drills and certificates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table identity."user" add column person text`.execute(db);
}
