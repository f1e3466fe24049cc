import type { Actor } from '@anyuan/contracts';
import { newId } from '@anyuan/contracts';
import { openDb, type TrainingTables } from '@anyuan/db';
import { startTestPostgres } from '@anyuan/db/testing';
import { createApp, createLog } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeys } from '../src/config.ts';
import { createRouter } from '../src/router.ts';
import { fileRoutes, importCourses, importPeople, importSessions } from '../src/service.ts';
import { administrator, agent, certificate, keyFolder, png } from './site.ts';

const folder = keyFolder();
const clock = { now: () => Date.parse('2026-11-23T01:00:00.000Z') };
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let db: ReturnType<typeof openDb<TrainingTables>>;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  db = openDb<TrainingTables>({ url: postgres.url('training'), owner: 'training' });
  const ctx = { db, clock, keys: readKeys(folder.dir) };
  const log = createLog('training', 'silent');
  app = createApp({ router: createRouter(ctx), log, health: async () => ({ ok: true, away: [] }) });
  fileRoutes(app, ctx, '青禾小学');
});

afterAll(async () => {
  await db.close();
  await postgres.stop();
  folder.remove();
});

const call = (procedure: string, input: unknown, actor: Actor | null = administrator) =>
  app.request(
    `/trpc/${procedure}`,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) },
    { actor },
  );

test.each([
  ['addCertificate', certificate({ issuedOn: '2026-01-02', expiresOn: '2026-01-01' }), 'expiresOn'],
  [
    'attendByCard',
    { attendance: newId(), session: newId(), cardHash: '0B00C2C591', at: '2026-11-23T01:00:00.000Z' },
    'cardHash',
  ],
  ['planShifts', { shifts: [] }, 'shifts'],
  ['savePerson', { id: 's-x', name: '', roles: ['cook'] }, 'name'],
  ['savePerson', { id: '__proto__', name: '甲', roles: ['cook'] }, 'id'],
] as const)('%s with bad input names the field and repeats nothing of it', async (procedure, input, field) => {
  const actor = procedure === 'attendByCard' ? agent() : administrator;
  const response = await call(procedure, input, actor);
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    error: { message: 'badInput', data: { code: 'badInput', fields: [field] } },
  });
  expect(text).not.toContain('0B00C2C591');
});

test('a request that nobody signed is refused, a file too', async () => {
  expect((await call('matrix', {}, null)).status).toBe(401);
  expect((await app.request(`/certificates/${newId()}/scan`, {}, { actor: null })).status).toBe(401);
});

test('a body above 512 KiB is refused before it is read', async () => {
  const file = { type: 'image/png', base64: png.repeat(8_000) };
  expect((await call('addScan', { certificate: newId(), file })).status).toBe(413);
});

test('Postgres killed: unavailable at once, also for a file; all goes on after its return', {
  timeout: 60_000,
}, async () => {
  await postgres.kill();
  for (const response of [
    await call('matrix', {}),
    await app.request(`/certificates/${newId()}/scan`, {}, { actor: administrator }),
  ])
    expect(response.status).toBe(503);
  await postgres.start();
  await expect.poll(async () => (await call('matrix', {})).status, { timeout: 10_000 }).toBe(200);
});

test('a month of three hundred attendances is printed within two seconds, and opens as a sheet', async () => {
  const course = newId();
  const people = Array.from({ length: 300 }, (_, i) => ({
    ...{ id: `s-many-${i}`, name: `教师${i}`, roles: ['teacher' as const] },
  }));
  await db.tx(async (trx) => {
    await importPeople(trx, people, { card: readKeys(folder.dir).card }, clock.now());
    const roles = ['teacher' as const];
    await importCourses(trx, [
      { id: course, code: 'many', title: '教职工安全培训', roles, periodMonths: 12, passMark: 60 },
    ]);
    await importSessions(trx, [
      {
        ...{ id: newId(), course, date: '2026-10-15', from: '15:30', hours: 2, place: '会议室', trainer: '周敏' },
        topic: '消防与疏散 <b>=1+1</b>',
        attendances: people.map(({ id }, i) => ({ person: id, via: 'card', scores: i % 7 === 0 ? [50, 90] : [88] })),
      },
    ]);
  });
  const get = (path: string, actor: Actor | null = administrator) => app.request(path, {}, { actor });
  // The first one loads the fonts.
  await get('/ledger.pdf?month=2026-09');
  // Of processor: what others do on this machine is no matter of the paper.
  const begun = process.cpuUsage();
  const paper = await get('/ledger.pdf?month=2026-10');
  const bytes = Buffer.from(await paper.arrayBuffer());
  const { user, system } = process.cpuUsage(begun);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect((user + system) / 1_000).toBeLessThan(2_000);
  const sheet = Buffer.from(await (await get('/ledger.xlsx?month=2026-10')).arrayBuffer());
  expect(sheet.subarray(0, 2).toString()).toBe('PK');
  expect((await get('/ledger.pdf?month=2026-13')).status).toBe(400);
  expect((await get('/ledger.pdf?month=2026-10', { ...administrator, role: 'guard' } as Actor)).status).toBe(403);
  expect((await get('/ledger.pdf?month=2026-10', null)).status).toBe(401);
});
