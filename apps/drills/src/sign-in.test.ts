import type { SavePost, SaveRoute } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { weekdayOf } from './calendar.ts';
import type { Planned, Visit } from './patrol-day.ts';
import { decide } from './sign-in.ts';

const at = (moment: string): number => Date.parse(`2026-11-${moment.replace(' ', 'T')}+08:00`);
const BEGIN = at('01 00:00');
const wang = { id: 's-wang', name: '王建国' };
const zhao = { id: 's-zhao', name: '赵铁军' };
const post: SavePost = {
  ...{ id: 'post', name: '东门早高峰', place: '东门', gate: null, duty: '疏导车辆', days: [1, 2, 3, 4, 5] },
  ...{ from: '07:15', to: '08:00', people: [wang], code: 'POST-1' },
};
const route: SaveRoute = {
  ...{ id: 'route', name: '教学楼', days: [1, 2, 3, 4, 5] },
  points: [
    { id: 'p1', name: '一楼配电间', code: 'A-01' },
    { id: 'p2', name: '楼顶门', code: 'A-02' },
  ],
  rounds: [
    { id: 'r1', from: '08:00', to: '09:00' },
    { id: 'r2', from: '09:00', to: '10:00' },
  ],
};
const change = <Body extends { id: string }>(body: Body, from = BEGIN) => ({ place: body.id, body, at: from });
const plan: Planned = { posts: [change(post)], routes: [change(route)] };
const seen = (round: string, point: string): Visit => ({
  ...{ post: null, round, point, person: wang, at: at('23 08:05'), late: 0, gate: null },
});
const shown = (code: string, moment: string, given: { person?: typeof wang; visits?: Visit[]; plan?: Planned } = {}) =>
  decide(
    given.plan ?? plan,
    given.visits ?? [],
    { sign: { code }, at: at(moment), person: given.person ?? wang },
    (date) => weekdayOf(date) <= 5 && date !== '2026-11-24',
  );

test.each([
  ['23 07:00:00', 0],
  ['23 07:15:59', 0],
  ['23 07:16:00', 1],
  ['23 08:00:00', 45],
])('at %s the post has its person, %i min late', (moment, late) => {
  expect(shown('post-1 ', moment)).toMatchObject({ post: 'post', outcome: { result: 'post', place: '东门', late } });
});

test.each([
  ['23 06:59:59', { date: '2026-11-23', from: '07:15', to: '08:00' }],
  ['23 08:00:01', { date: '2026-11-25', from: '07:15', to: '08:00' }],
  ['27 12:00:00', { date: '2026-11-30', from: '07:15', to: '08:00' }],
])('at %s it is not now, and the next window on a school day is told', (moment, next) => {
  expect(shown('POST-1', moment)).toMatchObject({ post: 'post', outcome: { result: 'notNow', next } });
});

test('a post of others says whose it is', () => {
  expect(shown('POST-1', '23 07:15', { person: zhao }).outcome).toEqual({
    ...{ result: 'notYours', name: '东门早高峰', people: ['王建国'] },
  });
});

test('a stand-in counts from the change on, and whom he stands in for before it', () => {
  const changed = { ...plan, posts: [change(post), change({ ...post, people: [zhao] }, at('23 07:20'))] };
  expect(shown('POST-1', '23 07:25', { person: zhao, plan: changed }).outcome.result).toBe('post');
  expect(shown('POST-1', '23 07:16', { plan: changed }).outcome.result).toBe('post');
  expect(shown('POST-1', '23 07:25', { plan: changed }).outcome.result).toBe('notYours');
});

test('a point counts for the round whose window holds the moment, and tells how many are left', () => {
  expect(shown('A-01', '23 08:30')).toEqual({
    ...{ post: null, route: 'route', round: 'r1', point: 'p1' },
    outcome: { result: 'point', name: '一楼配电间', route: '教学楼', left: 1 },
  });
  expect(shown('A-02', '23 08:30', { visits: [seen('r1', 'p1')] }).outcome).toMatchObject({ left: 0 });
  expect(shown('A-01', '23 08:30', { visits: [seen('r1', 'p1')] }).outcome).toMatchObject({ left: 1 });
});

test('where two rounds meet it counts for the one that lacks it', () => {
  expect(shown('A-01', '23 09:00').round).toBe('r1');
  expect(shown('A-01', '23 09:00', { visits: [seen('r1', 'p1')] }).round).toBe('r2');
});

test('outside the windows it counts for no round', () => {
  expect(shown('A-01', '23 10:00:01')).toMatchObject({
    ...{ round: null, point: 'p1' },
    outcome: { result: 'notNow', name: '一楼配电间', next: { date: '2026-11-24', from: '08:00' } },
  });
});

test('a code that hangs nowhere', () => {
  expect(shown('B-99', '23 08:30')).toEqual({
    ...{ post: null, route: null, round: null, point: null, outcome: { result: 'unknownCode' } },
  });
});

test('a new sign counts at once, the old one for visits made while it hung', () => {
  const [first, ...others] = route.points;
  if (!first) throw new Error('no point');
  const resigned = { ...route, points: [{ ...first, code: 'NEW-1' }, ...others] };
  const changed = { ...plan, routes: [change(route), change(resigned, at('23 08:30'))] };
  expect(shown('NEW-1', '23 08:40', { plan: changed })).toMatchObject({ round: 'r1', point: 'p1' });
  expect(shown('A-01', '23 08:20', { plan: changed })).toMatchObject({ round: 'r1', point: 'p1' });
  expect(shown('A-01', '23 08:40', { plan: changed }).outcome.result).toBe('unknownCode');
});

test('a retired place has no window any more', () => {
  const gone = { ...plan, posts: [change(post), { place: 'post', body: null, at: at('23 06:00') }] };
  expect(shown('POST-1', '23 07:20', { plan: gone }).outcome.result).toBe('unknownCode');
});
