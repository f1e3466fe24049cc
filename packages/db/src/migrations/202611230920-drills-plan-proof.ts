import { type Kysely, sql } from 'kysely';

/** A version that was approved proves what was in force: not even the service's own role can change it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table drills.plan_versions
    add column drafters text[] not null,
    add check ((status = 'approved') = (approved_by is not null)),
    add check ((status = 'approved') = (approved_at is not null))`.execute(db);
  await sql`create function drills.keep_approved() returns trigger language plpgsql as $$
    begin
      raise exception 'an approved version does not change' using errcode = 'restrict_violation';
    end
  $$`.execute(db);
  await sql`create trigger keep_approved before update on drills.plan_versions
    for each row when (old.status = 'approved') execute function drills.keep_approved()`.execute(db);
  await sql`revoke delete on drills.plan_versions, drills.plans from anyuan_drills`.execute(db);
}
