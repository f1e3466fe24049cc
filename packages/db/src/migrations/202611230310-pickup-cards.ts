import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table pickup.children (
    id text primary key,
    name text not null,
    class_name text not null,
    teacher_id text not null,
    teacher_name text not null
  )`.execute(db);
  await sql`create table pickup.guardians (
    id text primary key,
    name text not null,
    relation text not null,
    sex text not null,
    id_hash text
  )`.execute(db);
  await sql`create table pickup.cards (
    id uuid primary key,
    hash text not null unique,
    last4 text not null,
    guardian text not null references pickup.guardians deferrable initially deferred,
    status text not null check (status in ('active', 'lost', 'expired')),
    lost_at timestamptz,
    lost_by text
  )`.execute(db);
  await sql`create index cards_guardian on pickup.cards (guardian)`.execute(db);
  await sql`create table pickup.card_changes (
    id uuid primary key,
    card uuid not null references pickup.cards,
    at timestamptz not null,
    status text not null,
    actor_id text not null,
    actor_name text not null
  )`.execute(db);
  await sql`create table pickup.rules (
    guardian text not null references pickup.guardians on delete cascade,
    child text not null references pickup.children on delete cascade,
    days smallint[] not null,
    from_time text not null,
    to_time text not null,
    valid_from date,
    valid_to date
  )`.execute(db);
  await sql`create index rules_guardian on pickup.rules (guardian)`.execute(db);
  await sql`create table pickup.bars (
    guardian text not null references pickup.guardians on delete cascade,
    child text not null references pickup.children on delete cascade,
    primary key (guardian, child)
  )`.execute(db);
  await sql`create table pickup.hand_overs (
    id uuid primary key,
    verdict uuid not null,
    child text not null,
    child_name text not null,
    class_name text not null,
    guardian text not null,
    guardian_name text not null,
    relation text not null,
    card_last4 text not null,
    by_eye boolean not null,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    day date not null,
    offline boolean not null,
    conflict_with uuid references pickup.hand_overs,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index hand_overs_day on pickup.hand_overs (day, child)`.execute(db);
  await sql`create unique index hand_overs_standing on pickup.hand_overs (day, child) where conflict_with is null`.execute(
    db,
  );
  await sql`create table pickup.refusals (
    id uuid primary key,
    reason text not null,
    guardian text,
    guardian_name text,
    relation text,
    children json not null,
    card_last4 text,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index refusals_at on pickup.refusals (at)`.execute(db);
  await sql`create table pickup.list_version (list text primary key, version bigint not null)`.execute(db);
  await sql`insert into pickup.list_version (list, version) values ('pickup', 0)`.execute(db);
  for (const table of ['card_changes', 'hand_overs', 'refusals']) {
    await sql`revoke update, delete on ${sql.id('pickup', table)} from anyuan_pickup`.execute(db);
  }
}
