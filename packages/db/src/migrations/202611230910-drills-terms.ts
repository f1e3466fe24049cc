import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.facts (
    one boolean primary key default true check (one),
    facts json not null
  )`.execute(db);
  await sql`create table drills.terms (
    id uuid primary key,
    name text not null,
    from_date date not null,
    to_date date not null,
    check (from_date < to_date)
  )`.execute(db);
  await sql`create table drills.exams (
    id uuid primary key,
    term uuid not null references drills.terms,
    name text not null,
    from_date date not null,
    to_date date not null,
    check (from_date <= to_date)
  )`.execute(db);
  await sql`create table drills.own_days (
    date date primary key,
    kind text not null check (kind in ('schoolDay', 'holiday')),
    name text not null
  )`.execute(db);
  await sql`create table drills.confirmed_years (
    year smallint primary key,
    actor json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table drills.own_rules (
    id uuid primary key,
    body json not null,
    actor json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table drills.rule_changes (
    position bigint generated always as identity primary key,
    rule text not null,
    enabled boolean not null,
    reason text not null,
    actor json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table drills.plans (
    id uuid primary key,
    kind text not null,
    level text not null,
    title text not null
  )`.execute(db);
  await sql`create table drills.plan_versions (
    id uuid primary key,
    plan uuid not null references drills.plans,
    number smallint not null,
    status text not null check (status in ('draft', 'approved')),
    body json not null,
    why text not null,
    findings uuid[] not null,
    drafted_by json not null,
    drafted_at timestamptz not null,
    approved_by json,
    approved_at timestamptz,
    unique (plan, number)
  )`.execute(db);
  await sql`create unique index plan_versions_draft on drills.plan_versions (plan) where status = 'draft'`.execute(db);
  await sql`create table drills.plan_reads (
    version uuid not null references drills.plan_versions,
    person_id text not null,
    person_name text not null,
    at timestamptz not null,
    primary key (version, person_id)
  )`.execute(db);
  await sql`create table drills.readers (id text primary key, name text not null)`.execute(db);
  await sql`create table drills.feeds (
    hash text primary key,
    person_id text not null,
    planner boolean not null,
    at timestamptz not null
  )`.execute(db);
  for (const table of ['rule_changes', 'plan_reads']) {
    await sql`revoke update, delete on ${sql.id('drills', table)} from anyuan_drills`.execute(db);
  }
}
