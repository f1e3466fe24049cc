import type { SavePost, SaveRoute } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { type Change, fewestRounds, GRACE_MS, missedPoints, patrolDay, roundsOn, type Visit } from './patrol-day.ts';

const MONDAY = '2026-11-23';
const at = (time: string, date = MONDAY): number => Date.parse(`${date}T${time}+08:00`);
const wang = { id: 's-wang', name: '王建国' };
const zhao = { id: 's-zhao', name: '赵铁军' };

const post: SavePost = {
  ...{ id: 'post', name: '东门早高峰', place: '东门', gate: null, duty: '疏导车辆', days: [1, 2, 3, 4, 5] },
  ...{ from: '07:15', to: '08:00', people: [wang], code: 'POST-1' },
};
const route: SaveRoute = {
  id: 'route',
  name: '教学楼',
  points: [
    { id: 'p1', name: '一楼配电间', code: 'A-1' },
    { id: 'p2', name: '楼顶门', code: 'A-2' },
  ],
  rounds: [
    { id: 'r1', from: '08:00', to: '09:00' },
    { id: 'r2', from: '10:00', to: '11:00' },
  ],
  days: [1, 2, 3, 4, 5],
};
const since = <Body extends { id: string }>(body: Body, from = at('00:00', '2026-09-01')): Change<Body> => ({
  ...{ place: body.id, body, at: from },
});
const planned = { posts: [since(post)], routes: [since(route)] };
const visit = (given: Partial<Visit> & { at: number }): Visit => ({
  ...{ post: null, round: null, point: null, person: wang, late: 0, gate: null },
  ...given,
});
const point = (round: string, id: string, when: number) => visit({ round, point: id, at: when });
const dayOf = (now: number, visits: Visit[] = [], { date = MONDAY, isSchoolDay = true, plan = planned } = {}) =>
  patrolDay(plan, { visits, flags: [] }, { date, now, isSchoolDay: () => isSchoolDay });

test.each([
  ['07:14:59', 'due'],
  ['07:15:00', 'open'],
  ['08:00:19.999', 'open'],
  ['08:00:20', 'missed'],
])('at %s a post where nobody came is %s', (now, state) => {
  expect(dayOf(at(now)).posts[0]?.state).toBe(state);
});

test('a post is done with the first of its people; each person counts once, with the first time', () => {
  const visits = [
    visit({ post: 'post', at: at('07:40'), late: 25 }),
    visit({ post: 'post', at: at('07:20'), late: 5 }),
    visit({ post: 'post', person: zhao, at: at('07:30'), late: 15 }),
  ];
  const [day] = dayOf(at('12:00'), visits).posts;
  expect(day?.state).toBe('done');
  expect(day?.signed.map(({ person, late }) => [person.name, late])).toEqual([
    ['王建国', 5],
    ['赵铁军', 15],
  ]);
});

test('a round is done with its last point and missed with one that lacks', () => {
  const half = [point('r1', 'p1', at('08:10'))];
  const day = dayOf(at('09:30'), half);
  expect(day.rounds.map(({ state }) => state)).toEqual(['missed', 'due']);
  expect(day.rounds[0]?.points.map(({ state, by }) => [state, by])).toEqual([
    ['done', '王建国'],
    ['missed', null],
  ]);
  const whole = dayOf(at('08:30'), [...half, point('r1', 'p2', at('08:20'))]);
  expect(whole).toMatchObject({ planned: 2, completed: 1 });
  expect(whole.rounds[0]?.state).toBe('done');
});

test('a point is missed twenty seconds after its window, and not before', () => {
  const end = at('09:00');
  const late = (ms: number) => missedPoints(planned.routes, [point('r1', 'p1', end)], MONDAY, end + ms);
  for (const ms of [-1, 0, GRACE_MS - 1]) expect(late(ms)).toEqual([]);
  for (const ms of [GRACE_MS, 59_000, 60_000])
    expect(late(ms)).toEqual([
      { day: MONDAY, route: 'route', routeName: '教学楼', round: 'r1', point: 'p2', name: '楼顶门' },
    ]);
});

test('no weekday, no window; posts stand on school days only', () => {
  const saturday = dayOf(at('12:00', '2026-11-28'), [], { date: '2026-11-28' });
  expect(saturday).toMatchObject({ posts: [], rounds: [], planned: 0 });
  const holiday = dayOf(at('12:00'), [], { isSchoolDay: false });
  expect([holiday.posts.length, holiday.rounds.length]).toEqual([0, 2]);
});

test('a window goes by the plan that was in force when it began', () => {
  const moved: SaveRoute = {
    ...route,
    points: [{ id: 'p3', name: '泵房', code: 'A-3' }],
    rounds: [
      { id: 'r1', from: '08:15', to: '09:15' },
      { id: 'r2', from: '14:00', to: '15:00' },
    ],
  };
  const changes = [since(route), since(moved, at('08:30'))];
  const windows = (date: string) =>
    roundsOn(changes, date).map(({ route, round }) => [round.from, route.points.map(({ id }) => id)]);
  expect(windows('2026-11-20')).toEqual([
    ['08:00', ['p1', 'p2']],
    ['10:00', ['p1', 'p2']],
  ]);
  expect(windows(MONDAY)).toEqual([
    ['08:00', ['p1', 'p2']],
    ['14:00', ['p3']],
  ]);
  expect(windows('2026-11-24')).toEqual([
    ['08:15', ['p3']],
    ['14:00', ['p3']],
  ]);
});

test('a route that is retired at nine has no round after it, and keeps those before', () => {
  const changes = [since(route), { place: 'route', body: null, at: at('09:00') }];
  expect(roundsOn(changes, MONDAY).map(({ round }) => round.id)).toEqual(['r1']);
  expect(roundsOn(changes, '2026-11-24')).toEqual([]);
});

test('a plan made at noon misses nothing of the morning', () => {
  expect(missedPoints([since(route, at('12:00'))], [], MONDAY, at('18:00'))).toEqual([]);
});

test('who stands at a post may change while its window runs', () => {
  const plan = { ...planned, posts: [since(post), since({ ...post, people: [zhao] }, at('07:20'))] };
  expect(dayOf(at('07:30'), [], { plan }).posts[0]?.people).toEqual([zhao]);
});

test('a flag stays beside a visit that came later', () => {
  const seen = { visits: [point('r1', 'p1', at('08:10'))], flags: [{ round: 'r1', point: 'p1', at: at('09:00:20') }] };
  const day = patrolDay(planned, seen, { date: MONDAY, now: at('12:00'), isSchoolDay: () => true });
  expect(day.rounds[0]?.points[0]).toMatchObject({ state: 'done', flaggedAt: '2026-11-23T01:00:20.000Z' });
});

test('the weekday with the fewest rounds counts', () => {
  expect(fewestRounds([])).toBe(0);
  expect(fewestRounds([route, { ...route, days: [1, 2, 3, 4, 6, 7] }])).toBe(2);
  expect(fewestRounds([route, { ...route, days: [1, 2, 3, 4, 5] }])).toBe(4);
});
