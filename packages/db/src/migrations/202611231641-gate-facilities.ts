import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.facilities (
    id uuid primary key,
    gate text not null,
    kind text not null check (kind in ('barrier', 'bollards', 'speedBump', 'waitingArea', 'sign')),
    place text not null,
    count integer not null check (count > 0),
    distance_m integer not null check (distance_m between 0 and 50),
    every_months integer not null check (every_months between 1 and 24),
    recorded_at timestamptz not null,
    retired_at timestamptz
  )`.execute(db);
  await sql`create table gate.facility_looks (
    id uuid primary key,
    facility uuid not null references gate.facilities,
    condition text not null check (condition in ('ok', 'damaged', 'missing')),
    note text not null,
    hazard uuid,
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create index facility_looks_facility on gate.facility_looks (facility, at)`.execute(db);
  await sql`create table gate.facility_changes (
    id uuid primary key,
    facility uuid not null references gate.facilities,
    type text not null,
    data json not null,
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table gate.facility_photos (
    id uuid primary key,
    facility uuid not null references gate.facilities,
    type text not null check (type in ('image/jpeg', 'image/png')),
    bytes bytea not null check (octet_length(bytes) <= 307200),
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create index facility_photos_facility on gate.facility_photos (facility, at)`.execute(db);
  for (const table of ['facility_looks', 'facility_changes', 'facility_photos'])
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
}
