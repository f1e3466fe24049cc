import { type Kysely, sql } from 'kysely';

/** What becomes of a delivery; what it says, and to whom, can't be changed: rights by column. */
const CHANGING = ['state', 'attempts', 'done_at', 'fault', 'code', 'together'];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table ledger.channels (
    id uuid primary key,
    kind text not null check (kind in ('wecom', 'dingtalk', 'feishu', 'email', 'webhook')),
    name text not null,
    topics text[] not null,
    audience text not null check (audience in ('group', 'office')),
    enabled boolean not null,
    sealed bytea,
    host text not null,
    tail text not null,
    saved_by json not null,
    saved_at timestamptz not null,
    removed_at timestamptz,
    failures integer not null default 0,
    next_at timestamptz not null,
    held_until timestamptz,
    last_sent_at timestamptz,
    last_failed_at timestamptz,
    failing_since timestamptz,
    fault text,
    code text not null default '',
    check ((removed_at is null) = (sealed is not null))
  )`.execute(db);
  await sql`create table ledger.deliveries (
    id uuid primary key,
    position bigint generated always as identity unique,
    channel uuid not null references ledger.channels,
    source text not null,
    topic text not null,
    title text not null,
    text text not null,
    at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    done_at timestamptz,
    fault text,
    code text not null default '',
    together integer not null default 1,
    unique (channel, source),
    check ((state = 'waiting') = (done_at is null))
  )`.execute(db);
  await sql`create index deliveries_waiting on ledger.deliveries (channel, position) where state = 'waiting'`.execute(
    db,
  );
  await sql`create index deliveries_at on ledger.deliveries (at)`.execute(db);
  await sql`create table ledger.sendings (
    seq bigint generated always as identity primary key,
    channel uuid not null references ledger.channels,
    at timestamptz not null,
    messages integer not null,
    result text not null check (result in ('sent', 'refused', 'later')),
    fault text,
    code text not null
  )`.execute(db);
  await sql`create index sendings_channel on ledger.sendings (channel, at)`.execute(db);
  await sql`revoke delete on ledger.channels from anyuan_ledger`.execute(db);
  await sql`revoke update on ledger.deliveries, ledger.sendings from anyuan_ledger`.execute(db);
  await sql`grant update (${sql.join(CHANGING.map((column) => sql.ref(column)))}) on ledger.deliveries to anyuan_ledger`.execute(
    db,
  );
}
