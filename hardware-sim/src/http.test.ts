import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Listing, simApp } from './http.ts';
import { type Sim, startSim } from './sim.ts';

const HOST = '127.0.0.1:4801';
let dir: string;
let sim: Sim;
let app: ReturnType<typeof simApp>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anyuan-sim-'));
  sim = await startSim({ runDir: dir, serial: 'tcp' });
  app = simApp(sim, () => [HOST, 'localhost:4801']);
});

afterEach(async () => {
  await sim.stop();
  await rm(dir, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { host: HOST, ...headers } });
const post = (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/api/act', {
    method: 'POST',
    headers: { host: HOST, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const device = (id: string) => sim.state().gate.find((d) => d.device === id);

describe('acts', () => {
  test('each is seen in the state', async () => {
    expect((await post({ act: 'present', person: 'zhang', keep: true })).status).toBe(200);
    expect((await post({ act: 'tap', card: 'wang-card', keep: true })).status).toBe(200);
    expect((await post({ act: 'press', keep: true })).status).toBe(200);
    expect((await post({ act: 'scan', text: 'ANYUAN' })).status).toBe(200);
    expect((await post({ act: 'fault', device: 'siren-1', fault: 'stick' })).status).toBe(200);
    expect([device('id-1')?.holds, device('card-1')?.holds, device('button-1')?.on, device('qr-1')?.count]).toEqual([
      'zhang',
      'wang-card',
      true,
      1,
    ]);
    expect(device('siren-1')?.faults).toEqual(['stick']);

    await post({ act: 'remove' });
    await post({ act: 'release' });
    await post({ act: 'unplug', device: 'siren-1' });
    expect([device('id-1')?.holds, device('card-1')?.holds, device('button-1')?.on]).toEqual([null, null, false]);
    expect([device('door-1')?.plugged, device('id-1')?.plugged]).toEqual([false, true]);

    await post({ act: 'clear' });
    expect(sim.state().gate.every((d) => d.plugged && d.faults.length === 0)).toBe(true);
  });

  test('an unknown name is answered with the known ones', async () => {
    const reply = await post({ act: 'tap', card: 'nobody' });
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ known: expect.arrayContaining(['wang-card', 'lost-card']) });
    expect((await post({ act: 'present', person: '__proto__' })).status).toBe(404);
    expect((await post({ act: 'unplug', device: 'constructor' })).status).toBe(404);
  });

  test('what makes no sense is refused in words', async () => {
    expect((await post({ act: 'fault', device: 'id-1', fault: 'cut' })).status).toBe(409);
    expect((await post({ act: 'fault', device: 'id-1', fault: 'silent' })).status).toBe(409);
    expect((await post({ act: 'dance' })).status).toBe(400);
    expect((await post('{')).status).toBe(400);
    expect((await post({ act: 'scan', text: 'x'.repeat(5000) })).status).toBe(413);
  });
});

describe('who may ask', () => {
  test('another host, another origin, another site: no', async () => {
    expect((await get('/api/state')).status).toBe(200);
    expect((await get('/api/state', { host: 'evil.example:4801' })).status).toBe(403);
    expect((await get('/api/state', { host: '' })).status).toBe(403);
    expect((await get('/api/state', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await get('/api/state', { origin: 'null' })).status).toBe(403);
    expect((await get('/api/state', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ act: 'press' }, { origin: 'http://127.0.0.1:8080' })).status).toBe(403);
    expect((await post({ act: 'press' }, { origin: `http://${HOST}` })).status).toBe(200);
  });

  test('an act that a foreign form could send: no', async () => {
    expect((await post('{"act":"press"}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect(device('button-1')?.on).toBe(false);
  });
});

test('list and panel', async () => {
  const list = (await (await get('/api/list')).json()) as Listing;
  expect(list.persons).toContainEqual(expect.objectContaining({ key: 'zhang', last4: '2718' }));
  expect(JSON.stringify(list)).not.toMatch(/\d{17}/);
  for (const path of ['/', '/panel.css', '/panel.js']) expect((await get(path)).status).toBe(200);
  expect((await get('/../package.json')).status).toBe(404);
});

test('the stream tells of every change, also of one right after the last', async () => {
  const reader =
    (await get('/api/events')).body?.pipeThrough(new TextDecoderStream()).getReader() ?? expect.fail('no stream');
  let told = '';
  const hears = async (words: string) => {
    while (!told.includes(words)) told += (await reader.read()).value ?? expect.fail('the stream ended');
    told = '';
  };
  await hears('"holds":null');
  await sim.tap('wang-card', { keep: true });
  await hears('"holds":"wang-card"');
  await sim.unplug('qr-1');
  await hears('"plugged":false');
  await reader.cancel();
}, 5000);

test('a served simulator leaves its address for the command line, and takes it away', async () => {
  const served = await startSim({ runDir: join(dir, 'served'), serial: 'off', port: 0 });
  const { url } = JSON.parse(await readFile(join(dir, 'served/sim.json'), 'utf8'));
  expect(url).toBe(served.url);
  expect((await fetch(`${url}/api/state`)).status).toBe(200);
  await expect(served.press()).rejects.toThrow(/SIM_SERIAL/);
  await served.stop();
  await expect(fetch(`${url}/api/state`)).rejects.toThrow();
  await expect(readFile(join(dir, 'served/sim.json'))).rejects.toThrow();
});
