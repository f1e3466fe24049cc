import { createHash } from 'node:crypto';
import {
  type BeginShift,
  type EndShift,
  type HandoverShown,
  newId,
  type RosterShift,
  shownText,
} from '@anyuan/contracts';
import { printPdf } from '@anyuan/service/documents';
import { catalogues } from '@anyuan/ui/text';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dutyPaper } from '../src/duty-paper.ts';
import { follow } from '../src/shifts.ts';
import { administrator, admission, agent, events, gateSite, refusal } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(sql`truncate gate.shift_begins, gate.shift_checks, gate.shift_ends, gate.closed_points, gate.roster,
    gate.cover_rules, gate.duty_people, gate.duty_changes, gate.duty_notes, gate.heard_incidents, gate.outbox, gate.visits`);
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const wang = { id: 's-wang', name: '王建国' };
const li = { id: 's-li', name: '李志强' };
const decided = (at: string, guard = wang, gate = 'main') => ({ gate, guard, at, offline: false });
const begin = (at: string, guard = wang, given: Partial<BeginShift> = {}): BeginShift => ({
  ...{ shift: newId(), gateName: '东门', planned: null, reason: 'stoodIn', proof: 'pin' },
  ...{ decision: decided(at, guard) },
  ...given,
});
const NOTHING: HandoverShown = { visitors: [], vehicles: null, held: [], alarms: [], points: [], children: null };
const hashOf = (shown: HandoverShown) => createHash('sha256').update(shownText(shown)).digest('hex');
const end = (shift: string, at: string, given: Partial<EndShift> = {}): EndShift => ({
  ...{ id: newId(), shift, how: 'handedOver', incoming: li, next: newId(), notes: ['keysHanded'] },
  ...{ shown: NOTHING, hash: hashOf(given.shown ?? NOTHING), decision: decided(at) },
  ...given,
});
const rostered = (given: Partial<RosterShift> = {}): RosterShift => ({
  ...{
    id: newId(),
    gate: 'main',
    gateName: '东门',
    date: '2026-11-23',
    from: '06:00',
    to: '18:00',
    kind: 'schoolHours',
  },
  ...{ guards: [{ ...wang, notInDate: true }], removed: false },
  ...given,
});
const heard = (data: unknown, entity = 'shift', type = 'rostered', owner = 'training') =>
  site.db.tx((trx) => follow(trx, { id: newId(), owner, entity, type, data, at: new Date(site.clock.now()) }));
const board = () => site.as(administrator).shifts.board();
const types = async () => (await events(site.db)).map((e) => e.type);

test('who stands, who was expected, and the gap between two shifts', async () => {
  const { shifts } = site.as(agent());
  await heard(rostered());
  const first = begin('2026-11-22T22:00:00.000Z');
  for (const _ of [1, 2]) await shifts.begin(first);
  await shifts.end(end(first.shift, '2026-11-23T06:00:00.000Z'));
  expect((await board()).gates).toMatchObject([
    {
      ...{ gate: 'main', name: '东门', onDuty: null },
      expected: [{ name: '王建国', notInDate: true }],
      gaps: [{ from: '2026-11-23T06:00:00.000Z', to: null }],
    },
  ]);
  await shifts.begin(begin('2026-11-23T07:00:00.000Z', li));
  const [gate] = (await board()).gates;
  expect(gate).toMatchObject({
    onDuty: { guard: li, since: '2026-11-23T07:00:00.000Z' },
    gaps: [{ from: '2026-11-23T06:00:00.000Z', to: '2026-11-23T07:00:00.000Z' }],
  });
  expect(await types()).toEqual(['shift.rostered', 'shift.began', 'shift.ended', 'shift.began']);
});

test('the school’s grace and a gate that is manned by the roster only', async () => {
  const office = site.as(administrator).shifts;
  await heard(rostered({ from: '06:00', to: '15:00' }));
  await heard(rostered({ gate: 'side', gateName: '西门', guards: [], from: '07:00', to: '08:00' }));
  site.clock.set('2026-11-23T08:05:00.000Z');
  const first = begin('2026-11-22T22:00:00.000Z');
  await site.as(agent()).shifts.begin(first);
  await site.as(agent()).shifts.end(end(first.shift, '2026-11-23T07:57:00.000Z'));
  const gapsOf = async (gate: string) => (await board()).gates.find((g) => g.gate === gate)?.gaps.length;
  expect(await gapsOf('main')).toBe(0);
  await office.setGrace({ minutes: 5 });
  expect(await gapsOf('main')).toBe(1);
  await office.setRule({ gate: 'main', always: false });
  expect(await gapsOf('main')).toBe(0);
  await expect(office.setRule({ gate: 'nowhere', always: false })).rejects.toThrow('notFound');
  await expect(office.setGrace({ minutes: 0 })).rejects.toThrow();
});

test('what a check finds is an open point at the console and at the gate, until the office closes it', async () => {
  const gate = site.as(agent()).shifts;
  const shift = begin('2026-11-23T07:00:00.000Z');
  await gate.begin(shift);
  const id = newId();
  const checks = [
    { check: 'radio' as const, ok: false, seen: 'guard' as const, notes: ['noPower' as const] },
    { check: 'alarm' as const, ok: true, seen: 'hardware' as const, notes: [] },
  ];
  for (const _ of [1, 2])
    await gate.check({ id, shift: shift.shift, checks, decision: decided('2026-11-23T07:05:00.000Z') });
  const point = { checks: id, check: 'radio', gate: 'main', notes: ['noPower'], by: wang };
  expect((await board()).points).toMatchObject([point]);
  expect((await gate.atGate()).points).toMatchObject([point]);
  const office = site.as(administrator).shifts;
  await expect(office.closePoint({ command: newId(), checks: id, check: 'alarm', note: '好的' })).rejects.toThrow(
    'notFound',
  );
  await office.closePoint({ command: newId(), checks: id, check: 'radio', note: '换了电池' });
  expect((await board()).points).toEqual([]);
});

