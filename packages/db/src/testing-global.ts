/** Vitest's global set-up of the project `pg`: one Postgres for the whole run, its template migrated once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import { testPasswords } from './testing.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-postgres-'));
  const postgres = await startEmbeddedPostgres({ dir, durable: false });
  const end = async () => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await migrate({ adminUrl: postgres.adminUrl, passwords: testPasswords });
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('postgresAdminUrl', postgres.adminUrl);
  return end;
}
