import { type Actor, newId, type SavePost, type SaveRoute } from '@anyuan/contracts';
import { type AppEnv, createApp, createLog, router } from '@anyuan/service';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signRoutes } from '../src/sign-files.ts';
import { administrator, agent, guard, plansSite, principal, teacher } from './plans-site.ts';
import { codesOn } from './seen-codes.ts';

let site: Awaited<ReturnType<typeof plansSite>>;
beforeAll(async () => {
  site = await plansSite();
});
afterAll(() => site.close());

const days = [1, 2, 3, 4, 5];
const points = (codes: readonly string[]): SaveRoute['points'] =>
  codes.map((code, i) => ({ id: newId(), name: `第 ${i + 1} 点`, code }));
const routeOf = (given: SaveRoute['points']): SaveRoute => ({
  ...{ id: newId(), name: '教学楼', days, points: given, rounds: [{ id: newId(), from: '08:00', to: '09:00' }] },
});
beforeEach(() => site.empty());

async function printed(path: string, actor: Actor | null = administrator) {
  const health = async () => ({ ok: true, away: [] });
  const app = createApp({ router: router({}), log: createLog('drills', 'silent'), health });
  signRoutes(app, site, '青禾小学');
  const response = await app.request(path, {}, { actor } satisfies AppEnv['Bindings']);
  return { status: response.status, headers: response.headers, pdf: new Uint8Array(await response.arrayBuffer()) };
}
const signs = (place: { id: string }, actor?: Actor | null) => printed(`/files/places/${place.id}/signs.pdf`, actor);

test('what a camera reads off the signs signs a guard in at each of the points', async () => {
  const codes = ['PT-0101', 'pt-0102', '一楼配电间-03', 'PUMP-ROOM-2026-0000000004', `P-${'X9'.repeat(31)}`];
  const route = routeOf(points(codes));
  site.clock.set('2026-11-23 06:00');
  await site.as(administrator).saveRoute(route);
  const { status, headers, pdf } = await signs(route);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/pdf');
  const pages = codesOn(pdf);
  // Four on a page.
  expect(pages.map((page) => page.length)).toEqual([4, 1]);
  expect(pages.flat().sort()).toEqual([...codes].sort());
  site.clock.set('2026-11-23 08:10');
  for (const code of pages.flat()) {
    const at = new Date(site.clock.now()).toISOString();
    expect(await site.as(guard).signIn({ id: newId(), code, at, via: 'qr' })).toMatchObject({ result: 'point' });
  }
});

test('a post has one sign; a place that is retired has none, and neither has one that nobody knows', async () => {
  const post: SavePost = {
    ...{
      id: newId(),
      name: '东门早高峰',
      place: '东门',
      gate: null,
      duty: '疏导车辆',
      days,
      from: '07:15',
      to: '08:00',
    },
    ...{ people: [{ id: guard.id, name: guard.name }], code: 'POST-EAST-1' },
  };
  await site.as(administrator).savePost(post);
  expect(codesOn((await signs(post)).pdf)).toEqual([['POST-EAST-1']]);
  await site.as(administrator).retirePlace({ kind: 'post', id: post.id });
  expect((await signs(post)).status).toBe(404);
  expect((await signs({ id: newId() })).status).toBe(404);
  expect((await printed('/files/places/x/signs.pdf')).status).toBe(404);
});

test('only those who plan patrols hold the codes', async () => {
  const route = routeOf(points(['PT-0101']));
  await site.as(administrator).saveRoute(route);
  for (const actor of [guard, teacher, principal, agent]) expect((await signs(route, actor)).status).toBe(403);
  expect((await signs(route, null)).status).toBe(401);
});

test('sixty points with the longest names are all there', async () => {
  const many = points(Array.from({ length: 60 }, (_, i) => `PT-${String(i).padStart(4, '0')}`));
  const route = routeOf(many.map((point) => ({ ...point, name: '长'.repeat(60) })));
  await site.as(administrator).saveRoute(route);
  expect(codesOn((await signs(route)).pdf).flat()).toHaveLength(60);
}, 60_000);
