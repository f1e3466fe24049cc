import { type LogVehicle, newId, type PlanDelivery } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadPermits } from '../src/permit-store.ts';
import { administrator, admission, agent, events, gateSite } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(sql`truncate gate.vehicle_passes, gate.goods_deliveries, gate.visits, gate.visitors, gate.outbox`);
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const guard = { id: 's-wang', name: '王建国' };
const pass = (outcome: LogVehicle['outcome'], time: string, more: Partial<LogVehicle> & { gate?: string } = {}) => {
  const { gate = 'main', ...rest } = more;
  const at = `2026-11-23T${time}:00.000Z`;
  return {
    ...{ pass: newId(), plate: '京A12345', outcome, by: { as: 'other' }, doubt: null, reason: null, listAsOf: at },
    decision: { gate, guard, at, offline: false },
    ...rest,
  } satisfies LogVehicle;
};
const gate = (id = 'main') => site.as(agent(id)).vehicles;
const office = () => site.as(administrator).vehicles;
const day = async (plate?: string) =>
  (await office().passes({ date: '2026-11-23', ...(plate === undefined ? {} : { plate }) })).map((p) => [
    p.outcome,
    p.gate,
    p.gap,
  ]);

test('in at one gate and out at the other; a repeat is harmless', async () => {
  const entry = pass('in', '07:30', { plate: '京ａ·12345' });
  expect(await gate().log(entry)).toMatchObject({ plate: '京A12345', outcome: 'in', gap: null });
  await gate().log(entry);
  expect(await gate('west').insideAtGate()).toMatchObject([{ plate: '京A12345', gate: 'main', kind: 'other' }]);
  await gate('west').log(pass('out', '07:50', { gate: 'west' }));
  expect(await office().inside()).toEqual([]);
  expect(await day()).toEqual([
    ['out', 'west', null],
    ['in', 'main', null],
  ]);
  expect((await events(site.db)).map((e) => e.type)).toEqual(['vehicle.passed', 'vehicle.passed']);
});

test('out of order: what is inside follows the gates’ time', async () => {
  await gate().log(pass('out', '07:50'));
  expect(await day()).toEqual([['out', 'main', 'noEntry']]);
  await gate().log(pass('in', '07:30'));
  expect(await office().inside()).toEqual([]);
  expect(await day()).toEqual([
    ['out', 'main', null],
    ['in', 'main', null],
  ]);
});

test('out without in and in without out are kept and shown; a refusal moves nothing', async () => {
  await gate().log(pass('out', '07:10'));
  await gate().log(pass('in', '07:20'));
  await gate().log(pass('refused', '07:25', { doubt: 'wrongHours', reason: 'outsideHours' }));
  await gate().log(pass('in', '07:30'));
  expect(await day()).toEqual([
    ['in', 'main', 'noExit'],
    ['refused', 'main', null],
    ['in', 'main', null],
    ['out', 'main', 'noEntry'],
  ]);
  expect(await office().inside()).toMatchObject([{ since: '2026-11-23T07:30:00.000Z' }]);
});

test('a visitor’s vehicle bears his name, also when it comes before the visit', async () => {
  const visit = admission();
  await gate().log(pass('in', '08:01', { by: { as: 'visitor', visit: visit.visit } }));
  expect(await office().inside()).toMatchObject([{ kind: 'visitor', label: null }]);
  await site.as(agent()).admit(visit);
  expect(await office().inside()).toMatchObject([{ kind: 'visitor', label: '张伟明' }]);
});

test('the log of a day, and a plate on any day by a part of it; signs of SQL find nothing', async () => {
  await gate().log(pass('in', '07:30'));
  await gate().log(pass('in', '07:40', { plate: '沪B67890' }));
  expect(await office().passes({ date: '2026-11-22' })).toEqual([]);
  expect(await office().passes({ date: '2026-11-22', plate: 'b 678' })).toMatchObject([{ plate: '沪B67890' }]);
  expect(await day("%' or 1=1 --")).toEqual([]);
});

test.each([['京AIO345'], ['大众'], ['京A12🚗45'], ['']])('a pass of %s is bad input', async (plate) => {
  await expect(gate().log(pass('in', '07:30', { plate }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

const milk = (more: Partial<PlanDelivery> = {}): PlanDelivery => ({
  ...{ delivery: newId(), supplier: '青禾乳业', goods: '学生奶', plate: null },
  ...{ date: '2026-11-23', from: '10:00', to: '11:00' },
  ...more,
});

test('a delivery is on the gates’ list until it is cancelled; who has come is told', async () => {
  const command = milk();
  expect(await office().plan(command)).toMatchObject({ result: 'planned', delivery: { cameAt: null } });
  expect((await loadPermits(site.db.kysely)).body.deliveries).toMatchObject([{ supplier: '青禾乳业', from: '10:00' }]);
  await gate().log(pass('in', '02:20', { by: { as: 'delivery', delivery: command.delivery } }));
  expect(await office().deliveries()).toMatchObject([{ cameAt: '2026-11-23T02:20:00.000Z' }]);
  expect(await office().inside()).toMatchObject([{ kind: 'delivery', label: '青禾乳业' }]);
  await office().cancel({ delivery: command.delivery });
  await office().cancel({ delivery: command.delivery });
  expect((await loadPermits(site.db.kysely)).body.deliveries).toEqual([]);
});

test.each<[Partial<PlanDelivery>, string]>([
  [{ from: '11:00', to: '10:00' }, 'windowBeforeStart'],
  [{ date: '2026-11-22' }, 'past'],
])('a delivery that can’t be is refused in words: %o', async (more, why) => {
  expect(await office().plan(milk(more))).toEqual({ result: 'refused', why });
});

test('another gate’s pass, a guard’s look and a principal’s plan are forbidden', async () => {
  await expect(gate('west').log(pass('in', '07:30'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const as = (role: 'guard' | 'principal') => site.as({ kind: 'person', id: 'p', name: '某人', role }).vehicles;
  await expect(as('guard').inside()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(as('principal').plan(milk())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await as('principal').inside()).toEqual([]);
});
