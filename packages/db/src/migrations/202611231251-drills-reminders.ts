import { type Kysely, sql } from 'kysely';

/** The proof that a drill was announced once for each date that it was put on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.reminders (
    drill uuid not null references drills.drills,
    date date not null,
    at timestamptz not null,
    primary key (drill, date)
  )`.execute(db);
  await sql`revoke update, delete on drills.reminders from anyuan_drills`.execute(db);
}
