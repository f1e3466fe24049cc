import { followList, readSignedHead, verifyBody } from '@anyuan/bus';
import { startTestNats } from '@anyuan/bus/testing';
import {
  agentCaller,
  type ListHead,
  newId,
  type PermitList,
  type SavePermit,
  type StaffList,
  subjects,
} from '@anyuan/contracts';
import { type GateTables, openDb } from '@anyuan/db';
import { startTestPostgres } from '@anyuan/db/testing';
import { createLog, requestOverBus } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeys } from '../src/config.ts';
import { GateService, importStaff } from '../src/service.ts';
import { admission, keyFolder, signOut } from './site.ts';

const SCHOOL = 'demo';
let nats: Awaited<ReturnType<typeof startTestNats>>;
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
const folder = keyFolder();

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
}, 60_000);
afterAll(async () => {
  await Promise.all([nats.stop(), postgres.stop()]);
  folder.remove();
});

const boot = () =>
  GateService.create(
    {
      ANYUAN_SCHOOL: SCHOOL,
      NATS_URL: nats.url,
      LOG_LEVEL: 'error',
      DATABASE_URL: postgres.url('gate'),
      ANYUAN_SCHOOL_NAME: '青禾小学',
      ANYUAN_KEYS: folder.dir,
    },
    { log: createLog('gate', 'silent') },
  );

test('over the bus: a gate admits, the event follows, a lost answer is asked again', { timeout: 60_000 }, async () => {
  const service = await boot();
  await service.start();
  const bus = await nats.connect('agent-main');
  const heard: unknown[] = [];
  bus.subscribe(
    subjects.eventsOf(SCHOOL, 'gate'),
    (m) => void heard.push(JSON.parse(new TextDecoder().decode(m.data))),
  );
  const call = async (procedure: string, input: unknown) => {
    const response = await requestOverBus({
      ...{
        bus,
        school: SCHOOL,
        service: 'gate',
        caller: agentCaller('main'),
        method: 'POST',
        path: `/trpc/${procedure}`,
      },
      body: new TextEncoder().encode(JSON.stringify(input)),
    });
    return { status: response.status, body: await response.json() };
  };
  const command = admission({ until: '2099-01-01T00:00:00.000Z' });
  expect(await call('admit', command)).toMatchObject({ status: 200, body: { result: { data: { status: 'onSite' } } } });
  expect((await call('admit', command)).status).toBe(200);
  await service.processAll();
  await expect.poll(() => heard).toHaveLength(1);

  await postgres.kill();
  expect(await call('signOut', signOut(command.visit))).toMatchObject({
    status: 503,
    body: { error: { data: { code: 'unavailable' } } },
  });
  const health = await requestOverBus({
    bus,
    school: SCHOOL,
    service: 'gate',
    caller: 'gateway',
    method: 'GET',
    path: '/health',
  });
  expect([health.status, await health.json()]).toEqual([503, { ok: false, away: ['database'] }]);
  await postgres.start();
  expect(await call('signOut', signOut(command.visit))).toMatchObject({
    status: 200,
    body: { result: { data: { status: 'left' } } },
  });
  await service.processAll();
  await expect.poll(() => heard).toHaveLength(2);
  await service.stop();
});

test('an import by another process is at the gates, signed, within seconds', { timeout: 60_000 }, async () => {
  const service = await boot();
  await service.start();
  const bus = await nats.connect('agent-main');
  let held: { head: ListHead; list: StaffList } | undefined;
  const stopFollowing = followList(
    bus,
    'staff',
    async (signed, fetchBody) => {
      const head = readSignedHead(signed, folder.listPublicKey);
      const packed = head && (await fetchBody(head.sha256));
      if (head && packed) held = { head, list: verifyBody(head, packed) as StaffList };
    },
    () => {},
  );
  const seed = openDb<GateTables>({ url: postgres.url('gate'), owner: 'gate' });
  const liu = {
    id: 's-liu',
    name: '刘芳',
    role: 'teacher',
    department: '三（2）班',
    title: '班主任',
    host: true,
    mayStandDown: false,
  } as const;
  await seed.tx((trx) => importStaff(trx, [liu], readKeys(folder.dir)));
  await seed.close();
  await expect.poll(() => held?.list.people.map((p) => p.pinyin), { timeout: 5_000 }).toEqual(['liufang']);
  stopFollowing();
  await service.stop();
});

test('started while Postgres is away it waits, says so, and works once it is there', { timeout: 60_000 }, async () => {
  await postgres.kill();
  const service = await boot();
  const started = service.start();
  const bus = await nats.connect('agent-main');
  const health = () =>
    requestOverBus({ bus, school: SCHOOL, service: 'gate', caller: 'gateway', method: 'GET', path: '/health' });
  expect(await (await health()).json()).toEqual({ ok: false, away: ['database'] });
  await postgres.start();
  await started;
  expect((await health()).status).toBe(200);
  await service.stop();
});

test('a suspended permit is on both gates’ list within two seconds', { timeout: 60_000 }, async () => {
  const service = await boot();
  await service.start();
  const seen = new Map<string, PermitList>();
  const ends = await Promise.all(
    ['agent-main', 'agent-west'].map(async (user) =>
      followList(
        await nats.connect(user),
        'permits',
        async (signed, fetchBody) => {
          const head = readSignedHead(signed, folder.listPublicKey);
          const packed = head && (await fetchBody(head.sha256));
          if (head && packed) seen.set(user, verifyBody(head, packed) as PermitList);
        },
        () => {},
      ),
    ),
  );
  const office = await nats.connect('gateway');
  const call = async (procedure: string, input: unknown) => {
    const response = await requestOverBus({
      ...{ bus: office, school: SCHOOL, service: 'gate', caller: 'gateway', method: 'POST' },
      ...{ path: `/trpc/permits.${procedure}`, body: new TextEncoder().encode(JSON.stringify(input)) },
      actor: { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' },
    });
    expect(response.status).toBe(200);
  };
  const permit: SavePermit = {
    ...{ command: newId(), permit: newId(), kind: 'staff', name: '刘芳', firm: '', card: { by: 'none' } },
    ...{ validFrom: '2026-01-01', validTo: '2027-12-31', days: [1], from: '06:00', to: '18:00', gates: [] },
    plates: ['京A12345'],
  };
  await call('save', permit);
  const held = () => [...seen.values()].map(({ permits }) => permits.map((p) => p.suspended?.reason ?? ''));
  await expect.poll(held, { timeout: 5_000 }).toEqual([[''], ['']]);
  const from = performance.now();
  await call('suspend', { command: newId(), permit: permit.permit, reason: '离职' });
  await expect.poll(held, { timeout: 2_000, interval: 10 }).toEqual([['离职'], ['离职']]);
  expect(performance.now() - from).toBeLessThan(2_000);
  for (const end of ends) end();
  await service.stop();
});
