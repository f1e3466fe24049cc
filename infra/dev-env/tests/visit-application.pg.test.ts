/** A visitor applies by the school's public page: from the address that anybody can open to the gate service's tables, and back. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startTestNats, type TestNats } from '@anyuan/bus/testing';
import { newId } from '@anyuan/contracts';
import { type GateTables, openDb, SearchKey } from '@anyuan/db';
import { startTestPostgres, type TestPostgres } from '@anyuan/db/testing';
import { GateService, importStaff } from '@anyuan/gate';
import { GatewayService, importUsers } from '@anyuan/gateway';
import { createLog } from '@anyuan/service';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SCHOOL = 'demo';
/** School time, 16:00 on a Monday. */
const clock = { now: () => Date.parse('2026-11-23T08:00:00.000Z') };
let [nats, postgres]: [TestNats?, TestPostgres?] = [];
let gate: Awaited<ReturnType<typeof GateService.create>>;
let gateway: GatewayService;
let origin: string;
const dir = mkdtempSync(join(tmpdir(), 'anyuan-application-'));

beforeAll(async () => {
  for (const key of ['id.key', 'id-search.key', 'card.key', 'watch.key', 'auth.secret'])
    writeFileSync(join(dir, key), randomBytes(32).toString('hex'));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(dir, 'list-gate.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(dir, 'index.html'), '');
  writeFileSync(join(dir, 'visit.html'), '<!doctype html><title>来访</title>');
  [nats, postgres] = await Promise.all([startTestNats(SCHOOL), startTestPostgres()]);
  const common = {
    ANYUAN_SCHOOL: SCHOOL,
    ANYUAN_SCHOOL_NAME: '青禾小学',
    NATS_URL: nats.url,
    LOG_LEVEL: 'error' as const,
  };
  gate = await GateService.create(
    { ...common, DATABASE_URL: postgres.url('gate'), ANYUAN_KEYS: dir },
    { clock, log: createLog('gate', 'silent') },
  );
  await gate.start();
  const seed = openDb<GateTables>({ url: postgres.url('gate'), owner: 'gate', max: 1 });
  const teacher = { role: 'teacher', title: '班主任', host: true, mayStandDown: false } as const;
  await seed.tx((trx) =>
    importStaff(
      trx,
      [
        { ...teacher, id: 's-liu', name: '刘芳', department: '三（2）班' },
        { ...teacher, id: 's-li-1', name: '李静', department: '语文组' },
        { ...teacher, id: 's-li-2', name: '李静', department: '数学组' },
      ],
      { card: new SearchKey(randomBytes(32)) },
    ),
  );
  await seed.close();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  gateway = await GatewayService.create({
    ...{ ...common, ANYUAN_DEMO: '0', DATABASE_URL: postgres.url('identity'), PORT: port, HOST: '127.0.0.1' },
    ...{ AUTH_SECRET_FILE: join(dir, 'auth.secret'), CONSOLE_DIR: dir },
  });
  await importUsers(gateway.auth, [
    { username: 'liu', name: '刘芳', role: 'teacher', password: 'right-horse-1', person: 's-liu' },
  ]);
  await gateway.start();
}, 60_000);
afterAll(async () => {
  await gateway?.stop();
  await gate?.stop();
  await nats?.stop();
  await postgres?.stop();
  rmSync(dir, { recursive: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const application = (more: object = {}) => ({
  ...{ request: newId(), name: '钱进', phone: '139 0000 1111', department: '', person: '刘芳', reason: 'parentTalk' },
  ...{ note: '谈孩子的作业', day: '2026-11-24', from: '09:00', until: '10:00', party: 2, plate: '京A·12345' },
  ...more,
});
const json = async (response: Response): Promise<[number, Record<string, unknown>]> => [
  response.status,
  (await response.json()) as Record<string, unknown>,
];
const look = async (token: string) => (await json(await fetch(`${origin}/api/visit/${token}`)))[1];

test('he applies, waits, his host says yes, and the link shows his code', async () => {
  expect((await fetch(`${origin}/visit`)).status).toBe(200);
  const given = application();
  const [status, applied] = await json(await post('/api/visit', given));
  expect([status, applied]).toEqual([200, { result: 'waiting', token: expect.stringMatching(/^[\w-]{43}$/) }]);
  const token = String(applied.token);
  expect((await json(await post('/api/visit', given)))[1]).toEqual(applied);
  expect(await look(token)).toMatchObject({
    state: 'waiting',
    name: '钱进',
    to: '刘芳',
    plate: '京A12345',
    code: null,
  });

  const signIn = await post('/api/auth/sign-in/username', { username: 'liu', password: 'right-horse-1' });
  const cookie = signIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const mine = await fetch(`${origin}/api/gate/trpc/bookings.mine`, { headers: { cookie } });
  const [booking, ...others] = Object((await json(mine))[1].result).data;
  expect(others).toEqual([]);
  expect(booking).toMatchObject({ state: 'waiting', name: '钱进', phoneLast4: '1111', party: 2 });
  const yes = { booking: booking.booking, decision: 'approve' };
  expect((await post('/api/gate/trpc/bookings.decide', yes)).status).toBe(401);
  expect((await post('/api/gate/trpc/bookings.decide', yes, { cookie })).status).toBe(200);
  expect(await look(token)).toMatchObject({ state: 'approved', code: { text: expect.stringMatching(/^AY1\./) } });
});

test('of two hosts of one name neither is told apart to a stranger; the application waits for the office', async () => {
  const answers = await Promise.all(
    [{ person: '李静' }, { person: '李静', department: '数学组' }, { person: '没有这个人' }].map(async (who) =>
      json(await post('/api/visit', application(who))),
    ),
  );
  for (const answer of answers) expect(answer).toEqual([200, { result: 'waiting', token: expect.any(String) }]);
  const db = openDb<GateTables>({ url: postgres?.url('gate') ?? '', owner: 'gate', max: 1 });
  const rows = await db.kysely
    .selectFrom('bookings')
    .select(['hostId'])
    .where('hostId', 'is distinct from', 's-liu')
    .execute();
  expect(rows.map(({ hostId }) => hostId).sort()).toEqual([null, null, 's-li-2'].sort());
  await db.close();
});

test.each<[object, number, object]>([
  [{ day: '2026-11-22' }, 200, { result: 'refused', refusal: 'past' }],
  [{ plate: '<b>' }, 400, { code: 'badInput', fields: ['plate'] }],
  [{ name: 'x'.repeat(10_000) }, 413, { code: 'tooLarge' }],
])('what can’t be is said in words or by its field: %o', async (more, status, body) => {
  expect(await json(await post('/api/visit', application(more)))).toEqual([status, body]);
});

test('with the gate service away the page is told so', async () => {
  await gate.stop();
  expect(await json(await fetch(`${origin}/api/visit/${'a'.repeat(43)}`))).toEqual([503, { code: 'unavailable' }]);
});
