/**
 * What a day asks of posts and rounds, and what came of it (D3, D4, G13). Pure: places as they were planned, visits and the
 * time come in.
 *
 * A window goes by the plan that was in force when it began; a later change touches no window that has begun, so that a past
 * day reads next year as it read that evening. Only who stands at a post may change while its window runs: somebody falls ill
 * at seven. Each post and each round has one window a day, on its weekdays, a post on school days only. A point is missed
 * twenty seconds after its window, which lets a visit through that is on its way and leaves forty of the minute.
 */
import type { CardForgotten, PatrolDay, PersonRef, PostDay, RoundDay, SavePost, SaveRoute } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { weekdayOf } from './calendar.ts';

/** What was planned for a place from `at` on; null: it was retired. */
export interface Change<Body> {
  place: string;
  body: Body | null;
  /** ms since 1970 */
  at: number;
}

/** Each in the order in which it was made. */
export interface Planned {
  posts: readonly Change<SavePost>[];
  routes: readonly Change<SaveRoute>[];
}

/** A sign-in that found its post or point. */
export interface Visit {
  post: string | null;
  round: string | null;
  point: string | null;
  person: PersonRef;
  at: number;
  late: number;
  /** At whose reader the card was tapped. */
  gate: string | null;
  forgotten?: CardForgotten | null;
}

export interface Flag {
  round: string;
  point: string;
  at: number;
}

export interface Window {
  opens: number;
  closes: number;
}
export interface PostWindow extends Window {
  post: SavePost;
  people: readonly PersonRef[];
}
export interface RoundWindow extends Window {
  route: SaveRoute;
  round: SaveRoute['rounds'][number];
}
export type IsSchoolDay = (date: string) => boolean;
type VisitState = PostDay['state'];

export const GRACE_MS = 20_000;

const moment = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);
const windowOf = (date: string, { from, to }: { from: string; to: string }): Window => ({
  opens: moment(date, from),
  closes: moment(date, to),
});

export function postsOn(posts: Planned['posts'], date: string, isSchoolDay: IsSchoolDay): PostWindow[] {
  if (!isSchoolDay(date)) return [];
  const windows = spans(posts).flatMap(({ body, since, until }) => {
    const window = windowOf(date, body);
    if (!body.days.includes(weekdayOf(date)) || window.opens < since || window.opens >= until) return [];
    return [{ ...window, post: body, people: inForce(posts, body.id, window.closes)?.people ?? body.people }];
  });
  return firstOfEach(windows, ({ post }) => post.id);
}

export function roundsOn(routes: Planned['routes'], date: string): RoundWindow[] {
  const windows = spans(routes).flatMap(({ body, since, until }) =>
    body.days.includes(weekdayOf(date))
      ? body.rounds
          .map((round) => ({ ...windowOf(date, round), route: body, round }))
          .filter(({ opens }) => opens >= since && opens < until)
      : [],
  );
  return firstOfEach(windows, ({ round }) => round.id);
}

/** What stood for a place at a moment. */
export function inForce<Body>(changes: readonly Change<Body>[], place: string, at: number): Body | undefined {
  return changes.findLast((c) => c.place === place && c.at <= at)?.body ?? undefined;
}

export function placesOf<Body>(changes: readonly Change<Body>[], at: number): Body[] {
  return [...new Set(changes.map(({ place }) => place))].flatMap((place) => inForce(changes, place, at) ?? []);
}

export function patrolDay(
  planned: Planned,
  seen: { visits: readonly Visit[]; flags: readonly Flag[] },
  { date, now, isSchoolDay }: { date: string; now: number; isSchoolDay: IsSchoolDay },
): PatrolDay {
  const rounds = roundsOn(planned.routes, date).map((window) => roundDay(window, seen, now));
  return {
    date,
    posts: postsOn(planned.posts, date, isSchoolDay).map((window) => postDay(window, seen.visits, now)),
    rounds,
    planned: rounds.length,
    completed: rounds.filter(({ state }) => state === 'done').length,
    at: iso(now),
  };
}

