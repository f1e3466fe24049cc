import { type Kysely, sql } from 'kysely';

/** What may change in an entry; who made it and when can't. */
const CHANGING = [
  'person',
  'id_hash',
  'born_hash',
  'year_hash',
  'name_hash',
  'source',
  'reason',
  'action',
  'instruction',
  'responders',
  'readers',
  'valid_from',
  'valid_until',
  'withdrawn_at',
  'version',
];
const PROOFS = ['watch_history', 'watch_looks', 'watch_hits', 'watch_answers'];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.watch_entries (
    id uuid primary key,
    person bytea not null,
    id_hash text,
    born_hash text,
    year_hash text,
    name_hash text not null,
    source text not null check (source in ('police', 'school')),
    reason text not null,
    action text not null check (action in ('refuse', 'keepWaiting', 'accompany', 'observe')),
    instruction text not null,
    responders json not null,
    readers json not null,
    valid_from date not null,
    valid_until date not null check (valid_until >= valid_from),
    made_by_id text not null,
    made_by_name text not null,
    made_at timestamptz not null,
    withdrawn_at timestamptz,
    version integer not null
  )`.execute(db);
  await sql`create table gate.watch_history (
    id uuid primary key,
    position bigint generated always as identity,
    entry uuid not null references gate.watch_entries,
    at timestamptz not null,
    by_id text not null,
    by_name text not null,
    type text not null check (type in ('made', 'changed', 'extended', 'withdrawn')),
    why text not null,
    fields json not null,
    before bytea
  )`.execute(db);
  await sql`create index watch_history_entry on gate.watch_history (entry)`.execute(db);
  await sql`create table gate.watch_looks (
    id uuid primary key,
    position bigint generated always as identity,
    at timestamptz not null,
    by_id text not null,
    by_name text not null,
    what text not null check (what in ('listed', 'opened', 'refused')),
    entry uuid
  )`.execute(db);
  await sql`create table gate.watch_hits (
    id uuid primary key,
    entry uuid not null references gate.watch_entries,
    match text not null,
    person text,
    shown text not null,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    list_as_of timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index watch_hits_at on gate.watch_hits (at)`.execute(db);
  await sql`create index watch_hits_pair on gate.watch_hits (entry, person)`.execute(db);
  await sql`create table gate.watch_answers (
    id uuid primary key,
    position bigint generated always as identity,
    hit uuid not null references gate.watch_hits,
    answer text not null check (answer in ('yes', 'no', 'unsure')),
    by_id text not null,
    by_name text not null,
    via text not null check (via in ('gate', 'console')),
    at timestamptz not null,
    offline boolean not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index watch_answers_hit on gate.watch_answers (hit)`.execute(db);
  await sql`insert into gate.list_version (list, version) values ('watchlist', 0)`.execute(db);
  for (const table of PROOFS) await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
  await sql`revoke update, delete on gate.watch_entries from anyuan_gate`.execute(db);
  const columns = sql.join(CHANGING.map((column) => sql.id(column)));
  await sql`grant update (${columns}) on gate.watch_entries to anyuan_gate`.execute(db);
}
