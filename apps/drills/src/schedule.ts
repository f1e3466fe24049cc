/**
 * Drills in the calendar: put there, moved, called off. A day that is no school day, is taken by exams or by another drill
 * of the same sort, or of which nobody knows what it is, is refused with its reasons; a test of the buttons may share a day
 * with a drill. One writer at a time, so that two people can't take the same day.
 */
import {
  AppError,
  type CalendarDay,
  type Conflict,
  type DrillView,
  type MoveDrill,
  type PersonRef,
  type ScheduleDrill,
  type Scheduled,
  type Term,
} from '@anyuan/contracts';
import { lockInTransaction } from '@anyuan/db';
import { closedBy, dayOf } from './calendar.ts';
import { changed, type DrillsContext, type Trx } from './context.ts';
import { drillsWhere, modeOf, shown } from './drill-store.ts';
import { note } from './history.ts';
import { knownAs } from './roster.ts';
import { calendarOf, termsOf } from './terms.ts';

/**
 * @param time `09:30`: an hour of today that has passed is past
 * @param others dates of the drills of the same sort
 */
export function conflictsOf(day: CalendarDay, time: string, others: readonly string[], now: number): Conflict[] {
  const closed = closedBy(day.kind);
  return [
    ...(closed ? [closed] : []),
    ...(Date.parse(`${day.date}T${time}:00+08:00`) < now ? (['past'] as const) : []),
    ...(others.includes(day.date) ? (['anotherDrill'] as const) : []),
  ];
}

export function schedule(ctx: DrillsContext, by: PersonRef, command: ScheduleDrill): Promise<Scheduled> {
  return ctx.db.tx((trx) => scheduleIn(trx, by, command, ctx.clock.now()));
}

/** Each by itself: one that collides does not keep the others out. */
export async function scheduleAll(ctx: DrillsContext, by: PersonRef, commands: readonly ScheduleDrill[]) {
  return ctx.db.tx(async (trx) => {
    const scheduled: DrillView[] = [];
    const conflicts: { id: string; conflicts: Conflict[] }[] = [];
    for (const command of commands) {
      const answer = await scheduleIn(trx, by, command, ctx.clock.now());
      if (answer.result === 'scheduled') scheduled.push(answer.drill);
      else conflicts.push({ id: command.id, conflicts: answer.conflicts });
    }
    return { scheduled, conflicts };
  });
}

async function scheduleIn(trx: Trx, by: PersonRef, command: ScheduleDrill, now: number): Promise<Scheduled> {
  await lockInTransaction(trx, 'calendar');
  const before = (await drillsWhere(trx, { id: command.id }))[0];
  if (before) return { result: 'scheduled', drill: shown(before) };
  const term = await termOf(trx, command.term);
  const conflicts = await conflictsIn(trx, term, command, modeOf(command.kind), now);
  if (conflicts.length > 0) return { result: 'conflict', conflicts };
  await namedFindings(trx, command.verifies);
  const { lead: _, observers: __, ...row } = command;
  const [lead, ...observers] = await knownAs(trx, [command.lead, ...command.observers], by);
  await trx
    .insertInto('drills')
    .values({
      ...row,
      ...{ lead: JSON.stringify(lead), observers: JSON.stringify(observers) },
      ...{ status: 'planned', mode: modeOf(command.kind) },
    })
    .execute();
  await note(trx, command.id, by, 'scheduled', now, { date: command.date, time: command.time });
  await changed(trx, 'drill', { drill: command.id }, now);
  return { result: 'scheduled', drill: await viewOf(trx, command.id) };
}

export function move(ctx: DrillsContext, by: PersonRef, command: MoveDrill): Promise<Scheduled> {
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'calendar');
    const drill = await plannedDrill(trx, command.drill);
    const term = await termOf(trx, drill.term);
    const conflicts = await conflictsIn(
      trx,
      term,
      { id: drill.id, date: command.date, time: command.time },
      drill.mode,
      now,
    );
    if (conflicts.length > 0) return { result: 'conflict', conflicts };
    const { date, time } = command;
    await trx.updateTable('drills').set({ date, time }).where('id', '=', drill.id).execute();
    await note(trx, drill.id, by, 'moved', now, { from: drill.date, to: date, time });
    await changed(trx, 'drill', { drill: drill.id }, now);
    return { result: 'scheduled', drill: await viewOf(trx, drill.id) };
  });
}

export function cancel(ctx: DrillsContext, by: PersonRef, id: string, reason: string): Promise<DrillView> {
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    const drill = (await drillsWhere(trx, { id }))[0];
    if (drill?.status === 'cancelled') return shown(drill);
    await plannedDrill(trx, id);
    await trx.updateTable('drills').set({ status: 'cancelled', cancelReason: reason }).where('id', '=', id).execute();
    await note(trx, id, by, 'cancelled', now, { reason });
    await changed(trx, 'drill', { drill: id }, now);
    return viewOf(trx, id);
  });
}

export async function viewOf(trx: Trx, id: string): Promise<DrillView> {
  const drill = (await drillsWhere(trx, { id }))[0];
  if (!drill) throw new AppError('notFound', 'no such drill');
  return shown(drill);
}

async function plannedDrill(trx: Trx, id: string) {
  const drill = await trx
    .selectFrom('drills')
    .select(['id', 'term', 'date', 'mode', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!drill) throw new AppError('notFound', 'no such drill');
  if (drill.status !== 'planned') throw new AppError('conflict', 'only a planned drill can be changed');
  return drill;
}

async function conflictsIn(
  trx: Trx,
  term: Term,
  { id, date, time }: { id: string; date: string; time: string },
  mode: 'exercise' | 'test',
  now: number,
): Promise<Conflict[]> {
  const others = await trx
    .selectFrom('drills')
    .select('date')
    .where('date', '=', date)
    .where('mode', '=', mode)
    .where('status', '!=', 'cancelled')
    .where('id', '!=', id)
    .execute();
  const day = dayOf(await calendarOf(trx, term), date);
  return conflictsOf(
    day,
    time,
    others.map((o) => o.date),
    now,
  );
}

async function termOf(trx: Trx, id: string): Promise<Term> {
  const term = (await termsOf(trx)).find((t) => t.id === id);
  if (!term) throw new AppError('notFound', 'no such term');
  return term;
}

async function namedFindings(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await trx.selectFrom('findings').select('id').where('id', 'in', ids).execute();
  if (found.length !== new Set(ids).size) throw new AppError('notFound', 'no such finding');
}
