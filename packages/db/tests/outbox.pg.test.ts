import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, emit, openDb, type Relay, startRelay } from '../src/index.ts';
import { startTestPostgres, type TestDb, type TestPostgres, testDb } from '../src/testing.ts';

let site: TestDb;
let db: Db<object>;
const at = new Date('2026-11-23T08:00:00.123Z');
const visit = (n: number) => ({ entity: 'visit', type: 'admitted', data: { n }, at });

beforeAll(async () => {
  site = await testDb();
  db = openDb({ url: site.url('gate'), owner: 'gate' });
});
afterAll(async () => {
  await db.close();
  await site.drop();
});

const numberIn = (data: unknown): number => Number(Object(data).n);

/** A bus that keeps what it got; `away` makes it refuse. */
function fakeStream() {
  const seen: { subject: string; n: number; id: string; at: number; headers: Record<string, string> }[] = [];
  const stream = {
    seen,
    away: false,
    publish: async (subject: string, data: unknown, event: { id: string; headers: Record<string, string> }) => {
      if (stream.away) throw new Error('bus away');
      seen.push({ subject, n: numberIn(data), ...event, at: performance.now() });
    },
  };
  return stream;
}
const numbers = (stream: ReturnType<typeof fakeStream>) => stream.seen.map((e) => e.n);

async function during<T>(relay: Relay, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await relay.stop();
  }
}

test('a committed event is published in milliseconds, with the headers of an event', async () => {
  const stream = fakeStream();
  await during(startRelay({ db, school: 'demo', publish: stream.publish, pollMs: 60_000 }), async () => {
    const lags: number[] = [];
    for (let n = 0; n < 50; n++) {
      await db.tx((trx) => emit(trx, visit(n)));
      const committed = performance.now();
      await expect.poll(() => stream.seen.length, { interval: 1 }).toBe(n + 1);
      lags.push((stream.seen[n]?.at ?? Number.POSITIVE_INFINITY) - committed);
    }
    lags.sort((a, b) => a - b);
    expect(lags[25]).toBeLessThan(10);
  });
  expect(stream.seen[0]?.subject).toBe('school.demo.event.gate.visit.admitted');
  expect(stream.seen[0]?.headers).toMatchObject({
    'ce-type': 'visit.admitted',
    'ce-time': '2026-11-23T08:00:00.123Z',
    'ce-id': stream.seen[0]?.id,
    'Nats-Msg-Id': stream.seen[0]?.id,
  });
  expect(numbers(stream)).toEqual([...Array(50).keys()]);
});

test('nothing leaves of a transaction that was taken back', async () => {
  const stream = fakeStream();
  await during(startRelay({ db, school: 'demo', publish: stream.publish }), async () => {
    const cancelled = db.tx(async (trx) => {
      await emit(trx, visit(1));
      throw new Error('changed my mind');
    });
    await expect(cancelled).rejects.toThrow('changed my mind');
    await db.tx((trx) => emit(trx, visit(2)));
    await expect.poll(() => numbers(stream)).toEqual([2]);
  });
});

test('while the bus is away events wait, then leave in order and once', async () => {
  const stream = fakeStream();
  const relay = startRelay({ db, school: 'demo', publish: stream.publish });
  await during(relay, async () => {
    stream.away = true;
    for (let n = 0; n < 5; n++) await db.tx((trx) => emit(trx, visit(n)));
    await expect.poll(() => relay.failure).toBeDefined();
    expect(stream.seen).toEqual([]);
    stream.away = false;
    await relay.processAll();
    expect(numbers(stream)).toEqual([0, 1, 2, 3, 4]);
    expect(relay.failure).toBeUndefined();
  });
});

test('of two instances one publishes, and the other takes over when it stops', async () => {
  const [first, second] = [fakeStream(), fakeStream()];
  const one = startRelay({ db, school: 'demo', publish: first.publish, pollMs: 20 });
  await db.tx((trx) => emit(trx, visit(1)));
  await one.processAll();
  const other = openDb<object>({ url: site.url('gate'), owner: 'gate' });
  const two = startRelay({ db: other, school: 'demo', publish: second.publish, pollMs: 20 });
  await other.tx((trx) => emit(trx, visit(2)));
  await two.processAll();
  expect([numbers(first), numbers(second)]).toEqual([[1, 2], []]);
  await one.stop();
  await other.tx((trx) => emit(trx, visit(3)));
  await two.processAll();
  expect(numbers(second)).toEqual([3]);
  await two.stop();
  await other.close();
});

