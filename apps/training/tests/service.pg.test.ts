import { startTestNats } from '@anyuan/bus/testing';
import { agentCaller, GATEWAY, newId, subjects } from '@anyuan/contracts';
import { openDb, type TrainingTables } from '@anyuan/db';
import { startTestPostgres } from '@anyuan/db/testing';
import { createLog, requestOverBus } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeys } from '../src/config.ts';
import { importCertificates, importPeople, TrainingService } from '../src/service.ts';
import { administrator, certificate, keyFolder, people } from './site.ts';

const SCHOOL = 'demo';
const folder = keyFolder();
const clock = { now: () => Date.parse('2026-11-23T01:00:00.000Z') };
let nats: Awaited<ReturnType<typeof startTestNats>>;
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let bus: Awaited<ReturnType<typeof nats.connect>>;
let copies: Awaited<ReturnType<typeof TrainingService.create>>[] = [];
let db: ReturnType<typeof openDb<TrainingTables>>;

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
  db = openDb<TrainingTables>({ url: postgres.url('training'), owner: 'training' });
  const keys = readKeys(folder.dir);
  await db.tx(async (trx) => {
    await importPeople(trx, people, keys, clock.now());
    await importCertificates(trx, [certificate({ expiresOn: '2026-11-30' })], keys, clock.now());
  });
  const config = {
    ANYUAN_SCHOOL: SCHOOL,
    NATS_URL: nats.url,
    LOG_LEVEL: 'error' as const,
    DATABASE_URL: postgres.url('training'),
    ANYUAN_SCHOOL_NAME: '青禾小学',
    ANYUAN_KEYS: folder.dir,
  };
  const create = () => TrainingService.create(config, { clock, log: createLog('training', 'silent') });
  copies = [await create(), await create()];
  for (const copy of copies) await copy.start();
  bus = await nats.connect('test');
}, 60_000);

afterAll(async () => {
  for (const copy of copies) await copy.stop();
  await db.close();
  await Promise.all([nats.stop(), postgres.stop()]);
  folder.remove();
});

const call = async (procedure: string, input: unknown, caller: string = GATEWAY) => {
  const response = await requestOverBus({
    ...{ bus, school: SCHOOL, service: 'training', method: 'POST', path: `/trpc/${procedure}`, caller },
    actor: caller === GATEWAY ? administrator : null,
    body: new TextEncoder().encode(JSON.stringify(input)),
  });
  return { status: response.status, body: await response.json() };
};

test('what a drill has shown comes over the bus and stands in the record, once, with two copies at work', async () => {
  const data = {
    id: newId(),
    drill: newId(),
    person: 's-wang',
    skill: 'pressed',
    seconds: 1.4,
    at: '2026-11-23T00:30:00.000Z',
  };
  for (const id of [newId(), newId()])
    await bus.publishStored(subjects.event(SCHOOL, 'drills', 'skill', 'recorded'), data, { id, headers: {} });
  await copies[0]?.processAll();
  const { body } = await call('staffRecord', { person: 's-wang' });
  expect(body).toMatchObject({ result: { data: { skills: [{ skill: 'pressed', seconds: 1.4 }] } } });
});

test('two copies remind once', async () => {
  await Promise.all(copies.map((copy) => copy.processAll()));
  await Promise.all(copies.map((copy) => copy.processAll()));
  const rows = await db.kysely.selectFrom('reminders').select(['threshold', 'days']).execute();
  expect(rows).toEqual([{ threshold: 7, days: 7 }]);
});

test('a reader sends a card over its own subject; the wrong field of bad input is named, nothing of what stood in it', async () => {
  const tap = { attendance: newId(), session: newId(), cardHash: '0B00C2C591', at: '2026-11-23T01:00:00.000Z' };
  const { status, body } = await call('attendByCard', tap, agentCaller('main'));
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { data: { code: 'badInput', fields: ['cardHash'] } } });
  expect(JSON.stringify(body)).not.toContain('0B00C2C591');
});

test('Postgres killed: 503 and named in the health; all goes on after its return', { timeout: 60_000 }, async () => {
  await postgres.kill();
  expect(await call('matrix', {})).toMatchObject({ status: 503, body: { error: { data: { code: 'unavailable' } } } });
  await postgres.start();
  await expect.poll(async () => (await call('matrix', {})).status, { timeout: 10_000 }).toBe(200);
});
