/** Writes `packages/db/schema.sql` anew after a migration was added; a test compares the two. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import { forEachOwner } from './owners.ts';
import { describeSchemas } from './schema.ts';

const dir = mkdtempSync(join(tmpdir(), 'anyuan-schema-'));
const postgres = await startEmbeddedPostgres({ dir, durable: false });
try {
  const { adminUrl } = postgres;
  await migrate({ adminUrl, passwords: forEachOwner(() => 'x') });
  const admin = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: adminUrl }) }),
  });
  writeFileSync(join(import.meta.dirname, '../schema.sql'), await describeSchemas(admin));
  await admin.destroy();
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
