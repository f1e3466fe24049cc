/** Brings what the scenario needs (a school whose roster are the load's devices, the floor), and asks the database. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceIdentity, mintDevice, observerIdentity } from '@anyuan/bootstrap';
import { AlarmRaised, type DeviceEntry, mqttTopic, newId, subjects } from '@anyuan/contracts';
import { demoDevices } from '@anyuan/hardware-sim';
import type { AlarmPlan, PlannedDevice } from '../lib/plan.ts';
import { alarmFanOut } from '../thresholds.ts';
import { onFloor } from './floor.ts';
import { runK6 } from './k6.ts';
import type { Outcome, Sizes } from './outcome.ts';
import { ADMIN, GATE, inOwnSchool, type OwnSchool, until } from './own-school.ts';

const STORED_MS = 60_000;
const NO_SECRET = 'none';

export const runAlarmFanOut = (size: Sizes, dir: string, signal: AbortSignal): Promise<Outcome> =>
  inOwnSchool(dir, [], signal, (school) =>
    onFloor(async (floorUrl) => {
      const { devices, presses, warmUps } = size;
      const entries = Array.from({ length: devices }, (_, i): DeviceEntry => {
        const device = `load-${i + 1}`;
        return { device, kind: 'siren', name: device, zone: `zone-${i % 10}`, zoneName: `${i % 10}`, answers: true };
      });
      await school.expect(entries, demoDevices);
      const PLAN = join(dir, 'plan.json');
      const DEVICES = join(dir, 'devices.json');
      writeFileSync(PLAN, JSON.stringify(await planOf(school, floorUrl, size)), { mode: 0o600 });
      writeFileSync(DEVICES, JSON.stringify(await mintAll(school, entries)), { mode: 0o600 });
      const metrics = await runK6('alarm-fan-out', dir, { PLAN, DEVICES }, signal);
      return {
        scenario: `alarm-fan-out-${devices}`,
        metrics,
        ratios: alarmFanOut.ratios(devices),
        checks: await askDatabase(school, devices, presses + warmUps, metrics.product_doubled?.values.count ?? 0),
      };
    }),
  );

async function mintAll({ run, accountSeed }: OwnSchool, entries: DeviceEntry[]): Promise<PlannedDevice[]> {
  const topic = (subject: (school: string, device: string) => string, device: string) =>
    mqttTopic(subject(run.school, device));
  const planned: PlannedDevice[] = [];
  for (const { device } of entries) {
    const { jwt } = await mintDevice(deviceIdentity(run.school, device, ['MQTT']), accountSeed);
    planned.push({
      name: device,
      password: jwt,
      topics: {
        raised: mqttTopic(subjects.alarmRaised(run.school, 'audible')),
        state: mqttTopic(subjects.alarmState(run.school, 'audible')),
        asked: topic(subjects.deviceAsked, device),
        reported: topic(subjects.deviceReported, device),
        health: topic(subjects.deviceHealth, device),
      },
    });
  }
  return planned;
}

async function planOf(
  { run, accountSeed, kiosk, gateway }: OwnSchool,
  floorUrl: string,
  { devices, presses, warmUps }: Sizes,
): Promise<AlarmPlan> {
  if (!run.mqttUrl) throw new Error('the school has no MQTT listener');
  const { jwt } = await mintDevice(
    { ...observerIdentity(run.school), bearer: true, connections: ['MQTT'] },
    accountSeed,
  );
  return {
    ...{ devices, presses, warmUps, kiosk, gateway, ...ADMIN },
    observers: {
      product: { url: run.mqttUrl, name: 'observer', password: jwt },
      floor: { url: floorUrl, name: 'observer', password: NO_SECRET },
    },
    topics: {
      raised: mqttTopic(subjects.alarmRaised(run.school, 'audible')),
      state: mqttTopic(subjects.alarmState(run.school, 'audible')),
      anyReported: mqttTopic(subjects.deviceReported(run.school, '+')),
    },
    raise: AlarmRaised.parse({
      ...{ incident: newId(), kind: 'intrusion', action: 'lockdown', mode: 'test', audibility: 'audible' },
      place: { zone: 'gate', name: '负载门' },
      raisedBy: { id: `gate-${GATE}`, name: '负载门' },
      ...{ via: 'commandLine', gate: GATE, raisedAt: new Date().toISOString(), presses: 1 },
    }),
  };
}

/** Every incident stands there once, with one report of each device and one word that it is quiet. */
async function askDatabase(
  { alarm }: OwnSchool,
  devices: number,
  presses: number,
  repeats: number,
): Promise<Outcome['checks']> {
  const ask = () =>
    alarm.kysely
      .selectFrom('history')
      .select(({ fn }) => [
        'incident',
        'type',
        fn.countAll<number>().as('rows'),
        fn.count<number>('device').distinct().as('devices'),
      ])
      .groupBy(['incident', 'type'])
      .execute();
  const of = (rows: Awaited<ReturnType<typeof ask>>, type: string) => rows.filter((row) => row.type === type);
  const complete = (rows: Awaited<ReturnType<typeof ask>>, type: string) =>
    of(rows, type).filter((row) => Number(row.devices) === devices).length;
  let rows = await ask();
  await until('the history is stored', STORED_MS, async () => {
    rows = await ask();
    return complete(rows, 'reported') === presses && complete(rows, 'reportedQuiet') === presses;
  }).catch(() => {});
  const { incidents } = await alarm.kysely
    .selectFrom('incidents')
    .select(({ fn }) => fn.countAll<number>().as('incidents'))
    .executeTakeFirstOrThrow();
  const doubled = rows
    .filter((row) => row.type === 'reported' || row.type === 'reportedQuiet')
    .reduce((total, row) => total + Number(row.rows) - Number(row.devices), 0);
  return [
    { what: 'incidents in the database', found: Number(incidents), wanted: presses },
    { what: 'of them with a report of every device', found: complete(rows, 'reported'), wanted: presses },
    { what: 'of them with every device quiet again', found: complete(rows, 'reportedQuiet'), wanted: presses },
    { what: 'reports beyond the first, as heard on the bus', found: doubled, wanted: repeats },
    { what: 'stood down, once each', found: of(rows, 'stoodDown').length, wanted: presses },
  ];
}
