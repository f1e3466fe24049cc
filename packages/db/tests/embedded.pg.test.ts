import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'anyuan-embedded-'));
let server: EmbeddedPostgres | undefined;
afterAll(async () => {
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('a new one: durable, Hanzi by pinyin, no way in without the password or from outside', {
  timeout: 60_000,
}, async () => {
  server = await startEmbeddedPostgres({ dir });
  expect(await ask(server.adminUrl, "select current_setting('fsync'), current_setting('synchronous_commit')")).toEqual([
    'on',
    'on',
  ]);
  expect(await ask(server.adminUrl, "select x from unnest(array['张', '李', '王', '安']) x order by x")).toEqual([
    '安',
    '李',
    '王',
    '张',
  ]);
  const wrong = new URL(server.adminUrl);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((i) => i && !i.internal && i.family === 'IPv4')?.address;
  if (outside) await expect(ask(server.adminUrl.replace('127.0.0.1', outside), 'select 1')).rejects.toThrow();
});

test('killed without warning it comes back on its port with all that was committed', { timeout: 60_000 }, async () => {
  const before = await startEmbeddedPostgres({ dir });
  expect(before.pid).toBe(server?.pid);
  await ask(before.adminUrl, 'create table kept as select generate_series(1, 1000) as n');
  process.kill(before.pid, 'SIGKILL');
  await before.exited;
  server = await startEmbeddedPostgres({ dir, port: before.port });
  expect(server.adminUrl).toBe(before.adminUrl);
  expect(await ask(server.adminUrl, 'select count(*)::int from kept')).toEqual([1000]);
});

test('stopped it is gone, and stopping again does nothing', { timeout: 60_000 }, async () => {
  const { adminUrl, exited, stop } = await startEmbeddedPostgres({ dir });
  await stop();
  await exited;
  await stop();
  await expect(ask(adminUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
