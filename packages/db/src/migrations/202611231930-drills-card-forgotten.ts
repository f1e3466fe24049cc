import { type Kysely, sql } from 'kysely';

/** Signed in at a post without the card 忘带卡: by whose word. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table drills.sign_ins add column forgotten json`.execute(db);
}
