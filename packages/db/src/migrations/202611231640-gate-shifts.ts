import { type Kysely, sql } from 'kysely';

/** What proves who stood where; only added to. */
const PROOF = ['shift_begins', 'shift_checks', 'shift_ends', 'closed_points', 'duty_notes', 'duty_changes'];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.roster (
    id uuid primary key,
    gate text not null,
    gate_name text not null,
    date date not null,
    from_time text not null,
    to_time text not null,
    kind text not null,
    guards json not null,
    removed boolean not null,
    told_at timestamptz not null
  )`.execute(db);
  await sql`create index roster_date on gate.roster (date)`.execute(db);
  await sql`create table gate.cover_rules (
    gate text primary key,
    name text not null,
    always boolean not null default true
  )`.execute(db);
  await sql`create table gate.cover_policy (
    school boolean primary key default true check (school),
    grace_minutes integer not null check (grace_minutes between 1 and 240)
  )`.execute(db);
  await sql`insert into gate.cover_policy (grace_minutes) values (10)`.execute(db);
  const decided = sql.raw(`gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null`);
  await sql`create table gate.shift_begins (
    shift uuid primary key,
    planned uuid,
    reason text,
    proof text not null check (proof in ('pin', 'cardAndPin', 'demo')),
    ${decided}
  )`.execute(db);
  await sql`create index shift_begins_at on gate.shift_begins (gate, at)`.execute(db);
  await sql`create table gate.shift_checks (
    id uuid primary key,
    shift uuid not null,
    checks json not null,
    ${decided}
  )`.execute(db);
  await sql`create index shift_checks_at on gate.shift_checks (gate, at)`.execute(db);
  await sql`create index shift_checks_shift on gate.shift_checks (shift)`.execute(db);
  await sql`create table gate.shift_ends (
    id uuid primary key,
    shift uuid not null unique,
    how text not null check (how in ('handedOver', 'notRelieved')),
    incoming json,
    next uuid,
    notes json not null,
    shown json not null,
    hash text not null,
    ${decided}
  )`.execute(db);
  await sql`create table gate.closed_points (
    command uuid primary key,
    checks uuid not null,
    check_kind text not null,
    note text not null,
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create index closed_points_checks on gate.closed_points (checks)`.execute(db);
  await sql`create table gate.duty_people (
    date date not null,
    duty_window text not null check (duty_window in ('arrival', 'dismissal', 'day')),
    role text not null check (role in ('leader', 'teacher')),
    people json not null,
    primary key (date, duty_window, role)
  )`.execute(db);
  await sql`create table gate.duty_changes (
    command uuid primary key,
    date date not null,
    duty_window text not null,
    role text not null,
    people json not null,
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table gate.duty_notes (
    id uuid primary key,
    gate text not null,
    date date not null,
    text text not null,
    by json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create index duty_notes_date on gate.duty_notes (date, gate)`.execute(db);
  await sql`create table gate.heard_incidents (
    incident uuid primary key,
    kind text not null,
    mode text not null,
    gate text,
    at timestamptz not null
  )`.execute(db);
  await sql`create index heard_incidents_at on gate.heard_incidents (at)`.execute(db);
  await sql`create table gate.staff_pins (
    person text primary key,
    pin text not null,
    set_by json not null,
    set_at timestamptz not null
  )`.execute(db);
  await sql`create index visits_admitted_gate on gate.visits (gate, admitted_at)`.execute(db);
  for (const table of PROOF) await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
}
