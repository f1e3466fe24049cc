import { type Kysely, sql } from 'kysely';

/** Staff who came without their card 忘带卡: whose word let them in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table gate.permit_taps add column forgotten json`.execute(db);
  await sql`create index permit_taps_forgotten on gate.permit_taps (gate, at) where forgotten is not null`.execute(db);
}
