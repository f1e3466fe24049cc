import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table gate.visits drop constraint visits_status_check`.execute(db);
  await sql`alter table gate.visits
    add constraint visits_status_check check (status in ('onSite', 'left', 'refused', 'undone')),
    add column type text not null default 'guest',
    add column party json not null default '{"count":1,"names":[]}',
    add column gone integer not null default 0,
    add column until timestamptz,
    add column confirmation json not null default '{"how":"unrecorded"}',
    add column certificate text,
    add column work text,
    add column firm text,
    add column booking uuid,
    add column plate text,
    add column overdue_told_at timestamptz`.execute(db);
  await sql`update gate.visits set until = admitted_at + interval '2 hours' where status <> 'refused'`.execute(db);
  await sql`create index visits_due on gate.visits (until) where status = 'onSite' and overdue_told_at is null`.execute(
    db,
  );
  await sql`create index visits_held on gate.visits (admitted_at) where security->>'result' = 'held'`.execute(db);
  await sql`alter table gate.sign_outs
    add column kind text not null default 'left' check (kind in ('left', 'undone')),
    add column count integer`.execute(db);
  await sql`create table gate.item_returns (
    command uuid primary key,
    visit uuid not null,
    outcome text not null check (outcome in ('given', 'passedOn', 'notGiven')),
    because text,
    note text,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index item_returns_visit on gate.item_returns (visit, at)`.execute(db);
  await sql`revoke update, delete on gate.item_returns from anyuan_gate`.execute(db);
  await sql`create table gate.host_questions (
    id uuid primary key,
    gate text not null,
    visitor json not null,
    reason text not null,
    host json not null,
    guard_id text not null,
    guard_name text not null,
    asked_at timestamptz not null,
    asked json not null,
    state text not null check (state in ('open', 'yes', 'coming', 'no', 'withdrawn')),
    answer json,
    answer_command uuid,
    next_at timestamptz
  )`.execute(db);
  await sql`create index host_questions_next on gate.host_questions (next_at) where state = 'open'`.execute(db);
  await sql`create index host_questions_asked on gate.host_questions (asked_at)`.execute(db);
  await sql`create table gate.confirm_policy (
    school boolean primary key default true check (school),
    wait_seconds integer not null,
    duty_leader text,
    closing text not null
  )`.execute(db);
  await sql`insert into gate.confirm_policy (wait_seconds, closing) values (60, '18:30')`.execute(db);
  await sql`create table gate.deputies (host text primary key, deputy text not null)`.execute(db);
}
