/**
 * Taking the roll (G10), from any number of phones, some of them off line for minutes.
 *
 * Marks and reports are added, never changed; each has an id, so a phone may send them as often as it likes. What a phone
 * says about the time counts within bounds: not before the drill began, not after it was received. Marks that come after
 * the end are kept too and change the result, for the truth is what was seen at the assembly point. A teacher takes the
 * roll of the own class, and of one that the leader gave to him for this drill.
 */
import {
  type Actor,
  AppError,
  type ClassRoll,
  type DrillBoard,
  type DrillView,
  newId,
  type PersonRef,
  permissionsOf,
  ROLL_LATE_HOURS,
  type TakeRoll,
} from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type DrillsContext, personOf, type Queries, type Trx } from './context.ts';
import { drillsWhere, shown } from './drill-store.ts';
import { note } from './history.ts';
import { classCounts, latestMarks, type Roll, resultOf } from './roll-count.ts';
import { givenRolls, rollOf } from './roll-store.ts';
import { addSkill } from './skills.ts';

const LATE_MS = ROLL_LATE_HOURS * 3_600_000;

export async function takeRoll(ctx: DrillsContext, actor: Actor, command: TakeRoll): Promise<ClassRoll> {
  const by = personOf(actor);
  const now = ctx.clock.now();
  await ctx.db.tx(async (trx) => {
    const drill = await openDrill(trx, command.drill, now);
    await mayTake(trx, actor, drill.id, command.class);
    await addMarks(trx, drill, by, command, now);
    if (command.report) await addReport(trx, drill, by, command.class, command.report, now);
    if (drill.status === 'ended') await keepResult(trx, drill);
  });
  const roll = await classRoll(ctx, actor, command.drill, command.class);
  pushBoard(ctx, command.drill);
  return roll;
}

async function openDrill(trx: Trx, id: string, now: number): Promise<DrillView & { startedAt: string }> {
  const drill = (await drillsWhere(trx, { id }))[0];
  if (!drill) throw new AppError('notFound', 'no such drill');
  const over = drill.status === 'ended' && now - Date.parse(drill.endedAt ?? '') > LATE_MS;
  if (!drill.startedAt || drill.status === 'cancelled' || over) throw new AppError('conflict', 'no roll is taken now');
  return { ...shown(drill), startedAt: drill.startedAt };
}

async function mayTake(db: Queries, actor: Actor, drill: string, wanted: string): Promise<void> {
  if (permissionsOf(actor).includes('drill.run')) return;
  const mine = await classesOf(db, personOf(actor), drill);
  if (!mine.includes(wanted)) throw new AppError('forbidden', "another teacher's class");
}

/** Whose roll this person takes in this drill. */
export async function classesOf(db: Queries, person: PersonRef, drill: string): Promise<string[]> {
  const own = await db
    .selectFrom('drillClasses')
    .select('class')
    .where('drill', '=', drill)
    .where('teacherId', '=', person.id)
    .orderBy('class')
    .execute();
  const given = (await givenRolls(db, drill)).filter((g) => g.person.id === person.id);
  return [...new Set([...own.map((o) => o.class), ...given.map((g) => g.class)])];
}

const bounded = (claim: string, startedAt: string, now: number): Date =>
  new Date(Math.min(now, Math.max(Date.parse(startedAt), Date.parse(claim))));

