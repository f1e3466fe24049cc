/**
 * The guards' duty roster as planned (A4, E1, E2, H11). Who is not in date on the day of the shift is not put on it, unless the
 * administrator says why, on record. A shift is not changed but removed and planned anew, and one that is over stays as it
 * was: who should have stood there is a fact.
 */
import {
  AppError,
  type PersonActor,
  type PlanShift,
  type PutOnShift,
  type RemoveShift,
  type ShiftPlanned,
  type ShiftView,
  type TakeOffShift,
  type RosterShift as ToldShift,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import type { z } from 'zod';
import { type Queries, record, type TrainingContext, type Trx } from './context.ts';
import { addDays } from './dates.ts';
import { endOf, overlap, type Shift, shiftNeed } from './duty.ts';
import { guardGaps } from './evidence.ts';
import { staffOn } from './people.ts';
import { requiredOn } from './required.ts';

export function planShifts(ctx: TrainingContext, by: PersonActor, given: readonly PlanShift[]): Promise<ShiftView[]> {
  const now = ctx.clock.now();
  const at = new Date(now);
  return ctx.db.tx(async (trx) => {
    await mustBeGates(trx, new Set(given.map(({ gate }) => gate)));
    for (const { id, gate, date, from, to, kind } of given) {
      mustNotBeOver({ date, from, to }, now);
      const added = await trx
        .insertInto('shifts')
        .values({ id, gate, date, fromTime: from, toTime: to, kind, removedAt: null })
        .onConflict((c) => c.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      const data = { gate, date, from, to, kind };
      if (!added) continue;
      await record(trx, { entity: 'shift', id, type: 'planned', by, at, data });
      await tellRostered(trx, id, date, at);
    }
    const ids = given.map(({ id }) => id);
    const days = given.map(({ date }) => date).sort();
    const all = await shiftsBetween(trx, days[0] ?? '', days.at(-1) ?? '');
    return all.filter(({ id }) => ids.includes(id));
  });
}

export function putOnShift(ctx: TrainingContext, by: PersonActor, given: PutOnShift): Promise<ShiftPlanned> {
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    // A guard can't be put on two overlapping shifts at the same moment.
    await lockInTransaction(trx, `guard ${given.person}`);
    const shift = await openShift(trx, given.shift, now);
    const guard = (await staffOn(trx, shift.date)).find(({ id }) => id === given.person);
    if (!guard?.roles.includes('guard')) return { result: 'notAGuard' };
    const gaps = (await guardGaps(trx, [guard.id], shift.date)).get(guard.id) ?? { blocking: [], other: [] };
    if (!shift.guards.some(({ id }) => id === guard.id)) {
      const busy = (await around(trx, shift.date, shift.date)).find(
        (other) => other.guards.some(({ id }) => id === guard.id) && overlap(other, shift),
      );
      if (busy) return { result: 'busy', gate: busy.gate, date: busy.date, from: busy.from, to: busy.to };
      const { blocking } = gaps;
      if (blocking.length > 0 && !given.override) return { result: 'notInDate', gaps: blocking };
      const override = blocking.length > 0 ? (given.override?.reason ?? null) : null;
      await trx
        .insertInto('shiftGuards')
        .values({
          shift: shift.id,
          person: guard.id,
          overrideReason: override,
          overrideBy: override === null ? null : by.name,
        })
        .execute();
      const data = { person: guard.id, override, lacking: blocking.map(({ requirement }) => requirement) };
      await record(trx, { entity: 'shift', id: shift.id, type: 'guardAdded', by, at: new Date(now), data });
      await tellRostered(trx, shift.id, shift.date, new Date(now));
    }
    return { result: 'planned', shift: await shiftView(trx, shift.id, shift.date), gaps: gaps.other };
  });
}

export function takeOffShift({ db, clock }: TrainingContext, by: PersonActor, given: TakeOffShift): Promise<ShiftView> {
  const now = clock.now();
  return db.tx(async (trx) => {
    const { id, date } = await openShift(trx, given.shift, now);
    const { person, reason } = given;
    const gone = await trx
      .deleteFrom('shiftGuards')
      .where('shift', '=', id)
      .where('person', '=', person)
      .returning('person')
      .executeTakeFirst();
    if (gone) {
      await record(trx, { entity: 'shift', id, type: 'guardRemoved', by, at: new Date(now), data: { person, reason } });
      await tellRostered(trx, id, date, new Date(now));
    }
    return shiftView(trx, id, date);
  });
}

