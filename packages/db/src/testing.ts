/** Real Postgres for tests: a clone of the migrated template per test file, or a server of one's own to take away. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import { forEachOwner, type Owner, urlOf } from './owners.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresAdminUrl: string;
  }
}

export const testPasswords: Record<Owner, string> = forEachOwner((owner) => `${owner}-test`);

export interface TestDb {
  adminUrl: string;
  /** What a service would be given as DATABASE_URL. */
  url(owner: Owner): string;
  drop(): Promise<void>;
}

/** A database of the caller's own, migrated and empty. Close every client before `drop`. */
export async function testDb(): Promise<TestDb> {
  const serverUrl = inject('postgresAdminUrl');
  if (!serverUrl) throw new Error('this test needs Postgres: its name must end in .pg.test.ts');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(serverUrl, `create database ${name} template anyuan`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    adminUrl: url.href,
    url: (owner) => urlOf(url.href, owner, testPasswords[owner]),
    drop: () => asAdmin(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

export interface TestPostgres {
  adminUrl: string;
  url(owner: Owner): string;
  /** As a power cut does it: `kill -9` for every process at once, none ends its sentence. */
  kill(): Promise<void>;
  /** The server's processes stand still; connections stay open and nothing answers. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** After a kill: same port, same data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A migrated server of one's own, for tests that take Postgres away; it keeps what it committed. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-postgres-'));
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dir });
  // A test that failed half-way leaves no server behind.
  process.once('exit', () => killed(postgres.pid));
  const { adminUrl, port } = postgres;
  let frozen: number[] = [];
  await migrate({ adminUrl, passwords: testPasswords });
  return {
    adminUrl,
    url: (owner) => urlOf(adminUrl, owner, testPasswords[owner]),
    async kill() {
      const sessions = await sessionsOf(adminUrl);
      for (const pid of [postgres.pid, ...sessions]) killed(pid);
      await postgres.exited;
    },
    async freeze() {
      frozen = [postgres.pid, ...(await sessionsOf(adminUrl))];
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    },
    async thaw() {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    },
    async start() {
      postgres = await startEmbeddedPostgres({ dir, port });
    },
    async stop() {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone by itself already.
  }
}

async function sessionsOf(adminUrl: string): Promise<number[]> {
  const { rows } = await query(adminUrl, 'select pid from pg_stat_activity where pid <> pg_backend_pid()');
  return rows.map((row) => row.pid);
}

/** Connected to `postgres`, so that the template has no session while it is copied. */
async function asAdmin(serverUrl: string, statement: string): Promise<void> {
  const url = new URL(serverUrl);
  url.pathname = '/postgres';
  await query(url.href, statement);
}

async function query(connectionString: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
