/** Invented posts and rounds of today, around `now`; the codes of the signs are known. */
import { type PatrolDay, type Places, schoolDate } from '@anyuan/contracts';

const MINUTE = 60_000;
const person = (id: string, name: string) => ({ id, name });
const idOf = (n: number): string => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
const zhou = person('p-zhou', '周敏');
const wang = person('p-wang', '王建国');
/** Within the day, whatever the hour is. */
const clockAt = (now: number, minutes: number): string => {
  const today = schoolDate(now);
  const at = now + minutes * MINUTE;
  const day = schoolDate(at);
  if (day < today) return '00:00';
  return day > today ? '23:59' : new Date(at + 480 * MINUTE).toISOString().slice(11, 16);
};

export interface PatrolsScene {
  day: PatrolDay;
  places: Places;
}

const POINTS = ['一楼配电间', '楼顶门', '食堂后门'];

function places(): Places {
  return {
    posts: [
      {
        ...{
          id: idOf(801),
          name: '东门早高峰',
          place: '东门外人行道',
          gate: 'east',
          duty: '疏导家长，看住马路',
          days: [1, 2, 3, 4, 5],
        },
        ...{ from: '07:15', to: '08:00', people: [zhou], code: 'GD-0101' },
      },
    ],
    routes: [
      {
        ...{ id: idOf(810), name: '校园巡查', days: [1, 2, 3, 4, 5] },
        points: POINTS.map((name, i) => ({ id: idOf(820 + i), name, code: `PT-010${i + 1}` })),
        rounds: ['08:00', '10:00', '12:00', '14:00'].map((from, i) => ({
          ...{ id: idOf(830 + i), from, to: `${from.slice(0, 3)}50` },
        })),
      },
    ],
    fewest: 4,
    short: true,
  };
}

export const noPatrols: PatrolsScene = {
  day: { date: '2026-11-23', posts: [], rounds: [], planned: 0, completed: 0, at: '2026-11-23T00:00:00.000Z' },
  places: { posts: [], routes: [], fewest: 0, short: false },
};

export function patrolsScene(now: number): PatrolsScene {
  const iso = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
  const point = (i: number, state: 'due' | 'open' | 'done' | 'missed', minutes = 0) => ({
    ...{ point: idOf(820 + i), name: POINTS[i] ?? '', state },
    ...{ at: state === 'done' ? iso(minutes) : null, by: state === 'done' ? wang.name : null },
    flaggedAt: state === 'missed' ? iso(minutes) : null,
  });
  const round = (n: number, from: number, to: number) => ({
    ...{ route: idOf(810), routeName: '校园巡查', round: idOf(830 + n) },
    ...{ from: clockAt(now, from), to: clockAt(now, to) },
  });
  const all = places();
  const [post] = all.posts;
  return {
    places: all,
    day: {
      date: schoolDate(now),
      posts: [
        {
          ...{ post: post?.id ?? '', name: '东门早高峰', place: '东门外人行道', duty: '疏导家长，看住马路' },
          ...{ from: clockAt(now, -20), to: clockAt(now, 40), people: [zhou], state: 'open', signed: [] },
        },
        {
          ...{ post: idOf(802), name: '北门早高峰', place: '北门', duty: '查证件', people: [wang] },
          ...{ from: clockAt(now, -40), to: clockAt(now, 20), state: 'done' },
          signed: [{ person: wang, at: iso(-33), late: 7, gate: 'east' }],
        },
      ],
      rounds: [
        { ...round(0, -300, -250), state: 'done', points: [0, 1, 2].map((i) => point(i, 'done', -290 + i)) },
        {
          ...round(1, -180, -130),
          state: 'missed',
          points: [point(0, 'done', -170), point(1, 'missed', -129), point(2, 'done', -160)],
        },
        { ...round(2, -20, 30), state: 'open', points: [point(0, 'done', -10), point(1, 'open'), point(2, 'open')] },
        { ...round(3, 100, 150), state: 'due', points: [0, 1, 2].map((i) => point(i, 'due')) },
      ],
      planned: 4,
      completed: 1,
      at: iso(0),
    },
  };
}
