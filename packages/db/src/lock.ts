/** Named advisory locks of Postgres: held by one session at a time in one database, gone with that session or transaction. */
import { type QueryExecutorProvider, sql } from 'kysely';

const key = (name: string) => sql`hashtextextended(${name}, 0)`;

/** Held until the connection ends or `unlock`; use it on one reserved connection only. */
export async function tryLock(connection: QueryExecutorProvider, name: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${key(name)}) as held`.execute(connection);
  return rows[0]?.held ?? false;
}

export async function unlock(connection: QueryExecutorProvider, name: string): Promise<void> {
  await sql`select pg_advisory_unlock(${key(name)})`.execute(connection);
}

/** Held until the transaction ends. False: somebody else has it, and what it guards is being done. */
export async function tryLockInTransaction(trx: QueryExecutorProvider, name: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${key(name)}) as held`.execute(trx);
  return rows[0]?.held ?? false;
}

/** Waits for its turn; held until the transaction ends. */
export async function lockInTransaction(trx: QueryExecutorProvider, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key(name)})`.execute(trx);
}
