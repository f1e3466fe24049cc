import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.bookings (
    id uuid primary key,
    request uuid unique,
    state text not null check (state in ('waiting', 'approved', 'declined', 'cancelled')),
    revision int not null,
    source text not null check (source in ('host', 'visitor')),
    name text not null,
    initials text not null,
    type text not null,
    reason text not null,
    note text not null,
    host json,
    host_id text,
    wanted json,
    starts timestamptz not null,
    ends timestamptz not null check (ends > starts),
    party int not null check (party between 1 and 99),
    phone bytea,
    phone_last4 text,
    plate text,
    created_at timestamptz not null,
    decided_at timestamptz,
    decided_by json,
    closing text not null,
    check (state <> 'approved' or (host_id is not null and decided_by is not null))
  )`.execute(db);
  await sql`create index bookings_starts on gate.bookings (starts)`.execute(db);
  await sql`create index bookings_host on gate.bookings (host_id, starts)`.execute(db);
  await sql`create index bookings_waiting on gate.bookings (created_at) where state = 'waiting'`.execute(db);
  await sql`create table gate.booking_uses (
    visit uuid primary key,
    booking uuid not null,
    gate text not null,
    at timestamptz not null,
    offline boolean not null,
    doubt text,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index booking_uses_booking on gate.booking_uses (booking, at)`.execute(db);
  await sql`create table gate.booking_log (
    id uuid primary key,
    booking uuid not null,
    at timestamptz not null,
    type text not null,
    actor_id text,
    actor_name text,
    reason text not null
  )`.execute(db);
  await sql`create index booking_log_booking on gate.booking_log (booking, id)`.execute(db);
  await sql`insert into gate.list_version (list, version) values ('bookings', 0)`.execute(db);
  for (const table of ['booking_uses', 'booking_log'])
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
}
