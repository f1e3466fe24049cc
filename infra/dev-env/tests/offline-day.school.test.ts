/**
 * A day without the server (H1; architecture, promise 2): two gates as processes of their own, cut from the bus for 24 hours of
 * their clocks while three thousand things happen. One is killed in the middle of a burst, and again in the middle of sending.
 * Afterwards every event that was answered stands in Postgres exactly once, in each gate's order, and what can't both be true is
 * a task for a person.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmService } from '@anyuan/alarm';
import { prepareSecrets } from '@anyuan/bootstrap';
import { type Bus, connectBus } from '@anyuan/bus';
import { startTestNats, type TestNats } from '@anyuan/bus/testing';
import { type Actor, GATEWAY, type GateFile, newId } from '@anyuan/contracts';
import { startTestPostgres, type TestPostgres } from '@anyuan/db/testing';
import { GateService } from '@anyuan/gate';
import type { GateRouter } from '@anyuan/gate/router';
import { demoDocuments, demoStaff, type Sim, startSim } from '@anyuan/hardware-sim';
import { PickupService } from '@anyuan/pickup';
import { requestOverBus } from '@anyuan/service';
import { createTRPCClient, httpLink } from '@trpc/client';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Cable, layCable } from '../src/cable.ts';
import { seedServices } from '../src/demo-school.ts';
import { type SteeredGate, startSteeredGate } from '../src/steered-gate.ts';

const HOUR = 3_600_000;
const EVENTS = 3_000;
const NAMES = ['east', 'west'] as const;
type Name = (typeof NAMES)[number];
const soon = { timeout: 60_000, interval: 50 };

let dir: string;
let nats: TestNats;
let postgres: TestPostgres;
let db: pg.Pool;
let bus: Bus;
let cable: Cable;
let services: { start(): Promise<void>; stop(): Promise<void> }[] = [];
let office: ReturnType<typeof createTRPCClient<GateRouter>>;
const sims = {} as Record<Name, Sim>;
const gates = {} as Record<Name, SteeredGate>;

/** Tuesday, 08:00 at the school. */
const START = Date.parse('2026-11-24T08:00:00+08:00');
const began = Date.now();
let passed = START - began;
const clock = { now: () => Date.now() + passed };
const pass = async (ms: number) => {
  passed += ms;
  await Promise.all(NAMES.map((name) => gates[name].pass(ms)));
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-day-'));
  [nats, postgres] = await Promise.all([startTestNats('demo'), startTestPostgres()]);
  const keys = prepareSecrets(join(dir, 'keys')).dir;
  const urls = Object.fromEntries(
    (['gate', 'pickup', 'alarm', 'drills', 'ledger', 'training'] as const).map((owner) => [owner, postgres.url(owner)]),
  ) as Parameters<typeof seedServices>[0]['urls'];
  await seedServices({ urls, keys, term: false });
  const config = { ANYUAN_SCHOOL: 'demo', NATS_URL: nats.url, LOG_LEVEL: 'error' as const, ANYUAN_KEYS: keys };
  services = await Promise.all([
    GateService.create({ ...config, ANYUAN_SCHOOL_NAME: '学校', DATABASE_URL: urls.gate }, { clock }),
    PickupService.create({ ...config, DATABASE_URL: urls.pickup }, { clock }),
    AlarmService.create({ ...config, DATABASE_URL: urls.alarm }, { clock }),
  ]);
  await Promise.all(services.map((service) => service.start()));
  db = new pg.Pool({ connectionString: postgres.adminUrl, max: 2 });
  db.on('error', () => {});
  bus = await connectBus({ url: nats.url, name: 'gateway' });
  office = officeOf({ kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' });
  cable = await layCable(nats.port);
  const guard = { id: 's-wang', name: '王建国' };
  for (const name of NAMES) {
    sims[name] = await startSim({ runDir: join(dir, `sim-${name}`) });
    const gate = { ...(sims[name].gateFile as GateFile), gate: name, letter: name === 'east' ? 'E' : 'W' };
    gates[name] = await startSteeredGate({
      ...{ dir: join(dir, name), gate, natsUrl: `nats://127.0.0.1:${cable.port}`, school: 'demo', keys, duty: guard },
      passed: START - began,
    });
  }
}, 120_000);
afterAll(async () => {
  await Promise.all(NAMES.flatMap((name) => [gates[name]?.stop(), sims[name]?.stop()]));
  await Promise.all(services.map((service) => service.stop()));
  await bus?.close();
  await db?.end();
  await Promise.all([nats?.stop(), postgres?.stop()]);
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

const officeOf = (actor: Actor) =>
  createTRPCClient<GateRouter>({
    links: [
      httpLink({
        url: 'http://bus/trpc',
        fetch: (input, init) => {
          const url = new URL(String(input));
          const body = typeof init?.body === 'string' ? { body: new TextEncoder().encode(init.body) } : {};
          const to = { bus, school: 'demo', service: 'gate', caller: GATEWAY, actor };
          return requestOverBus({ ...to, path: url.pathname + url.search, method: init?.method ?? 'GET', ...body });
        },
      }),
    ],
  });
const rows = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await db.query(text, values)).rows;
const status = (name: Name) => gates[name].kiosk.call.status.query();
const host = demoStaff.find((one) => one.host)?.id ?? '';

/** What a gate answered, in its order. */
interface Answered {
  kind: 'admit' | 'refuse' | 'signOut' | 'vehicle';
  id: string;
  visit?: string;
}
const answered: Record<Name, Answered[]> = { east: [], west: [] };
/** Asked for and never answered: at most once. */
const unanswered: string[] = [];
const inside: Record<Name, string[]> = { east: [], west: [] };
let people = 0;
const cars: Record<Name, number> = { east: 0, west: 0 };
/** Known at both gates, and signed out at both. */
let twice = '';

const newVisit = (answer: { visit: string } | { already: object }): string => {
  if ('already' in answer) throw new Error('he is inside already');
  return answer.visit;
};
const admit = async (name: Name, typed: { name: string; idNumber?: string }) => {
  const answer = await gates[name].kiosk.call.visitor.admit.mutate({
    ...{ typed, reason: 'parentTalk', host, security: { result: 'clear' }, override: 'phoned' },
  });
  const visit = newVisit(answer);
  answered[name].push({ kind: 'admit', id: visit, visit });
  return visit;
};
const signOut = async (name: Name, visit: string) => {
  const { id } = await gates[name].kiosk.call.visitor.signOut.mutate({ visit });
  answered[name].push({ kind: 'signOut', id, visit });
};
const drive = async (name: Name, plate: string, outcome: 'in' | 'out') => {
  const { id } = await gates[name].kiosk.call.vehicles.log.mutate({
    plate,
    outcome,
    by: { as: 'other' },
    reason: null,
  });
  answered[name].push({ kind: 'vehicle', id });
};

/** The day's traffic of one gate, one after the other as at a desk: of ten, four come, four go, one is refused, one drives. */
async function traffic(name: Name, n: number): Promise<void> {
  for (let i = 0; i < n; i += 1) {
    people += 1;
    const who = `访客${name}${people}`;
    try {
      const what = i % 10;
      const [next] = inside[name];
      if (what === 8) {
        const { id } = await gates[name].kiosk.call.visitor.refuse.mutate({
          typed: { name: who },
          refusal: 'noPurpose',
          items: [],
        });
        answered[name].push({ kind: 'refuse', id });
      } else if (what === 9) {
        const car = cars[name]++;
        await drive(
          name,
          `京${name === 'east' ? 'E' : 'W'}${10_000 + Math.floor(car / 2)}`,
          car % 2 === 0 ? 'in' : 'out',
        );
      } else if (what % 2 === 1 && next !== undefined) {
        inside[name].shift();
        await signOut(name, next);
      } else inside[name].push(await admit(name, { name: who }));
    } catch {
      unanswered.push(who);
      return;
    }
  }
}

const figures: Record<string, unknown> = {};

test('24 hours without the server: nothing lost, nothing doubled, contradictions are tasks', async () => {
  // Both gates know everybody who is inside, and have the lists.
  await vi.waitFor(async () => {
    for (const name of NAMES) {
      const { server, lists } = await status(name);
      expect({ ...server, lists: lists.every(({ asOf }) => asOf !== null) }).toMatchObject({
        services: 'up',
        lists: true,
      });
    }
  }, soon);
  twice = await admit('east', { name: '两处签离' });
  const overThere = await admit('east', { name: '东门进西门出' });
  await vi.waitFor(async () => {
    const there = (await gates.west.kiosk.call.onSite.query()).map(({ visit }) => visit);
    expect(there).toEqual(expect.arrayContaining([twice, overThere]));
  }, soon);
  const cutAt = clock.now();
  await cable.cut();
  await vi.waitFor(async () => {
    for (const name of NAMES) expect((await status(name)).server.bus).toBe('down');
  }, soon);

  // Meanwhile the office goes on: a permit is suspended, and no gate can know.
  const [cleaner] = await rows<{ id: string }>("select id from gate.permits where name = '赵铁军'");
  await office.permits.suspend.mutate({ command: newId(), permit: cleaner?.id ?? '', reason: '合同已终止' });

  const started = performance.now();
  const part = Math.floor((EVENTS - 12) / 2 / 3);
  await Promise.all(NAMES.map((name) => traffic(name, part)));
  await pass(7 * HOUR);
  await signOut('east', twice);
  await signOut('west', overThere);
  for (const name of NAMES) await admit(name, { name: '两个门都进', idNumber: '11000019900101123X' });
  await drive('east', '京A55555', 'in');
  await drive('west', '京A55555', 'in');
  for (const name of NAMES) {
    const shown = gates[name].kiosk.next('permit');
    await sims[name].tap('cleaner-permit');
    expect(await shown).toMatchObject({ result: 'in', offline: true });
  }
  for (const name of NAMES) {
    const shown = gates[name].kiosk.next('presented');
    await sims[name].present(name === 'east' ? 'zhang' : (demoDocuments[1]?.key ?? 'zhang'));
    const { presented } = await shown;
    const answer = await gates[name].kiosk.call.visitor.admit.mutate({
      ...{ presented: presented.id, reason: 'delivery', host, security: { result: 'clear' }, override: 'phoned' },
    });
    const visit = newVisit(answer);
    answered[name].push({ kind: 'admit', id: visit, visit });
  }
  await pass(2 * HOUR);
  await signOut('west', twice);
  const bursts = NAMES.map((name) => traffic(name, part));
  await vi.waitFor(() => expect(answered.east.length).toBeGreaterThan(part * 1.4), { ...soon, interval: 5 });
  await gates.east.kill();
  await Promise.all(bursts);
  expect(unanswered).toHaveLength(1);
  await gates.east.start();
  const before = answered.east.length;
  await pass(16 * HOUR);
  await Promise.all(NAMES.map((name) => traffic(name, part + (name === 'east' ? EVENTS / 2 - before - part + 1 : 8))));
  figures.offline = {
    events: answered.east.length + answered.west.length,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };

  for (const name of NAMES) {
    const { server, lists, pending, counts } = await status(name);
    expect({
      bus: server.bus,
      since: Math.abs(Date.parse(server.since) - (name === 'west' ? cutAt : Date.parse(server.since))) < 30_000,
    }).toEqual({ bus: 'down', since: true });
    for (const { asOf, limitMs } of lists) expect(clock.now() - Date.parse(asOf ?? '')).toBeGreaterThan(limitMs);
    expect(pending).toBeGreaterThanOrEqual(answered[name].length - 2);
    expect(counts.onSite).toBeGreaterThan(0);
  }
  const pupil = gates.west.kiosk.next('verdict');
  await sims.west.tap('wang-card');
  expect((await pupil).verdict).toMatchObject({ verdict: 'yes', byEye: true });

  // Back on line; killed once more while it sends.
  const joined = performance.now();
  await cable.join();
  await vi.waitFor(async () => {
    for (const name of NAMES)
      for (const { asOf } of (await status(name)).lists)
        expect(clock.now() - Date.parse(asOf ?? '')).toBeLessThan(15_000);
  }, soon);
  figures.listsFreshMs = Math.round(performance.now() - joined);
  const all = (await status('east')).pending;
  await vi.waitFor(async () => expect((await status('east')).pending).toBeLessThan(all * 0.7), soon);
  await gates.east.kill();
  await gates.east.start();
  await vi.waitFor(async () => {
    for (const name of NAMES) expect((await status(name)).pending).toBe(0);
  }, soon);
  figures.mergeSeconds = Math.round((performance.now() - joined) / 100) / 10;
  for (const name of NAMES) expect((await status(name)).refused).toBe(0);

  await everyAnsweredOnce();
  await inOrder();
  await asTasks();
  process.stdout.write(`offline day: ${JSON.stringify({ ...figures, unanswered: unanswered.length })}\n`);
}, 240_000);

async function everyAnsweredOnce(): Promise<void> {
  const of = (kinds: Answered['kind'][]) =>
    NAMES.flatMap((n) => answered[n].filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id));
  const there = async (table: string, id: string, ids: string[]) =>
    (await rows<{ id: string }>(`select ${id} id from gate.${table} where ${id} = any($1::uuid[])`, [ids])).length;
  const [visits, ends, cars] = [of(['admit', 'refuse']), of(['signOut']), of(['vehicle'])];
  const got = [
    await there('visits', 'id', visits),
    await there('sign_outs', 'command', ends),
    await there('vehicle_passes', 'pass', cars),
  ];
  expect(got).toEqual([visits.length, ends.length, cars.length]);
  // What was not answered may be there once, and nothing is there besides.
  const [{ n: total = 0 } = {}] = await rows<{ n: number }>(
    `select ((select count(*) from gate.visits where offline) + (select count(*) from gate.sign_outs)
       + (select count(*) from gate.vehicle_passes))::int n`,
  );
  const online = 2;
  expect(total).toBeGreaterThanOrEqual(visits.length + ends.length + cars.length - online);
  expect(total).toBeLessThanOrEqual(visits.length + ends.length + cars.length - online + unanswered.length);
  const doubled = await rows(
    `select data->>'visit' from gate.outbox where type = 'admitted' and entity = 'visit' group by 1 having count(*) > 1`,
  );
  expect(doubled).toEqual([]);
  figures.merged = { visits: visits.length, signOuts: ends.length, vehicles: cars.length };
}

async function inOrder(): Promise<void> {
  const told = await rows<{ type: string; visit: string }>(
    `select type, data->>'visit' visit from gate.outbox where entity = 'visit' and type in ('admitted', 'refused', 'left') order by position`,
  );
  const said = told.map(({ type, visit }) => `${type} ${visit}`);
  const types = { admit: 'admitted', refuse: 'refused', signOut: 'left' } as const;
  for (const name of NAMES) {
    // Of the visit that left twice, the word that came first counts, whichever gate it was.
    const own = answered[name].flatMap((a) =>
      a.kind === 'vehicle' || a.visit === twice ? [] : [`${types[a.kind]} ${a.visit ?? a.id}`],
    );
    const mine = new Set(own);
    const seen = said.filter((one) => mine.has(one));
    const heard = new Set(seen);
    expect(seen).toEqual(own.filter((one) => heard.has(one)));
    expect(own.length - seen.length).toBeLessThanOrEqual(1);
  }
}

async function asTasks(): Promise<void> {
  const expected = ['leftTwice', 'insideTwice', 'vehicleInTwice', 'permitSuspended'];
  await vi.waitFor(async () => {
    const open = (await office.contradictions.list.query()).filter(({ settled }) => settled === null);
    figures.tasks = Object.fromEntries(
      [...Map.groupBy(open, ({ kind }) => kind)].map(([kind, list]) => [kind, list.length]),
    );
    expect(Object.keys(figures.tasks as object)).toEqual(expect.arrayContaining(expected));
    expect(open.filter(({ kind }) => kind === 'leftTwice')).toMatchObject([
      { about: '两处签离', sides: [{ gate: 'east' }, { gate: 'west' }] },
    ]);
    expect(open.filter(({ kind }) => kind === 'insideTwice')).toMatchObject([{ about: '两个门都进' }]);
  }, soon);
}
