/**
 * Sign-ins at posts and points, and points that nobody visited (D3, D4, G13).
 *
 * Promise: every try is on record, also one at the wrong place or time; the same one sent twice counts once, and the order in
 * which they come does not matter. A point is flagged as missed within a minute after its window, once, whichever copy of this
 * service looks; a visit made inside the window that comes later makes it done, and the flag stays on record beside it.
 * What counts is the phone's word on when it was, but never later than it came; a visit that comes a day late counts nowhere.
 */
import {
  type Actor,
  AppError,
  type PatrolDay,
  type PersonRef,
  type PostDay,
  permissionsOf,
  type SignedIn,
  type SignIn,
  schoolDate,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { addDays } from './calendar.ts';
import type { DrillsContext, Trx } from './context.ts';
import { missedPoints, patrolDay } from './patrol-day.ts';
import { flagsOn, plannedSince, type SchoolDays, visitsOn } from './patrol-store.ts';
import { AHEAD, type Decision, decide } from './sign-in.ts';

export interface PatrolContext extends Pick<DrillsContext, 'db' | 'clock'> {
  schoolDays: SchoolDays;
}

const OLDEST_MS = 24 * 3_600_000;
/** Sign-ins and flags take turns: a visit sees every flag that was there before it, and the other way round. */
const TURN = 'patrol visits';

export function signIn({ db, clock, schoolDays }: PatrolContext, actor: Actor, command: SignIn): Promise<SignedIn> {
  const person = whoSigns(actor, command.person);
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
    if (claimed < now - OLDEST_MS) throw new AppError('badInput', 'a visit of more than a day ago');
    const at = Math.min(claimed, now);
    const day = schoolDate(at);
    const isSchoolDay = await schoolDays(trx, day, addDays(day, AHEAD));
    const visits = (await visitsOn(trx, [day])).get(day) ?? [];
    const shown = { code: command.code, at, person };
    const decision = decide(await plannedSince(trx, day), visits, shown, isSchoolDay);
    const { outcome, post, route, round, point } = decision;
    await trx
      .insertInto('signIns')
      .values({
        ...{ id: command.id, day, post, route, round, point, via: command.via },
        ...{ at: new Date(at), claimedAt: new Date(claimed), receivedAt: new Date(now) },
        person: JSON.stringify(person),
        actor: JSON.stringify(nameOf(actor)),
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

const ownPosts = ({ posts }: PatrolDay, actor: Actor): PostDay[] =>
  actor.kind === 'person' ? posts.filter(({ people }) => people.some(({ id }) => id === actor.id)) : [];

function whoSigns(actor: Actor, person: PersonRef | undefined): PersonRef {
  if (actor.kind === 'agent') {
    if (!person) throw new AppError('badInput', 'a gate says whose card it was');
    return person;
  }
  if (person && person.id !== actor.id) throw new AppError('forbidden', 'nobody signs in for somebody else');
  return { id: actor.id, name: actor.name };
}

const nameOf = (actor: Actor): PersonRef =>
  actor.kind === 'agent' ? { id: actor.gate, name: '' } : { id: actor.id, name: actor.name };
