/**
 * Who was there, and who passed (E3). By card at a reader, or by name in the office; once a person and session, however often
 * a reader sends it. A retake is a row of its own: nobody's first result is overwritten.
 */
import {
  type Actor,
  AppError,
  type Assessed,
  type AttendByCard,
  type AttendByName,
  type Attended,
  type CardForgotten,
  type LedgerRow,
  type PersonActor,
  type RecordAssessment,
  schoolDate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { actorRef, record, recordedBy, type TrainingContext, type Trx } from './context.ts';
import { session } from './sessions.ts';

export function attendByCard(ctx: TrainingContext, actor: Actor, given: AttendByCard): Promise<Attended> {
  return ctx.db.tx(async (trx) => {
    const { forgotten, cardHash, ...said } = given;
    const known = trx.selectFrom('people').select(['id', 'name', 'leftOn']);
    // Without his card he is who the gate says he is: card and person come from one list.
    const his = forgotten ? known.where('id', '=', forgotten.person.id) : known.where('cardHash', '=', cardHash ?? '');
    const holder = await his.executeTakeFirst();
    const day = schoolDate(Date.parse(given.at));
    if (!holder || (holder.leftOn && holder.leftOn < day)) return { result: 'unknownCard' };
    const person = { id: holder.id, name: holder.name };
    return attend(trx, ctx, actor, { ...said, person, via: forgotten ? 'vouched' : 'card', forgotten });
  });
}

export function attendByName(ctx: TrainingContext, by: PersonActor, given: AttendByName): Promise<Attended> {
  return ctx.db.tx(async (trx) => {
    const person = await trx
      .selectFrom('people')
      .select(['id', 'name'])
      .where('id', '=', given.person)
      .executeTakeFirst();
    if (!person) throw new AppError('notFound', 'no such person');
    return attend(trx, ctx, by, { ...given, person, via: 'name' });
  });
}

interface Attendance {
  attendance: string;
  session: string;
  person: { id: string; name: string };
  via: LedgerRow['via'];
  at: string;
  forgotten?: CardForgotten | undefined;
}

async function attend(trx: Trx, { clock }: TrainingContext, actor: Actor, given: Attendance): Promise<Attended> {
  const { attendance: id, person, via, at } = given;
  const held = await trx
    .selectFrom('sessions')
    .select(['date', 'cancelledAt'])
    .where('id', '=', given.session)
    // A session can't be moved or called off while somebody comes in.
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new AppError('notFound', 'no such session');
  if (held.cancelledAt || held.date !== schoolDate(Date.parse(at))) return { result: 'notToday' };
  const now = new Date(clock.now());
  const by = actorRef(actor);
  const gate = actor.kind === 'agent' ? actor.gate : null;
  const added = await trx
    .insertInto('attendances')
    .values({
      ...{ id, session: given.session, person: person.id, via, gate, at: new Date(at), ...recordedBy(by, now) },
      forgotten: given.forgotten ? JSON.stringify(given.forgotten) : null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) {
    const data = { session: given.session, person: person.id, via };
    await record(trx, { entity: 'session', id: given.session, type: 'attended', by, at: now, data });
    return { result: 'recorded', person };
  }
  const standing = await trx
    .selectFrom('attendances')
    .select(['id', 'at'])
    .where('session', '=', given.session)
    .where('person', '=', person.id)
    .executeTakeFirst();
  if (!standing) throw new AppError('conflict', 'an id that another attendance has');
  // The same message again gets the first answer.
  return standing.id === id
    ? { result: 'recorded', person }
    : { result: 'already', person, at: iso(standing.at.getTime()) };
}

export function recordAssessment(ctx: TrainingContext, by: PersonActor, given: RecordAssessment): Promise<Assessed> {
  const now = new Date(ctx.clock.now());
  const { session: of, person, score } = given;
  return ctx.db.tx(async (trx) => {
    const { passMark } = await session(trx, of);
    const there = await trx
      .selectFrom('attendances')
      .select('id')
      .where('session', '=', of)
      .where('person', '=', person)
      .executeTakeFirst();
    if (!there) return { result: 'notThere' };
    if (passMark === null) return { result: 'noMark' };
    const passed = score >= passMark;
    const added = await trx
      .insertInto('assessments')
      .values({ ...given, passMark, passed, at: new Date(given.at), ...recordedBy(by, now) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added) {
      const data = { session: of, person, passed };
      await record(trx, { entity: 'session', id: of, type: 'assessed', by, at: now, data });
    }
    const attempts = await trx
      .selectFrom('assessments')
      .select(['id', 'passed'])
      .where('session', '=', of)
      .where('person', '=', person)
      .orderBy('recordedAt')
      .orderBy('id')
      .limit(100)
      .execute();
    const at = attempts.findIndex((attempt) => attempt.id === given.id);
    const kept = attempts[at];
    if (!kept) throw new AppError('conflict', 'an id that another assessment has');
    return { result: 'recorded', passed: kept.passed, attempt: at + 1 };
  });
}
