/**
 * Sign-ins at posts and points, and points that nobody visited (D3, D4, G13).
 *
 * Promise: every try is on record, also one at the wrong place or time; the same one sent twice counts once, and the order in
 * which they come does not matter. A point is flagged as missed within a minute after its window, once, whichever copy of this
 * service looks; a visit made inside the window that comes later makes it done, and the flag stays on record beside it.
 * What counts is the phone's word on when it was, but never later than it came; a visit that comes a day late counts nowhere.
 * A card that was tapped at a gate (D3) counts however late it comes: that gate's disk kept it when it happened.
 */
import {
  type Actor,
  AppError,
  type CardForgotten,
  type GatePosts,
  type PatrolDay,
  type PersonRef,
  type PostDay,
  permissionsOf,
  type SignedIn,
  type SignIn,
  type SignInByCard,
  schoolDate,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { addDays } from './calendar.ts';
import { type DrillsContext, personOf, type Trx } from './context.ts';
import { missedPoints, patrolDay, postsOn } from './patrol-day.ts';
import { flagsOn, plannedSince, type SchoolDays, visitsOn } from './patrol-store.ts';
import { AHEAD, type Decision, decide, type Shown } from './sign-in.ts';

export interface PatrolContext extends Pick<DrillsContext, 'db' | 'clock'> {
  schoolDays: SchoolDays;
}

const OLDEST_MS = 24 * 3_600_000;
/** How many days a gate that is cut off knows its posts. */
const GATE_DAYS = 7;
/** Sign-ins and flags take turns: a visit sees every flag that was there before it, and the other way round. */
const TURN = 'patrol visits';

interface SignInMade {
  id: string;
  sign: Shown['sign'];
  at: string;
  via: SignIn['via'] | 'card' | 'vouched';
  forgotten?: CardForgotten | undefined;
  person: PersonRef;
  by: PersonRef;
  /** ms */
  oldest: number;
}

/** With the code of a sign, by whoever holds the phone. @throws AppError `badInput` of more than a day ago */
export function signIn(ctx: PatrolContext, actor: Actor, { code, ...said }: SignIn): Promise<SignedIn> {
  const person = personOf(actor);
  return signedIn(ctx, { ...said, sign: { code }, person, by: person, oldest: OLDEST_MS });
}

/** With a staff card, at the gate of the post (D3). */
export function signInByCard(ctx: PatrolContext, actor: Actor, { post, ...said }: SignInByCard): Promise<SignedIn> {
  const gate = gateOf(actor);
  const by = { id: gate, name: '' };
  const via = said.forgotten ? 'vouched' : 'card';
  return signedIn(ctx, { ...said, sign: { post, gate }, via, by, oldest: Number.POSITIVE_INFINITY });
}

function signedIn({ db, clock, schoolDays }: PatrolContext, command: SignInMade): Promise<SignedIn> {
  const { person, sign } = command;
  return db.tx(async (trx) => {
    await lockInTransaction(trx, TURN);
    const before = await trx
      .selectFrom('signIns')
      .select(['person', 'outcome'])
      .where('id', '=', command.id)
      .executeTakeFirst();
    if (before && before.person.id !== person.id) throw new AppError('conflict', "somebody else's sign-in");
    if (before) return before.outcome;
    const now = clock.now();
    const claimed = Date.parse(command.at);
    if (claimed < now - command.oldest) throw new AppError('badInput', 'a visit of more than a day ago');
    const at = Math.min(claimed, now);
    const day = schoolDate(at);
    const isSchoolDay = await schoolDays(trx, day, addDays(day, AHEAD));
    const visits = (await visitsOn(trx, [day])).get(day) ?? [];
    const decision = decide(await plannedSince(trx, day), visits, { sign, at, person }, isSchoolDay);
    const { outcome, post, route, round, point } = decision;
    await trx
      .insertInto('signIns')
      .values({
        ...{ id: command.id, day, post, route, round, point, via: command.via },
        ...{ at: new Date(at), claimedAt: new Date(claimed), receivedAt: new Date(now) },
        forgotten: command.forgotten ? JSON.stringify(command.forgotten) : null,
        person: JSON.stringify(person),
        actor: JSON.stringify(command.by),
        outcome: JSON.stringify(outcome),
      })
      .execute();
    const said = { id: command.id, day, person, post, route, round, point, at: iso(at), via: command.via };
    await emit(trx, { entity: 'signIn', type: 'made', data: { ...said, result: outcome.result }, at: new Date(now) });
    if (!visits.some((v) => v.round === round && v.point === point)) await clear(trx, day, decision, now);
    return outcome;
  });
}

/** A first visit inside the window that comes after the flag. */
async function clear(trx: Trx, day: string, decision: Decision, now: number): Promise<void> {
  const { outcome, route, round, point } = decision;
  if (outcome.result !== 'point' || !round || !point) return;
  if (!(await flagsOn(trx, day)).some((f) => f.round === round && f.point === point)) return;
  const data = { day, route, routeName: outcome.route, round, point, name: outcome.name };
  await emit(trx, { entity: 'patrol', type: 'cleared', data, at: new Date(now) });
}

/**
 * Puts on record which points of today and yesterday were missed; to be called at least every 20 s. How many are new.
 * @param now ms since 1970
 */
export async function flagMissed(trx: Trx, now: number): Promise<number> {
  await lockInTransaction(trx, TURN);
  const today = schoolDate(now);
  const days = [addDays(today, -1), today];
  const { routes } = await plannedSince(trx, addDays(today, -1));
  const visits = await visitsOn(trx, days);
  const missed = days.flatMap((day) => missedPoints(routes, visits.get(day) ?? [], day, now));
  if (missed.length === 0) return 0;
  const flaggedAt = new Date(now);
  const fresh = await trx
    .insertInto('missed')
    .values(missed.map(({ day, round, point }) => ({ day, round, point, flaggedAt })))
    .onConflict((oc) => oc.doNothing())
    .returning(['day', 'round', 'point'])
    .execute();
  for (const { day, round, point } of fresh) {
    const data = missed.find((m) => m.day === day && m.round === round && m.point === point);
    await emit(trx, { entity: 'patrol', type: 'missed', data, at: flaggedAt });
  }
  return fresh.length;
}

/** A whole day for whoever reads patrols; today's rounds and their own posts for those who walk them. No code goes out. */
export async function patrolDayFor(
  { db, clock, schoolDays }: PatrolContext,
  actor: Actor,
  asked?: string,
): Promise<PatrolDay> {
  const now = clock.now();
  const date = asked ?? schoolDate(now);
  const all = permissionsOf(actor).includes('patrol.read');
  if (!all && date !== schoolDate(now)) throw new AppError('forbidden', 'another day is for those who read patrols');
  const seen = { visits: (await visitsOn(db.kysely, [date])).get(date) ?? [], flags: await flagsOn(db.kysely, date) };
  const isSchoolDay = await schoolDays(db.kysely, date, date);
  const day = patrolDay(await plannedSince(db.kysely, date), seen, { date, now, isSchoolDay });
  return all ? day : { ...day, posts: ownPosts(day, actor) };
}

/** Today's, of whoever asks. */
export async function myPosts(ctx: PatrolContext, actor: Actor): Promise<PostDay[]> {
  return ownPosts(await patrolDayFor(ctx, actor), actor);
}

/** What the asking gate must know to take a card for one of its posts, cut off or not. */
export async function postsAtGate({ db, clock, schoolDays }: PatrolContext, actor: Actor): Promise<GatePosts> {
  const gate = gateOf(actor);
  const now = clock.now();
  const today = schoolDate(now);
  const dates = Array.from({ length: GATE_DAYS }, (_, ahead) => addDays(today, ahead));
  const { posts } = await plannedSince(db.kysely, today);
  const isSchoolDay = await schoolDays(db.kysely, today, addDays(today, GATE_DAYS - 1));
  const windows = dates.flatMap((date) =>
    postsOn(posts, date, isSchoolDay)
      .filter(({ post }) => post.gate === gate)
      .map(({ post: { id, name, place, duty, from, to }, people }) => ({
        ...{ post: id, date, name, place, duty, from, to, people: [...people] },
      })),
  );
  return { asOf: iso(now), posts: windows };
}

const ownPosts = ({ posts }: PatrolDay, actor: Actor): PostDay[] =>
  actor.kind === 'person' ? posts.filter(({ people }) => people.some(({ id }) => id === actor.id)) : [];

function gateOf(actor: Actor): string {
  if (actor.kind !== 'agent') throw new AppError('forbidden', "only a gate's agent does this");
  return actor.gate;
}
