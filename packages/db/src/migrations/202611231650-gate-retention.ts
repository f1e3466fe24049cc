import { type Kysely, sql } from 'kysely';

/**
 * What the office looks for, who looked, what was deleted, and who was counted. `search_keys` goes with its visitor. What can
 * only be added to leaves by `gate.forget` alone, and only together with its visit.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table gate.visitors add column keyed boolean not null default false`.execute(db);
  await sql`create index visitors_unkeyed on gate.visitors (id) where not keyed`.execute(db);
  await sql`create table gate.search_keys (
    key text collate "C" not null,
    visitor uuid not null,
    primary key (key, visitor)
  )`.execute(db);
  await sql`create index search_keys_visitor on gate.search_keys (visitor)`.execute(db);
  await sql`create function gate.drop_search_keys() returns trigger language plpgsql as $$
    begin delete from gate.search_keys where visitor = old.id; return old; end $$`.execute(db);
  await sql`create trigger drop_search_keys after delete on gate.visitors
    for each row execute function gate.drop_search_keys()`.execute(db);
  await sql`create index visits_number on gate.visits (number collate "C")`.execute(db);
  await sql`create index visits_place on gate.visits (admitted_at desc, id desc)`.execute(db);

  await sql`alter table gate.access_log
    alter column visit drop not null,
    add column kind text not null default 'idNumber',
    add column visitor uuid,
    add column detail text not null default ''`.execute(db);
  await sql`create index access_log_at on gate.access_log (at)`.execute(db);

  await sql`create table gate.retention_rules (
    command uuid primary key,
    days integer not null check (days between 30 and 1095),
    actor_id text not null,
    actor_name text not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table gate.retention_days (day date primary key, at timestamptz not null)`.execute(db);
  await sql`create table gate.erasures (command uuid primary key, at timestamptz not null)`.execute(db);
  await sql`create table gate.deletions (
    seq integer primary key,
    at timestamptz not null,
    class text not null,
    count integer not null check (count > 0),
    from_date date not null,
    to_date date not null,
    why text not null,
    days integer not null,
    digest text not null,
    previous text not null unique,
    hash text not null unique
  )`.execute(db);

  await sql`create table gate.site_rolls (
    id uuid primary key,
    opened_at timestamptz not null,
    opened_by json not null,
    incident uuid,
    closed_at timestamptz,
    closed_by json,
    tally json
  )`.execute(db);
  await sql`create index site_rolls_opened on gate.site_rolls (opened_at)`.execute(db);
  await sql`create table gate.site_roll_marks (
    id uuid primary key,
    roll uuid not null references gate.site_rolls,
    visit uuid not null,
    state text not null check (state in ('present', 'missing')),
    actor_id text not null,
    actor_name text not null,
    at timestamptz not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index site_roll_marks_roll on gate.site_roll_marks (roll, visit)`.execute(db);
  await sql`create index site_roll_marks_visit on gate.site_roll_marks (visit)`.execute(db);

  await sql`create function gate.forget(gone uuid[], before timestamptz)
    returns table (class text, id uuid, at timestamptz)
    language sql security definer set search_path = gate, pg_temp as $$
      with s as (
        delete from gate.sign_outs t where (t.visit = any(gone) or t.received_at < before)
          and not exists (select from gate.visits v where v.id = t.visit) returning t.command, t.at
      ), i as (
        delete from gate.item_returns t where (t.visit = any(gone) or t.received_at < before)
          and not exists (select from gate.visits v where v.id = t.visit) returning t.command, t.at
      ), m as (
        delete from gate.site_roll_marks t where (t.visit = any(gone) or t.received_at < before)
          and not exists (select from gate.visits v where v.id = t.visit) returning t.id, t.at
      )
      select 'signOut', s.command, s.at from s
      union all select 'items', i.command, i.at from i
      union all select 'rollMark', m.id, m.at from m
    $$`.execute(db);
  await sql`revoke all on function gate.forget(uuid[], timestamptz) from public`.execute(db);
  await sql`grant execute on function gate.forget(uuid[], timestamptz) to anyuan_gate`.execute(db);

  for (const table of ['retention_rules', 'erasures', 'deletions', 'site_roll_marks']) {
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
  }
}
