/** Equipment at a glance (E5): what the rule asks for today, what can be used, what expires or wants a look. */
import type { EquipmentView } from '@anyuan/contracts';
import { type TrainingContext, todayOf } from './context.ts';
import { addDays } from './dates.ts';
import { mostOnDuty } from './duty.ts';
import { items } from './equipment.ts';
import { lastChecks } from './equipment-checks.ts';
import { equipmentNeeds, equipmentShortage } from './equipment-need.ts';
import { requiredOn } from './required.ts';
import { around } from './roster.ts';

const EXPIRING_DAYS = 90;

export async function equipment(ctx: TrainingContext): Promise<EquipmentView> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const [rooms, all, required, shifts] = await Promise.all([
    db.selectFrom('guardRooms').select(['gate', 'name']).orderBy('gate').limit(100).execute(),
    items(db, today),
    requiredOn(db, today),
    around(db, today, today),
  ]);
  const last = await lastChecks(db);
  // At arrival all required guards stand at the gates: each needs his own.
  const onDuty = Math.max(required?.guards ?? 0, mostOnDuty(shifts, today));
  const standing = all.filter(({ state }) => state !== 'retired');
  const soon = addDays(today, EXPIRING_DAYS);
  return {
    onDuty,
    guardRooms: rooms.map((room) => ({ ...room, lastCheck: last.find(({ gate }) => gate === room.gate) ?? null })),
    shortage: equipmentShortage(equipmentNeeds(onDuty, rooms.length), standing),
    items: all,
    expiring: standing.filter(({ expiresOn }) => expiresOn && expiresOn <= soon).map(({ id }) => id),
    inspectionDue: standing
      .filter(({ nextInspectionOn }) => !nextInspectionOn || nextInspectionOn <= today)
      .map(({ id }) => id),
  };
}
