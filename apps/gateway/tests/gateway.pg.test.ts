/** The school's door as a browser meets it: real Postgres, real nats-server, real HTTP. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@anyuan/bus';
import { freePort, startTestNats, type TestNats } from '@anyuan/bus/testing';
import { Actor, httpHeaders, type IncidentView, type LiveEvent, subjects } from '@anyuan/contracts';
import { startTestPostgres, type TestPostgres } from '@anyuan/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { GatewayService, importUsers } from '../src/service.ts';

const school = 's';
let nats: TestNats;
let postgres: TestPostgres;
let bus: Bus;
let gateway: GatewayService;
let dir: string;
let origin: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-gateway-'));
  writeFileSync(join(dir, 'auth.secret'), 'a'.repeat(64));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>安园</title>');
  writeFileSync(join(dir, 'visit.html'), '<!doctype html><title>来访</title>');
  [nats, postgres] = await Promise.all([startTestNats(school), startTestPostgres()]);
  bus = await nats.connect();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  gateway = await GatewayService.create({
    ANYUAN_SCHOOL: school,
    ANYUAN_SCHOOL_NAME: '青禾小学',
    ANYUAN_DEMO: '0',
    NATS_URL: nats.url,
    DATABASE_URL: postgres.url('identity'),
    LOG_LEVEL: 'error',
    PORT: port,
    HOST: '127.0.0.1',
    AUTH_SECRET_FILE: join(dir, 'auth.secret'),
    CONSOLE_DIR: dir,
  });
  await importUsers(gateway.auth, [
    { username: 'admin', name: '周敏', role: 'administrator', password: 'right-horse-1' },
    { username: 'guard', name: '王建国', role: 'guard', password: 'right-horse-2' },
    { username: 'head', name: '张明', role: 'principal', password: 'right-horse-3' },
  ]);
  await gateway.start();
});

afterAll(async () => {
  await gateway.stop();
  await nats.stop();
  await postgres.stop();
  rmSync(dir, { recursive: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function signIn(username: string, password: string): Promise<string> {
  const response = await post('/api/auth/sign-in/username', { username, password });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{}');
  return response.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
}

/** A service in the wire's terms, so that the test sees what one would get. */
function listenAsService(name: string): { heard: { path: string; actor: Actor | null }[]; end: () => void } {
  const heard: { path: string; actor: Actor | null }[] = [];
  const end = bus.subscribe(subjects.httpOf(school, name), (m) => {
    const actor = m.header(httpHeaders.actor);
    heard.push({
      path: m.header(httpHeaders.path) ?? '',
      actor: actor ? Actor.parse(JSON.parse(Buffer.from(actor, 'base64url').toString())) : null,
    });
    m.respond(new TextEncoder().encode('{"result":{"data":[]}}'), {
      [httpHeaders.status]: '200',
      [httpHeaders.contentType]: 'application/json',
    });
  });
  return { heard, end };
}

test('without sign-in nothing is read, raised or ended; with it the service hears who asks', async () => {
  const gate = listenAsService('gate');
  for (const path of ['/api/gate/trpc/today', '/api/pickup/trpc/today', '/api/alarm/trpc/incidents'])
    expect((await fetch(origin + path)).status).toBe(401);
  expect((await post('/api/trpc/raiseAlarm', { mode: 'actual', kind: 'fire', action: 'evacuate' })).status).toBe(401);
  expect((await fetch(`${origin}/api/trpc/live`)).status).toBe(401);
  expect(gate.heard).toEqual([]);
  const cookie = await signIn('admin', 'right-horse-1');
  expect((await fetch(`${origin}/api/gate/trpc/today?batch=1`, { headers: { cookie } })).status).toBe(200);
  expect(gate.heard).toEqual([
    { path: '/trpc/today?batch=1', actor: expect.objectContaining({ name: '周敏', role: 'administrator' }) },
  ]);
  gate.end();
});

test('a calendar program reaches its feed and nothing else, as nobody', async () => {
  const drills = listenAsService('drills');
  const feed = `${'a'.repeat(64)}.ics`;
  expect((await fetch(`${origin}/calendar/${feed}?x=1`)).status).toBe(200);
  for (const path of ['/calendar/term.ics', `/calendar/..%2f${feed}`, `/calendar/${feed}/x`])
    expect((await fetch(origin + path)).status).toBe(404);
  expect((await post(`/calendar/${feed}`, {})).status).toBe(404);
  expect(drills.heard).toEqual([{ path: `/files/calendar/${feed}`, actor: null }]);
  drills.end();
});

