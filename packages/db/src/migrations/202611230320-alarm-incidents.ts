import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table alarm.devices (
    device text primary key,
    kind text not null,
    name text not null,
    zone text not null,
    zone_name text not null,
    gate text,
    answers boolean not null
  )`.execute(db);
  await sql`create table alarm.incidents (
    incident uuid primary key,
    mode text not null check (mode in ('actual', 'exercise', 'test')),
    kind text not null,
    action text not null,
    audibility text not null,
    raise json not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index incidents_received on alarm.incidents (received_at)`.execute(db);
  await sql`create table alarm.history (
    seq bigint generated always as identity primary key,
    incident uuid not null,
    key text not null,
    at timestamptz not null,
    type text not null,
    actor json,
    device text,
    detail json not null,
    unique (incident, key)
  )`.execute(db);
  await sql`create index history_incident on alarm.history (incident, at)`.execute(db);
  await sql`create function alarm.append_only() returns trigger language plpgsql as
    $$ begin raise exception 'history is append-only'; end $$`.execute(db);
  for (const table of ['incidents', 'history']) {
    await sql`create trigger append_only before update or delete or truncate on ${sql.id('alarm', table)}
      for each statement execute function alarm.append_only()`.execute(db);
    await sql`revoke update, delete on ${sql.id('alarm', table)} from anyuan_alarm`.execute(db);
  }
}
