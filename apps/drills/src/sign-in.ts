/**
 * What a code that was shown at a place at a moment means (D3, D4). Pure. A sign may have been moved since: the plan of that
 * moment comes first, then the one that stands now.
 */
import {
  type PersonRef,
  POST_EARLY_MS,
  placeCode,
  type SavePost,
  type SaveRoute,
  type SignedIn,
  schoolDate,
} from '@anyuan/contracts';
import { addDays } from './calendar.ts';
import {
  type IsSchoolDay,
  inForce,
  type Planned,
  placesOf,
  postsOn,
  roundsOn,
  type Visit,
  visited,
  type Window,
} from './patrol-day.ts';

const MINUTE_MS = 60_000;
/** How many days the next window is looked for. */
export const AHEAD = 14;

export interface Shown {
  /** The code of a sign; or a card at a gate's reader, which signs in at a post of that gate and nowhere else. */
  sign: { code: string } | { post: string; gate: string };
  /** ms since 1970 */
  at: number;
  person: PersonRef;
}

export interface Decision {
  outcome: SignedIn;
  post: string | null;
  route: string | null;
  round: string | null;
  point: string | null;
}

const nowhere = { post: null, route: null, round: null, point: null };

/** @param visits of that day */
export function decide(planned: Planned, visits: readonly Visit[], shown: Shown, isSchoolDay: IsSchoolDay): Decision {
  const found = placeOf(planned, shown.sign, shown.at) ?? placeOf(planned, shown.sign, Number.POSITIVE_INFINITY);
  if (!found) return { ...nowhere, outcome: { result: 'unknownCode' } };
  return 'post' in found ? atPost(planned, found.post, shown, isSchoolDay) : atPoint(planned, visits, found, shown);
}

type Found = { post: SavePost } | { route: SaveRoute; point: SaveRoute['points'][number] };

function placeOf({ posts, routes }: Planned, sign: Shown['sign'], at: number): Found | undefined {
  if ('post' in sign) {
    const post = placesOf(posts, at).find(({ id, gate }) => id === sign.post && gate === sign.gate);
    return post && { post };
  }
  const same = (other: { code: string }) => placeCode(other.code) === placeCode(sign.code);
  const post = placesOf(posts, at).find(same);
  if (post) return { post };
  for (const route of placesOf(routes, at)) {
    const point = route.points.find(same);
    if (point) return { route, point };
  }
  return undefined;
}

function atPost({ posts }: Planned, { id, name }: SavePost, { at, person }: Shown, isSchoolDay: IsSchoolDay): Decision {
  const where = { ...nowhere, post: id };
  const windowsOn = (date: string) => postsOn(posts, date, isSchoolDay).filter(({ post }) => post.id === id);
  const [today] = windowsOn(schoolDate(at));
  const named = [...(inForce(posts, id, at)?.people ?? []), ...(today?.people ?? [])];
  const standing =
    named.length > 0 ? named : (placesOf(posts, Number.POSITIVE_INFINITY).find((p) => p.id === id)?.people ?? []);
  if (!standing.some((p) => p.id === person.id)) {
    const people = [...new Set(standing.map((p) => p.name))];
    return { ...where, outcome: { result: 'notYours', name, people } };
  }
  if (today && today.opens - POST_EARLY_MS <= at && at <= today.closes) {
    const late = Math.max(0, Math.floor((at - today.opens) / MINUTE_MS));
    return { ...where, outcome: { result: 'post', name: today.post.name, place: today.post.place, late } };
  }
  const next = nextWindow(at, windowsOn, ({ post }) => post);
  return { ...where, outcome: { result: 'notNow', name, next } };
}

function atPoint(
  { routes }: Planned,
  visits: readonly Visit[],
  { route, point }: Extract<Found, { route: SaveRoute }>,
  { at }: Shown,
): Decision {
  const where = { ...nowhere, route: route.id, point: point.id };
  const windowsOn = (date: string) =>
    roundsOn(routes, date).filter((w) => w.route.id === route.id && w.route.points.some(({ id }) => id === point.id));
  // Of two rounds that meet at this moment the one that lacks the visit.
  const open = windowsOn(schoolDate(at)).filter(({ opens, closes }) => opens <= at && at <= closes);
  const window = open.find(({ round }) => !visited(visits, round.id, point.id)) ?? open[0];
  if (!window) {
    const next = nextWindow(at, windowsOn, ({ round }) => round);
    return { ...where, outcome: { result: 'notNow', name: point.name, next } };
  }
  const { points, name } = window.route;
  const left = points.filter(({ id }) => id !== point.id && !visited(visits, window.round.id, id)).length;
  return { ...where, round: window.round.id, outcome: { result: 'point', name: point.name, route: name, left } };
}

function nextWindow<W extends Window>(
  at: number,
  windowsOn: (date: string) => W[],
  timesOf: (window: W) => { from: string; to: string },
): { date: string; from: string; to: string } | null {
  for (let ahead = 0; ahead <= AHEAD; ahead++) {
    const date = addDays(schoolDate(at), ahead);
    const window = windowsOn(date).find(({ opens }) => opens > at);
    if (window) {
      const { from, to } = timesOf(window);
      return { date, from, to };
    }
  }
  return null;
}
