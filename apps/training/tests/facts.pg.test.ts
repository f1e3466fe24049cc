/** The school's numbers as they come: over a real bus, stamped by it, beside what was entered here (H11). */
import { startTestNats } from '@anyuan/bus/testing';
import { GATEWAY, newId, subjects } from '@anyuan/contracts';
import { startTestPostgres } from '@anyuan/db/testing';
import { createLog, requestOverBus, systemClock } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TrainingService } from '../src/service.ts';
import { administrator, keyFolder } from './site.ts';

const SCHOOL = 'demo';
const folder = keyFolder();
let nats: Awaited<ReturnType<typeof startTestNats>>;
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let bus: Awaited<ReturnType<typeof nats.connect>>;
let service: Awaited<ReturnType<typeof TrainingService.create>>;

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
  const config = {
    ...{ ANYUAN_SCHOOL: SCHOOL, NATS_URL: nats.url, LOG_LEVEL: 'error' as const },
    ...{ DATABASE_URL: postgres.url('training'), ANYUAN_SCHOOL_NAME: '青禾小学', ANYUAN_KEYS: folder.dir },
  };
  // Events bear the bus's time, so the service goes by the same.
  service = await TrainingService.create(config, { clock: systemClock, log: createLog('training', 'silent') });
  await service.start();
  bus = await nats.connect('test');
}, 60_000);

afterAll(async () => {
  await service.stop();
  await Promise.all([nats.stop(), postgres.stop()]);
  folder.remove();
});

const call = async (method: 'GET' | 'POST', procedure: string, input?: unknown) => {
  const response = await requestOverBus({
    ...{ bus, school: SCHOOL, service: 'training', method, path: `/trpc/${procedure}`, caller: GATEWAY },
    ...{ actor: administrator, body: new TextEncoder().encode(input === undefined ? '' : JSON.stringify(input)) },
  });
  return response.json();
};
async function told(pupils: number, boarders: number) {
  const data = { id: newId(), by: { id: 's-zhou', name: '周敏' }, pupils, staff: 86, boarders };
  await bus.publishStored(subjects.event(SCHOOL, 'drills', 'facts', 'changed'), data, { id: newId(), headers: {} });
  await service.processAll();
  return call('GET', 'staffing');
}

test('each change of the school’s facts counts at once, also over what was entered here; the rules that were chosen stay', async () => {
  expect(await told(1_200, 0)).toMatchObject({
    result: { data: { headcount: { pupils: 1_200, boarders: 0 }, required: [{ ruleSet: 'notices', guards: 3 }, {}] } },
  });
  const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const headcount = { pupils: 900, staff: 60, boarders: 0 };
  await call('POST', 'setHeadcount', { id: newId(), headcount, ruleSet: 'gbt29315', from });
  expect(await told(1_500, 301)).toMatchObject({
    result: { data: { headcount: { pupils: 1_500, boarders: 301, staff: 86, by: '周敏' } } },
  });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await call('POST', 'setHeadcount', { id: newId(), headcount, ruleSet: 'gbt29315', from: today });
  expect(await told(1_501, 302)).toMatchObject({
    result: { data: { headcount: { pupils: 1_501, boarders: 302 }, required: [{ ruleSet: 'gbt29315' }, {}] } },
  });
});