test('a visitor applies and looks without sign-in; nothing of it is kept on the way, and nobody floods it', async () => {
  const gate = listenAsService('gate');
  const token = 'a'.repeat(43);
  for (const path of ['/visit', `/visit/${token}`, `/api/visit/${token}`]) {
    const response = await fetch(origin + path);
    expect(response.status).toBe(200);
    const told = ['cache-control', 'x-robots-tag', 'referrer-policy'].map((name) => response.headers.get(name));
    expect(told).toEqual(['no-store', 'noindex, nofollow', 'no-referrer']);
  }
  for (const path of ['/visit/x', `/visit/${token}/x`, '/api/visit', '/api/visit/x', `/api/visit/..%2f${token}`])
    expect((await fetch(origin + path)).status).toBe(404);
  expect((await post('/api/visit', { name: 'x'.repeat(9_000) })).status).toBe(413);
  const cookie = await signIn('admin', 'right-horse-1');
  expect((await post('/api/visit', {}, { cookie })).status).toBe(200);
  expect((await post('/api/visit', {}, { origin: 'http://evil.example' })).status).toBe(403);
  expect(gate.heard).toEqual([
    { path: `/public/bookings/${token}`, actor: null },
    { path: '/public/bookings', actor: null },
  ]);
  const tries = [];
  for (let i = 0; i < 12; i++) tries.push((await post('/api/visit', {})).status);
  expect(tries.at(-1)).toBe(429);
  expect((await fetch(`${origin}/api/visit/${token}`)).status).toBe(200);
  gate.end();
});

test('whoever has kept the cookies of a session gets nothing with them after its sign-out', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const live = (signal: AbortSignal) => fetch(`${origin}/api/trpc/live`, { headers: { cookie }, signal });
  const stop = new AbortController();
  expect((await live(stop.signal)).status).toBe(200);
  stop.abort();
  expect((await post('/api/auth/sign-out', {}, { cookie })).status).toBe(200);
  expect((await live(new AbortController().signal)).status).toBe(401);
});

test('a forged actor header, a forged cookie and another site get nothing', async () => {
  const forged = Buffer.from(JSON.stringify({ kind: 'person', id: 'x', name: 'x', role: 'principal' })).toString(
    'base64url',
  );
  const asked = await fetch(`${origin}/api/gate/trpc/today`, {
    headers: { [httpHeaders.actor]: forged, cookie: 'anyuan.session_token=abc.def' },
  });
  expect(asked.status).toBe(401);
  const cookie = await signIn('admin', 'right-horse-1');
  const foreign = await post('/api/trpc/raiseAlarm', {}, { cookie, origin: 'http://evil.example' });
  expect(foreign.status).toBe(403);
  const rebound = await new Promise<number>((resolve) =>
    httpRequest(`${origin}/`, { headers: { host: 'evil.example' } }, (r) => resolve(r.statusCode ?? 0)).end(),
  );
  expect(rebound).toBe(403);
});

test('a wrong password and an unknown name look the same; guessing is slowed, the owner is not locked out', async () => {
  const wrong = await post('/api/auth/sign-in/username', { username: 'guard', password: 'no' });
  const unknown = await post('/api/auth/sign-in/username', { username: 'nobody', password: 'no' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.text()).toBe(await unknown.text());
  const tries = [];
  for (let i = 0; i < 10; i++)
    tries.push((await post('/api/auth/sign-in/username', { username: 'nobody', password: `${i}` })).status);
  expect(tries.at(-1)).toBe(429);
  await signIn('guard', 'right-horse-2');
});

test('an alarm from the office is on the bus with its person before the office is told', async () => {
  const heard = vi.fn();
  bus.subscribe(subjects.alarmRaised(school, 'audible'), (m) => heard(JSON.parse(new TextDecoder().decode(m.data))));
  const cookie = await signIn('guard', 'right-horse-2');
  const response = await post('/api/trpc/raiseAlarm', { mode: 'test', kind: 'help', action: 'hold' }, { cookie });
  expect(response.status).toBe(200);
  expect(heard).toHaveBeenCalledWith(
    expect.objectContaining({ mode: 'test', via: 'console', raisedBy: expect.objectContaining({ name: '王建国' }) }),
  );
  const place = { zone: 'canteen', name: '食堂' };
  await post('/api/trpc/raiseAlarm', { mode: 'test', kind: 'help', action: 'hold', place }, { cookie });
  expect(heard.mock.calls.map(([raised]) => raised.place.name)).toEqual(['地点不明', '食堂']);
});

test('an alarm whose id was chosen before is one alarm, however often it is tried', async () => {
  const heard = vi.fn();
  bus.subscribe(subjects.alarmRaised(school, 'audible'), (m) => heard(JSON.parse(new TextDecoder().decode(m.data))));
  const cookie = await signIn('admin', 'right-horse-1');
  const drill = {
    mode: 'exercise',
    kind: 'fire',
    action: 'evacuate',
    incident: '0199e1a4-5e10-7000-8000-00000000000a',
  };
  for (let i = 0; i < 2; i++) {
    const response = await post('/api/trpc/raiseAlarm', drill, { cookie });
    expect(await response.text()).toContain(drill.incident);
  }
  expect(new Set(heard.mock.calls.map(([raised]) => raised.incident))).toEqual(new Set([drill.incident]));
  expect((await post('/api/trpc/raiseAlarm', { ...drill, incident: 'mine' }, { cookie })).status).toBe(400);
});

const silent = (): IncidentView => ({
  ...{
    incident: '0199e1a4-5e10-7000-8000-00000000000b',
    kind: 'help',
    action: 'secure',
    mode: 'actual',
    audibility: 'silent',
  },
  ...{
    place: { zone: 'east', name: '东门' },
    raisedBy: { id: 'wang', name: '王建国' },
    via: 'screen',
    gate: 'east',
    presses: 1,
  },
  ...{
    raisedAt: new Date().toISOString(),
    receivedAt: new Date().toISOString(),
    status: 'open',
    standDown: null,
    stored: true,
  },
  ...{ reported: 0, expected: 0, lastReportMs: null, zones: [], missing: [], stillSounding: [], steps: [] },
});

/** Reads the SSE stream until `until` holds, and gives what came. */
async function listen(cookie: string, until: (events: LiveEvent[]) => boolean, lastEventId?: string) {
  const stop = new AbortController();
  const input = encodeURIComponent(JSON.stringify(lastEventId ? { lastEventId } : {}));
  const response = await fetch(`${origin}/api/trpc/live?input=${input}`, { headers: { cookie }, signal: stop.signal });
  expect(response.status).toBe(200);
  const events: LiveEvent[] = [];
  let id = '';
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader && !until(events)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      const eventId = /^id: (.*)$/m.exec(block)?.[1];
      if (!data || !eventId) continue;
      id = eventId;
      events.push(JSON.parse(data));
    }
  }
  stop.abort();
  return { events, id };
}

