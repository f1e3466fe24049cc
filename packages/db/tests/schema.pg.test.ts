import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDb } from '../src/index.ts';
import { describeSchemas } from '../src/schema.ts';
import { testDb } from '../src/testing.ts';

test('schema.sql is what the migrations make (else: node packages/db/src/write-schema.ts)', async () => {
  const site = await testDb();
  const admin = openDb<unknown>({ url: site.adminUrl, owner: 'gate' });
  const written = readFileSync(join(import.meta.dirname, '../schema.sql'), 'utf8');
  expect(await describeSchemas(admin.kysely)).toBe(written);
  await admin.close();
  await site.drop();
});
