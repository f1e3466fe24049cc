/** The alarm as devices and people notice it: real nats-server, real Postgres, the service as it runs. */
import type { Bus } from '@anyuan/bus';
import { startTestNats, type TestNats } from '@anyuan/bus/testing';
import {
  type Actor,
  type AlarmRaised,
  type AlarmState,
  type DeviceEntry,
  type DeviceStatus,
  GATEWAY,
  httpHeaders,
  type IncidentView,
  newId,
  subjects,
} from '@anyuan/contracts';
import { type AlarmTables, openDb } from '@anyuan/db';
import { startTestPostgres, type TestPostgres } from '@anyuan/db/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AlarmService, importDevices } from '../src/service.ts';

const school = 's';
const admin: Actor = { kind: 'person', id: 'zhou', name: '周敏', role: 'administrator' };
const guard: Actor = { kind: 'person', id: 'wang', name: '王建国', role: 'guard' };
const soon = { timeout: 15_000, interval: 20 };

const siren = (device: string): DeviceEntry => ({
  device,
  kind: 'siren',
  name: device,
  zone: 'east',
  zoneName: '东门',
  answers: true,
});

let nats: TestNats;
let postgres: TestPostgres;
let bus: Bus;
let service: AlarmService;
let states: AlarmState[];

async function start(): Promise<void> {
  service = await AlarmService.create({
    ANYUAN_SCHOOL: school,
    NATS_URL: nats.url,
    DATABASE_URL: postgres.url('alarm'),
    LOG_LEVEL: 'error',
  });
  await service.start();
}

beforeEach(async () => {
  [nats, postgres] = await Promise.all([startTestNats(school), startTestPostgres()]);
  bus = await nats.connect();
  const db = openDb<AlarmTables>({ url: postgres.url('alarm'), owner: 'alarm' });
  await db.tx((trx) => importDevices(trx, ['s-1', 's-2', 's-3'].map(siren)));
  await db.close();
  states = [];
  bus.subscribe(subjects.alarmState(school, 'audible'), (m) => void states.push(JSON.parse(text(m.data))));
  await start();
});

afterEach(async () => {
  await service.stop();
  await nats.stop();
  await postgres.stop();
});

const text = (data: Uint8Array) => new TextDecoder().decode(data);

function raise(mode: AlarmRaised['mode'] = 'actual'): AlarmRaised {
  const raisedAt = new Date().toISOString();
  return {
    incident: newId(),
    kind: 'intrusion',
    action: 'lockdown',
    mode,
    audibility: 'audible',
    place: { zone: 'east', name: '东门' },
    raisedBy: { id: 'wang', name: '王建国' },
    via: 'screen',
    raisedAt,
    presses: 1,
  };
}

const press = (alarm: AlarmRaised) =>
  bus.publishStored(subjects.alarmRaised(school, 'audible'), alarm, { id: `${alarm.incident}:${alarm.presses}` });

let seq = 0;
const report = (device: string, incident: string, doing = 'sounding') =>
  bus.publish(subjects.deviceReported(school, device), {
    incident,
    doing,
    mode: 'actual',
    at: new Date().toISOString(),
    seq: ++seq,
  });

async function call<T>(procedure: string, input: unknown, actor: Actor | null = admin, caller = GATEWAY): Promise<T> {
  const query = ['incidents', 'history', 'devices'].includes(procedure);
  const path = `/trpc/${procedure}${query && input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`;
  const body = query ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(input));
  const reply = await bus.request(subjects.http(school, 'alarm', caller), body, {
    timeoutMs: 6_000,
    headers: {
      [httpHeaders.method]: query ? 'GET' : 'POST',
      [httpHeaders.path]: path,
      [httpHeaders.contentType]: 'application/json',
      ...(actor ? { [httpHeaders.actor]: Buffer.from(JSON.stringify(actor)).toString('base64url') } : {}),
    },
  });
  const answer = JSON.parse(text(reply.data));
  if (answer.error) throw new Error(answer.error.data.code);
  return answer.result.data;
}

const view = async (incident: string): Promise<IncidentView | undefined> =>
  (await call<IncidentView[]>('incidents', undefined)).find((v) => v.incident === incident);
const types = async (incident: string) =>
  (await call<{ type: string; device: string | null }[]>('history', { incident })).map((h) =>
    h.device ? `${h.type} ${h.device}` : h.type,
  );

test('reports are counted, the missing stand there by name, and are asked again', async () => {
  const alarm = raise();
  const asked = vi.fn();
  bus.subscribe(subjects.deviceAsked(school, 's-3'), asked);
  await press(alarm);
  report('s-1', alarm.incident);
  report('s-2', alarm.incident);
  report('s-2', alarm.incident);
  await vi.waitFor(async () => expect(await view(alarm.incident)).toMatchObject({ reported: 2, expected: 3 }), soon);
  expect((await view(alarm.incident))?.missing.map((m) => m.device)).toEqual(['s-3']);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), soon);
  await service.processAll();
  expect(await types(alarm.incident)).toEqual(['raised', 'reported s-1', 'reported s-2', 'reported s-2']);
});