const visit = (number: string) => ({
  visit: '019ab000-0000-7000-8000-000000000001',
  number,
  name: '张伟明',
  document: 'resident',
  idLast4: '2718',
  reason: 'parentTalk',
  host: null,
  security: { result: 'clear' },
  status: 'onSite',
  refusal: null,
  gate: 'main',
  guard: { id: 'g', name: '王建国' },
  admittedAt: '2026-11-23T00:00:00.000Z',
  leftAt: null,
  offline: false,
});

test('the proof of deletion is held against what went out on the bus; only who audits may ask', async () => {
  const subject = subjects.event(school, 'gate', 'deletion', 'proven');
  const cookie = await signIn('head', 'right-horse-3');
  const asked = async (as = cookie) => {
    const response = await fetch(`${origin}/api/trpc/integrity`, { headers: { cookie: as } });
    const body = (await response.json()) as { result?: { data: unknown } };
    return [response.status, body.result?.data];
  };
  let known: (string | null)[] = [];
  const seqs: unknown[] = [];
  const end = bus.subscribe(subjects.httpOf(school, 'gate'), (m) => {
    seqs.push(JSON.parse(new TextDecoder().decode(m.data)).seqs);
    m.respond(new TextEncoder().encode(JSON.stringify({ result: { data: known } })), {
      [httpHeaders.status]: '200',
      [httpHeaders.contentType]: 'application/json',
    });
  });
  expect(await asked()).toEqual([200, { state: 'same', compared: 0, lastSeq: 0 }]);
  for (const seq of [3, 5]) await bus.publishStored(subject, { seq, hash: `h${seq}` }, { id: `deletion-${seq}` });
  known = ['h3', 'h5'];
  expect(await asked()).toEqual([200, { state: 'same', compared: 2, lastSeq: 5 }]);
  known = ['h3', 'rewritten'];
  expect(await asked()).toEqual([200, { state: 'differs', seq: 5, toldAt: expect.any(String) }]);
  known = [null, null];
  expect(await asked()).toMatchObject([200, { state: 'differs', seq: 3 }]);
  expect(seqs).toEqual([
    [3, 5],
    [3, 5],
    [3, 5],
  ]);
  expect((await asked(await signIn('admin', 'right-horse-1')))[0]).toBe(403);
  end();
});

