import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consume } from '@anyuan/bus';
import { startTestNats } from '@anyuan/bus/testing';
import { robotSecret, startRobot } from '@anyuan/channels/testing';
import { type Actor, GATEWAY, HazardView, newId, streams, subjects } from '@anyuan/contracts';
import { startTestPostgres } from '@anyuan/db/testing';
import { createLog, requestOverBus } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LedgerService } from '../src/service.ts';
import { administrator, assignment, guard, START } from './site.ts';

const SCHOOL = 'demo';
let now = Date.parse(START);
let nats: Awaited<ReturnType<typeof startTestNats>>;
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let bus: Awaited<ReturnType<typeof nats.connect>>;
let service: Awaited<ReturnType<typeof start>>;

const keys = mkdtempSync(join(tmpdir(), 'anyuan-keys-'));
writeFileSync(join(keys, 'id.key'), randomBytes(32).toString('hex'));

async function start() {
  const config = {
    ANYUAN_SCHOOL: SCHOOL,
    ANYUAN_SCHOOL_NAME: '青禾小学',
    ANYUAN_KEYS: keys,
    ANYUAN_CHANNELS_LOOPBACK: 'on' as const,
    NATS_URL: nats.url,
    LOG_LEVEL: 'error' as const,
  };
  const options = { clock: { now: () => now }, log: createLog('ledger', 'silent') };
  const started = await LedgerService.create({ ...config, DATABASE_URL: postgres.url('ledger') }, options);
  await started.start();
  return started;
}

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
  service = await start();
  bus = await nats.connect(GATEWAY);
}, 60_000);

afterAll(async () => {
  await service.stop();
  await Promise.all([nats.stop(), postgres.stop()]);
  rmSync(keys, { recursive: true });
});

const ask = (actor: Actor, method: string, path: string, input?: unknown) =>
  requestOverBus({
    ...{ bus, school: SCHOOL, service: 'ledger', caller: GATEWAY, method, path, actor },
    ...(input ? { body: new TextEncoder().encode(JSON.stringify(input)) } : {}),
  });

test('over the bus: reported and assigned; late, told once though the service was started anew; printed', async () => {
  const told: string[] = [];
  const hazard = newId();
  await ask(guard, 'POST', '/trpc/reportHazard', { id: hazard, what: '护栏松动' });
  await ask(administrator, 'POST', '/trpc/assign', assignment({ hazard, deadline: '2026-11-24' }));
  await service.processAll();
  now = Date.parse('2026-11-25T01:00:00.000Z');
  await service.processAll();
  await service.stop();
  service = await start();
  await service.processAll();
  const consumption = consume(bus, {
    stream: streams.events,
    durable: 'test',
    filter: [subjects.eventsOf(SCHOOL, 'ledger')],
    onError: () => {},
    async handle(batch) {
      for (const { subject, data } of batch) {
        const view = HazardView.parse(JSON.parse(new TextDecoder().decode(data)));
        told.push(`${subject.split('.').slice(3).join('.')} ${view.number} ${view.late}`);
      }
    },
  });
  await expect
    .poll(() => told)
    .toEqual(['ledger.hazard.recorded Y-1101 0', 'ledger.hazard.changed Y-1101 0', 'ledger.hazard.escalated Y-1101 1']);
  await consumption.stop();
  const pdf = await ask(administrator, 'GET', '/hazards.pdf?filter=late');
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect((await ask(guard, 'GET', '/hazards.pdf')).status).toBe(403);
});

test('a reminder of another service reaches a robot; the same again, and a start anew, send nothing twice', async () => {
  // The stream writes the time of an event, and it has the machine's.
  now = Date.now();
  const robot = await startRobot('feishu', { now: () => now });
  const channel = newId();
  const settings = { kind: 'feishu', address: robot.address, secret: robotSecret };
  const save = { id: channel, name: '保安组', topics: ['certificates'], audience: 'group', enabled: true, settings };
  expect((await ask(administrator, 'POST', '/trpc/saveChannel', save)).status).toBe(200);
  expect((await ask(guard, 'POST', '/trpc/saveChannel', save)).status).toBe(403);
  const what = {
    certificate: newId(),
    kind: 'guardCertificate',
    person: 's-wang',
    name: '王建国',
    expiresOn: '2026-12-02',
  };
  const training = await nats.connect('training');
  const tell = (id: string) =>
    training.publishStored(
      subjects.event(SCHOOL, 'training', 'reminder', 'due'),
      { to: ['s-wang'], what, threshold: 7, days: 7 },
      { id, headers: {} },
    );
  const id = newId();
  await tell(id);
  await service.processAll();
  await service.stop();
  service = await start();
  await tell(id);
  await service.processAll();
  expect(robot.heard.map(({ text }) => text)).toEqual(['证件到期提醒\n王建国的保安员证还有 7 天到期（2026-12-02）。']);
  await training.close();
  await robot.stop();
});

test('Postgres killed: a report answers 503 and is stored once afterwards', { timeout: 60_000 }, async () => {
  const report = { id: newId(), what: '路灯不亮' };
  await postgres.kill();
  expect((await ask(guard, 'POST', '/trpc/reportHazard', report)).status).toBe(503);
  expect((await ask(administrator, 'GET', '/hazards.xlsx')).status).toBe(503);
  await postgres.start();
  expect((await ask(guard, 'POST', '/trpc/reportHazard', report)).status).toBe(200);
  await service.processAll();
});