test('what was committed before the stop is published by the stop', async () => {
  const stream = fakeStream();
  const relay = startRelay({ db, school: 'demo', publish: stream.publish });
  await db.tx((trx) => emit(trx, visit(9)));
  await relay.stop();
  expect(numbers(stream)).toEqual([9]);
});

test('Postgres killed and back: queries fail at once meanwhile, nothing committed is lost', {
  timeout: 60_000,
}, async () => {
  const server: TestPostgres = await startTestPostgres();
  const own = openDb<object>({ url: server.url('gate'), owner: 'gate' });
  const stream = fakeStream();
  const relay = startRelay({ db: own, school: 'demo', publish: stream.publish, pollMs: 50 });
  await own.tx((trx) => emit(trx, visit(1)));
  await relay.processAll();
  stream.away = true;
  await own.tx((trx) => emit(trx, visit(2)));

  const cutOff = own.tx(async (trx) => {
    await emit(trx, visit(3));
    await server.kill();
    await emit(trx, visit(4));
  });
  await expect(cutOff).rejects.toMatchObject({ code: 'unavailable' });
  const asked = performance.now();
  await expect(own.tx((trx) => emit(trx, visit(5)))).rejects.toMatchObject({ code: 'unavailable' });
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect(await own.ready()).toBe(false);

  await server.start();
  expect(await own.ready()).toBe(true);
  await own.tx((trx) => emit(trx, visit(6)));
  stream.away = false;
  await relay.processAll();
  expect(numbers(stream)).toEqual([1, 2, 6]);
  await relay.stop();
  await own.close();
  await server.stop();
});

test('killed in the middle of commits, again and again: what was answered is there, whole and once', {
  timeout: 120_000,
}, async () => {
  const server = await startTestPostgres();
  const own = openDb<{ listVersion: { list: string; version: number } }>({ url: server.url('gate'), owner: 'gate' });
  const stream = fakeStream();
  const relay = startRelay({ db: own, school: 'demo', publish: stream.publish, pollMs: 20 });
  const answered: number[] = [];
  let n = 1;
  const write = async (mine: number) => {
    await own.tx(async (trx) => {
      await trx
        .insertInto('listVersion')
        .values({ list: `n${mine}`, version: mine })
        .execute();
      await emit(trx, visit(mine));
    });
    answered.push(mine);
  };
  for (let round = 0; round < 6; round++) {
    const ended = Promise.allSettled(
      Array.from({ length: 4 }, async () => {
        for (;;) await write(n++);
      }),
    );
    await expect.poll(() => answered.length, { interval: 1 }).toBeGreaterThan(round * 20 + 20);
    await server.kill();
    expect((await ended).every((w) => w.status === 'rejected')).toBe(true);
    await server.start();
  }
  await relay.processAll();
  const rows = await own.kysely.selectFrom('listVersion').select('version').where('version', '>', 0).execute();
  const kept = new Set(rows.map((row) => row.version));
  expect(answered.filter((mine) => !kept.has(mine))).toEqual([]);
  const published = new Set(numbers(stream));
  expect([...published].filter((mine) => !kept.has(mine))).toEqual([]);
  expect([...kept].filter((mine) => !published.has(mine))).toEqual([]);
  await relay.stop();
  await own.close();
  await server.stop();
});

test('a frozen server: a query gives up within 5 s and the next one works after it thaws', {
  timeout: 60_000,
}, async () => {
  const server = await startTestPostgres();
  const own = openDb<object>({ url: server.url('gate'), owner: 'gate' });
  await own.ready();
  await server.freeze();
  const asked = performance.now();
  await expect(own.tx((trx) => emit(trx, visit(1)))).rejects.toMatchObject({ code: 'unavailable' });
  expect(performance.now() - asked).toBeLessThan(5_500);
  await server.thaw();
  expect(await own.ready()).toBe(true);
  await own.close();
  await server.stop();
});
