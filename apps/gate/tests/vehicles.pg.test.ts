import { type LogVehicle, newId, type PlanDelivery } from '@anyuan/contracts';
import { catalogues } from '@anyuan/ui/text';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadPermits } from '../src/permit-store.ts';
import { staysOf, vehiclePaper, vehicleSheet } from '../src/vehicle-documents.ts';
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

test('whoever drives in passes with his vehicle, once, whoever writes it down and whatever comes first', async () => {
  const visit = admission({ plate: '京 a·12345' });
  await site.as(agent()).admit(visit);
  await site.as(agent()).admit(visit);
  const byHand = pass('in', '08:01', { by: { as: 'visitor', visit: visit.visit } });
  expect(await gate().log(byHand)).toMatchObject({ pass: visit.visit, label: '张伟明' });
  expect(await day()).toEqual([['in', 'main', null]]);
  expect((await events(site.db)).map((e) => e.type)).toEqual(['vehicle.passed', 'visit.admitted']);
  await gate().log(pass('out', '08:30', { by: { as: 'visitor', visit: visit.visit } }));
  expect(await office().inside()).toEqual([]);

  const later = admission({ plate: '京B77777' });
  await gate().log(pass('in', '08:02', { plate: '京B77777', by: { as: 'visitor', visit: later.visit } }));
  await site.as(agent()).admit(later);
  expect(await office().inside()).toMatchObject([{ plate: '京B77777', since: '2026-11-23T08:02:00.000Z' }]);

  const nonsense = admission({ plate: '骑电动车' });
  expect(await site.as(agent()).admit(nonsense)).toMatchObject({ plate: '骑电动车' });
  expect(await office().inside()).toHaveLength(1);
});

test('an admission that was taken back leaves no vehicle inside', async () => {
  const [slip, early] = [admission({ plate: '京C11111' }), admission({ plate: '京C22222' })];
  const undo = ({ visit, decision }: typeof slip) => ({ command: newId(), visit, decision });
  await site.as(agent()).undo(undo(early));
  await site.as(agent()).admit(early);
  await site.as(agent()).admit(slip);
  expect(await office().inside()).toMatchObject([{ plate: '京C11111' }]);
  await site.as(agent()).undo(undo(slip));
  expect([await office().inside(), await day()]).toEqual([[], []]);
});

test('the register: a line for each stay, across midnight and gates, and what is missing said', async () => {
  const visit = admission({ plate: '京A12345', number: 'E1123-009' });
  await site.as(agent()).admit(visit);
  await gate('west').log(pass('out', '09:10', { gate: 'west', by: { as: 'visitor', visit: visit.visit } }));
  await gate().log(pass('in', '09:20', { plate: 'WJ京1234X' }));
  await gate().log(pass('out', '09:30', { plate: '使014578' }));
  await gate().log(pass('refused', '09:40', { plate: '粤Z1234港', reason: 'notExpected' }));
  const old = pass('in', '07:00', { plate: '沪B67890' });
  await gate().log({ ...old, decision: { ...old.decision, at: '2026-11-20T07:00:00.000Z' } });
  await gate().log(pass('out', '09:50', { plate: '沪B67890' }));
  await site.asAdmin(sql`insert into gate.cover_rules values ('main', '东门', true)`);
  const [from, to] = [Date.parse('2026-11-22T16:00:00.000Z'), Date.parse('2026-11-23T16:00:00.000Z')];
  const lines = await staysOf(site.db.kysely, from, to, 100);
  const by = { school: '青禾小学', from: '2026-11-23', to: '2026-11-23', by: '周敏', now: to, text: catalogues.zh };
  const { rows } = vehicleSheet(lines, by);
  expect(rows.map(([, plate, ...rest]) => [plate, ...rest])).toEqual([
    ['京A·12345', '访客', '张伟明', 'E1123-009', '2026-11-23 16:00', '东门', '2026-11-23 17:10', 'west', '王建国', ''],
    ['WJ·京1234X', '其他', '', '', '2026-11-23 17:20', '东门', '未出校', '', '王建国', ''],
    ['使·014578', '其他', '', '', '', '', '2026-11-23 17:30', '东门', '王建国', '没有进校记录'],
    ['粤Z·1234港', '其他', '', '', '2026-11-23 17:40', '东门', '', '', '王建国', '未放行，没有预约'],
    ['沪B·67890', '其他', '', '', '2026-11-20 15:00', '东门', '2026-11-23 17:50', '东门', '王建国', ''],
  ]);
  expect(vehiclePaper(lines, by)).toMatchObject({ orientation: 'landscape', title: '车辆出入登记表' });
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

test.each<[string, Record<string, unknown>]>([
  ['a supplier of 10,000 signs', { supplier: '商'.repeat(10_000) }],
  ['no supplier', { supplier: '  ' }],
  ['goods without end', { goods: '货'.repeat(10_000) }],
  ['an impossible plate', { plate: '京AIO345' }],
  ['a plate of emoji', { plate: '🚗🚗🚗🚗🚗🚗🚗' }],
  ['a day that is none', { date: '2026-02-30' }],
  ['an hour that is none', { from: '25:00' }],
])('a delivery with %s is bad input', async (_, more) => {
  await expect(office().plan({ ...milk(), ...more })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('a supplier’s words are words', async () => {
  const supplier = "<b>𬱖</b>'; drop table gate.goods_deliveries; -- 🚚";
  expect(await office().plan(milk({ supplier }))).toMatchObject({ delivery: { supplier } });
  expect((await office().deliveries()).map((d) => d.supplier)).toEqual([supplier]);
});

test('another gate’s pass, a guard’s look and a principal’s plan are forbidden', async () => {
  await expect(gate('west').log(pass('in', '07:30'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const as = (role: 'guard' | 'principal') => site.as({ kind: 'person', id: 'p', name: '某人', role }).vehicles;
  await expect(as('guard').inside()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(as('principal').plan(milk())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await as('principal').inside()).toEqual([]);
});
