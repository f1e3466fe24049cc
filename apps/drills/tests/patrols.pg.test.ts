import { type Actor, newId, type SavePost, type SaveRoute, type SignIn, type SignInByCard } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { flagMissed } from '../src/patrols.ts';
import { administrator, agent, guard, otherGuard, plansSite, principal, teacher } from './plans-site.ts';

let site: Awaited<ReturnType<typeof plansSite>>;
beforeAll(async () => {
  site = await plansSite();
});
afterAll(() => site.close());

const weekdays = [1, 2, 3, 4, 5];
const wang = { id: guard.id, name: guard.name };
let post: SavePost;
let route: SaveRoute;
beforeEach(async () => {
  await site.empty();
  post = {
    ...{ id: newId(), name: '东门早高峰', place: '东门', gate: 'main', duty: '疏导车辆', days: weekdays },
    ...{ from: '07:15', to: '08:00', people: [wang], code: 'POST-EAST-1' },
  };
  route = {
    ...{ id: newId(), name: '教学楼', days: [...weekdays, 6, 7] },
    points: ['一楼配电间', '楼顶门', '泵房'].map((name, i) => ({ id: newId(), name, code: `BUILDING-${i}` })),
    rounds: [
      { id: newId(), from: '08:00', to: '09:00' },
      { id: newId(), from: '22:30', to: '23:59' },
    ],
  };
  site.clock.set('2026-11-23 06:00');
  await site.as(administrator).savePost(post);
  await site.as(administrator).saveRoute(route);
  site.clock.set('2026-11-23 08:10');
});

const pointOf = (i: number) => route.points[i] ?? raise('no such point');
const raise = (what: string): never => {
  throw new Error(what);
};
/** Claimed by the school's clock; now, unless told. */
function shown(code: string, when?: string, given: Partial<SignIn> = {}): SignIn {
  const at = when ? Date.parse(`${when.replace(' ', 'T')}+08:00`) : site.clock.now();
  return { id: newId(), code, at: new Date(at).toISOString(), via: 'nfc', ...given };
}
const sign = (actor: Actor, ...given: Parameters<typeof shown>) => site.as(actor).signIn(shown(...given));
const flag = () => site.db.tx((trx) => flagMissed(trx, site.clock.now()));
const rounds = async (date?: string) =>
  (await site.as(administrator).patrolDay(date ? { date } : {})).rounds.map(({ points, state }) => ({
    state,
    points: points.map((p) => p.state),
  }));
const rowsOf = async (table: string) =>
  (await sql<Record<string, unknown>>`select * from ${sql.table(table)} limit 1000`.execute(site.db.kysely)).rows;

test('a guard at his post is on record with how late he came', async () => {
  site.clock.set('2026-11-23 07:18');
  expect(await sign(guard, 'post-east-1')).toEqual({ result: 'post', name: '东门早高峰', place: '东门', late: 3 });
  expect(await site.as(guard).myPosts()).toMatchObject([
    { state: 'done', signed: [{ person: wang, at: '2026-11-22T23:18:00.000Z', late: 3 }] },
  ]);
  expect((await site.events('signIn.made'))[0]?.data).toMatchObject({ post: post.id, person: wang, result: 'post' });
});

test('every try is on record: a post of others, no window, no such code', async () => {
  expect(await sign(otherGuard, post.code)).toMatchObject({ result: 'notYours', people: ['王建国'] });
  expect(await sign(guard, post.code)).toMatchObject({ result: 'notNow', next: { date: '2026-11-24', from: '07:15' } });
  expect(await sign(guard, 'NOBODY-KNOWS')).toEqual({ result: 'unknownCode' });
  expect(await rowsOf('sign_ins')).toHaveLength(3);
  expect((await site.as(administrator).patrolDay({})).posts).toMatchObject([{ state: 'missed', signed: [] }]);
  for (const statement of [sql`update sign_ins set outcome = '{}'`, sql`delete from sign_ins`, sql`delete from missed`])
    await expect(statement.execute(site.db.kysely)).rejects.toThrow();
});

test('a round walked point by point', async () => {
  expect(await sign(guard, pointOf(0).code)).toMatchObject({ result: 'point', route: '教学楼', left: 2 });
  expect(await sign(guard, pointOf(2).code)).toMatchObject({ left: 1 });
  expect(await rounds()).toMatchObject([{ state: 'open', points: ['done', 'open', 'done'] }, { state: 'due' }]);
  expect(await sign(teacher, pointOf(1).code)).toMatchObject({ left: 0 });
  expect(await site.as(guard).patrolDay({})).toMatchObject({ planned: 2, completed: 1 });
});

