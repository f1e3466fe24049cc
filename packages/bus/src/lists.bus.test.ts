import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { LISTS_BUCKET, listBodyKey, listHeadKey } from '@anyuan/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bus } from './bus.ts';
import { followList } from './follow-list.ts';
import { type ListPublisher, readSignedHead, signHead, startListPublisher, verifyBody } from './lists.ts';
import { startTestNats, type TestNats } from './testing.ts';

const pems = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
};
const keys = pems();

let nats: TestNats;
let bus: Bus;
let kv: KV;
let now: number;
/** What the owner's database holds; `away` while it is stopped. */
let database: { version: number; body: unknown; away: boolean };
const publishers: ListPublisher[] = [];

beforeAll(async () => {
  nats = await startTestNats('demo');
  bus = await nats.connect('pickup');
});
afterAll(() => nats.stop());
beforeEach(async () => {
  kv = await new Kvm(bus.js).open(LISTS_BUCKET);
  await kv.purge(listHeadKey('pickup'));
  now = Date.parse('2026-11-23T08:00:00.000Z');
  database = { version: 1, body: { cards: ['a'] }, away: false };
});
afterEach(async () => {
  await Promise.all(publishers.splice(0).map((p) => p.stop()));
});

function publish(source = database, privateKey = keys.privateKey): ListPublisher {
  const answer = <T>(value: T) => (source.away ? Promise.reject(new Error('database away')) : Promise.resolve(value));
  const publisher = startListPublisher({
    bus,
    school: 'demo',
    list: 'pickup',
    privateKey,
    clock: { now: () => now },
    checkMs: 10,
    coalesceMs: 10,
    version: () => answer(source.version),
    load: () => answer({ version: source.version, body: source.body }),
  });
  publishers.push(publisher);
  return publisher;
}

/** What a gate would take over now. */
async function atTheGate(publicKey = keys.publicKey) {
  const entry = await kv.get(listHeadKey('pickup'));
  if (entry?.operation !== 'PUT') return undefined;
  const head = readSignedHead(entry.json(), publicKey);
  const packed = head && (await kv.get(listBodyKey('pickup', head.sha256)));
  return head && { ...head, body: packed?.operation === 'PUT' ? verifyBody(head, packed.value) : undefined };
}

test('a gate gets the list, signed and dated, from a bucket that was empty', async () => {
  const manager = await jetstreamManager(bus.nc);
  await manager.streams.purge(`KV_${LISTS_BUCKET}`);
  await publish().publishNow();
  expect(await atTheGate()).toMatchObject({
    list: 'pickup',
    school: 'demo',
    version: 1,
    asOf: '2026-11-23T08:00:00.000Z',
    body: { cards: ['a'] },
  });
});

test('a change stands on the bus well within a second, and the body before it is gone', async () => {
  const publisher = publish();
  await publisher.publishNow();
  const before = (await atTheGate())?.sha256 ?? '';
  Object.assign(database, { version: 2, body: { cards: [] } });
  const committed = performance.now();
  publisher.changed();
  await expect.poll(async () => (await atTheGate())?.body, { interval: 5 }).toEqual({ cards: [] });
  expect(performance.now() - committed).toBeLessThan(1_000);
  await expect.poll(async () => (await kv.get(listBodyKey('pickup', before)))?.operation).not.toBe('PUT');
});

test('a change made elsewhere is found without being told', async () => {
  await publish().publishNow();
  Object.assign(database, { version: 2, body: { cards: ['b'] } });
  await expect.poll(async () => (await atTheGate())?.version).toBe(2);
});

test('the head is renewed while all is well, and the body is not written again', async () => {
  await publish().publishNow();
  const head = await atTheGate();
  const body = await kv.get(listBodyKey('pickup', head?.sha256 ?? ''));
  now += 10_000;
  await expect.poll(async () => (await atTheGate())?.asOf).toBe('2026-11-23T08:00:10.000Z');
  expect((await kv.get(listBodyKey('pickup', head?.sha256 ?? '')))?.revision).toBe(body?.revision);
});

