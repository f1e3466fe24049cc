import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AlarmRaised,
  type AlarmState,
  DeviceHealth,
  DeviceReported,
  mqttTopic,
  newId,
  subjects,
} from '@anyuan/contracts';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoDevices, type Sim, startSim } from '../src/index.ts';
import { type Broker, startBroker, until } from './helpers.ts';

const SCHOOL = 'demo';
const raisedTopic = mqttTopic(subjects.alarmRaised(SCHOOL, 'audible'));
const stateTopic = mqttTopic(subjects.alarmState(SCHOOL, 'audible'));

let dir: string;
let broker: Broker;
let sim: Sim;
let service: MqttClient;
let reports: (DeviceReported & { device: string })[];
let healths: Map<string, DeviceHealth>;

/** Stands where the alarm service stands: hears what the devices say. */
async function listen(): Promise<void> {
  service = mqtt.connect(broker.mqttUrl, { clientId: 'service', protocolVersion: 4, reconnectPeriod: 50 });
  service.on('error', () => {});
  service.on('message', (topic, payload) => {
    const device = topic.split('/')[3] ?? '';
    const json: unknown = JSON.parse(payload.toString());
    if (topic.endsWith('/reported')) reports.push({ device, ...DeviceReported.parse(json) });
    else healths.set(device, DeviceHealth.parse(json));
  });
  await service.subscribeAsync([
    mqttTopic(subjects.deviceReported(SCHOOL, '+')),
    mqttTopic(subjects.deviceHealth(SCHOOL, '+')),
  ]);
}

async function swarmOf(n: number): Promise<void> {
  sim = await startSim({
    runDir: dir,
    serial: 'off',
    swarm: { url: broker.mqttUrl, school: SCHOOL, devices: demoDevices.slice(-n) },
  });
  await until('all to be there', () => sim.state().swarm.counts.quiet === n);
}

const say = (topic: string, message: AlarmRaised | AlarmState): void => {
  service.publish(topic, JSON.stringify(message), { qos: 0 });
};
const now = (): string => new Date().toISOString();
const longAgo = '2026-01-01T00:00:00.000Z';

function alarm(mode: AlarmRaised['mode'] = 'actual'): AlarmRaised {
  return {
    incident: newId(),
    kind: 'intrusion',
    action: 'lockdown',
    mode,
    audibility: 'audible',
    place: { zone: 'gate-east', name: '东门' },
    raisedBy: { id: 'button', name: '按钮' },
    via: 'button',
    raisedAt: now(),
    presses: 1,
  };
}

const word = (version: number, open: AlarmRaised[], closed: string[] = []): AlarmState => ({
  version,
  at: now(),
  open,
  closed,
  closedSince: longAgo,
});
const who = (incident: string, doing: string) =>
  new Set(reports.filter((r) => r.incident === incident && r.doing === doing).map((r) => r.device));

beforeEach(async () => {
  reports = [];
  healths = new Map();
  dir = await mkdtemp(join(tmpdir(), 'anyuan-sim-'));
  broker = await startBroker();
  await listen();
});

afterEach(async () => {
  await sim.stop();
  await service.endAsync(true);
  await broker.remove();
  await rm(dir, { recursive: true, force: true });
});

test('a hundred devices hear the alarm, do what they are for, and are quiet after it', async () => {
  await swarmOf(100);
  const a = alarm();
  say(raisedTopic, a);
  await until('100 reports', () => reports.length === 100);
  expect([who(a.incident, 'sounding').size, who(a.incident, 'flashing').size, who(a.incident, 'showing').size]).toEqual(
    [48, 27, 25],
  );
  expect(sim.state().swarm.counts).toEqual({ sounding: 48, flashing: 27, showing: 25, actual: 100 });

  say(raisedTopic, a);
  say(stateTopic, word(1, [a]));
  say(stateTopic, word(2, [], [a.incident]));
  await until('100 quiet', () => who(a.incident, 'quiet').size === 100);
  expect(reports).toHaveLength(200);
  expect(sim.state().swarm.counts).toEqual({ quiet: 100 });
});

