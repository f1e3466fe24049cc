import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertSchema, migrate, OWNERS, type Owner, openDb } from '../src/index.ts';
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

test.each(['gate', 'pickup', 'alarm'] as const)('%s works in its own schema', async (owner) => {
  await as(owner, async (run) => {
    await run(`insert into outbox (id, entity, type, data, at) values (gen_random_uuid(), 'a', 'b', '{}', now())`);
    await run('delete from outbox');
  });
});

test.each(
  OWNERS.flatMap((owner) =>
    OWNERS.filter((o) => o !== owner && o !== 'identity').map((other) => [owner, other] as const),
  ),
)('%s can neither read nor write the schema of %s', async (owner, other) => {
  await as(owner, async (run) => {
    await expect(run(`select 1 from ${other}.outbox`)).rejects.toMatchObject({ code: '42501' });
    await expect(run(`delete from ${other}.outbox`)).rejects.toMatchObject({ code: '42501' });
    await expect(run(`set role anyuan_${other}`)).rejects.toMatchObject({ code: '42501' });
  });
});

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
