import { followList, readSignedHead, verifyBody } from '@anyuan/bus';
import { startTestNats } from '@anyuan/bus/testing';
import { agentCaller, GATEWAY, type ListHead, PickupList } from '@anyuan/contracts';
import { openDb, type PickupTables } from '@anyuan/db';
import { startTestPostgres } from '@anyuan/db/testing';
import { createLog, requestOverBus } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeys } from '../src/config.ts';
import { importSchool, PickupService } from '../src/service.ts';
import { administrator, handOver, keyFolder, school } from './site.ts';

const SCHOOL = 'demo';
const folder = keyFolder();
let nats: Awaited<ReturnType<typeof startTestNats>>;
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let service: Awaited<ReturnType<typeof PickupService.create>>;
let bus: Awaited<ReturnType<typeof nats.connect>>;
/** What a gate holds. */
let held: { head: ListHead; list: PickupList } | undefined;
let unfollow = () => {};

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
  const seed = openDb<PickupTables>({ url: postgres.url('pickup'), owner: 'pickup' });
  await seed.tx((trx) => importSchool(trx, school, readKeys(folder.dir)));
  await seed.close();
  const config = {
    ANYUAN_SCHOOL: SCHOOL,
    NATS_URL: nats.url,
    LOG_LEVEL: 'error' as const,
    DATABASE_URL: postgres.url('pickup'),
  };
  service = await PickupService.create({ ...config, ANYUAN_KEYS: folder.dir }, { log: createLog('pickup', 'silent') });
  await service.start();
  bus = await nats.connect('agent-main');
  unfollow = followList(
    bus,
    'pickup',
    async (signed, fetchBody) => {
      const head = readSignedHead(signed, folder.listPublicKey);
      const packed = head && (await fetchBody(head.sha256));
      if (head && packed) held = { head, list: PickupList.parse(verifyBody(head, packed)) };
    },
    () => {},
  );
}, 60_000);

afterAll(async () => {
  unfollow();
  await service.stop();
  await Promise.all([nats.stop(), postgres.stop()]);
  folder.remove();
});

async function call(caller: string, procedure: string, input: unknown) {
  const response = await requestOverBus({
    ...{ bus, school: SCHOOL, service: 'pickup', method: 'POST', path: `/trpc/${procedure}`, caller },
    actor: caller === GATEWAY ? administrator : null,
    body: new TextEncoder().encode(JSON.stringify(input)),
  });
  return { status: response.status, body: await response.json() };
}

async function cardId(last4: string): Promise<string> {
  const db = openDb<PickupTables>({ url: postgres.url('pickup'), owner: 'pickup' });
  const card = await db.kysely.selectFrom('cards').select('id').where('last4', '=', last4).executeTakeFirstOrThrow();
  await db.close();
  return card.id;
}

const statusAtTheGate = (last4: string) => held?.list.cards.find((c) => c.last4 === last4)?.status;

test('a card reported lost is dead at the gate within a second', async () => {
  const id = await cardId('4417');
  await expect.poll(() => statusAtTheGate('4417')).toBe('active');
  const lags: number[] = [];
  for (const [procedure, status] of Array.from(
    { length: 5 },
    () =>
      [
        ['reportLost', 'lost'],
        ['reinstate', 'active'],
      ] as const,
  ).flat()) {
    const pressed = performance.now();
    expect((await call(GATEWAY, procedure, { card: id })).status).toBe(200);
    await expect.poll(() => statusAtTheGate('4417'), { interval: 2 }).toBe(status);
    lags.push(performance.now() - pressed);
  }
  expect(Math.max(...lags)).toBeLessThan(1_000);
});

test('the bus killed: the hand-over is recorded later, the revocation reaches the gate after its return', {
  timeout: 60_000,
}, async () => {
  const command = handOver();
  await nats.kill();
  await expect(call(agentCaller('main'), 'recordHandOver', command)).rejects.toMatchObject({ code: 'unavailable' });
  await nats.start();
  await expect
    .poll(() => call(agentCaller('main'), 'recordHandOver', command).catch(() => undefined), { timeout: 10_000 })
    .toMatchObject({
      status: 200,
      body: { result: { data: { result: 'recorded' } } },
    });
  await call(GATEWAY, 'reportLost', { card: await cardId('5180') });
  await expect.poll(() => statusAtTheGate('5180'), { timeout: 10_000 }).toBe('lost');
});

test('Postgres killed: nobody vouches for the list, records wait at the gate, all goes on after its return', {
  timeout: 60_000,
}, async () => {
  const command = handOver({ child: 'c-2', guardian: 'g-luo' });
  await postgres.kill();
  expect(await call(agentCaller('main'), 'recordHandOver', command)).toMatchObject({
    status: 503,
    body: { error: { data: { code: 'unavailable' } } },
  });
  await expect(service.processAll()).rejects.toMatchObject({ code: 'unavailable' });
  await postgres.start();
  expect(await call(agentCaller('main'), 'recordHandOver', command)).toMatchObject({ status: 200 });
  await service.processAll();
});
