import { type Kysely, sql } from 'kysely';

/** Tasks and their answers are added, never changed; `contradiction_looks` is one row: up to when what was received has been compared. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.contradictions (
    id uuid primary key,
    key text not null unique,
    kind text not null,
    visit uuid,
    permit uuid,
    pass uuid,
    sides json not null,
    found_at timestamptz not null
  )`.execute(db);
  await sql`create index contradictions_visit on gate.contradictions (visit)`.execute(db);
  await sql`create table gate.contradiction_answers (
    contradiction uuid primary key references gate.contradictions,
    command uuid not null unique,
    how text not null check (how in ('first', 'second', 'both', 'neither', 'later')),
    by_id text,
    by_name text,
    note text not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table gate.contradiction_looks (
    school boolean primary key default true check (school),
    until timestamptz not null
  )`.execute(db);
  await sql`insert into gate.contradiction_looks (until) values ('epoch')`.execute(db);
  for (const table of ['contradictions', 'contradiction_answers']) {
    await sql`revoke update, delete on ${sql.id('gate', table)} from anyuan_gate`.execute(db);
  }
  await sql`create index visits_received on gate.visits (received_at)`.execute(db);
  await sql`create index sign_outs_received on gate.sign_outs (received_at)`.execute(db);
  await sql`create index item_returns_received on gate.item_returns (received_at)`.execute(db);
  await sql`create index booking_uses_received on gate.booking_uses (received_at)`.execute(db);
  await sql`create index permit_taps_received on gate.permit_taps (received_at)`.execute(db);
  await sql`create index vehicle_passes_received on gate.vehicle_passes (received_at)`.execute(db);
}
