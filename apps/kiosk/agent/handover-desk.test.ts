import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BeginShift,
  EndShift,
  type KioskDevice,
  type PersonRef,
  type RosterShift,
  type ShiftsAtGate,
  type StaffPerson,
} from '@anyuan/contracts';
import { hashPassword } from '@anyuan/service';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { HandoverDesk, type HandoverDeskDeps } from './handover-desk.ts';
import { type Journal, openJournal } from './journal.ts';
import { PinPad } from './pin-pad.ts';
import { Shift } from './shift.ts';

const NOW = Date.parse('2026-11-23T06:05:00+08:00');
const wang = { id: 's-wang', name: '王建国' };
const li = { id: 's-li', name: '李志强' };
let staff: StaffPerson[];
beforeAll(async () => {
  const pin = { 's-wang': await hashPassword('1111'), 's-li': await hashPassword('2222') };
  const of = ({ id, name }: PersonRef): StaffPerson => ({
    ...{ id, name, role: 'guard', department: '保卫处', title: '保安', pinyin: id, initials: id, host: false },
    ...{ mayStandDown: false, pin: pin[id as keyof typeof pin] },
  });
  staff = [of(wang), of(li)];
});

let dir: string;
let journal: Journal;
let now: number;
let known: ShiftsAtGate | null;
let visits: ReturnType<HandoverDeskDeps['visits']>;
let held: typeof visits;
let children: number | null;
let devices: KioskDevice[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-handover-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = NOW;
  visits = [];
  held = [];
  children = null;
  devices = [{ id: 'b1', driver: 'panic-button', name: '按钮', state: 'ok', since: '', fault: null }];
  known = { asOf: new Date(now).toISOString(), roster: [planned(wang, '06:00', '18:00')], points: [], duty: [] };
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const planned = (guard: PersonRef, from: string, to: string): RosterShift => ({
  ...{ id: '0199e1a4-5e10-7000-8000-000000000401', gate: 'main', gateName: '东门', date: '2026-11-23', from, to },
  ...{ kind: 'schoolHours', guards: [{ ...guard, notInDate: true }], removed: false },
});
async function open(): Promise<HandoverDesk> {
  const clock = { now: () => now };
  const desk = new HandoverDesk({
    ...{ gate: { gate: 'main', name: '东门' }, journal, clock, pad: new PinPad(clock) },
    ...{ sender: { now: async () => undefined }, shift: new Shift(journal, clock, () => {}) },
    offline: () => known === null,
    person: (id) => staff.find((one) => one.id === id),
    guards: () => [li, wang],
    devices: () => devices,
    visits: () => visits,
    held: () => held,
    children: () => children,
    vehicles: () => 0,
    alarms: () => [],
    posts: () => ({ known: undefined, signed: () => false }),
    ask: async () => {
      if (!known) throw new Error('away');
      return known;
    },
    askWanted: async () => [
      { kind: 'helmet', needed: 2 },
      { kind: 'fork', needed: 2 },
    ],
  });
  await desk.refresh();
  return desk;
}
const kept = (kind: 'shiftBegin' | 'shiftEnd' | 'shiftChecks' | 'equipment') =>
  journal.pending([kind], 20).map(({ body }) => body);
const signIn = (desk: HandoverDesk, guard = 's-wang', pin = '1111') =>
  desk.begin({ guard, pin, reason: null, byCard: false });
const passTo = (desk: HandoverDesk, given: Partial<Parameters<HandoverDesk['pass']>[0]> = {}) =>
  desk.pass({
    ...{ outPin: '1111', guard: 's-li', pin: '2222', reason: 'stoodIn', notes: ['keysHanded'] },
    ...{ hash: desk.board().hash, ...given },
  });

test('who is expected stands first, with what speaks against him; others need a reason', async () => {
  const desk = await open();
  expect(desk.board().guards).toMatchObject([
    { name: '王建国', planned: { from: '06:00', to: '18:00' }, notInDate: true },
    { name: '李志强', planned: null },
  ]);
  expect(await signIn(desk, 's-li', '2222')).toEqual({ ok: false, reason: 'needsReason' });
  expect(await signIn(desk, 's-wang', '9999')).toEqual({ ok: false, reason: 'wrongPin', left: 4 });
  expect(await signIn(desk)).toEqual({ ok: true });
  expect(kept('shiftBegin')).toMatchObject([{ planned: known?.roster[0]?.id, reason: null, proof: 'pin' }]);
  expect(BeginShift.safeParse(kept('shiftBegin')[0]).success).toBe(true);
});

test('the devices speak for themselves at the beginning; what the guard answers and counts is kept one by one', async () => {
  devices = [...devices, { id: 'r', driver: 'sdt', name: '读卡', state: 'away', since: '', fault: null }];
  const desk = await open();
  await signIn(desk);
  await desk.check({ check: 'radio', ok: false, seen: 'guard', notes: ['noPower'] });
  expect(await desk.count({ helmet: 1, fork: 2 })).toEqual({ short: 1 });
  expect(kept('shiftChecks')).toMatchObject([
    {
      checks: [
        { check: 'alarm', ok: true },
        { check: 'idReader', ok: false, seen: 'hardware' },
      ],
    },
    { checks: [{ check: 'radio', ok: false, notes: ['noPower'] }] },
    { checks: [{ check: 'equipment', ok: false }] },
  ]);
  expect(kept('equipment')).toMatchObject([{ gate: 'main', by: wang, counts: { helmet: 1, fork: 2 } }]);
  const checks = (await open()).board().checks.map(({ check, ok }) => [check, ok]);
  expect(checks).toEqual([
    ['speaker', null],
    ['equipment', false],
    ['radio', false],
    ['alarm', true],
    ['idReader', false],
  ]);
});

test('off line both sign what both saw: one shift ends and the next begins at once, over a restart', async () => {
  await signIn(await open());
  known = null;
  now += 3600_000;
  const desk = await open();
  expect(desk.board().duty).toMatchObject({ guard: wang });
  expect(await passTo(desk)).toEqual({ ok: true });
  const [end] = kept('shiftEnd').map((body) => EndShift.parse(body));
  const [, next] = kept('shiftBegin').map((body) => BeginShift.parse(body));
  expect(end).toMatchObject({ how: 'handedOver', incoming: li, next: next?.shift, decision: { offline: true } });
  expect(next).toMatchObject({ reason: 'stoodIn', decision: { guard: li, at: end?.decision.at } });
  expect((await open()).board().duty).toMatchObject({ guard: li });
});

test('a wrong PIN says whose; a visitor who came meanwhile is shown first; nobody hands over to himself', async () => {
  const desk = await open();
  await signIn(desk);
  const { hash } = desk.board();
  expect(await passTo(desk, { outPin: '0000' })).toMatchObject({ reason: 'wrongPin', who: 'outgoing' });
  expect(await passTo(desk, { pin: '0000' })).toMatchObject({ reason: 'wrongPin', who: 'incoming' });
  expect(await passTo(desk, { guard: 's-wang' })).toEqual({ ok: false, reason: 'samePerson' });
  expect(await passTo(desk, { reason: null })).toEqual({ ok: false, reason: 'needsReason' });
  const visit = { visit: '0199e1a4-5e10-7000-8000-000000000001', number: 'E1123-001', name: '张伟明', until: null };
  visits = [
    { ...visit, admittedAt: new Date(now).toISOString(), party: { count: 1, names: [] }, gone: 0, held: null } as never,
  ];
  expect(await passTo(desk, { hash })).toEqual({ ok: false, reason: 'changed' });
  expect(JSON.stringify(desk.board().shown)).not.toContain('张伟明');
  expect(kept('shiftEnd')).toEqual([]);
  expect(await passTo(desk)).toEqual({ ok: true });
});

test('things of somebody who left, and children who wait, are handed over; a child fetched meanwhile stops no signing', async () => {
  const visit = { visit: '0199e1a4-5e10-7000-8000-000000000002', number: 'E1122-004', name: '何强', status: 'left' };
  held = [{ ...visit, held: { ticket: 'E1122-K01', items: ['刀具'] } } as never];
  children = 12;
  const desk = await open();
  await signIn(desk);
  const { shown, names, hash } = desk.board();
  const ticket = { visit: visit.visit, number: 'E1122-004', ticket: 'E1122-K01' };
  expect(shown).toMatchObject({ visitors: [], held: [ticket], children: 12 });
  expect(names[visit.visit]).toBe('何强');
  children = 11;
  const passed = await desk.pass({
    ...{ outPin: '1111', guard: 's-li', pin: '2222', reason: 'stoodIn', notes: [], hash },
  });
  expect(passed).toEqual({ ok: true });
  expect(kept('shiftEnd')).toMatchObject([{ hash, shown: { children: 12 } }]);
});

test('nobody came: the shift ends by his own PIN, and the gate stands empty', async () => {
  const desk = await open();
  await signIn(desk);
  const { hash } = desk.board();
  expect(await desk.leave({ outPin: '2222', notes: [], hash })).toMatchObject({ reason: 'wrongPin' });
  expect(await desk.leave({ outPin: '1111', notes: [], hash })).toEqual({ ok: true });
  expect(kept('shiftEnd')).toMatchObject([{ how: 'notRelieved', incoming: null, next: null }]);
  expect((await open()).board().duty).toBeNull();
  await expect(desk.count({})).rejects.toMatchObject({ code: 'notSignedIn' });
});

test('nothing is signed when the disk fails in the middle', async () => {
  const desk = await open();
  await signIn(desk);
  const { keep } = journal;
  journal.keep = (kind, ...rest) => {
    if (kind === 'shiftBegin') throw new Error('disk full');
    keep(kind, ...rest);
  };
  await expect(passTo(desk)).rejects.toThrow('disk full');
  journal.keep = keep;
  expect(kept('shiftEnd')).toEqual([]);
  expect((await open()).board().duty).toMatchObject({ guard: wang });
});
