import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gate.goods_deliveries (
    id uuid primary key,
    supplier text not null,
    goods text not null,
    plate text,
    date date not null,
    from_time text not null,
    to_time text not null,
    cancelled_at timestamptz,
    by_id text not null,
    by_name text not null,
    planned_at timestamptz not null
  )`.execute(db);
  await sql`create index goods_deliveries_date on gate.goods_deliveries (date)`.execute(db);
  await sql`create table gate.vehicle_passes (
    pass uuid primary key,
    plate text not null,
    outcome text not null check (outcome in ('in', 'out', 'refused')),
    kind text not null,
    permit uuid,
    visit uuid,
    delivery uuid,
    doubt text,
    reason text,
    gate text not null,
    guard_id text not null,
    guard_name text not null,
    at timestamptz not null,
    offline boolean not null,
    list_as_of timestamptz,
    received_at timestamptz not null
  )`.execute(db);
  await sql`create index vehicle_passes_plate on gate.vehicle_passes (plate, at, pass)`.execute(db);
  await sql`create index vehicle_passes_at on gate.vehicle_passes (at)`.execute(db);
  await sql`create index vehicle_passes_delivery on gate.vehicle_passes (delivery) where delivery is not null`.execute(
    db,
  );
  await sql`revoke update, delete on gate.vehicle_passes from anyuan_gate`.execute(db);
}
