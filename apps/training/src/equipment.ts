/**
 * Equipment (E5): what is in the books, what of it can be used, and what was really there when somebody counted. A count is part
 * of the shift's checklist: it comes from a guard at the console or from a gate's agent, at least once, and is never changed.
 */
import {
  type Actor,
  AppError,
  type EquipmentCheck,
  type EquipmentItem,
  type EquipmentView,
  type InspectEquipment,
  type PersonActor,
  type RecordEquipmentCheck,
  type SaveEquipment,
  schoolDate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { mustBeKnown, type Queries, record, recordedBy, type TrainingContext, type Trx, todayOf } from './context.ts';
import { addDays } from './dates.ts';
import { guardsAt, mostOnDuty } from './duty.ts';
import { checkGaps, equipmentNeeds, equipmentShortage, nextInspection, stateOf } from './equipment-need.ts';
import { requiredOn } from './required.ts';
import { around } from './roster.ts';

const EXPIRING_DAYS = 90;

export function saveEquipment({ db, clock }: TrainingContext, by: PersonActor, given: SaveEquipment): Promise<void> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { id } = given;
    const before = await trx
      .selectFrom('equipment')
      .select('retiredAt')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (before?.retiredAt) throw new AppError('conflict', 'a piece that was taken out of use');
    const row = await equipmentRow(trx, given);
    const { id: _id, ...fields } = row;
    await trx
      .insertInto('equipment')
      .values({ ...row, retiredAt: null })
      .onConflict((c) => c.column('id').doUpdateSet(fields))
      .execute();
    const { kind, place, expiresOn } = given;
    await record(trx, { entity: 'equipment', id, type: 'saved', by, at, data: { kind, place, expiresOn } });
  });
}

/** Its place must be there: a guard room of the school, or somebody who is known. */
export async function equipmentRow(trx: Trx, { place, ...piece }: SaveEquipment) {
  if (place.kind === 'person') {
    await mustBeKnown(trx, place.person);
    return { ...piece, gate: null, person: place.person };
  }
  const room = await trx.selectFrom('guardRooms').select('gate').where('gate', '=', place.gate).executeTakeFirst();
  if (!room) throw new AppError('notFound', 'no such guard room');
  return { ...piece, gate: place.gate, person: null };
}

export function saveGuardRoom({ db, clock }: TrainingContext, by: PersonActor, given: { gate: string; name: string }) {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { gate, name } = given;
    await trx
      .insertInto('guardRooms')
      .values(given)
      .onConflict((c) => c.column('gate').doUpdateSet({ name }))
      .execute();
    await record(trx, { entity: 'equipment', id: gate, type: 'roomSaved', by, at, data: { name } });
  });
}

export function retireEquipment({ db, clock }: TrainingContext, by: PersonActor, id: string, reason: string) {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    await pieceIn(trx, id);
    const retired = await trx
      .updateTable('equipment')
      .set({ retiredAt: at })
      .where('id', '=', id)
      .where('retiredAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (retired) await record(trx, { entity: 'equipment', id, type: 'retired', by, at, data: { reason } });
  });
}

export function inspectEquipment(ctx: TrainingContext, by: PersonActor, given: InspectEquipment): Promise<void> {
  if (given.date > todayOf(ctx)) throw new AppError('badInput', 'a day that has not come');
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await pieceIn(trx, given.equipment);
    const added = await trx
      .insertInto('inspections')
      .values({ ...given, ...recordedBy(by, at) })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    const { equipment: id, ok, date } = given;
    if (added) await record(trx, { entity: 'equipment', id, type: 'inspected', by, at, data: { ok, date } });
  });
}

export function recordEquipmentCheck(
  ctx: TrainingContext,
  actor: Actor,
  given: RecordEquipmentCheck,
): Promise<EquipmentCheck> {
  mustBeOwn(actor, given);
  const now = ctx.clock.now();
  const { id, gate, by, at, counts, note } = given;
  return ctx.db.tx(async (trx) => {
    const onDuty = await onDutyAt(trx, gate, Date.parse(at));
    const booked = (await items(trx, schoolDate(now))).filter(
      ({ place, state }) => place.kind === 'guardRoom' && place.gate === gate && state === 'usable',
    );
    const expected = equipmentNeeds(onDuty, 1).map(({ kind, needed }) => ({
      kind,
      needed: Math.max(needed, booked.filter((item) => item.kind === kind).length),
    }));
    const gaps = checkGaps(expected, counts);
    const added = await trx
      .insertInto('equipmentChecks')
      .values({
        id,
        gate,
        byId: by.id,
        byName: by.name,
        at: new Date(at),
        onDuty,
        counts: JSON.stringify(counts),
        gaps: JSON.stringify(gaps),
        note,
        receivedAt: new Date(now),
      })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added) {
      const data = { gate, gaps };
      await record(trx, { entity: 'equipment', id, type: 'checked', by, at: new Date(now), data });
    }
    return checkView(await checks(trx).where('id', '=', id).executeTakeFirstOrThrow());
  });
}

