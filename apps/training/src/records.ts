/** All that is known of one person: for the office in full, for himself what concerns him (`training.own`). */
import { AppError, type Mine, type PersonActor, type StaffRecord } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { certificates } from './certificates.ts';
import { type Queries, type TrainingContext, todayOf } from './context.ts';
import { addDays } from './dates.ts';
import { endOf } from './duty.ts';
import { cellView, evidenceOf, requirements } from './evidence.ts';
import { matrixOf } from './matrix.ts';
import { member } from './people.ts';
import { around } from './roster.ts';
import { filings, vettings } from './vetting.ts';

const SHOWN = 20;

export async function staffRecord(ctx: TrainingContext, id: string): Promise<StaffRecord> {
  const { kysely: db } = ctx.db;
  const person = await member(db, id);
  if (!person) throw new AppError('notFound', 'no such person');
  return {
    person,
    needs: await needsOf(ctx, person),
    certificates: await certificates(db, id),
    vettings: await vettings(db, id),
    filings: await filings(db, id),
    skills: await skills(db, id),
  };
}

/** Nobody of the school's staff: an empty record and no error, for a log-in may belong to nobody. */
export async function mine(ctx: TrainingContext, by: PersonActor): Promise<Mine> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const person = await member(db, by.id);
  if (!person) return { person: null, due: [], certificates: [], sessions: [], nextShift: null, classes: [] };
  const needs = await needsOf(ctx, person);
  const own = await certificates(db, by.id);
  return {
    person,
    due: needs.flatMap(({ requirement: { id, title }, cell: { state, on, due } }) =>
      state === 'ok' ? [] : [{ requirement: id, title, state, on, due }],
    ),
    certificates: own.flatMap(({ status, id, kind, last4, issuedOn, expiresOn }) =>
      status === 'current' ? [{ id, kind, last4, issuedOn, expiresOn }] : [],
    ),
    sessions: await comingSessions(db, person.roles, today),
    nextShift: await nextShift(ctx, by.id),
    classes: await db
      .selectFrom('classes')
      .select(['id', 'name'])
      .where('teacher', '=', by.id)
      .orderBy('position')
      .limit(SHOWN)
      .execute(),
  };
}

async function needsOf(ctx: TrainingContext, person: StaffRecord['person']): Promise<StaffRecord['needs']> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const all = await requirements(db);
  const { rows } = matrixOf([person], all, await evidenceOf(db, [person.id], today), today);
  return all.flatMap(({ own: _own, ...requirement }, i) => {
    const judged = rows[0]?.cells[i];
    const cell = judged && cellView(judged);
    return cell ? [{ requirement, cell }] : [];
  });
}

/** Of courses that are held for one of his roles. */
async function comingSessions(db: Queries, roles: readonly string[], today: string): Promise<Mine['sessions']> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('courses', 'courses.id', 'sessions.course')
    .select(['sessions.id', 'courses.title', 'courses.roles', 'date', 'fromTime', 'hours', 'place'])
    .where('date', '>=', today)
    .where('date', '<=', addDays(today, 180))
    .where('cancelledAt', 'is', null)
    .orderBy('date')
    .orderBy('fromTime')
    .orderBy('sessions.id')
    .limit(500)
    .execute();
  return rows
    .filter((row) => row.roles.some((role) => roles.includes(role)))
    .slice(0, SHOWN)
    .map(({ id, title, date, fromTime, hours, place }) => ({ id, title, date, from: fromTime, hours, place }));
}

/** The one that he stands in now, or the next within two months. */
async function nextShift(ctx: TrainingContext, person: string): Promise<Mine['nextShift']> {
  const today = todayOf(ctx);
  const shifts = await around(ctx.db.kysely, today, addDays(today, 60));
  const now = ctx.clock.now();
  const next = shifts.find((shift) => shift.guards.some(({ id }) => id === person) && endOf(shift) > now);
  if (!next) return null;
  const { gate, date, from, to } = next;
  const room = await ctx.db.kysely.selectFrom('guardRooms').select('name').where('gate', '=', gate).executeTakeFirst();
  return { gate, place: room?.name ?? gate, date, from, to };
}

async function skills(db: Queries, person: string): Promise<StaffRecord['skills']> {
  const rows = await db
    .selectFrom('drillSkills')
    .select(['id', 'drill', 'skill', 'seconds', 'at'])
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at.getTime()) }));
}
