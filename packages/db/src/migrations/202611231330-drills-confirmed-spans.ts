import { type Kysely, sql } from 'kysely';

/** A confirmation reaches as far as somebody looked: over the terms that stood when it was given, not the whole year. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.confirmed_spans (
    from_date date not null,
    to_date date not null,
    actor json not null,
    at timestamptz not null,
    primary key (from_date, to_date),
    check (from_date <= to_date)
  )`.execute(db);
  await sql`insert into drills.confirmed_spans (from_date, to_date, actor, at)
    select greatest(t.from_date, make_date(y.year, 1, 1)), least(t.to_date, make_date(y.year, 12, 31)), y.actor, y.at
    from drills.confirmed_years y
    join drills.terms t on t.from_date <= make_date(y.year, 12, 31) and t.to_date >= make_date(y.year, 1, 1)`.execute(
    db,
  );
  await sql`drop table drills.confirmed_years`.execute(db);
}