export async function equipment(ctx: TrainingContext): Promise<EquipmentView> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const [rooms, all, required, shifts] = await Promise.all([
    db.selectFrom('guardRooms').select(['gate', 'name']).orderBy('gate').limit(100).execute(),
    items(db, today),
    requiredOn(db, today),
    around(db, today, today),
  ]);
  const last = await checks(db).distinctOn('gate').orderBy('gate').orderBy('at', 'desc').limit(100).execute();
  // At arrival all required guards stand at the gates: each needs his own.
  const onDuty = Math.max(required?.guards ?? 0, mostOnDuty(shifts, today));
  const standing = all.filter(({ state }) => state !== 'retired');
  const soon = addDays(today, EXPIRING_DAYS);
  return {
    onDuty,
    guardRooms: rooms.map((room) => {
      const check = last.find(({ gate }) => gate === room.gate);
      return { ...room, lastCheck: check ? checkView(check) : null };
    }),
    shortage: equipmentShortage(equipmentNeeds(onDuty, rooms.length), standing),
    items: all,
    expiring: standing.filter(({ expiresOn }) => expiresOn && expiresOn <= soon).map(({ id }) => id),
    inspectionDue: standing
      .filter(({ nextInspectionOn }) => !nextInspectionOn || nextInspectionOn <= today)
      .map(({ id }) => id),
  };
}

async function items(db: Queries, today: string): Promise<EquipmentItem[]> {
  const rows = await db
    .selectFrom('equipment')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('inspections')
          .select(['date', 'ok'])
          .whereRef('inspections.equipment', '=', 'equipment.id')
          .orderBy('date', 'desc')
          .orderBy('recordedAt', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select(['id', 'kind', 'gate', 'person', 'serial', 'expiresOn', 'inspectEveryMonths', 'boughtOn', 'retiredAt'])
    .select(['last.date as lastInspectedOn', 'last.ok as lastInspectionOk'])
    .orderBy('kind')
    .orderBy('id')
    .limit(20_000)
    .execute();
  return rows.map(({ gate, person, retiredAt, lastInspectionOk, ...row }) => {
    const kept = { ...row, lastInspectionOk, retired: retiredAt !== null };
    return {
      ...row,
      place: gate === null ? { kind: 'person', person: person ?? '' } : { kind: 'guardRoom', gate },
      nextInspectionOn: nextInspection(kept),
      state: stateOf(kept, today),
    };
  });
}

/** By the roster of that gate at that minute; somebody counts, so at least one is there. */
async function onDutyAt(db: Queries, gate: string, at: number): Promise<number> {
  const date = schoolDate(at);
  const minute = Math.floor((at - Date.parse(`${date}T00:00:00.000+08:00`)) / 60_000);
  const shifts = (await around(db, date, date)).filter((shift) => shift.gate === gate);
  return Math.max(1, guardsAt(shifts, date, minute));
}

async function pieceIn(trx: Trx, id: string): Promise<void> {
  const found = await trx.selectFrom('equipment').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('notFound', 'no such piece');
}

/** An agent counts at its gate, a person in his own name. */
function mustBeOwn(actor: Actor, { gate, by }: RecordEquipmentCheck): void {
  const own = actor.kind === 'agent' ? actor.gate === gate : actor.id === by.id;
  if (!own) throw new AppError('forbidden', "another's count");
}

const checks = (db: Queries) =>
  db.selectFrom('equipmentChecks').select(['id', 'gate', 'byId', 'byName', 'at', 'onDuty', 'counts', 'gaps', 'note']);
const checkView = ({
  byId,
  byName,
  at,
  ...row
}: Awaited<ReturnType<ReturnType<typeof checks>['execute']>>[number]): EquipmentCheck => ({
  ...row,
  by: { id: byId, name: byName },
  at: iso(at.getTime()),
});
