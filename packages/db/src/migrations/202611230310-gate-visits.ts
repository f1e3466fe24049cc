import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.visitors (
    id uuid primary key,
    document text not null,
    name text not null,
    sex text not null,
    birth_date date,
    id_number bytea,
    id_hash text unique,
    id_last4 text,
    phone bytea
  )`.execute(db);
  await sql`create table gate.visits (
    id uuid primary key,
    number text not null,
    visitor uuid not null references gate.visitors,
    status text not null check (status in ('onSite', 'left', 'refused')),
    reason text,
    note text,
    host json,
    security json,
    refusal text,
    items json not null,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    admitted_at timestamptz not null,
    left_at timestamptz,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index visits_admitted on gate.visits (admitted_at)`.execute(db);
  await sql`create index visits_on_site on gate.visits (admitted_at) where status = 'onSite'`.execute(db);
  await sql`create index visits_visitor on gate.visits (visitor, admitted_at)`.execute(db);
  await sql`create table gate.sign_outs (
    command uuid primary key,
    visit uuid not null,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index sign_outs_visit on gate.sign_outs (visit)`.execute(db);
  await sql`create table gate.access_log (
    id uuid primary key,
    at timestamptz not null,
    visit uuid not null,
    actor_id text not null,
    actor_name text not null,
    purpose text not null
  )`.execute(db);
  await sql`create table gate.staff (
    id text primary key,
    name text not null,
    role text not null,
    department text not null,
    title text not null,
    pinyin text not null,
    initials text not null,
    phone text,
    host boolean not null,
    card_hash text unique,
    pin text,
    may_stand_down boolean not null
  )`.execute(db);
  await sql`create table gate.list_version (list text primary key, version bigint not null)`.execute(db);
  await sql`insert into gate.list_version (list, version) values ('staff', 0)`.execute(db);
  for (const table of ['sign_outs', 'access_log']) {
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
  }
}
