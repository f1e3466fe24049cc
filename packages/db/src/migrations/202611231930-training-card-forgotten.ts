import { type Kysely, sql } from 'kysely';

/** Attended without the card 忘带卡: by whose word. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table training.attendances drop constraint attendances_via_check`.execute(db);
  await sql`alter table training.attendances
    add column forgotten json,
    add constraint attendances_via_check check (via in ('card', 'name', 'vouched')),
    add constraint attendances_forgotten_check check ((via = 'vouched') = (forgotten is not null))`.execute(db);
}
