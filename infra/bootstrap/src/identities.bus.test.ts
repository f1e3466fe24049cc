/** What each user of the bus can't do, tried against a real nats-server with the identities of a real start. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, connectBus, consume } from '@anyuan/bus';
import { natsServerPath } from '@anyuan/bus/testing';
import { GateFile, LISTS_BUCKET, mqttTopic, streams, subjects } from '@anyuan/contracts';
import { Kvm } from '@nats-io/kv';
import { connect, credsAuthenticator, jwtAuthenticator, wsconnect } from '@nats-io/transport-node';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunningPart } from './child.ts';
import { deviceIdentity, type Identity, observerIdentity, schoolIdentities } from './identities.ts';
import { Ports } from './ports.ts';
import { prepareNats, type SchoolNats } from './school-nats.ts';
import { prepareSecrets } from './secrets.ts';

const S = 'qinghe';
const held = new Ports();
const gateFile = GateFile.parse({
  gate: 'main',
  devices: [{ id: 'siren-1', driver: 'modbus-relay', path: '/dev/null' }],
});
const dir = mkdtempSync(join(tmpdir(), 'anyuan-identities-'));
const keysDir = join(dir, 'keys');
let nats: SchoolNats;
let server: RunningPart;
let tokens: Record<string, string>;
const opened: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  nats = await prepareNats({
    school: S,
    server: natsServerPath(),
    dir: join(dir, 'nats'),
    keysDir: prepareSecrets(keysDir).dir,
    logFile: join(dir, 'nats.log'),
    ports: { client: await held.pick(24_222), mqtt: await held.pick(21_883), websocket: await held.pick(28_080) },
    lan: false,
    identities: [...schoolIdentities(S, gateFile), observerIdentity(S)],
    devices: [deviceIdentity(S, 'lamp-1'), deviceIdentity(S, 'lamp-2')],
  });
  await held.releaseAll();
  server = await nats.start({ signal: new AbortController().signal, patient: false });
  tokens = JSON.parse(readFileSync(nats.devicesFile, 'utf8'));
});
afterAll(async () => {
  await Promise.all(opened.map((close) => close()));
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

interface User {
  bus: Bus;
  /** The server's refusals so far, lower case. */
  refusals: string[];
}

async function as(user: string): Promise<User> {
  const refusals: string[] = [];
  const bus = await connectBus({
    url: nats.url,
    credsFile: join(nats.credsDir, `${user}.creds`),
    name: user,
    onError: (_what, error) => refusals.push(String(error).toLowerCase()),
  });
  opened.push(() => bus.nc.close());
  return { bus, refusals };
}

async function refused(user: User, does: 'publish' | 'subscribe', subject: string): Promise<void> {
  if (does === 'publish') user.bus.publish(subject, {});
  else user.bus.subscribe(subject, () => {});
  const said = `${does === 'publish' ? 'publish' : 'subscription'} to "${subject.toLowerCase()}"`;
  await vi.waitFor(() => expect(user.refusals.join('\n')).toContain(said));
}

/** Everything that is said in the school, as the observer hears it. */
async function ear(): Promise<string[]> {
  const { bus } = await as('observer');
  const heard: string[] = [];
  bus.subscribe(`school.${S}.>`, (m) => void heard.push(m.subject));
  await bus.nc.flush();
  return heard;
}

async function device(name: string, password = tokens[name] ?? ''): Promise<MqttClient> {
  const client = await connectAsync(
    nats.mqttUrl,
    { clientId: `${name}-${randomUUID()}`, username: name, password, reconnectPeriod: 0, connectTimeout: 3_000 },
    false,
  );
  opened.push(() => client.endAsync(true));
  return client;
}
const topic = (subject: string) => mqttTopic(subject);

