/** The books of equipment (E5): pieces with a place, a last day and inspections. A piece that is taken out of use stays there. */
import {
  AppError,
  type EquipmentItem,
  type InspectEquipment,
  type PersonActor,
  type SaveEquipment,
} from '@anyuan/contracts';
import { mustBeKnown, type Queries, record, recordedBy, type TrainingContext, type Trx, todayOf } from './context.ts';
import { nextInspection, stateOf } from './equipment-need.ts';

export function saveEquipment(ctx: TrainingContext, by: PersonActor, given: SaveEquipment): Promise<void> {
  if (given.boughtOn && given.boughtOn > todayOf(ctx)) throw new AppError('badInput', 'a day that has not come');
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
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

/** All pieces, also those that were taken out of use. */
export async function items(db: Queries, today: string): Promise<EquipmentItem[]> {
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

async function pieceIn(trx: Trx, id: string): Promise<void> {
  const found = await trx.selectFrom('equipment').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('notFound', 'no such piece');
}
