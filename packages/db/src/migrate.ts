/**
 * Builds and updates the schemas, with the administrator's rights; the services have none to change a table.
 *
 * Promise: safe to run at every start and by two launchers at once. Each owner's schema has its own list of migrations
 * that have run (`schema_migration`), each migration is one transaction, none is ever taken back. A role may use its own
 * schema and enter no other; its password reaches the server only as a SCRAM verifier, so no log can hold it.
 * Needs a superuser, or a role with CREATEROLE that may create schemas in its database.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@anyuan/contracts';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import type { Db } from './client.ts';
import { migrations } from './migrations/index.ts';
import { OWNERS, type Owner, roleOf } from './owners.ts';

const TABLE = 'schema_migration';

export interface MigrateOptions {
  adminUrl: string;
  passwords: Record<Owner, string>;
}

export async function migrate({ adminUrl, passwords }: MigrateOptions): Promise<void> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => {});
  const admin = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await admin.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(hashtextextended('migrate', 0))`.execute(connection);
      for (const owner of OWNERS) await prepare(connection, owner, passwords[owner]);
    });
    for (const owner of OWNERS) await update(admin, owner);
  } finally {
    await admin.destroy();
  }
}

async function prepare(admin: Kysely<unknown>, owner: Owner, password: string): Promise<void> {
  const [schema, role, verifier] = [sql.id(owner), sql.id(roleOf(owner)), sql.lit(scramVerifier(password))];
  const { rows } = await sql`select from pg_roles where rolname = ${roleOf(owner)}`.execute(admin);
  if (rows.length === 0) await sql`create role ${role} login`.execute(admin);
  await sql`alter role ${role} password ${verifier}`.execute(admin);
  await sql`create schema if not exists ${schema}`.execute(admin);
  await sql`revoke all on schema ${schema} from public`.execute(admin);
  await sql`grant usage on schema ${schema} to ${role}`.execute(admin);
  await sql`alter default privileges in schema ${schema}
    grant select, insert, update, delete on tables to ${role}`.execute(admin);
  await sql`alter default privileges in schema ${schema} grant usage on sequences to ${role}`.execute(admin);
}

async function update(admin: Kysely<unknown>, owner: Owner): Promise<void> {
  const migrator = new Migrator({
    db: admin,
    provider: { getMigrations: async () => migrations[owner] },
    migrationTableSchema: owner,
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  for (const table of [TABLE, `${TABLE}_lock`]) {
    await sql`revoke insert, update, delete on ${sql.id(owner, table)} from ${sql.id(roleOf(owner))}`.execute(admin);
  }
}

/** RFC 5802/7677, as Postgres keeps it: the server never sees the password. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, 4096, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

/**
 * A service's first question at its start. `unavailable`: not there, or not migrated yet; ask again. `conflict`: the
 * schema is newer than this program, which must not write to it.
 */
export async function assertSchema<Tables>(db: Db<Tables>): Promise<void> {
  const known = Object.keys(migrations[db.owner]);
  const { rows } = await sql<{ name: string }>`select name from ${sql.id(db.owner, TABLE)}`
    .execute(db.kysely)
    .catch((cause) => {
      throw new AppError('unavailable', 'the schema is not there yet', { cause });
    });
  const done = rows.map((row) => row.name);
  if (done.some((name) => !known.includes(name))) {
    throw new AppError('conflict', `the schema of ${db.owner} is newer than this program`);
  }
  if (known.some((name) => !done.includes(name))) {
    throw new AppError('unavailable', `the schema of ${db.owner} is not migrated yet`);
  }
}

/**
 * Resolves when the schema is there and known, asking every second; rejects when it is newer, or when `signal` ends it.
 * @param onWaiting called once, with what is in the way
 */
export async function schemaReady<Tables>(
  db: Db<Tables>,
  signal: AbortSignal,
  onWaiting: (why: AppError) => void = () => {},
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await assertSchema(db);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unavailable') throw error;
      if (tries === 0) onWaiting(error);
      await sleep(1_000, undefined, { signal });
    }
  }
}
