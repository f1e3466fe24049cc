import { newId, type PlanShift, type SaveEquipment } from '@anyuan/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { follow } from '../src/follow.ts';
import { tellRosterAnew } from '../src/roster-told.ts';
import { importEquipment, importGuardRooms } from '../src/service.ts';
import { administrator, agent, certificate, guard, principal, teacher, trainingSite, vetting } from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const enrolled = (pupils: number, staff: number, from = '2026-09-01') =>
  office().setHeadcount({ id: newId(), headcount: { pupils, staff, boarders: 0 }, ruleSet: 'notices', from });
const shift = (given: Partial<PlanShift> = {}): PlanShift => ({
  id: newId(),
  gate: 'main',
  date: '2026-11-24',
  from: '07:00',
  to: '08:30',
  kind: 'arrival',
  ...given,
});
const planned = async (given: Partial<PlanShift> = {}) => {
  const wanted = shift(given);
  await office().saveGuardRoom({ gate: wanted.gate, name: wanted.gate });
  await office().planShifts({ shifts: [wanted] });
  return wanted;
};
/** In date for duty. */
const ready = async (person: string, expiresOn: string | null = null) => {
  await office().addCertificate(certificate({ person, expiresOn }));
  await office().recordVetting(vetting({ person }));
};

test("the school's own numbers, told by the drills service, count from that day; the same news twice is one", async () => {
  const data = { id: newId(), by: { id: 's-zhou', name: '周敏' }, pupils: 1_200, staff: 86, boarders: 0 };
  const event = {
    id: newId(),
    owner: 'drills',
    entity: 'facts',
    type: 'changed',
    data,
    at: new Date(site.clock.now()),
  };
  for (const _ of [1, 2]) await site.in((trx) => follow(trx, event));
  expect(await site.as(principal).staffing()).toMatchObject({ headcount: { pupils: 1_200, by: '周敏' }, shortage: 3 });
});

test('after an upgrade the whole roster from last night on is told once more, and then no more', async () => {
  await office().saveGuardRoom({ gate: 'main', name: '东门' });
  const wanted = ['2026-11-24', '2026-12-01'].map((date) => shift({ date }));
  await office().planShifts({ shifts: wanted });
  const gone = shift({ date: '2026-12-02' });
  await office().planShifts({ shifts: [gone] });
  await office().removeShift({ shift: gone.id, reason: '不开门' });
  const told = async () => (await site.events()).filter(({ type }) => type === 'shift.rostered').length;
  const before = await told();
  const round = () => site.in((trx) => tellRosterAnew(trx, site.clock.now()));
  await round();
  const anew = (await site.events()).filter(({ type }) => type === 'shift.rostered').slice(before);
  expect(anew.map(({ data }) => data)).toMatchObject(wanted.map(({ id, date }) => ({ id, date, gateName: '东门' })));
  await round();
  expect(await told()).toBe(before + 2);
});

test('each change of the roster tells the shift whole; a gate asks what its guard room must hold', async () => {
  await ready('s-wang');
  const { id } = await planned();
  await office().putOnShift({ shift: id, person: 's-wang' });
  await office().takeOffShift({ shift: id, person: 's-wang', reason: '病了' });
  await office().removeShift({ shift: id, reason: '不开门' });
  const told = (await site.events()).filter(({ type }) => type === 'shift.rostered').map(({ data }) => data);
  expect(told).toMatchObject([
    { id, gate: 'main', gateName: 'main', from: '07:00', guards: [], removed: false },
    { guards: [{ id: 's-wang', name: '王建国', notInDate: false }] },
    { guards: [] },
    { removed: true },
  ]);
  expect(await site.as(agent()).equipmentWanted()).toContainEqual({ kind: 'fork', needed: 2 });
  await expect(office().equipmentWanted()).rejects.toThrow('forbidden');
});