export interface Missed {
  day: string;
  route: string;
  routeName: string;
  round: string;
  point: string;
  name: string;
}

/** Points whose window is over and that nobody visited in it. */
export function missedPoints(routes: Planned['routes'], visits: readonly Visit[], date: string, now: number): Missed[] {
  return roundsOn(routes, date).flatMap(({ route, round, ...window }) => {
    if (stateOf(false, window, now) !== 'missed') return [];
    return route.points
      .filter(({ id }) => !visited(visits, round.id, id))
      .map(({ id, name }) => ({
        ...{ day: date, route: route.id, routeName: route.name, round: round.id, point: id, name },
      }));
  });
}

/** Rounds over all routes on the weekday, Monday to Friday, that has the fewest. */
export function fewestRounds(routes: readonly SaveRoute[]): number {
  const perDay = [1, 2, 3, 4, 5].map((day) =>
    routes.filter(({ days }) => days.includes(day)).reduce((sum, { rounds }) => sum + rounds.length, 0),
  );
  return Math.min(...perDay);
}

export const visited = (visits: readonly Visit[], round: string, point: string): Visit | undefined =>
  visits.filter((v) => v.round === round && v.point === point).sort(byTime)[0];

function postDay({ post, people, ...window }: PostWindow, visits: readonly Visit[], now: number): PostDay {
  const { id, name, place, duty, from, to } = post;
  const came = visits.filter((v) => v.post === id).sort(byTime);
  const first = came.filter((v, i) => came.findIndex((w) => w.person.id === v.person.id) === i);
  return {
    ...{ post: id, name, place, duty, from, to, people: [...people] },
    state: stateOf(first.length > 0, window, now),
    signed: first.map(({ person, at, late, gate, forgotten }) => ({
      ...{ person, at: iso(at), late, gate },
      ...(forgotten ? { forgotten } : {}),
    })),
  };
}

function roundDay(
  { route, round, ...window }: RoundWindow,
  { visits, flags }: { visits: readonly Visit[]; flags: readonly Flag[] },
  now: number,
): RoundDay {
  const points = route.points.map(({ id, name }) => {
    const visit = visited(visits, round.id, id);
    const flag = flags.find((f) => f.round === round.id && f.point === id);
    return {
      ...{ point: id, name, state: stateOf(visit !== undefined, window, now) },
      at: visit ? iso(visit.at) : null,
      by: visit?.person.name ?? null,
      flaggedAt: flag ? iso(flag.at) : null,
    };
  });
  const all = points.every(({ state }) => state === 'done');
  return {
    ...{ route: route.id, routeName: route.name, round: round.id, from: round.from, to: round.to },
    state: stateOf(all, window, now),
    points,
  };
}

function stateOf(done: boolean, { opens, closes }: Window, now: number): VisitState {
  if (done) return 'done';
  if (now < opens) return 'due';
  return now < closes + GRACE_MS ? 'open' : 'missed';
}

/** Each plan of each place, with the time for which it stood. */
function spans<Body>(changes: readonly Change<Body>[]): { body: Body; since: number; until: number }[] {
  return changes.flatMap(({ place, body, at }, i) => {
    const next = changes.slice(i + 1).find((c) => c.place === place);
    return body ? [{ body, since: at, until: next?.at ?? Number.POSITIVE_INFINITY }] : [];
  });
}

function firstOfEach<W extends Window>(windows: W[], idOf: (window: W) => string): W[] {
  const sorted = windows.sort((a, b) => a.opens - b.opens || a.closes - b.closes || idOf(a).localeCompare(idOf(b)));
  return sorted.filter((w, i) => sorted.findIndex((v) => idOf(v) === idOf(w)) === i);
}

const byTime = (a: Visit, b: Visit): number => a.at - b.at;
