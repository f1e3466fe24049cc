/**
 * Posts 护学岗 and patrol routes, as they are planned (D3, D4). A code hangs at one place only: saves take turns, so that two
 * at once can't both have it. Each change stays on record with who made it; nothing that goes out to others carries a code.
 * Retired is for good, and gives the codes back.
 */
import { createHash } from 'node:crypto';
import {
  AppError,
  MIN_ROUNDS,
  type PersonRef,
  type PlaceRetired,
  type Places,
  type PostSaved,
  placeCode,
  type RetirePlace,
  type RouteSaved,
  type SavePost,
  type SaveRoute,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import type { DrillsContext, Queries, Trx } from './context.ts';
import { fewestRounds } from './patrol-day.ts';
import { placesNow } from './patrol-store.ts';

type Ctx = Pick<DrillsContext, 'db' | 'clock'>;
type Taken = Extract<PostSaved, { result: 'codeTaken' }>;

const hashOf = (code: string): string => createHash('sha256').update(placeCode(code)).digest('hex');

export function savePost({ db, clock }: Ctx, actor: PersonRef, post: SavePost): Promise<PostSaved> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, 'places');
    const before = await trx
      .selectFrom('posts')
      .select(['body', 'retiredAt'])
      .where('id', '=', post.id)
      .executeTakeFirst();
    mustStand(before);
    if (same(before?.body, post)) return { result: 'saved' };
    const taken = await takenBy(trx, post.id, [post.code]);
    if (taken) return taken;
    const row = { body: JSON.stringify(post), codeHash: hashOf(post.code) };
    await trx
      .insertInto('posts')
      .values({ id: post.id, ...row, retiredAt: null })
      .onConflict((oc) => oc.column('id').doUpdateSet(row))
      .execute();
    const { code: _, ...data } = post;
    await record(trx, { kind: 'post', place: post.id, body: post, data, type: 'saved', actor, now: clock.now() });
    return { result: 'saved' };
  });
}

export function saveRoute({ db, clock }: Ctx, actor: PersonRef, route: SaveRoute): Promise<RouteSaved> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, 'places');
    const before = await trx
      .selectFrom('routes')
      .select(['body', 'retiredAt'])
      .where('id', '=', route.id)
      .executeTakeFirst();
    mustStand(before);
    if (!same(before?.body, route)) {
      const codes = route.points.map(({ code }) => code);
      const taken = await takenBy(trx, route.id, codes);
      if (taken) return taken;
      const body = JSON.stringify(route);
      await trx
        .insertInto('routes')
        .values({ id: route.id, body, retiredAt: null })
        .onConflict((oc) => oc.column('id').doUpdateSet({ body }))
        .execute();
      await hang(trx, route);
      const data = { ...route, points: route.points.map(({ id, name }) => ({ id, name })) };
      await record(trx, { kind: 'route', place: route.id, body: route, data, type: 'saved', actor, now: clock.now() });
    }
    return { result: 'saved', ...(await rounds(trx)) };
  });
}

export function retire({ db, clock }: Ctx, actor: PersonRef, { kind, id }: RetirePlace): Promise<PlaceRetired> {
  const table = kind === 'post' ? 'posts' : 'routes';
  return db.tx(async (trx) => {
    await lockInTransaction(trx, 'places');
    const now = clock.now();
    const before = await trx
      .selectFrom<'posts' | 'routes'>(table)
      .select('retiredAt')
      .where('id', '=', id)
      .executeTakeFirst();
    if (!before) throw new AppError('notFound', `no such ${kind}`);
    if (!before.retiredAt) {
      await trx
        .updateTable<'posts' | 'routes'>(table)
        .set({ retiredAt: new Date(now) })
        .where('id', '=', id)
        .execute();
      await trx.deleteFrom('routePoints').where('route', '=', id).execute();
      await record(trx, { kind, place: id, body: null, data: { id }, type: 'retired', actor, now });
    }
    return rounds(trx);
  });
}

/** With codes. */
export async function places(db: Queries): Promise<Places> {
  return { ...(await placesNow(db)), ...(await rounds(db)) };
}

async function rounds(db: Queries): Promise<PlaceRetired> {
  const fewest = fewestRounds((await placesNow(db)).routes);
  return { fewest, short: fewest < MIN_ROUNDS };
}

function mustStand(before: { retiredAt: Date | null } | undefined): void {
  if (before?.retiredAt) throw new AppError('conflict', 'retired is for good');
}

/** Key by key in the order of the schema, which is how both were written. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The first of these codes that hangs at another place. */
async function takenBy(trx: Trx, place: string, codes: readonly string[]): Promise<Taken | undefined> {
  const hashes = new Map(codes.map((code) => [hashOf(code), code]));
  const post = await trx
    .selectFrom('posts')
    .select(['body', 'codeHash'])
    .where('codeHash', 'in', [...hashes.keys()])
    .where('retiredAt', 'is', null)
    .where('id', '<>', place)
    .orderBy('id')
    .executeTakeFirst();
  if (post) return { result: 'codeTaken', code: hashes.get(post.codeHash) ?? '', place: post.body.name };
  const point = await trx
    .selectFrom('routePoints')
    .innerJoin('routes', 'routes.id', 'routePoints.route')
    .select(['routePoints.id', 'routePoints.codeHash', 'routes.body'])
    .where('routePoints.codeHash', 'in', [...hashes.keys()])
    .where('routePoints.route', '<>', place)
    .orderBy('routePoints.id')
    .executeTakeFirst();
  if (!point) return undefined;
  const { name, points } = point.body;
  const at = points.find(({ id }) => id === point.id)?.name;
  return { result: 'codeTaken', code: hashes.get(point.codeHash) ?? '', place: at ? `${name} · ${at}` : name };
}

async function hang(trx: Trx, { id: route, points }: SaveRoute): Promise<void> {
  await trx.deleteFrom('routePoints').where('route', '=', route).execute();
  const hung = await trx
    .insertInto('routePoints')
    .values(points.map(({ id, code }) => ({ id, route, codeHash: hashOf(code) })))
    .onConflict((oc) => oc.column('id').doNothing())
    .returning('id')
    .execute();
  if (hung.length < points.length) throw new AppError('conflict', 'a point of another route');
}

interface PlaceChange {
  kind: 'post' | 'route';
  place: string;
  body: SavePost | SaveRoute | null;
  data: object;
  type: 'saved' | 'retired';
  actor: PersonRef;
  now: number;
}

async function record(trx: Trx, { kind, place, body, data, type, actor: by, now }: PlaceChange): Promise<void> {
  const at = new Date(now);
  await trx
    .insertInto('placeChanges')
    .values({ place, kind, body: body && JSON.stringify(body), actor: JSON.stringify(by), at })
    .execute();
  await emit(trx, { entity: kind, type, data: { ...data, by }, at });
}
