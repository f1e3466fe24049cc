import { type Kysely, sql } from 'kysely';

/** In which shape the roster was last told as a whole to those who follow it. No row: never. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table training.roster_told (
    school boolean primary key default true check (school),
    shape integer not null
  )`.execute(db);
}
