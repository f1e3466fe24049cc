/**
 * A drill of the whole school on the real alarm path: a thousand devices, thirty teachers' phones, two of them without a
 * network. What a person, a device and the bus would notice.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importDevices } from '@anyuan/alarm';
import { deviceIdentity, mintCreds, mintDevice, observerIdentity } from '@anyuan/bootstrap';
import { type Bus, connectBus } from '@anyuan/bus';
import { type DeviceEntry, type DrillView, drillAlarm, newId, type RollMark, type TakeRoll } from '@anyuan/contracts';
import { type AlarmTables, openDb, urlOf } from '@anyuan/db';
import { importUsers, openAuth } from '@anyuan/gateway';
import { Swarm } from '@anyuan/hardware-sim';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoClasses } from '../src/demo-roster.ts';
import { type OfficeClient, signIn } from '../src/office-client.ts';
import { bootSite, type Site } from '../src/site.ts';

const MORE = 900;
const soon = { timeout: 60_000, interval: 50 };
const PASSWORD = 'drill-1111';

let site: Site;
let swarm: Swarm;
let bus: Bus;
let phones: { name: string; class: string; office: OfficeClient }[];
const heard: { subject: string; mode: string | undefined }[] = [];

beforeAll(async () => {
  site = await bootSite();
  swarm = await hang(MORE);
  bus = await listen();
  phones = await thirtyPhones();
}, 300_000);
afterAll(async () => {
  await swarm?.stop();
  await bus?.close();
  await site?.stop();
}, 60_000);

const key = (name: string) => readFileSync(join(site.run.keysDir, name), 'utf8').trim();

/** Nine hundred devices more than the demo school has, each with a connection of its own. */
async function hang(count: number): Promise<Swarm> {
  const devices = Array.from({ length: count }, (_, i): DeviceEntry => {
    const device = `more-${i + 1}`;
    return { device, kind: 'siren', name: device, zone: `z${i % 9}`, zoneName: `区 ${i % 9}`, answers: true };
  });
  const alarm = openDb<AlarmTables>({
    ...{ url: urlOf(site.run.databaseUrl, 'alarm', key('db-alarm.password')), owner: 'alarm', max: 1 },
  });
  await alarm.tx((trx) => importDevices(trx, devices));
  await alarm.close();
  const { jwt } = await mintDevice({ ...deviceIdentity(site.run.school, '*'), user: 'more' }, key('nats-account.seed'));
  const all = new Swarm({
    ...{ url: site.run.mqttUrl ?? '', school: site.run.school, devices },
    jwts: Object.fromEntries(devices.map(({ device }) => [device, jwt])),
  });
  all.start();
  await vi.waitFor(() => expect(all.state().filter((d) => d.online)).toHaveLength(count), soon);
  await vi.waitFor(async () => {
    const known = await site.office.alarm.devices.query();
    expect(known.filter((d) => d.answers && d.online === 'online').length).toBeGreaterThanOrEqual(count + 100);
  }, soon);
  return all;
}

/** Everything that passes on the school's bus about an alarm. */
async function listen(): Promise<Bus> {
  await mintCreds(observerIdentity(site.run.school), key('nats-account.seed'), site.run.credsDir);
  const observer = await connectBus({
    ...{ url: site.run.natsUrl, credsFile: join(site.run.credsDir, 'observer.creds'), name: 'observer' },
  });
  observer.subscribe(`school.${site.run.school}.>`, ({ subject, data }) => {
    const text = new TextDecoder().decode(data);
    for (const [, mode] of text.matchAll(/"mode":"(\w+)"/g)) heard.push({ subject, mode });
    if (!text.includes('"mode"')) heard.push({ subject, mode: undefined });
  });
  return observer;
}

const userOf = (id: string): string => id.replaceAll('-', '_');

async function thirtyPhones() {
  const { auth, close } = openAuth({
    databaseUrl: urlOf(site.run.databaseUrl, 'identity', key('db-identity.password')),
    secretFile: join(site.run.keysDir, 'auth.secret'),
    publicUrl: site.run.gateway,
  });
  await importUsers(
    auth,
    demoClasses.map(({ id, teacher }) => ({
      ...{ username: userOf(id), person: teacher.id, name: teacher.name, role: 'teacher', password: PASSWORD },
    })),
  );
  await close();
  const signedIn = [];
  for (const { id, teacher } of demoClasses)
    signedIn.push({ name: teacher.name, class: id, office: await signIn(site.run.gateway, userOf(id), PASSWORD) });
  return signedIn;
}