describe('a device over MQTT', () => {
  test('hears the alarm at QoS 0 and its own name, and its report and health are heard', async () => {
    const [lamp, gateway, alarm, heard] = [await device('lamp-1'), await as('gateway'), await as('alarm'), await ear()];
    const got: string[] = [];
    lamp.on('message', (t) => got.push(t));
    const own = [
      subjects.alarmRaised(S, 'audible'),
      subjects.alarmState(S, 'audible'),
      subjects.deviceAsked(S, 'lamp-1'),
    ];
    const granted = await lamp.subscribeAsync(own.map(topic), { qos: 0 });
    expect(granted.map((g) => g.qos)).toEqual([0, 0, 0]);
    gateway.bus.publish(own[0] ?? '', {});
    alarm.bus.publish(own[1] ?? '', {});
    alarm.bus.publish(own[2] ?? '', {});
    await vi.waitFor(() => expect(got.toSorted()).toEqual(own.map(topic).toSorted()));

    lamp.publish(topic(subjects.deviceHealth(S, 'lamp-1')), '{}');
    lamp.publish(topic(subjects.deviceReported(S, 'lamp-1')), '{}');
    await vi.waitFor(() =>
      expect(heard).toEqual(
        expect.arrayContaining([subjects.deviceHealth(S, 'lamp-1'), subjects.deviceReported(S, 'lamp-1')]),
      ),
    );
  });

  test.each([
    ['raises an alarm', subjects.alarmRaised(S, 'audible')],
    ['says the state', subjects.alarmState(S, 'audible')],
    ['reports for another', subjects.deviceReported(S, 'lamp-2')],
    ['asks another', subjects.deviceAsked(S, 'lamp-2')],
    ['calls a service', subjects.http(S, 'gate', 'gateway')],
    ['makes an event', subjects.event(S, 'gate', 'visit', 'admitted')],
  ])('that %s is not heard by anybody', async (_what, subject) => {
    const [lamp, heard] = [await device('lamp-1'), await ear()];
    lamp.publish(topic(subject), '{}');
    lamp.publish(topic(subject), '{}', { qos: 1 });
    lamp.publish(topic(subjects.deviceHealth(S, 'lamp-1')), '{}');
    await vi.waitFor(() => expect(heard).toEqual([subjects.deviceHealth(S, 'lamp-1')]));
  });

  test.each([
    ['events', subjects.eventsOf(S)],
    ['another device', subjects.deviceAsked(S, 'lamp-2')],
    ['everything', '#'],
    ['the server', '$SYS/#'],
    ['silent alarms', subjects.alarmRaised(S, 'silent')],
  ])('may not listen to %s', async (_what, subject) => {
    const lamp = await device('lamp-1');
    const granted = await lamp
      .subscribeAsync(topic(subject).replaceAll('>', '#').replaceAll('*', '+'), { qos: 0 })
      .catch((error: Error) => error);
    expect(granted).toBeInstanceOf(Error);
  });
});

test('a device can sign in over MQTT only, and only with a token of this school', async () => {
  const token = jwtAuthenticator(tokens['lamp-1'] ?? '');
  const once = { authenticator: token, reconnect: false, maxReconnectAttempts: 0 };
  await expect(connect({ ...once, servers: nats.url })).rejects.toThrow(/authorization/i);
  await expect(wsconnect({ ...once, servers: nats.websocketUrl })).rejects.toThrow(/authorization/i);
  await expect(device('lamp-1', 'not-a-token')).rejects.toThrow(/not authorized/i);
  await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization/i);
});

test('a user stays the same over restarts; one that may do less is signed anew, and the older token opens nothing', async () => {
  const own = join(dir, 'second');
  const all = [...schoolIdentities(S, gateFile), observerIdentity(S)];
  const creds = join(own, 'nats', 'creds', 'observer.creds');
  const school = async (identities: Identity[]) => {
    const ports = {
      client: await held.pick(25_222),
      mqtt: await held.pick(25_883),
      websocket: await held.pick(25_080),
    };
    const options = {
      school: S,
      server: natsServerPath(),
      dir: join(own, 'nats'),
      keysDir: prepareSecrets(join(own, 'keys')).dir,
    };
    return prepareNats({ ...options, logFile: join(own, 'log'), ports, lan: false, identities, devices: [] });
  };
  await school(all);
  const before = readFileSync(creds, 'utf8');
  await school(all);
  expect(readFileSync(creds, 'utf8')).toBe(before);

  const later = await school(all.map((i) => (i.user === 'observer' ? { ...i, subscribe: ['_INBOX_observer.>'] } : i)));
  await held.releaseAll();
  const running = await later.start({ signal: new AbortController().signal, patient: false });
  const signIn = (text: string) =>
    connect({ servers: later.url, authenticator: credsAuthenticator(Buffer.from(text)), reconnect: false });
  await expect(signIn(before)).rejects.toThrow(/authorization/i);
  const now = await signIn(readFileSync(creds, 'utf8'));
  await now.close();
  await running.stop();
});