test('a tab that was cut goes on without a gap; a guard’s tab hears no visitor', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const admitted = subjects.event(school, 'gate', 'visit', 'admitted');
  const isVisit = (e: LiveEvent) => e.type === 'visit';
  const guardTab = listen(await signIn('guard', 'right-horse-2'), (events) => events.some((e) => e.type === 'tick'));
  const first = listen(cookie, (events) => events.some(isVisit));
  const sending = setInterval(() => bus.publish(admitted, visit('E1123-001')), 50);
  const { id } = await first;
  clearInterval(sending);
  await bus.nc.flush();
  bus.publish(admitted, visit('E1123-002'));
  bus.publish(admitted, visit('E1123-003'));
  const numbers = (events: LiveEvent[]) => events.flatMap((e) => (e.type === 'visit' ? [e.visit.number] : []));
  const { events } = await listen(cookie, (all) => numbers(all).includes('E1123-003'), id);
  expect(numbers(events).filter((n) => n !== 'E1123-001')).toEqual(['E1123-002', 'E1123-003']);
  expect((await guardTab).events.some(isVisit)).toBe(false);
});

test('a silent call reaches the tabs of those who can end it, and no other', async () => {
  const called = (e: LiveEvent) => e.type === 'incident';
  const guardTab = listen(
    await signIn('guard', 'right-horse-2'),
    (all) => all.filter((e) => e.type === 'tick').length > 1,
  );
  const adminTab = listen(await signIn('admin', 'right-horse-1'), (all) => all.some(called));
  const sending = setInterval(
    () => bus.publish(subjects.live(school, 'alarm'), { type: 'incident', incident: silent() }),
    50,
  );
  await adminTab;
  const heard = await guardTab;
  clearInterval(sending);
  expect([heard.events.some((e) => e.type === 'tick'), heard.events.some(called)]).toEqual([true, false]);
});

test('every tick says whether the alarm service has spoken lately', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const ticks = (spoke: boolean) => (events: LiveEvent[]) =>
    events.some((e) => e.type === 'tick' && e.alarms === spoke);
  await listen(cookie, ticks(false));
  bus.publish(subjects.alarmState(school, 'audible'), {});
  await listen(cookie, ticks(true));
});

test('a stranger’s id is answered by "ask again", not by silence', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const { events } = await listen(cookie, (all) => all.length > 0, 'another.12');
  expect(events[0]).toEqual({ type: 'resync' });
});

/** Node's own client on a socket that is kept, as another server would ask: it reads nothing that came with a reset. */
const send = (agent: Agent, path: string, body: string, headers: Record<string, string> = {}) =>
  new Promise<[number, unknown]>((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } };
    const request = httpRequest(origin + path, options, async (response) =>
      resolve([response.statusCode ?? 0, JSON.parse((await response.toArray()).join(''))]),
    );
    request.on('error', reject);
    request.end(body);
  });

test('a bad body is refused with a code and no stack', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const bad = await post('/api/trpc/raiseAlarm', { mode: 'loud' }, { cookie });
  expect(bad.status).toBe(400);
  expect(await bad.text()).not.toMatch(/stack|\.ts/);
});

test('whoever sends too much or nonsense reads the answer, and the next request on his line is answered too', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookie = await signIn('admin', 'right-horse-1');
  const huge = JSON.stringify({ note: 'x'.repeat(3_000_000) });
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const tooLarge = [413, { code: 'tooLarge' }];
  const badInput = [400, { code: 'badInput' }];
  for (const headers of [{}, { connection: 'close' }, { 'transfer-encoding': 'chunked' }]) {
    expect(await send(agent, '/api/alarm/trpc/standDown', huge, { cookie, ...headers })).toEqual(tooLarge);
    expect(await send(agent, '/api/auth/sign-in/username', deep, headers)).toEqual(badInput);
    expect(await send(agent, '/api/auth/sign-in/username', '{}', headers)).toEqual(badInput);
  }
  agent.destroy();
});

test('a sender who is told that it is too much is not read for ever', async () => {
  const { port, host } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  const head = `POST /api/alarm/trpc/standDown HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3000000\r\n\r\n`;
  socket.write(`${head}and then nothing more`);
  const heard = (await socket.toArray()).join('');
  expect(heard).toMatch(/^HTTP\/1.1 413 .*connection: close.*{"code":"tooLarge"}$/is);
});

test('a service that does not answer is said to be away', async () => {
  const cookie = await signIn('admin', 'right-horse-1');
  const response = await fetch(`${origin}/api/pickup/trpc/today`, { headers: { cookie } });
  expect([response.status, await response.json()]).toEqual([503, { code: 'unavailable' }]);
});

test('a console’s path is the page, a lost asset is not, and a path that climbs gets nothing', async () => {
  expect(await (await fetch(`${origin}/console/alarm`)).text()).toContain('安园');
  expect((await fetch(`${origin}/console/assets/gone.js`)).status).toBe(404);
  const climbed = await new Promise<number>((resolve) =>
    httpRequest(`${origin}/`, { path: '/console/../../auth.secret' }, (r) => resolve(r.statusCode ?? 0)).end(),
  );
  expect([302, 400, 404]).toContain(climbed);
});