describe('a few devices', () => {
  test('tell their health on arrival', async () => {
    await swarmOf(3);
    await until('health', () => healths.size === 3);
    expect([...healths.values()].every((h) => h.ok && h.doing.length === 0)).toBe(true);
  });

  test('asked again, one reports again; the others stay silent', async () => {
    await swarmOf(3);
    const a = alarm('exercise');
    say(raisedTopic, a);
    await until('three reports', () => reports.length === 3);
    say(mqttTopic(subjects.deviceAsked(SCHOOL, 'd-25')), word(1, [a]));
    await until('a fourth', () => reports.length === 4);
    expect(reports[3]).toMatchObject({ device: 'd-25', doing: 'showing', mode: 'exercise', seq: 2 });
  });

  test('a cut one is gone, keeps its set, and reports when it is back while the alarm is on', async () => {
    await swarmOf(3);
    await sim.fault('d-25', 'cut');
    const a = alarm();
    say(raisedTopic, a);
    await until('two reports', () => reports.length === 2);
    expect(sim.state().swarm.counts).toMatchObject({ away: 1, showing: 2 });
    await sim.clear('d-25');
    await until('it is back', () => sim.state().swarm.devices.find((d) => d.device === 'd-25')?.online);
    say(stateTopic, word(1, [a]));
    await until('its report', () => who(a.incident, 'showing').has('d-25'));
  });

  test('back after the alarm: quiet', async () => {
    await swarmOf(3);
    await sim.fault('d-25', 'cut');
    const a = alarm();
    say(raisedTopic, a);
    say(stateTopic, word(2, [], [a.incident]));
    await until('the others are quiet', () => who(a.incident, 'quiet').size === 2);
    await sim.clear('d-25');
    await until('it is back', () => sim.state().swarm.counts.quiet === 3);
    say(stateTopic, word(3, [], [a.incident]));
    say(mqttTopic(subjects.deviceAsked(SCHOOL, 'd-25')), word(3, [], [a.incident]));
    await until('its answer', () => reports.some((r) => r.device === 'd-25'));
    expect(reports.filter((r) => r.device === 'd-25').map((r) => r.doing)).toEqual(['quiet']);
  });

  test('a frozen one says nothing until it wakes, then follows the state', async () => {
    await swarmOf(3);
    await sim.fault('d-25', 'silent');
    const a = alarm();
    say(raisedTopic, a);
    await until('two reports', () => reports.length === 2);
    await sim.clear('d-25');
    say(stateTopic, word(1, [a]));
    await until('its report', () => who(a.incident, 'showing').has('d-25'));
  });

  test('a stuck relay is a fault, not a delivery; mended, it works', async () => {
    await swarmOf(3);
    await sim.fault('d-25', 'stuck');
    const a = alarm();
    say(raisedTopic, a);
    await until('three reports', () => reports.length === 3);
    expect(reports.find((r) => r.device === 'd-25')).toMatchObject({ doing: 'fault', fault: 'relayStuck' });
    await sim.clear('d-25');
    await until('it works', () => who(a.incident, 'showing').has('d-25'));
    await until('health', () => healths.get('d-25')?.ok === true);
  });

  test('stuck while it is on: after the all-clear still a fault, quiet when mended', async () => {
    await swarmOf(3);
    const a = alarm();
    say(raisedTopic, a);
    await until('three reports', () => reports.length === 3);
    await sim.fault('d-25', 'stick');
    say(stateTopic, word(2, [], [a.incident]));
    await until('two quiet', () => who(a.incident, 'quiet').size === 2);
    await until('one fault', () => who(a.incident, 'fault').has('d-25'));
    await sim.clear();
    await until('all quiet', () => who(a.incident, 'quiet').size === 3);
  });

  test('the bus is killed and comes back: all are there again and report what is still on', async () => {
    await swarmOf(3);
    const a = alarm();
    say(raisedTopic, a);
    await until('three reports', () => reports.length === 3);
    await broker.kill();
    await until('all to notice', () => sim.state().swarm.counts.away === 3);
    expect(sim.state().swarm.devices.every((d) => d.doing === 'showing')).toBe(true);
    await broker.start();
    await until('all to be back', () => sim.state().swarm.counts.showing === 3);
  });

  test('nobody gets in without his own token', async () => {
    const guarded = await startBroker('authorization { users: [ { user: d-25, password: token-of-d-25 } ] }');
    const devices = demoDevices.slice(-3);
    const jwts = { 'd-23': 'token-of-d-25', 'd-24': 'x', 'd-25': 'token-of-d-25' };
    sim = await startSim({
      runDir: dir,
      serial: 'off',
      swarm: { url: guarded.mqttUrl, school: SCHOOL, devices, jwts },
    });
    await until('one to be in', () => sim.state().swarm.counts.quiet === 1);
    expect(sim.state().swarm.counts).toEqual({ quiet: 1, away: 2 });
    await sim.stop();
    await guarded.remove();
  });

  test('nonsense on the alarm topics changes nothing', async () => {
    await swarmOf(3);
    for (const text of ['', 'x', '{"incident":1}', '[]', '\u0000']) service.publish(raisedTopic, text);
    service.publish(stateTopic, '{"version":"9"}');
    const a = alarm();
    say(raisedTopic, a);
    await until('three reports', () => reports.length === 3);
    expect(new Set(reports.map((r) => r.incident))).toEqual(new Set([a.incident]));
  });
});
