import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertSchema, migrate, OWNERS, type Owner, openDb, roleOf } from '../src/index.ts';
import { type TestDb, testDb, testPasswords } from '../src/testing.ts';

let site: TestDb;
beforeAll(async () => {
  site = await testDb();
});
afterAll(() => site.drop());

async function as<T>(owner: Owner, use: (run: (statement: string) => Promise<unknown>) => Promise<T>): Promise<T> {
  const db = openDb<object>({ url: site.url(owner), owner });
  try {
    return await use((statement) => sql.raw(statement).execute(db.kysely));
  } finally {
    await db.close();
  }
}

test.each(OWNERS.filter((owner) => owner !== 'identity'))('%s works in its own schema', async (owner) => {
  await as(owner, async (run) => {
    await run(`insert into outbox (id, entity, type, data, at) values (gen_random_uuid(), 'a', 'b', '{}', now())`);
    await run('delete from outbox');
  });
});

const others = OWNERS.flatMap((owner) => OWNERS.filter((o) => o !== owner).map((other) => [owner, other] as const));

test.each(others)('%s can neither read nor write any table of %s, nor take its role', async (owner, other) => {
  const tables = await tablesOf(other);
  expect(tables.length).toBeGreaterThan(1);
  await as(owner, async (run) => {
    for (const table of tables) {
      await expect(run(`select from ${table} limit 1`), table).rejects.toMatchObject({ code: '42501' });
      await expect(run(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' });
    }
    await expect(run(`set role ${roleOf(other)}`)).rejects.toMatchObject({ code: '42501' });
  });
});

async function tablesOf(owner: Owner): Promise<string[]> {
  const admin = openDb<object>({ url: site.adminUrl, owner, max: 1 });
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = ${owner}`.execute(
    admin.kysely,
  );
  await admin.close();
  return rows.map((row) => row.name);
}

test('a service cannot change its tables, nor the list of migrations', async () => {
  await as('gate', async (run) => {
    await expect(run('create table mine (a int)')).rejects.toMatchObject({ code: '42501' });
    await expect(run('alter table outbox add column a int')).rejects.toMatchObject({ code: '42501' });
    await expect(run('delete from schema_migration')).rejects.toMatchObject({ code: '42501' });
  });
});

test('migrating again changes nothing but a password', async () => {
  await migrate({ adminUrl: site.adminUrl, passwords: testPasswords });
  await as('gate', (run) => run('select 1'));
});

test('a service refuses a schema that is newer than itself, and waits for one that is older', async () => {
  const gate = openDb<object>({ url: site.url('gate'), owner: 'gate' });
  const admin = openDb<object>({ url: site.adminUrl, owner: 'gate' });
  await assertSchema(gate);
  await sql`insert into gate.schema_migration (name, timestamp) values ('299901010000-gate-later', 'x')`.execute(
    admin.kysely,
  );
  await expect(assertSchema(gate)).rejects.toMatchObject({ code: 'conflict' });
  await sql`truncate gate.schema_migration`.execute(admin.kysely);
  await expect(assertSchema(gate)).rejects.toMatchObject({ code: 'unavailable' });
  await Promise.all([gate.close(), admin.close()]);
});