async function addMarks(
  trx: Trx,
  drill: DrillView & { startedAt: string },
  by: PersonRef,
  { class: id, marks }: TakeRoll,
  now: number,
): Promise<void> {
  if (marks.length === 0) return;
  const pupils = await trx
    .selectFrom('drillPupils')
    .select('pupil')
    .where('drill', '=', drill.id)
    .where('class', '=', id)
    .execute();
  const known = new Set(pupils.map((p) => p.pupil));
  if (!marks.every((m) => known.has(m.pupil))) throw new AppError('badInput', 'a pupil of another class');
  await trx
    .insertInto('rollMarks')
    .values(
      marks.map(({ id: mark, pupil, state, at, note }) => ({
        ...{ id: mark, drill: drill.id, pupil, state, note },
        at: bounded(at, drill.startedAt, now),
        claimedAt: new Date(at),
        receivedAt: new Date(now),
        actor: JSON.stringify(by),
      })),
    )
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

async function addReport(
  trx: Trx,
  drill: DrillView & { startedAt: string },
  by: PersonRef,
  id: string,
  report: { id: string; at: string },
  now: number,
): Promise<void> {
  const at = bounded(report.at, drill.startedAt, now);
  const added = await trx
    .insertInto('rollReports')
    .values({ id: report.id, drill: drill.id, class: id, at, receivedAt: new Date(now), actor: JSON.stringify(by) })
    .onConflict((c) => c.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return;
  await emit(trx, { entity: 'roll', type: 'reported', data: { drill: drill.id, class: id }, at: new Date(now) });
  const [count] = classCounts(await rollOf(trx, drill, id));
  if (!count || count.seconds === null) return;
  // Who brought a whole class to its place and counted it has done both.
  for (const skill of ['led', 'counted'] as const)
    await addSkill(trx, { id: newId(now), drill: drill.id, person: by, skill, seconds: count.seconds }, 'roll', at);
}

/** The leader lets somebody else take a class's roll in this drill: its teacher is ill, or carries the phone-less flag. */
export async function giveRoll(
  ctx: DrillsContext,
  by: PersonRef,
  command: { drill: string; class: string; person: PersonRef },
): Promise<void> {
  const { drill, class: id, person } = command;
  await ctx.db.tx(async (trx) => {
    await openDrill(trx, drill, ctx.clock.now());
    const known = await trx
      .selectFrom('drillClasses')
      .select('class')
      .where('drill', '=', drill)
      .where('class', '=', id)
      .executeTakeFirst();
    if (!known) throw new AppError('notFound', 'no such class in this drill');
    await note(trx, drill, by, 'rollGiven', ctx.clock.now(), { class: id, person });
    await emit(trx, { entity: 'roll', type: 'given', data: { drill, class: id }, at: new Date(ctx.clock.now()) });
  });
}

export async function classRoll(ctx: DrillsContext, actor: Actor, drillId: string, id: string): Promise<ClassRoll> {
  const { kysely } = ctx.db;
  const drill = (await drillsWhere(kysely, { id: drillId }))[0];
  if (!drill) throw new AppError('notFound', 'no such drill');
  await mayTake(kysely, actor, drillId, id);
  const roll = await rollOf(kysely, drill, id);
  const [count] = classCounts(roll);
  if (!count) throw new AppError('notFound', 'no such class in this drill');
  const latest = latestMarks(roll.marks);
  const pupils = roll.pupils.map(({ pupil, number, name }) => {
    const mark = latest.get(pupil);
    return {
      ...{ id: pupil, number, name },
      state: mark?.state ?? null,
      at: mark ? iso(mark.at) : null,
      by: mark?.by.name ?? null,
      note: mark?.note ?? '',
    };
  });
  return { drill: shown(drill), class: count, pupils, at: iso(ctx.clock.now()) };
}

export async function board({ db, clock }: DrillsContext, id: string): Promise<DrillBoard> {
  const drill = (await drillsWhere(db.kysely, { id }))[0];
  if (!drill) throw new AppError('notFound', 'no such drill');
  const roll = await rollOf(db.kysely, drill);
  const classes = classCounts(roll);
  const result = drill.startedAt && drill.mode === 'exercise' ? resultOf(classes, drill.targetSeconds) : null;
  return { drill: { ...shown(drill), result }, classes, missing: missingOf(roll), at: iso(clock.now()) };
}

function missingOf(roll: Roll): DrillBoard['missing'] {
  const latest = latestMarks(roll.marks);
  const names = new Map(roll.classes.map((c) => [c.class, c.name]));
  return roll.pupils.flatMap(({ pupil, name, class: id }) => {
    const mark = latest.get(pupil);
    if (mark?.state !== 'missing') return [];
    return [{ pupil, name, className: names.get(id) ?? '', at: iso(mark.at), by: mark.by.name, note: mark.note }];
  });
}

export async function keepResult(trx: Trx, drill: DrillView): Promise<void> {
  const result = resultOf(classCounts(await rollOf(trx, drill)), drill.targetSeconds);
  await trx
    .updateTable('drills')
    .set({ result: JSON.stringify(result) })
    .where('id', '=', drill.id)
    .execute();
}

const PUSH_MS = 250;
const waiting = new WeakMap<object, Map<string, NodeJS.Timeout>>();

/** Thirty phones at once make four pushes a second, not thirty times forty. */
export function pushBoard(ctx: DrillsContext, drill: string): void {
  const timers = waiting.get(ctx.db) ?? new Map<string, NodeJS.Timeout>();
  waiting.set(ctx.db, timers);
  if (timers.has(drill)) return;
  const push = async () => {
    timers.delete(drill);
    ctx.tell({ type: 'drillBoard', board: await board(ctx, drill) });
  };
  // Who missed this push is told by the next one, or asks.
  timers.set(drill, setTimeout(() => void push().catch(() => {}), PUSH_MS).unref());
}
