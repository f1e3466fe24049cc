import { type Kysely, sql } from 'kysely';

/** What was planned, and from when; a retired place gives its code back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.place_changes (
    position bigint generated always as identity primary key,
    place uuid not null,
    kind text not null check (kind in ('post', 'route')),
    body json,
    actor json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create index place_changes_place on drills.place_changes (place, at)`.execute(db);
  await sql`revoke update, delete on drills.place_changes from anyuan_drills`.execute(db);
  await sql`alter table drills.posts drop constraint posts_code_hash_key`.execute(db);
  await sql`create unique index posts_code on drills.posts (code_hash) where retired_at is null`.execute(db);
}