test('only a named person with the right ends it, once; then each device says that it is quiet', async () => {
  const alarm = raise();
  await press(alarm);
  report('s-1', alarm.incident);
  await vi.waitFor(async () => expect((await view(alarm.incident))?.reported).toBe(1), soon);
  const end = { command: newId(), incident: alarm.incident, reason: 'falseAlarm' };
  await expect(call('standDown', end, guard)).rejects.toThrow('forbidden');
  await expect(call('standDown', end, null)).rejects.toThrow('notSignedIn');
  await expect(call('standDown', end, admin, 'device-s-1')).rejects.toThrow('notSignedIn');
  expect(await call('standDown', end)).toEqual({ ended: true });
  expect(await call('standDown', { ...end, command: newId() })).toEqual({ ended: false });
  await vi.waitFor(() => expect(states.at(-1)?.closed).toContain(alarm.incident), soon);
  expect((await view(alarm.incident))?.stillSounding.map((d) => d.device)).toEqual(['s-1']);
  report('s-1', alarm.incident, 'quiet');
  await vi.waitFor(async () => expect((await view(alarm.incident))?.status).toBe('quiet'), soon);
  await service.processAll();
  expect(await types(alarm.incident)).toEqual(['raised', 'reported s-1', 'stoodDown', 'reportedQuiet s-1', 'allQuiet']);
});

test('a silent call is seen by those who can end it, and by nobody else; no device is asked', async () => {
  const alarm = { ...raise(), audibility: 'silent' as const };
  await bus.publishStored(subjects.alarmRaised(school, 'silent'), alarm, { id: `${alarm.incident}:1` });
  await vi.waitFor(async () => expect(await view(alarm.incident)).toMatchObject({ expected: 0, status: 'open' }), soon);
  expect(await call<IncidentView[]>('incidents', undefined, guard)).toEqual([]);
  await expect(call('history', { incident: alarm.incident }, guard)).rejects.toThrow('notFound');
});

test('with the database stopped an alarm is counted, answered and ended; its history is there afterwards', async () => {
  await postgres.kill();
  const alarm = raise();
  await press(alarm);
  report('s-1', alarm.incident);
  await vi.waitFor(async () => expect(await view(alarm.incident)).toMatchObject({ reported: 1, stored: false }), soon);
  await call('acknowledge', { incident: alarm.incident });
  await call('standDown', { command: newId(), incident: alarm.incident, reason: 'handled' });
  report('s-1', alarm.incident, 'quiet');
  await vi.waitFor(async () => expect((await view(alarm.incident))?.status).toBe('quiet'), soon);
  await postgres.start();
  await vi.waitFor(async () => expect((await view(alarm.incident))?.stored).toBe(true), soon);
  await service.processAll();
  const lines = await types(alarm.incident);
  expect(lines.toSorted()).toEqual(
    ['acknowledged', 'allQuiet', 'raised', 'reported s-1', 'reportedQuiet s-1', 'stoodDown'].toSorted(),
  );
});

test('an alarm pressed while the service was down is known when it is back, and no state forgets it', async () => {
  await service.stop();
  const alarm = raise();
  await press(alarm);
  report('s-2', alarm.incident);
  states.length = 0;
  await start();
  await vi.waitFor(() => expect(states.length).toBeGreaterThan(0), soon);
  expect(states.every((s) => s.open.some((o) => o.incident === alarm.incident))).toBe(true);
  expect(await view(alarm.incident)).toMatchObject({ reported: 1, status: 'open' });
  await service.processAll();
  expect(await types(alarm.incident)).toEqual(['raised', 'reported s-2']);
});

test('the version of the state rises over a restart', async () => {
  await press(raise());
  await vi.waitFor(() => expect(states.at(-1)?.open.length).toBe(1), soon);
  const before = states.at(-1)?.version ?? 0;
  await service.stop();
  states.length = 0;
  await start();
  await vi.waitFor(() => expect(states.at(-1)?.version).toBeGreaterThanOrEqual(before), soon);
});

test('a device that says its relay is stuck is a fault and not a delivery', async () => {
  const alarm = raise();
  await press(alarm);
  bus.publish(subjects.deviceReported(school, 's-1'), {
    incident: alarm.incident,
    doing: 'fault',
    mode: 'actual',
    at: new Date().toISOString(),
    seq: 1,
    fault: 'relayStuck',
  });
  await vi.waitFor(
    async () => expect((await view(alarm.incident))?.missing.find((m) => m.device === 's-1')?.fault).toBe('relayStuck'),
    soon,
  );
  expect((await view(alarm.incident))?.reported).toBe(0);
});

test('a device that is put on the roster while the school runs must answer the next alarm', async () => {
  const db = openDb<AlarmTables>({ url: postgres.url('alarm'), owner: 'alarm' });
  await db.tx((trx) => importDevices(trx, [siren('s-new')]));
  await db.close();
  const known = async () => (await call<DeviceStatus[]>('devices', undefined)).map((d) => d.device);
  await vi.waitFor(async () => expect(await known()).toContain('s-new'), soon);
  const alarm = raise();
  await press(alarm);
  const missing = async () => (await view(alarm.incident))?.missing.map((d) => d.device);
  await vi.waitFor(async () => expect(await missing()).toContain('s-new'), soon);
});