test('a handover is kept as both saw it; another hash is no signature, a second end none', async () => {
  const gate = site.as(agent()).shifts;
  const shift = begin('2026-11-23T00:00:00.000Z');
  await gate.begin(shift);
  const shown: HandoverShown = {
    ...NOTHING,
    visitors: [{ visit: newId(), number: 'E1123-001', since: '2026-11-23T07:00:00.000Z', count: 2, overdue: true }],
  };
  await expect(gate.end(end(shift.shift, '2026-11-23T07:30:00.000Z', { shown, hash: 'a'.repeat(64) }))).rejects.toThrow(
    'badInput',
  );
  await expect(gate.end(end(shift.shift, '2026-11-23T07:30:00.000Z', { incoming: null }))).rejects.toThrow();
  const signed = end(shift.shift, '2026-11-23T07:30:00.000Z', { shown });
  await gate.end(signed);
  await gate.end(end(shift.shift, '2026-11-23T07:45:00.000Z'));
  const record = await site.as(administrator).shifts.record({ gate: 'main', date: '2026-11-23' });
  expect(record.shifts).toMatchObject([
    {
      shift: shift.shift,
      how: 'handedOver',
      incoming: li,
      shown,
      hash: signed.hash,
      endedAt: '2026-11-23T07:30:00.000Z',
    },
  ]);
  await expect(sql`update gate.shift_ends set hash = ''`.execute(site.db.kysely)).rejects.toThrow(/permission denied/);
  await expect(sql`delete from gate.shift_begins`.execute(site.db.kysely)).rejects.toThrow(/permission denied/);
});

test('the day’s record: shifts, alarms, visits, notes and who was on duty, on paper too', async () => {
  const gate = site.as(agent());
  await gate.shifts.begin(begin('2026-11-22T20:00:00.000Z', wang, { reason: null, planned: newId() }));
  await gate.admit(admission());
  await gate.refuse(refusal());
  const raise = { incident: newId(), kind: 'intrusion', mode: 'exercise', action: 'lockdown', audibility: 'audible' };
  await heard(
    {
      ...raise,
      place: { zone: 'gate', name: '东门' },
      raisedAt: '2026-11-23T02:00:00.000Z',
      raisedBy: wang,
      via: 'button',
      presses: 1,
      source: 'b1',
    },
    'incident',
    'raised',
    'alarm',
  );
  const office = site.as(administrator).shifts;
  const note = { id: newId(), gate: 'main', date: '2026-11-23', text: "'); drop table gate.visits;-- <b>雪大</b> 😀" };
  for (const _ of [1, 2]) await office.addNote(note);
  const chen = { id: 's-chen', name: '陈立新' };
  const cell = { date: '2026-11-23', window: 'arrival' as const, role: 'leader' as const };
  await office.setDuty({ ...cell, command: newId(), people: [wang] });
  await office.setDuty({ ...cell, command: newId(), people: [chen] });
  expect(await office.record({ gate: 'main', date: '2026-11-23' })).toMatchObject({
    shifts: [{ guard: wang, endedAt: null }],
    incidents: [{ kind: 'intrusion', mode: 'exercise' }],
    visits: { admitted: 1, left: 0, refused: 1 },
    notes: [{ text: note.text, by: { name: '周敏' } }],
    duty: [{ window: 'arrival', people: [chen] }],
    gaps: [],
  });
  expect((await gate.shifts.atGate()).duty).toMatchObject([{ people: [chen] }]);
  const record = await office.record({ gate: 'main', date: '2026-11-23' });
  const paper = dutyPaper(record, { school: '青禾小学', by: '周敏', now: site.clock.now(), text: catalogues.zh });
  expect(JSON.stringify(paper.body)).toContain('上学 带班领导');
  expect(
    Buffer.from(await printPdf(paper))
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  await expect(office.record({ gate: 'none', date: '2026-11-23' })).rejects.toThrow('notFound');
});

test('the roster follows: changed, taken out, and nonsense passed over', async () => {
  const shift = rostered();
  await heard(shift);
  await heard({ ...shift, guards: [{ ...li, notInDate: false }] });
  await heard({ id: 'x' });
  expect((await site.as(agent()).shifts.atGate()).roster).toMatchObject([
    { id: shift.id, guards: [{ name: '李志强' }] },
  ]);
  await heard({ ...shift, removed: true });
  expect((await site.as(agent()).shifts.atGate()).roster).toEqual([]);
});

test('a gate speaks for itself only, and nobody else for a gate', async () => {
  const shift = begin('2026-11-23T07:00:00.000Z');
  await expect(site.as(agent('side')).shifts.begin(shift)).rejects.toThrow('forbidden');
  await expect(site.as(administrator).shifts.begin(shift)).rejects.toThrow('forbidden');
  await expect(site.as(agent()).shifts.board()).rejects.toThrow('forbidden');
  const teacher = site.as({ ...administrator, role: 'teacher' } as typeof administrator);
  await expect(teacher.shifts.board()).rejects.toThrow('forbidden');
  await expect(
    site.as(administrator).shifts.addNote({ id: newId(), gate: 'main', date: '2026-11-23', text: '长'.repeat(10_000) }),
  ).rejects.toThrow();
});