export function removeShift({ db, clock }: TrainingContext, by: PersonActor, given: z.infer<typeof RemoveShift>) {
  const now = clock.now();
  const at = new Date(now);
  return db.tx(async (trx) => {
    const { id, date } = await openShift(trx, given.shift, now);
    await tellRostered(trx, id, date, at, true);
    await trx.updateTable('shifts').set({ removedAt: at }).where('id', '=', id).execute();
    await record(trx, { entity: 'shift', id, type: 'removed', by, at, data: { reason: given.reason } });
  });
}

/**
 * The shift as it stands now, whole, for who follows the roster: the gates' service keeps who is expected (decision 0008). To be
 * called before the shift is taken out, which is its last word.
 */
export async function tellRostered(trx: Trx, id: string, date: string, at: Date, removed = false): Promise<void> {
  const shift = (await around(trx, date, date)).find((one) => one.id === id);
  if (!shift) throw new AppError('internal', 'a shift that was just there');
  const room = await trx.selectFrom('guardRooms').select('name').where('gate', '=', shift.gate).executeTakeFirst();
  const { gate, from, to, kind, guards } = shift;
  const data: ToldShift = {
    ...{ id, gate, gateName: room?.name ?? gate, date, from, to, kind, removed },
    guards: guards.map((guard) => ({ id: guard.id, name: guard.name, notInDate: guard.override !== null })),
  };
  await emit(trx, { entity: 'shift', type: 'rostered', data, at });
}

/** Each with its need: shifts beside it, also those that reach in from the evening before, are counted. */
export async function shiftsBetween(db: Queries, from: string, to: string): Promise<ShiftView[]> {
  const all = await around(db, from, to);
  const required = new Map<string, number>();
  const views: ShiftView[] = [];
  for (const shift of all) {
    if (shift.date < from || shift.date > to) continue;
    // Nobody has entered the pupils: one guard is the least that any rule asks.
    const needed = required.get(shift.date) ?? (await requiredOn(db, shift.date))?.guards ?? 1;
    required.set(shift.date, needed);
    views.push({ ...shift, need: shiftNeed(shift, all, needed) });
  }
  return views;
}

/** Shifts of these days and of the days beside them. */
export async function around(db: Queries, from: string, to: string): Promise<RosterShift[]> {
  const rows = await db
    .selectFrom('shifts')
    .select(['id', 'gate', 'date', 'fromTime', 'toTime', 'kind'])
    .where('removedAt', 'is', null)
    .where('date', '>=', addDays(from, -1))
    .where('date', '<=', addDays(to, 1))
    .orderBy('date')
    .orderBy('fromTime')
    .orderBy('gate')
    .orderBy('id')
    .limit(10_000)
    .execute();
  if (rows.length === 0) return [];
  const guards = await db
    .selectFrom('shiftGuards')
    .innerJoin('people', 'people.id', 'shiftGuards.person')
    .select(['shift', 'people.id', 'people.name', 'overrideReason', 'overrideBy'])
    .where((eb) => eb('shift', '=', eb.fn.any(eb.val(rows.map(({ id }) => id)))))
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(50_000)
    .execute();
  const byShift = Map.groupBy(guards, ({ shift }) => shift);
  return rows.map(({ fromTime, toTime, ...row }) => ({
    ...row,
    from: fromTime,
    to: toTime,
    guards: (byShift.get(row.id) ?? []).map(({ id, name, overrideReason, overrideBy }) => ({
      id,
      name,
      override: overrideReason === null ? null : { reason: overrideReason, by: overrideBy ?? '' },
    })),
  }));
}

type RosterShift = Omit<ShiftView, 'need'>;

async function openShift(trx: Trx, id: string, now: number): Promise<RosterShift> {
  const row = await trx
    .selectFrom('shifts')
    .select('date')
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  const shift = row && (await around(trx, row.date, row.date)).find((s) => s.id === id);
  if (!shift) throw new AppError('notFound', 'no such shift');
  mustNotBeOver(shift, now);
  return shift;
}

async function shiftView(db: Queries, id: string, date: string): Promise<ShiftView> {
  const view = (await shiftsBetween(db, date, date)).find((shift) => shift.id === id);
  if (!view) throw new AppError('internal', 'a shift that was just there');
  return view;
}

/** A gate is known by its guard room: nobody is sent to stand at one that is not there. */
async function mustBeGates(db: Queries, gates: ReadonlySet<string>): Promise<void> {
  const rows = await db
    .selectFrom('guardRooms')
    .select('gate')
    .where('gate', 'in', [...gates])
    .execute();
  if (rows.length < gates.size) throw new AppError('notFound', 'no such gate');
}

function mustNotBeOver(shift: Pick<Shift, 'date' | 'from' | 'to'>, now: number): void {
  if (endOf(shift) <= now) throw new AppError('conflict', 'a shift that is over');
}
