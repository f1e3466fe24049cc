import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.permits (
    id uuid primary key,
    kind text not null,
    name text not null,
    firm text not null,
    card_hash text unique,
    card_last4 text,
    valid_from date not null,
    valid_to date not null,
    days int[] not null,
    from_time text not null,
    to_time text not null,
    gates text[] not null,
    suspended_at timestamptz,
    suspended_reason text,
    changed_at timestamptz not null,
    changed_by_id text not null,
    changed_by_name text not null
  )`.execute(db);
  await sql`create table gate.permit_plates (
    plate text primary key,
    permit uuid not null references gate.permits
  )`.execute(db);
  await sql`create index permit_plates_permit on gate.permit_plates (permit)`.execute(db);
  await sql`create table gate.permit_changes (
    command uuid primary key,
    permit uuid not null references gate.permits,
    act text not null,
    at timestamptz not null,
    by_id text not null,
    by_name text not null,
    reason text,
    terms json
  )`.execute(db);
  await sql`create index permit_changes_permit on gate.permit_changes (permit, at)`.execute(db);
  await sql`create table gate.permit_taps (
    tap uuid primary key,
    permit uuid,
    outcome text not null,
    refusal text,
    card_last4 text,
    card_hash text,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    list_as_of timestamptz,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index permit_taps_permit on gate.permit_taps (permit, at)`.execute(db);
  await sql`create index permit_taps_strange on gate.permit_taps (received_at) where card_hash is not null`.execute(db);
  await sql`insert into gate.list_version (list, version) values ('permits', 0)`.execute(db);
  for (const table of ['permit_changes', 'permit_taps']) {
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
  }
}