test('the number by the rule, who counts, what is short; it changes with enrolment', async () => {
  expect(await site.as(principal).staffing()).toMatchObject({
    headcount: null,
    required: [],
    shortage: 0,
    employed: 2,
  });
  await ready('s-wang');
  await enrolled(1_086, 74);
  const now = await site.as(principal).staffing();
  expect(now).toMatchObject({ headcount: { pupils: 1_086, by: '周敏' }, employed: 2, inDate: 1, shortage: 2 });
  expect(now.required.map(({ ruleSet, guards }) => [ruleSet, guards])).toEqual([
    ['notices', 3],
    ['gbt29315', 3],
  ]);
  expect(now.required[0]?.steps.map(({ text }) => text.zh).join('；')).toContain('1,086 学生 + 74 教职工 = 1,160 人');
  expect(now.notInDate).toMatchObject([
    { person: { name: '李强' }, gaps: [{ requirement: 'guard-certificate' }, { requirement: 'guard-vetting' }] },
  ]);
  await enrolled(1_500, 74, '2026-11-20');
  expect(await site.as(principal).staffing()).toMatchObject({ shortage: 3 });
  // From next month on, and not today.
  await enrolled(90, 5, '2026-12-01');
  expect(await site.as(principal).staffing()).toMatchObject({ shortage: 3 });
  await expect(
    office().setHeadcount({
      id: newId(),
      headcount: { pupils: 10, staff: 1, boarders: 11 },
      ruleSet: 'notices',
      from: '2026-09-01',
    }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('who is not in date on the day of the shift is not put on it; the administrator may, with a reason, on record', async () => {
  const { id } = await planned();
  const refused = await office().putOnShift({ shift: id, person: 's-li' });
  expect(refused).toMatchObject({
    result: 'notInDate',
    gaps: [
      { requirement: 'guard-certificate', state: 'missing', title: { zh: '保安员证' } },
      { requirement: 'guard-vetting', state: 'missing' },
    ],
  });
  const override = { reason: '证件在办，公安已受理' };
  expect(await office().putOnShift({ shift: id, person: 's-li', override })).toMatchObject({
    result: 'planned',
    shift: { guards: [{ name: '李强', override: { reason: override.reason, by: '周敏' } }] },
  });
  expect(await site.as(principal).history({ entity: 'shift', id })).toMatchObject([
    {
      type: 'guardAdded',
      by: { id: 's-zhou' },
      data: { person: 's-li', override: override.reason, lacking: ['guard-certificate', 'guard-vetting'] },
    },
    { type: 'planned' },
  ]);
  await expect(office().putOnShift({ shift: id, person: 's-li', override: { reason: ' ' } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('the last day of a certificate is in date, the day after is not', async () => {
  await ready('s-wang', '2026-11-24');
  const last = await planned();
  expect(await office().putOnShift({ shift: last.id, person: 's-wang' })).toMatchObject({
    result: 'planned',
    gaps: expect.arrayContaining([expect.objectContaining({ requirement: 'guard-induction' })]),
    shift: { guards: [{ id: 's-wang', override: null }] },
  });
  const after = await planned({ date: '2026-11-25' });
  expect(await office().putOnShift({ shift: after.id, person: 's-wang' })).toMatchObject({
    result: 'notInDate',
    gaps: [{ requirement: 'guard-certificate', state: 'expired', due: '2026-11-24' }],
  });
});

test('nobody stands at two gates at once, also when two put him there at the same moment', async () => {
  await ready('s-wang');
  const main = await planned();
  const east = await planned({ gate: 'east', from: '08:00', to: '09:00' });
  const answers = await Promise.all([main, east].map(({ id }) => office().putOnShift({ shift: id, person: 's-wang' })));
  expect(answers.map(({ result }) => result).sort()).toEqual(['busy', 'planned']);
  const next = await planned({ gate: 'east', from: '09:00', to: '16:00', kind: 'schoolHours' });
  expect(await office().putOnShift({ shift: next.id, person: 's-wang' })).toMatchObject({ result: 'planned' });
  expect(await office().putOnShift({ shift: next.id, person: 's-liu' })).toEqual({ result: 'notAGuard' });
  expect(await office().putOnShift({ shift: next.id, person: 's-gone' })).toEqual({ result: 'notAGuard' });
});

test('shortage per shift: all at arrival, over all gates; one at the gate in school hours', async () => {
  await enrolled(1_086, 74);
  await ready('s-wang');
  await ready('s-li');
  const main = await planned();
  const east = await planned({ gate: 'east' });
  const hours = await planned({ from: '09:00', to: '16:00', kind: 'schoolHours' });
  await office().putOnShift({ shift: main.id, person: 's-wang' });
  await office().putOnShift({ shift: east.id, person: 's-li' });
  const shifts = await site.as(principal).shifts({ from: '2026-11-24', to: '2026-11-24' });
  expect(shifts.map(({ id, need }) => [id, need.needed, need.onDuty, need.short])).toEqual(
    expect.arrayContaining([
      [main.id, 3, 2, 1],
      [east.id, 3, 2, 1],
      [hours.id, 1, 0, 1],
    ]),
  );
  expect(shifts[0]?.need.text.zh).toBe('上下学时段全员到岗：全校应有 3 名，各校门同时在岗最少 2 名');
});

test('a shift is planned once, taken apart with a reason, and stays as it was when it is over', async () => {
  await ready('s-wang');
  const given = await planned();
  await office().planShifts({ shifts: [given] });
  await office().putOnShift({ shift: given.id, person: 's-wang' });
  const nextShift = { gate: 'main', place: 'main', date: '2026-11-24', from: '07:00' };
  expect(await site.as(guard).mine()).toMatchObject({ nextShift });
  await office().saveGuardRoom({ gate: 'main', name: '东门保安室' });
  expect(await site.as(guard).mine()).toMatchObject({ nextShift: { ...nextShift, place: '东门保安室' } });
  expect(await office().takeOffShift({ shift: given.id, person: 's-wang', reason: '病假' })).toMatchObject({
    guards: [],
  });
  await office().putOnShift({ shift: given.id, person: 's-wang' });
  site.clock.set('2026-11-24T00:29:59.000Z');
  await office().takeOffShift({ shift: given.id, person: 's-li', reason: '无' });
  site.clock.set('2026-11-24T00:30:00.000Z');
  await expect(office().takeOffShift({ shift: given.id, person: 's-wang', reason: '病假' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await expect(office().removeShift({ shift: given.id, reason: '取消' })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(office().planShifts({ shifts: [shift({ date: '2026-11-20' })] })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const later = await planned({ date: '2026-11-26' });
  await office().removeShift({ shift: later.id, reason: '放假' });
  expect(await site.as(principal).shifts({ from: '2026-11-26', to: '2026-11-26' })).toEqual([]);
  await expect(site.as(principal).shifts({ from: '2026-11-26', to: '2026-11-20' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await expect(site.as(principal).planShifts({ shifts: [given] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('no shift stands at a gate that is not there, and none of those planned with it', async () => {
  await planned({ date: '2026-11-26' });
  const shifts = [shift({ date: '2026-11-27' }), shift({ date: '2026-11-27', gate: 'nogate' })];
  await expect(office().planShifts({ shifts })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await site.as(principal).shifts({ from: '2026-11-27', to: '2026-11-27' })).toEqual([]);
});

const piece = (given: Partial<SaveEquipment> = {}): SaveEquipment => ({
  id: newId(),
  kind: 'helmet',
  place: { kind: 'guardRoom', gate: 'main' },
  serial: null,
  expiresOn: null,
  inspectEveryMonths: 6,
  boughtOn: '2026-09-01',
  ...given,
});
const equipped = (pieces: SaveEquipment[]) =>
  site.in(async (trx) => {
    await importGuardRooms(trx, [{ gate: 'main', name: '南门门卫室' }], site.clock.now());
    await importEquipment(trx, pieces, site.clock.now());
  });
const shortOf = async (kind: string) =>
  (await site.as(principal).equipment()).shortage.find((row) => row.kind === kind);

test('equipment: needed, usable, short, expiring, inspection due', async () => {
  await enrolled(1_086, 74);
  const spray = piece({ kind: 'spray', expiresOn: '2026-11-22' });
  const old = piece({ boughtOn: '2026-05-01' });
  await equipped([spray, old, piece({ place: { kind: 'person', person: 's-wang' } })]);
  const view = await site.as(principal).equipment();
  expect(view).toMatchObject({ onDuty: 3, guardRooms: [{ gate: 'main', lastCheck: null }] });
  expect([view.expiring, view.inspectionDue]).toEqual([[spray.id], [old.id]]);
  expect(await shortOf('spray')).toEqual({ kind: 'spray', needed: 3, usable: 0, short: 3 });
  expect(await shortOf('helmet')).toEqual({ kind: 'helmet', needed: 3, usable: 2, short: 1 });
  expect(await shortOf('fork')).toEqual({ kind: 'fork', needed: 2, usable: 0, short: 2 });
  await office().inspectEquipment({ id: newId(), equipment: old.id, date: '2026-11-23', ok: false, note: '裂纹' });
  expect(await shortOf('helmet')).toMatchObject({ usable: 1 });
  expect((await site.as(principal).equipment()).inspectionDue).toEqual([]);
  await office().retireEquipment({ equipment: old.id, reason: '报废' });
  expect((await site.as(principal).equipment()).items.find(({ id }) => id === old.id)?.state).toBe('retired');
  await expect(office().saveEquipment(old)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(office().saveEquipment(piece({ boughtOn: '2026-11-24' }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await office().saveEquipment(piece({ boughtOn: '2026-11-23' }));
  await expect(office().saveEquipment(piece({ kind: 'spray' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(office().saveEquipment(piece({ place: { kind: 'guardRoom', gate: 'nowhere' } }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test("a count at the shift's change: what is missing is a gap; by the gate's agent or by the guard himself", async () => {
  await equipped([1, 2, 3].map(() => piece()));
  const check = {
    id: newId(),
    gate: 'main',
    by: { id: 's-wang', name: '王建国' },
    at: '2026-11-23T00:50:00.000Z',
    counts: { helmet: 2, fork: 2, spray: 0 },
  };
  const kept = await site.as(agent()).recordEquipmentCheck(check);
  // One on duty by rule, three helmets in the books of this room.
  expect(kept).toMatchObject({
    onDuty: 1,
    gaps: [
      { kind: 'helmet', expected: 3, counted: 2 },
      { kind: 'spray', expected: 1, counted: 0 },
    ],
  });
  expect(await site.as(agent()).recordEquipmentCheck({ ...check, counts: { helmet: 9 } })).toEqual(kept);
  expect((await site.events()).filter(({ type }) => type === 'equipment.checked')).toHaveLength(1);
  expect(
    await site
      .as(guard)
      .recordEquipmentCheck({ ...check, id: newId(), at: '2026-11-23T00:55:00.000Z', counts: { helmet: 3 } }),
  ).toMatchObject({ gaps: [] });
  expect((await site.as(principal).equipment()).guardRooms[0]?.lastCheck).toMatchObject({
    gaps: [],
    counts: { helmet: 3 },
  });
  for (const actor of [agent('east'), teacher])
    await expect(site.as(actor).recordEquipmentCheck({ ...check, id: newId() })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  await expect(
    site.as(agent()).recordEquipmentCheck({ ...check, id: newId(), counts: { helmet: -1 } }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