test('a missed point is flagged within a minute after its window, once, by however many copies', async () => {
  await sign(guard, pointOf(0).code);
  site.clock.set('2026-11-23 09:00');
  expect(await flag()).toBe(0);
  site.clock.set('2026-11-23 09:00:59');
  const counts = await Promise.all([flag(), flag()]);
  expect(counts.sort()).toEqual([0, 2]);
  site.clock.set('2026-11-23 09:01');
  expect(await flag()).toBe(0);
  const told = await site.events('patrol.missed');
  expect(told.map(({ data }) => data.name).sort()).toEqual(['楼顶门', '泵房'].sort());
  expect(told[0]?.data).toMatchObject({
    ...{ day: '2026-11-23', route: route.id, routeName: '教学楼', round: route.rounds[0]?.id },
  });
  expect(await rounds()).toMatchObject([{ state: 'missed', points: ['done', 'missed', 'missed'] }, { state: 'due' }]);
});

test('a visit made inside the window that comes later makes it done; the flag stays', async () => {
  site.clock.set('2026-11-23 09:00:30');
  expect(await flag()).toBe(3);
  site.clock.set('2026-11-23 11:00');
  await sign(guard, pointOf(0).code, '2026-11-23 08:59');
  await sign(guard, pointOf(0).code, '2026-11-23 08:50');
  await sign(guard, pointOf(1).code, '2026-11-23 09:05');
  const [round] = (await site.as(principal).patrolDay({})).rounds;
  expect(round?.points).toMatchObject([
    { state: 'done', at: '2026-11-23T00:50:00.000Z', flaggedAt: '2026-11-23T01:00:30.000Z' },
    { state: 'missed' },
    { state: 'missed' },
  ]);
  const cleared = await site.events('patrol.cleared');
  expect(cleared.map(({ data }) => data)).toEqual([
    {
      ...{ day: '2026-11-23', route: route.id, routeName: '教学楼', round: route.rounds[0]?.id },
      ...{ point: pointOf(0).id, name: '一楼配电间' },
    },
  ]);
  expect(await flag()).toBe(0);
});

test('a window to the last minute of the day is flagged on the next', async () => {
  site.clock.set('2026-11-23 23:59:10');
  await flag();
  const before = (await rowsOf('missed')).length;
  site.clock.set('2026-11-24 00:00:05');
  expect(await flag()).toBe(3);
  expect((await rowsOf('missed')).length).toBe(before + 3);
  expect((await site.events('patrol.missed')).at(-1)?.data).toMatchObject({ day: '2026-11-23' });
  expect(await sign(guard, pointOf(0).code, '2026-11-23 23:58')).toMatchObject({ result: 'point' });
  expect((await rounds('2026-11-23'))[1]).toMatchObject({ points: ['done', 'missed', 'missed'] });
});

test('the day is the school’s: from midnight at UTC+8', async () => {
  site.clock.set('2026-11-24 00:00');
  expect(await site.as(guard).patrolDay({})).toMatchObject({ date: '2026-11-24', completed: 0 });
  site.clock.set('2026-11-23 23:59:59');
  expect(await site.as(guard).patrolDay({})).toMatchObject({ date: '2026-11-23' });
});

test('two hundred queued visits, sent twice and in any order, are two hundred', async () => {
  site.clock.set('2026-11-23 10:00');
  const queue = Array.from({ length: 200 }, (_, i) =>
    shown(pointOf(i % 3).code, `2026-11-23 08:${String(10 + (i % 40)).padStart(2, '0')}`),
  );
  const phone = site.as(guard);
  for (const queued of queue.toReversed()) await phone.signIn(queued);
  const again = await Promise.all(queue.map((queued) => phone.signIn(queued)));
  expect(new Set(again.map(({ result }) => result))).toEqual(new Set(['point']));
  expect(await rowsOf('sign_ins')).toHaveLength(200);
  expect(await site.events('signIn.made')).toHaveLength(200);
  const [round] = (await phone.patrolDay({})).rounds;
  expect(round).toMatchObject({ state: 'done', points: [{ at: '2026-11-23T00:10:00.000Z' }, {}, {}] });
});