test('while the database is away nobody vouches for the list; afterwards it is renewed', async () => {
  const publisher = publish();
  await publisher.publishNow();
  database.away = true;
  await expect.poll(() => publisher.failure).toBeDefined();
  now += 60_000;
  await expect(publisher.publishNow()).rejects.toThrow('database away');
  expect((await atTheGate())?.asOf).toBe('2026-11-23T08:00:00.000Z');
  database.away = false;
  await expect.poll(async () => (await atTheGate())?.asOf).toBe('2026-11-23T08:01:00.000Z');
  expect(publisher.failure).toBeUndefined();
});

test('after the bus was killed the newest list is there again', async () => {
  const publisher = publish();
  await publisher.publishNow();
  await nats.kill();
  Object.assign(database, { version: 2, body: { cards: ['c'] } });
  publisher.changed();
  await expect.poll(() => publisher.failure, { timeout: 10_000 }).toBeDefined();
  await nats.start();
  await expect.poll(async () => (await atTheGate().catch(() => undefined))?.version, { timeout: 15_000 }).toBe(2);
});

test('a gate that follows hears a change soon after the bus came back', async () => {
  const gate = await nats.connect('gate');
  const heard: number[] = [];
  const hear = async (signed: unknown) => {
    heard.push(readSignedHead(signed, keys.publicKey)?.version ?? -1);
  };
  const end = followList(gate, 'pickup', hear, () => {});
  const publisher = publish();
  await publisher.publishNow();
  await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe(1);
  await nats.kill();
  await nats.start();
  await expect.poll(() => gate.connected, { timeout: 10_000 }).toBe(true);
  Object.assign(database, { version: 2, body: { cards: ['c'] } });
  publisher.changed();
  await expect.poll(() => heard.at(-1), { timeout: 5_000 }).toBe(2);
  end();
});

test('of two instances the one with older news never wins', async () => {
  const stale = { version: 1, body: { cards: ['old'] }, away: false };
  await publish(stale).publishNow();
  Object.assign(database, { version: 5, body: { cards: ['new'] } });
  await publish().publishNow();
  await expect(publish(stale).publishNow()).rejects.toThrow('newer list');
  expect((await atTheGate())?.body).toEqual({ cards: ['new'] });
});

test('an owner that starts with another shape of the same version puts it out at once', async () => {
  await publish().publishNow();
  await Promise.all(publishers.splice(0).map((p) => p.stop()));
  const before = await atTheGate();
  now += 1_000;
  await publish({ ...database, body: { cards: ['a'], gates: [] } }).publishNow();
  const after = await atTheGate();
  expect(after).toMatchObject({ version: before?.version, body: { cards: ['a'], gates: [] } });
  expect(after?.asOf).not.toBe(before?.asOf);
  expect(after?.sha256).not.toBe(before?.sha256);
});

test('a gate refuses another signer, a changed head and a damaged body', async () => {
  await publish().publishNow();
  expect(await atTheGate(pems().publicKey)).toBeUndefined();
  const head = await atTheGate();
  if (!head) throw new Error('no head');
  const signed = signHead(head, createPrivateKey(keys.privateKey));
  expect(
    readSignedHead({ ...signed, head: signed.head.replace('"version":1', '"version":9') }, keys.publicKey),
  ).toBeUndefined();
  expect(readSignedHead('rubbish', keys.publicKey)).toBeUndefined();
  const packed = (await kv.get(listBodyKey('pickup', head.sha256)))?.value ?? new Uint8Array();
  expect(verifyBody(head, packed)).toEqual({ cards: ['a'] });
  expect(
    verifyBody(
      head,
      packed.map((b, i) => (i === 20 ? b ^ 1 : b)),
    ),
  ).toBeUndefined();
  expect(verifyBody(head, packed.subarray(0, 10))).toBeUndefined();
});
