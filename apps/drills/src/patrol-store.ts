/** Posts, routes and visits, as the pure parts need them. */
import type { SavePost, SaveRoute } from '@anyuan/contracts';
import type { DrillsTables } from '@anyuan/db';
import { type Selectable, sql } from 'kysely';
import type { Queries } from './context.ts';
import type { Change, Flag, Planned, Visit } from './patrol-day.ts';

const PLACES = 2_000;
const CHANGES = 10_000;
const VISITS = 20_000;

/** Which days of a stretch are school days: the calendar's word. */
export type SchoolDays = (db: Queries, from: string, to: string) => Promise<(date: string) => boolean>;

/** What stood when this day began, and every change since. */
export async function plannedSince(db: Queries, date: string): Promise<Planned> {
  const start = new Date(`${date}T00:00:00+08:00`);
  const rows = db.selectFrom('placeChanges').select(['kind', 'place', 'body', 'at', 'position']);
  const before = await rows
    .distinctOn('place')
    .where('at', '<=', start)
    .orderBy('place')
    .orderBy('position', 'desc')
    .limit(PLACES)
    .execute();
  const since = await rows.where('at', '>', start).orderBy('position').limit(CHANGES).execute();
  const changes = [...before, ...since].sort((a, b) => a.position - b.position);
  return { posts: of<SavePost>(changes, 'post'), routes: of<SaveRoute>(changes, 'route') };
}

type Row = Pick<Selectable<DrillsTables['placeChanges']>, 'kind' | 'place' | 'body' | 'at'>;
/** The row's kind says which body it holds. */
const of = <Body>(rows: readonly Row[], wanted: Row['kind']): Change<Body>[] =>
  rows
    .filter(({ kind }) => kind === wanted)
    .map(({ place, body, at }) => ({ place, body: body as Body | null, at: at.getTime() }));

/** What stands now, by name. */
export async function placesNow(db: Queries): Promise<{ posts: SavePost[]; routes: SaveRoute[] }> {
  const byName = sql`body ->> 'name'`;
  const posts = await db
    .selectFrom('posts')
    .select('body')
    .where('retiredAt', 'is', null)
    .orderBy(byName)
    .orderBy('id')
    .limit(PLACES)
    .execute();
  const routes = await db
    .selectFrom('routes')
    .select('body')
    .where('retiredAt', 'is', null)
    .orderBy(byName)
    .orderBy('id')
    .limit(PLACES)
    .execute();
  return { posts: posts.map(({ body }) => body), routes: routes.map(({ body }) => body) };
}

/** By day, those that found their post or point. */
export async function visitsOn(db: Queries, days: readonly string[]): Promise<Map<string, Visit[]>> {
  const rows = await db
    .selectFrom('signIns')
    .select(['day', 'post', 'round', 'point', 'person', 'at', 'outcome', 'via', 'actor', 'forgotten'])
    .where('day', 'in', days)
    .where(sql<boolean>`outcome ->> 'result' in ('post', 'point')`)
    .orderBy('at')
    .orderBy('id')
    .limit(VISITS)
    .execute();
  const byDay = new Map<string, Visit[]>(days.map((day) => [day, []]));
  for (const { day, post, round, point, person, at, outcome, via, actor, forgotten } of rows) {
    const late = outcome.result === 'post' ? outcome.late : 0;
    const gate = via === 'card' || via === 'vouched' ? actor.id : null;
    byDay.get(day)?.push({ post, round, point, person, at: at.getTime(), late, gate, forgotten });
  }
  return byDay;
}

export async function flagsOn(db: Queries, day: string): Promise<Flag[]> {
  const rows = await db
    .selectFrom('missed')
    .select(['round', 'point', 'flaggedAt'])
    .where('day', '=', day)
    .orderBy('round')
    .orderBy('point')
    .limit(VISITS)
    .execute();
  return rows.map(({ flaggedAt, ...flag }) => ({ ...flag, at: flaggedAt.getTime() }));
}
