/**
 * "Tomorrow is a drill": on the school day before, from 08:00, once for each date that it is put on (D2). One that was put into
 * the calendar later than that is told at once; one that has begun, or whose time has come, never. The row is the proof, written
 * in the same transaction as the event, so neither a restart nor a second copy doubles it.
 */
import { type DrillReminderDue, schoolDate } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import { addDays } from './calendar.ts';
import type { Trx } from './context.ts';
import { schoolDays } from './school-days.ts';

const TOLD_FROM = '08:00';
/** The longest holiday within a term is shorter. */
const AHEAD_DAYS = 14;
const AT_ONCE = 100;

export async function remindOfDrills(trx: Trx, now: number): Promise<void> {
  const today = schoolDate(now);
  const last = addDays(today, AHEAD_DAYS);
  const planned = await trx
    .selectFrom('drills as d')
    .select(['d.id', 'd.kind', 'd.mode', 'd.date', 'd.time', 'd.announced', 'd.lead'])
    .where('d.status', '=', 'planned')
    .where('d.date', '>=', today)
    .where('d.date', '<=', last)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('reminders as r')
            .select('r.drill')
            .whereRef('r.drill', '=', 'd.id')
            .whereRef('r.date', '=', 'd.date'),
        ),
      ),
    )
    .orderBy('d.date')
    .orderBy('d.time')
    .orderBy('d.id')
    .limit(AT_ONCE)
    .execute();
  if (planned.length === 0) return;
  const hasSchool = await schoolDays(trx, addDays(today, -AHEAD_DAYS), last);
  const at = new Date(now);
  for (const { id: drill, ...rest } of planned) {
    const { date, time } = rest;
    if (now < moment(dayToTell(date, hasSchool), TOLD_FROM) || now >= moment(date, time)) continue;
    const added = await trx
      .insertInto('reminders')
      .values({ drill, date, at })
      .onConflict((oc) => oc.doNothing())
      .returning('drill')
      .executeTakeFirst();
    const data: DrillReminderDue = { drill, ...rest };
    if (added) await emit(trx, { entity: 'reminder', type: 'due', data, at });
  }
}

/** The last school day before it; where there is none for two weeks, the day before. */
function dayToTell(date: string, hasSchool: (day: string) => boolean): string {
  const before = addDays(date, -1);
  for (let day = before; day >= addDays(date, -AHEAD_DAYS); day = addDays(day, -1)) if (hasSchool(day)) return day;
  return before;
}

const moment = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);
