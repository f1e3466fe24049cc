import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const by = sql`recorded_id text not null, recorded_name text not null, recorded_at timestamptz not null`;
  await sql`create table training.people (
    id text primary key,
    name text not null,
    roles text[] not null,
    phone text,
    card_hash text unique,
    employed_from date,
    left_on date,
    edited_at timestamptz
  )`.execute(db);
  await sql`create table training.changes (
    id uuid primary key,
    at timestamptz not null,
    entity text not null,
    entity_id text not null,
    type text not null,
    data json not null,
    actor_id text not null,
    actor_name text not null
  )`.execute(db);
  await sql`create index changes_entity on training.changes (entity, entity_id, at)`.execute(db);
  await sql`create table training.certificates (
    id uuid primary key,
    person text not null references training.people,
    kind text not null,
    number bytea not null,
    last4 text not null,
    issuer text not null,
    issued_on date not null,
    expires_on date check (expires_on >= issued_on),
    supersedes uuid unique references training.certificates,
    ${by}
  )`.execute(db);
  await sql`create index certificates_person on training.certificates (person, kind)`.execute(db);
  await sql`create table training.withdrawals (
    certificate uuid primary key references training.certificates,
    reason text not null,
    ${by}
  )`.execute(db);
  await sql`create table training.scans (
    certificate uuid primary key references training.certificates,
    type text not null,
    bytes bytea not null,
    ${by}
  )`.execute(db);
  await sql`create table training.access_log (
    id uuid primary key,
    at timestamptz not null,
    certificate uuid not null,
    what text not null check (what in ('number', 'scan')),
    actor_id text not null,
    actor_name text not null,
    purpose text not null
  )`.execute(db);
  await sql`create table training.vettings (
    id uuid primary key,
    person text not null references training.people,
    checked_on date not null,
    result text not null check (result in ('clear', 'notClear')),
    checked_by text not null,
    ${by}
  )`.execute(db);
  await sql`create index vettings_person on training.vettings (person, checked_on)`.execute(db);
  await sql`create table training.filings (
    id uuid primary key,
    person text not null references training.people,
    authority text not null check (authority in ('education', 'police')),
    filed_on date not null,
    receipt text not null,
    ${by}
  )`.execute(db);
  await sql`create index filings_person on training.filings (person, authority)`.execute(db);
  await sql`create table training.requirements (
    id text primary key,
    body json not null,
    retired_at timestamptz
  )`.execute(db);
  await sql`create table training.drill_skills (
    id uuid primary key,
    drill uuid not null,
    person text not null,
    skill text not null,
    seconds double precision,
    at timestamptz not null
  )`.execute(db);
  await sql`create index drill_skills_person on training.drill_skills (person, skill, at)`.execute(db);
  await sql`create table training.reminders (
    certificate uuid not null references training.certificates,
    threshold int not null,
    days int not null,
    at timestamptz not null,
    primary key (certificate, threshold)
  )`.execute(db);
  for (const table of [
    'changes',
    'certificates',
    'withdrawals',
    'scans',
    'access_log',
    'vettings',
    'filings',
    'drill_skills',
    'reminders',
  ]) {
    await sql`revoke update, delete on ${sql.id('training', table)} from anyuan_training`.execute(db);
  }
}
