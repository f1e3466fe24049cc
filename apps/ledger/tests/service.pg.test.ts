import { consume } from '@anyuan/bus';
import { startTestNats } from '@anyuan/bus/testing';
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

async function start() {
  const config = {
    ANYUAN_SCHOOL: SCHOOL,
    ANYUAN_SCHOOL_NAME: '青禾小学',
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

test('Postgres killed: a report answers 503 and is stored once afterwards', { timeout: 60_000 }, async () => {
  const report = { id: newId(), what: '路灯不亮' };
  await postgres.kill();
  expect((await ask(guard, 'POST', '/trpc/reportHazard', report)).status).toBe(503);
  expect((await ask(administrator, 'GET', '/hazards.xlsx')).status).toBe(503);
  await postgres.start();
  expect((await ask(guard, 'POST', '/trpc/reportHazard', report)).status).toBe(200);
  await service.processAll();
});