test('a phone whose clock is fast came when it came; one that comes a day late counts nowhere', async () => {
  expect(await sign(guard, pointOf(0).code, '2026-11-23 22:40')).toMatchObject({ result: 'point' });
  const [round] = (await site.as(guard).patrolDay({})).rounds;
  expect(round?.points[0]).toMatchObject({ at: '2026-11-23T00:10:00.000Z' });
  const old = shown(pointOf(1).code, '2026-11-23 08:15');
  site.clock.set('2026-11-24 08:14');
  expect(await site.as(guard).signIn(old)).toMatchObject({ result: 'point' });
  site.clock.set('2026-11-24 08:30');
  expect(await site.as(guard).signIn(old)).toMatchObject({ result: 'point' });
  await expect(sign(guard, pointOf(2).code, '2026-11-23 08:15')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('a sign-in is of who made it', async () => {
  const mine = shown(post.code);
  await site.as(guard).signIn(mine);
  await expect(site.as(otherGuard).signIn(mine)).rejects.toMatchObject({ code: 'CONFLICT' });
});

const tapped = (given: Partial<SignInByCard> = {}): SignInByCard => ({
  ...{ id: newId(), post: post.id, at: new Date(site.clock.now()).toISOString(), person: wang, ...given },
});
const otherGate: Actor = { kind: 'agent', gate: 'west' };

test('a card at the gate of the post signs in, once however often it is sent, and however late it comes', async () => {
  site.clock.set('2026-11-23 07:18');
  const tap = tapped();
  site.clock.set('2026-11-26 09:00');
  for (const _ of [1, 2])
    expect(await site.as(agent).signInByCard(tap)).toEqual({
      ...{ result: 'post', name: '东门早高峰', place: '东门', late: 3 },
    });
  expect(await rowsOf('sign_ins')).toMatchObject([{ person: wang, via: 'card', actor: { id: 'main' } }]);
  expect((await site.as(principal).patrolDay({ date: '2026-11-23' })).posts).toMatchObject([
    { state: 'done', signed: [{ person: wang, late: 3, gate: 'main' }] },
  ]);
  expect(await site.events('signIn.made')).toHaveLength(1);
});

test('without his card: by whose word stands beside his name', async () => {
  site.clock.set('2026-11-23 07:18');
  const forgotten = { person: wang, proof: 'pin' as const, by: wang };
  await site.as(agent).signInByCard(tapped({ forgotten }));
  expect((await site.as(principal).patrolDay({ date: '2026-11-23' })).posts).toMatchObject([
    { state: 'done', signed: [{ person: wang, gate: 'main', forgotten }] },
  ]);
});

test('a card does at its own post only, at its own gate, in its own time; a phone tells no gate', async () => {
  site.clock.set('2026-11-23 07:18');
  expect(await site.as(otherGate).signInByCard(tapped())).toEqual({ result: 'unknownCode' });
  expect(await site.as(agent).signInByCard(tapped({ post: newId() }))).toEqual({ result: 'unknownCode' });
  const zhao = { id: otherGuard.id, name: otherGuard.name };
  expect(await site.as(agent).signInByCard(tapped({ person: zhao }))).toMatchObject({ result: 'notYours' });
  site.clock.set('2026-11-23 08:10');
  expect(await site.as(agent).signInByCard(tapped())).toMatchObject({ result: 'notNow' });
  expect(await rowsOf('sign_ins')).toHaveLength(4);
  await sign(guard, post.code, '2026-11-23 07:30');
  expect((await site.as(administrator).patrolDay({})).posts).toMatchObject([{ signed: [{ gate: null }] }]);
});

test('a gate knows its posts of a week, without their codes; people may not ask as a gate, nor a gate as people', async () => {
  const office = site.as(administrator);
  await office.savePost({ ...post, id: newId(), name: '西门', gate: 'west', code: 'POST-WEST' });
  await office.savePost({ ...post, id: newId(), name: '操场', gate: null, code: 'POST-YARD' });
  const { posts, asOf } = await site.as(agent).postsAtGate();
  expect(asOf).toBe('2026-11-23T00:10:00.000Z');
  expect(posts.map(({ date }) => date)).toEqual([23, 24, 25, 26, 27].map((day) => `2026-11-${day}`));
  expect(posts[0]).toEqual({
    ...{ post: post.id, date: '2026-11-23', name: '东门早高峰', place: '东门', duty: '疏导车辆' },
    ...{ from: '07:15', to: '08:00', people: [wang] },
  });
  for (const actor of [guard, administrator]) {
    await expect(site.as(actor).postsAtGate()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).signInByCard(tapped())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(sign(agent, post.code)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a code hangs at one place only, however it is written and whoever is first', async () => {
  const office = site.as(administrator);
  const another = { ...post, id: newId(), name: '西门' };
  expect(await office.savePost({ ...another, code: ' post-east-1' })).toEqual({
    ...{ result: 'codeTaken', code: 'post-east-1', place: '东门早高峰' },
  });
  expect(await office.savePost({ ...another, code: pointOf(1).code })).toMatchObject({ place: '教学楼 · 楼顶门' });
  const other: SaveRoute = {
    ...{ id: newId(), name: '操场', days: weekdays, rounds: [{ id: newId(), from: '12:00', to: '13:00' }] },
    points: [{ id: newId(), name: '看台', code: post.code }],
  };
  expect(await office.saveRoute(other)).toMatchObject({ result: 'codeTaken', place: '东门早高峰' });
  const racers = ['北门', '南门'].map((name) => ({ ...post, id: newId(), name, code: 'POST-NEW' }));
  const results = await Promise.all(racers.map((racer) => office.savePost(racer)));
  expect(results.map((r) => r.result).sort()).toEqual(['codeTaken', 'saved']);

  await office.retirePlace({ kind: 'post', id: post.id });
  expect(await office.savePost(another)).toEqual({ result: 'saved' });
  await expect(office.savePost(post)).rejects.toMatchObject({ code: 'CONFLICT' });
  await office.retirePlace({ kind: 'route', id: route.id });
  expect(await office.saveRoute({ ...other, points: [{ ...pointOf(0), id: newId() }] })).toMatchObject({
    result: 'saved',
  });
});

test('a point is of one route only', async () => {
  const thief: SaveRoute = { ...route, id: newId(), points: [{ ...pointOf(0), code: 'OTHER-1' }] };
  await expect(site.as(administrator).saveRoute(thief)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('fewer than five rounds a day is told, and not refused', async () => {
  const office = site.as(administrator);
  expect(await office.places()).toMatchObject({ fewest: 2, short: true });
  const rounds = [7, 9, 11].map((hour) => ({ id: newId(), from: `${hour + 10}:00`, to: `${hour + 10}:45` }));
  const more: SaveRoute = {
    ...{ id: newId(), name: '操场', days: weekdays, rounds },
    points: [{ id: newId(), name: '看台', code: 'YARD-1' }],
  };
  expect(await office.saveRoute({ ...more, days: [1, 2, 3, 4] })).toEqual({ result: 'saved', fewest: 2, short: true });
  expect(await office.saveRoute(more)).toEqual({ result: 'saved', fewest: 5, short: false });
  expect(await office.retirePlace({ kind: 'route', id: more.id })).toEqual({ fewest: 2, short: true });
});

test.each([
  ['crosses midnight', [{ from: '23:00', to: '01:00' }]],
  ['ends when it begins', [{ from: '08:00', to: '08:00' }]],
  [
    'overlaps another',
    [
      { from: '08:00', to: '09:00' },
      { from: '08:59', to: '10:00' },
    ],
  ],
])('a round that %s is refused', async (_, windows) => {
  const wrong = { ...route, rounds: windows.map((window) => ({ id: newId(), ...window })) };
  await expect(site.as(administrator).saveRoute(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('saved twice is saved once; a change leaves the past as it was', async () => {
  const office = site.as(administrator);
  const past = async () => (await office.patrolDay({ date: '2026-11-23' })).rounds;
  site.clock.set('2026-11-24 12:00');
  const before = await past();
  await office.saveRoute(route);
  expect(await site.events('route.saved')).toHaveLength(1);
  await office.saveRoute({ ...route, name: '主楼', rounds: route.rounds.slice(0, 1), points: route.points.slice(1) });
  expect(await past()).toEqual(before);
  expect((await office.patrolDay({ date: '2026-11-25' })).rounds).toMatchObject([
    { routeName: '主楼', points: [{}, {}] },
  ]);
  await office.retirePlace({ kind: 'route', id: route.id });
  await office.retirePlace({ kind: 'route', id: route.id });
  expect(await past()).toEqual(before);
  expect(await site.events('route.retired')).toHaveLength(1);
});

test('codes are for those who plan: no view and no event of others carries one', async () => {
  await sign(guard, pointOf(0).code);
  site.clock.set('2026-11-23 09:01');
  await flag();
  const told = [
    await site.as(guard).patrolDay({}),
    await site.as(guard).myPosts(),
    await site.as(principal).patrolDay({}),
    await site.events(),
  ];
  for (const code of [post.code, ...route.points.map((p) => p.code)]) expect(JSON.stringify(told)).not.toContain(code);
  expect((await site.as(administrator).places()).posts).toEqual([post]);
});

test('who walks sees today and his own posts; who reads patrols sees all', async () => {
  expect((await site.as(guard).patrolDay({})).posts).toHaveLength(1);
  for (const actor of [otherGuard, teacher]) {
    expect(await site.as(actor).patrolDay({})).toMatchObject({ posts: [], planned: 2 });
    await expect(site.as(actor).patrolDay({ date: '2026-11-20' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).places()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).saveRoute(route)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await site.as(principal).patrolDay({ date: '2026-11-25' })).posts).toHaveLength(1);
  await expect(site.as(principal).places()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