async function begin(): Promise<{ drill: DrillView; incident: string; startedAt: number }> {
  const { drills, own } = site.office;
  const page = await drills.term.query({});
  const lead = { id: 's-zhou', name: '周敏' };
  const [id, incident] = [newId(), newId()];
  const { view } = page;
  // Any day: a drill may be begun on another day than it was planned for.
  const free = view?.days.find((d) => d.kind === 'schoolDay' && d.date > view.today);
  const scheduled = await drills.schedule.mutate({
    ...{ id, term: view?.term.id ?? '', kind: 'fire', date: free?.date ?? '', time: '10:00', announced: true },
    ...{ targetSeconds: 240, lead },
  });
  expect(scheduled).toMatchObject({ result: 'scheduled' });
  const drill = await drills.begin.mutate({ drill: id, incident });
  await own.raiseAlarm.mutate({ incident, mode: 'exercise', ...drillAlarm.fire });
  return { drill, incident, startedAt: Date.parse(drill.startedAt ?? '') };
}

const marksOf = (pupils: readonly { id: string }[], at: number, missing = ''): RollMark[] =>
  pupils.map(({ id }) => ({
    ...{ id: newId(), pupil: id, note: '', at: new Date(at).toISOString() },
    state: id === missing ? 'missing' : 'present',
  }));

test('a drill with 1,000 devices and 30 phones: the mark everywhere, nothing as real, totals right, nobody twice', async () => {
  const kiosk = site.kiosk.next('alarms', ({ incidents }) => incidents.length > 0, 60_000);
  const { drill, incident, startedAt } = await begin();
  await vi.waitFor(async () => {
    expect(swarm.state().filter((d) => d.doing === 'sounding')).toHaveLength(MORE);
    expect(await site.sim.swarm()).toMatchObject({ silent: 0 });
  }, soon);
  const shown = swarm.state().filter((d) => d.mode !== 'exercise');
  expect(shown).toEqual([]);
  await vi.waitFor(async () => {
    const [view] = (await site.office.alarm.incidents.query()).filter((i) => i.incident === incident);
    expect(view).toMatchObject({ mode: 'exercise', status: 'open' });
    expect(view?.reported).toBe(view?.expected);
    expect(view?.expected).toBeGreaterThanOrEqual(MORE + 100);
  }, soon);
  expect((await kiosk).incidents.map((i) => i.view.mode)).toEqual(['exercise']);

  // Thirty phones at once. Two have no network: what they marked waits in them.
  const waiting = await Promise.all(phones.map((phone, i) => take(phone, drill.id, startedAt, i < 2)));
  const board = (await site.office.drills.drill.query({ drill: drill.id })).board;
  expect(board.drill.alarmHeardAt).not.toBeNull();
  expect(board.drill.result).toMatchObject({ expected: 1_200, present: 1_119, missing: 1, unmarked: 80 });
  // Three minutes later, twice each, as phones do that were not sure.
  for (const [i, sends] of waiting.entries())
    for (const send of [...sends, ...sends]) await phones[i]?.office.drills.takeRoll.mutate(send);
  const whole = (await site.office.drills.drill.query({ drill: drill.id })).board;
  expect(whole.drill.result).toMatchObject({ present: 1_199, missing: 1, elsewhere: 0, unmarked: 0 });
  expect(whole.missing).toHaveLength(1);
  const { rows } = await site.db.query('select count(*)::int n from drills.roll_marks where drill = $1', [drill.id]);
  expect(rows[0].n).toBe(1_200);

  await site.office.alarm.standDown.mutate({ command: newId(), incident, reason: 'exerciseOver', note: '' });
  const ended = await site.office.drills.end.mutate({ drill: drill.id });
  expect(ended.status).toBe('ended');
  await vi.waitFor(() => expect(swarm.state().filter((d) => d.doing === 'sounding')).toHaveLength(0), soon);

  // What was said on the bus: by every device as an exercise, by nobody as real.
  expect(heard.filter(({ mode }) => mode === 'exercise').length).toBeGreaterThan(MORE);
  expect(heard.filter(({ mode }) => mode === 'actual')).toEqual([]);
});

/** @returns what a phone without a network still holds */
async function take(
  { class: id, office }: (typeof phones)[number],
  drill: string,
  startedAt: number,
  away: boolean,
): Promise<TakeRoll[]> {
  const { mine } = await office.drills.rollCall.query();
  expect(mine).toEqual([id]);
  const { pupils } = await office.drills.roll.query({ drill, class: id });
  const missing = id === demoClasses[5]?.id ? pupils[7]?.id : undefined;
  const marks = marksOf(pupils, startedAt + 60_000, missing);
  const report = { id: newId(), at: new Date(startedAt + 90_000).toISOString() };
  const sends: TakeRoll[] = [
    { drill, class: id, marks: marks.slice(0, 25), report: null },
    { drill, class: id, marks: marks.slice(25), report },
  ];
  if (away) return sends;
  for (const send of sends) await office.drills.takeRoll.mutate(send);
  await office.drills.takeRoll.mutate(sends[1] ?? sends[0] ?? { drill, class: id, marks: [], report: null });
  return [];
}
