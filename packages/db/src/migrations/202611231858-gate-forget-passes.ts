import { type Kysely, sql } from 'kysely';

/**
 * What else names somebody and can only be added to leaves by this function alone (H15). An `in` stays until its vehicle has
 * gone out; a hit loses whose it was and stays as what the gate did; a booking's uses and words go with it, but for who read
 * its phone number.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function gate.forget_passes(gone uuid[], before timestamptz, today date, portion integer)
    returns table (class text, id uuid, at timestamptz)
    language sql security definer set search_path = gate, pg_temp as $$
      with old_passes as (
        select p.pass from gate.vehicle_passes p
        where p.visit = any(gone) or (p.at < before and p.received_at < before and (p.outcome <> 'in' or exists (
          select from gate.vehicle_passes n where n.plate = p.plate and n.outcome <> 'refused'
            and (n.at, n.pass) > (p.at, p.pass) and n.at < before)))
        order by p.at limit portion
      ), p as (
        delete from gate.vehicle_passes t using old_passes o where t.pass = o.pass returning t.pass, t.at
      ), old_taps as (
        select tap from gate.permit_taps where at < before and received_at < before order by at limit portion
      ), t as (
        delete from gate.permit_taps t using old_taps o where t.tap = o.tap returning t.tap, t.at
      ), h as (
        update gate.watch_hits t set person = null
        where t.person is not null and t.at < before and t.received_at < before
          and not exists (select from gate.watch_hits n where n.entry = t.entry and n.person = t.person and n.at >= before)
          and not exists (select from gate.watch_entries e where e.id = t.entry and e.withdrawn_at is null
            and e.valid_until >= today and (
              select a.answer from gate.watch_answers a join gate.watch_hits g on g.id = a.hit
              where g.entry = t.entry and g.person = t.person order by a.at desc, a.position desc limit 1) = 'no')
        returning t.id, t.at
      ), u as (
        delete from gate.booking_uses t
        where not exists (select from gate.visits v where v.id = t.visit) returning t.visit, t.at
      ), l as (
        delete from gate.booking_log t where t.type <> 'phoneRead'
          and not exists (select from gate.bookings b where b.id = t.booking) returning t.id, t.at
      )
      select 'vehiclePass', p.pass, p.at from p
      union all select 'permitTap', t.tap, t.at from t
      union all select 'watchHit', h.id, h.at from h
      union all select 'bookingUse', u.visit, u.at from u
      union all select 'bookingLog', l.id, l.at from l
    $$`.execute(db);
  await sql`revoke all on function gate.forget_passes(uuid[], timestamptz, date, integer) from public`.execute(db);
  await sql`grant execute on function gate.forget_passes(uuid[], timestamptz, date, integer) to anyuan_gate`.execute(
    db,
  );
  await sql`create index vehicle_passes_visit on gate.vehicle_passes (visit) where visit is not null`.execute(db);
}
