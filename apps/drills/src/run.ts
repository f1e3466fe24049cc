/**
 * A drill takes place (D2, G11): begun, sounded on the real alarm path as an exercise or a test, ended.
 *
 * Whoever begins chooses the incident's id, tells this service first and then raises the alarm under that id; so beginning
 * twice is beginning once, and an alarm that did not go out can be raised again. That it was heard comes from the alarm
 * service's own event. The classes and pupils are copied as they are at the beginning: a later import changes no drill.
 */
import { AppError, type DrillView, newId, type PersonRef, schoolDate } from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import { clock } from '@anyuan/ui/text';
import { changed, type DrillsContext, type Trx } from './context.ts';
import { drillsWhere, shown } from './drill-store.ts';
import { note } from './history.ts';
import { currentPlanFor } from './plan-views.ts';
import { keepResult, pushBoard } from './roll.ts';
import { viewOf } from './schedule.ts';
import { addSkill } from './skills.ts';

const EVERYBODY = '*';

export function begin(
  ctx: DrillsContext,
  by: PersonRef,
  command: { drill: string; incident: string },
): Promise<DrillView> {
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'begin');
    const drill = (await drillsWhere(trx, { id: command.drill }))[0];
    if (!drill) throw new AppError('notFound', 'no such drill');
    if (drill.status === 'running' && drill.incident === command.incident) return shown(drill);
    if (drill.status !== 'planned') throw new AppError('conflict', 'this drill was begun or called off already');
    if ((await drillsWhere(trx, { running: true })).some((d) => d.mode === drill.mode))
      throw new AppError('conflict', 'another drill is running');
    const plan = await currentPlanFor(trx, drill.kind);
    await trx
      .updateTable('drills')
      .set({
        ...{ status: 'running', incident: command.incident, planVersion: plan?.version.id ?? null },
        // The record is of the day and the minute at which it took place.
        ...{ startedAt: new Date(now), date: schoolDate(now), time: clock(now) },
      })
      .where('id', '=', drill.id)
      .execute();
    if (drill.mode === 'exercise') await copyRoll(trx, drill.id, plan?.version.body.places ?? []);
    await note(trx, drill.id, by, 'begun', now, {
      planned: drill.date,
      plannedTime: drill.time,
      incident: command.incident,
    });
    const view = await viewOf(trx, drill.id);
    await emit(trx, { entity: 'drill', type: 'begun', data: view, at: new Date(now) });
    return view;
  });
}

export function end(ctx: DrillsContext, by: PersonRef, id: string, words: string): Promise<DrillView> {
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, 'begin');
    const drill = (await drillsWhere(trx, { id }))[0];
    if (!drill) throw new AppError('notFound', 'no such drill');
    if (drill.status === 'ended') return shown(drill);
    if (drill.status !== 'running') throw new AppError('conflict', 'this drill does not run');
    await trx
      .updateTable('drills')
      .set({ status: 'ended', endedAt: new Date(now), endNote: words })
      .where('id', '=', id)
      .execute();
    if (drill.mode === 'exercise') await keepResult(trx, drill);
    await note(trx, id, by, 'ended', now);
    const view = await viewOf(trx, id);
    await emit(trx, { entity: 'drill', type: 'ended', data: view, at: new Date(now) });
    pushBoard(ctx, id);
    return view;
  });
}

/** The alarm service has it: only now the drill ran on the real path. Who pressed has practised it. */
export async function alarmHeard(
  trx: Trx,
  raised: { incident: string; mode: string; raisedBy: PersonRef },
  at: Date,
): Promise<void> {
  if (raised.mode === 'actual') return;
  const drill = await trx
    .updateTable('drills')
    .set({ alarmHeardAt: at })
    .where('incident', '=', raised.incident)
    .where('mode', '=', raised.mode === 'test' ? 'test' : 'exercise')
    .where('alarmHeardAt', 'is', null)
    .returning(['id', 'startedAt'])
    .executeTakeFirst();
  if (!drill) return;
  const seconds = drill.startedAt ? Math.max(0, Math.round((at.getTime() - drill.startedAt.getTime()) / 1_000)) : null;
  const pressed = {
    id: newId(at.getTime()),
    drill: drill.id,
    person: raised.raisedBy,
    skill: 'pressed',
    seconds,
  } as const;
  await addSkill(trx, pressed, 'alarm', at);
  await changed(trx, 'drill', { drill: drill.id }, at.getTime());
}

async function copyRoll(trx: Trx, drill: string, places: readonly { class: string; place: string }[]): Promise<void> {
  const placeOf = (id: string) => places.find((p) => p.class === id) ?? places.find((p) => p.class === EVERYBODY);
  const classes = await trx
    .selectFrom('classes')
    .select(['id', 'name', 'teacherId', 'teacherName'])
    .orderBy('id')
    .limit(500)
    .execute();
  if (classes.length === 0) return;
  await trx
    .insertInto('drillClasses')
    .values(classes.map(({ id, ...c }) => ({ ...c, drill, class: id, place: placeOf(id)?.place ?? '' })))
    .execute();
  await trx
    .insertInto('drillPupils')
    .columns(['drill', 'pupil', 'class', 'number', 'name'])
    .expression((eb) =>
      eb.selectFrom('pupils').select([eb.val(drill).as('drill'), 'id as pupil', 'class', 'number', 'name']),
    )
    .execute();
}
