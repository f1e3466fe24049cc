/** The outbox as each owner's first migration made it. Frozen: a change is a new migration. */
import { type Kysely, sql } from 'kysely';
import type { Owner } from '../owners.ts';

export async function createOutbox(db: Kysely<unknown>, owner: Exclude<Owner, 'identity'>): Promise<void> {
  const table = sql.id(owner, 'outbox');
  await sql`create table ${table} (
    position bigint generated always as identity primary key,
    id uuid not null unique,
    entity text not null,
    type text not null,
    data json not null,
    at timestamptz not null,
    published_at timestamptz
  )`.execute(db);
  await sql`create index outbox_waiting on ${table} (position) where published_at is null`.execute(db);
  await sql`create index outbox_published on ${table} (published_at) where published_at is not null`.execute(db);
}
