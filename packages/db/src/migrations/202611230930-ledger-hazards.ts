import { type Kysely, sql } from 'kysely';

/** What was reported can't be changed afterwards, only what is done about it: rights by column. */
const CHANGING = [
  ...['status', 'level', 'owner', 'deadline', 'measure', 'stopgap', 'fixed_at', 'fixed_by', 'evidence'],
  ...['verified_at', 'verified_by', 'reason', 'urged_at', 'escalated'],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table ledger.numbers (
    school_year integer not null,
    month integer not null check (month between 1 and 12),
    last integer not null,
    primary key (school_year, month)
  )`.execute(db);
  await sql`create table ledger.hazards (
    id uuid primary key,
    position bigint generated always as identity unique,
    school_year integer not null,
    number text not null,
    what text not null,
    place text not null,
    details text not null,
    source_kind text not null check (source_kind in ('finding', 'inspection', 'report')),
    finding uuid,
    drill uuid,
    reported_by json not null,
    reported_at timestamptz not null,
    status text not null check (status in ('reported', 'assigned', 'fixed', 'verified', 'reopened', 'rejected')),
    level text check (level in ('mendNow', 'byDate', 'supervised')),
    owner json,
    deadline date,
    measure text not null,
    stopgap text not null,
    fixed_at timestamptz,
    fixed_by json,
    evidence text not null,
    verified_at timestamptz,
    verified_by json,
    reason text not null,
    urged_at timestamptz,
    escalated integer not null check (escalated between 0 and 3),
    unique (school_year, number),
    check ((source_kind = 'finding') = (finding is not null and drill is not null)),
    check (status in ('reported', 'rejected') or (level is not null and owner is not null and deadline is not null)),
    check (status not in ('fixed', 'verified') or (fixed_at is not null and fixed_by is not null and evidence <> '')),
    check (status <> 'verified' or (verified_at is not null and verified_by ->> 'id' <> fixed_by ->> 'id'))
  )`.execute(db);
  await sql`create unique index hazards_finding on ledger.hazards (finding) where status <> 'rejected'`.execute(db);
  await sql`create index hazards_open on ledger.hazards (deadline) where status not in ('verified', 'rejected')`.execute(
    db,
  );
  await sql`create table ledger.history (
    seq bigint generated always as identity primary key,
    hazard uuid not null references ledger.hazards,
    command uuid unique,
    at timestamptz not null,
    type text not null,
    actor json,
    detail json not null
  )`.execute(db);
  await sql`create index history_hazard on ledger.history (hazard, seq)`.execute(db);
  await sql`create table ledger.photos (
    id uuid primary key,
    hazard uuid not null references ledger.hazards,
    part text not null check (part in ('hazard', 'fix')),
    type text not null check (type in ('image/jpeg', 'image/png')),
    bytes bytea not null check (octet_length(bytes) <= 307200),
    at timestamptz not null,
    added_by json not null
  )`.execute(db);
  await sql`create index photos_hazard on ledger.photos (hazard, at)`.execute(db);
  await sql`create table ledger.escalations (
    hazard uuid not null references ledger.hazards,
    deadline date not null,
    level integer not null check (level between 1 and 3),
    at timestamptz not null,
    primary key (hazard, deadline, level)
  )`.execute(db);
  await sql`create function ledger.append_only() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name; end $$`.execute(db);
  for (const table of ['history', 'photos', 'escalations']) {
    await sql`create trigger append_only before update or delete or truncate on ${sql.id('ledger', table)}
      for each statement execute function ledger.append_only()`.execute(db);
    await sql`revoke update, delete on ${sql.id('ledger', table)} from anyuan_ledger`.execute(db);
  }
  await sql`revoke update, delete on ledger.hazards from anyuan_ledger`.execute(db);
  await sql`grant update (${sql.join(CHANGING.map((column) => sql.ref(column)))}) on ledger.hazards to anyuan_ledger`.execute(
    db,
  );
}
