import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.posts (
    id uuid primary key,
    body json not null,
    code_hash text not null unique,
    retired_at timestamptz
  )`.execute(db);
  await sql`create table drills.routes (
    id uuid primary key,
    body json not null,
    retired_at timestamptz
  )`.execute(db);
  await sql`create table drills.route_points (
    id uuid primary key,
    route uuid not null references drills.routes,
    code_hash text not null unique
  )`.execute(db);
  await sql`create table drills.sign_ins (
    id uuid primary key,
    day date not null,
    post uuid references drills.posts,
    round uuid,
    point uuid,
    route uuid references drills.routes,
    at timestamptz not null,
    claimed_at timestamptz not null,
    received_at timestamptz not null,
    via text not null,
    person json not null,
    actor json not null,
    outcome json not null
  )`.execute(db);
  await sql`create index sign_ins_day on drills.sign_ins (day)`.execute(db);
  await sql`create table drills.missed (
    day date not null,
    round uuid not null,
    point uuid not null,
    flagged_at timestamptz not null,
    primary key (day, round, point)
  )`.execute(db);
  for (const table of ['sign_ins', 'missed']) {
    await sql`revoke update, delete on ${sql.id('drills', table)} from anyuan_drills`.execute(db);
  }
}