describe('a user of the bus', () => {
  test.each([
    ['agent-main', 'publish', subjects.http(S, 'gate', 'gateway')],
    ['agent-main', 'publish', subjects.http(S, 'gate', 'agent-other')],
    ['agent-main', 'publish', subjects.deviceReported(S, 'main-siren-2')],
    ['agent-main', 'publish', subjects.alarmState(S, 'audible')],
    ['agent-main', 'publish', subjects.event(S, 'gate', 'visit', 'admitted')],
    ['agent-main', 'publish', `$KV.${LISTS_BUCKET}.staff`],
    ['agent-main', 'publish', '$JS.API.STREAM.DELETE.ALARMS'],
    ['agent-main', 'publish', '$JS.API.STREAM.PURGE.EVENTS'],
    ['agent-main', 'subscribe', subjects.eventsOf(S)],
    ['gate', 'publish', subjects.event(S, 'pickup', 'handOver', 'recorded')],
    ['gate', 'publish', subjects.alarmRaised(S, 'audible')],
    ['gate', 'publish', `$KV.${LISTS_BUCKET}.pickup`],
    ['gate', 'subscribe', subjects.httpOf(S, 'pickup')],
    ['gate', 'subscribe', '_INBOX_gateway.>'],
    ['pickup', 'publish', `$KV.${LISTS_BUCKET}.staff`],
    ['pickup', 'publish', subjects.http(S, 'gate', 'gateway')],
    ['gateway', 'publish', subjects.alarmState(S, 'audible')],
    ['gateway', 'publish', subjects.deviceReported(S, 'lamp-1')],
    ['gateway', 'publish', subjects.event(S, 'gate', 'visit', 'admitted')],
    ['alarm', 'publish', subjects.deviceReported(S, 'lamp-1')],
    ['launcher', 'publish', subjects.alarmRaised(S, 'audible')],
    ['launcher', 'subscribe', subjects.alarmRaisedAny(S)],
    ['observer', 'publish', subjects.alarmRaised(S, 'audible')],
    ['gateway', 'subscribe', '$SYS.>'],
    ['launcher', 'publish', '$SYS.REQ.SERVER.PING'],
  ] as const)('%s may not %s %s', async (user, does, subject) => {
    await refused(await as(user), does, subject);
  });

  test('the gateway asks, the service answers into the private inbox', async () => {
    const [gateway, gate] = [await as('gateway'), await as('gate')];
    gate.bus.subscribe(subjects.httpOf(S, 'gate'), (m) => m.respond(new TextEncoder().encode('here')), {
      queue: 'gate',
    });
    await gate.bus.nc.flush();
    const reply = await gateway.bus.request(subjects.http(S, 'gate', 'gateway'), new Uint8Array(), {
      timeoutMs: 2_000,
    });
    expect(new TextDecoder().decode(reply.data)).toBe('here');
    expect([...gateway.refusals, ...gate.refusals]).toEqual([]);
  });

  test('what is stored is read by its reader: alarms by the alarm service, events by the gateway', async () => {
    const [agent, alarm, gate, gateway] = [
      await as('agent-main'),
      await as('alarm'),
      await as('gate'),
      await as('gateway'),
    ];
    await agent.bus.publishStored(subjects.alarmRaised(S, 'silent'), { n: 1 }, { id: randomUUID() });
    await gate.bus.publishStored(subjects.event(S, 'gate', 'visit', 'admitted'), { n: 2 }, { id: randomUUID() });
    const read: string[] = [];
    const handle = async (batch: { subject: string }[]) => void read.push(...batch.map((m) => m.subject));
    const reading = [
      consume(alarm.bus, {
        stream: streams.alarms,
        durable: 'alarm-store',
        filter: [subjects.alarmRaised(S, 'silent')],
        handle,
      }),
      consume(gateway.bus, { stream: streams.events, durable: 'gateway-live', filter: [subjects.eventsOf(S)], handle }),
    ];
    await vi.waitFor(() =>
      expect(read.toSorted()).toEqual([
        subjects.alarmRaised(S, 'silent'),
        subjects.event(S, 'gate', 'visit', 'admitted'),
      ]),
    );
    await Promise.all(reading.map((r) => r.caughtUp()));
    await Promise.all(reading.map((r) => r.stop()));
    expect([agent, alarm, gate, gateway].flatMap((user) => user.refusals)).toEqual([]);
  });

  test('a list is written by its owner and read and watched by the agent', async () => {
    const [gate, agent] = [await as('gate'), await as('agent-main')];
    const lists = await new Kvm(gate.bus.js).open(LISTS_BUCKET);
    await lists.put('staff', 'signed head');
    const seen = await new Kvm(agent.bus.js).open(LISTS_BUCKET);
    expect((await seen.get('staff'))?.string()).toBe('signed head');
    const changes = await seen.watch({ key: ['staff', 'pickup'] });
    const first = await changes[Symbol.asyncIterator]().next();
    expect(first.value?.string()).toBe('signed head');
    await lists.put('staff.body.aa', new Uint8Array(100));
    expect((await seen.get('staff.body.aa'))?.value.length).toBe(100);
    await lists.delete('staff.body.aa');
    changes.stop();
    expect([...gate.refusals, ...agent.refusals]).toEqual([]);
  });
});
