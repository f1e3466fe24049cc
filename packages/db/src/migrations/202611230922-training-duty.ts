import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const by = sql`recorded_id text not null, recorded_name text not null, recorded_at timestamptz not null`;
  await sql`create table training.headcounts (
    id uuid primary key,
    pupils int not null,
    staff int not null,
    boarders int not null check (boarders <= pupils),
    rule_set text not null,
    from_date date not null,
    ${by}
  )`.execute(db);
  await sql`create table training.shifts (
    id uuid primary key,
    gate text not null,
    date date not null,
    from_time text not null,
    to_time text not null,
    kind text not null,
    removed_at timestamptz
  )`.execute(db);
  await sql`create index shifts_date on training.shifts (date) where removed_at is null`.execute(db);
  await sql`create table training.shift_guards (
    shift uuid not null references training.shifts,
    person text not null references training.people,
    override_reason text,
    override_by text,
    primary key (shift, person)
  )`.execute(db);
  await sql`create index shift_guards_person on training.shift_guards (person)`.execute(db);
  await sql`create table training.guard_rooms (gate text primary key, name text not null)`.execute(db);
  await sql`create table training.equipment (
    id uuid primary key,
    kind text not null,
    gate text references training.guard_rooms,
    person text references training.people,
    serial text,
    expires_on date,
    inspect_every_months int not null,
    bought_on date,
    retired_at timestamptz,
    check ((gate is null) <> (person is null))
  )`.execute(db);
  await sql`create table training.inspections (
    id uuid primary key,
    equipment uuid not null references training.equipment,
    date date not null,
    ok boolean not null,
    note text not null,
    ${by}
  )`.execute(db);
  await sql`create index inspections_equipment on training.inspections (equipment, date)`.execute(db);
  await sql`create table training.equipment_checks (
    id uuid primary key,
    gate text not null,
    by_id text not null,
    by_name text not null,
    at timestamptz not null,
    on_duty int not null,
    counts json not null,
    gaps json not null,
    note text not null,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index equipment_checks_gate on training.equipment_checks (gate, at)`.execute(db);
  for (const table of ['headcounts', 'inspections', 'equipment_checks']) {
    await sql`revoke update, delete on ${sql.id('training', table)} from anyuan_training`.execute(db);
  }
}
