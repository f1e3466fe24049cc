/** The number of pupils, guard rooms, equipment and the roster. */
import { PlanShift, SaveEquipment, SetHeadcount } from '@anyuan/contracts';
import type { Trx } from '../context.ts';
import { equipmentRow } from '../equipment.ts';
import { tellRostered } from '../roster.ts';
import { added, ignore, parsed, stamp, told } from './rows.ts';

/** Only as long as nobody of the school has entered one. */
export async function importHeadcount(trx: Trx, given: SetHeadcount, now = Date.now()): Promise<number> {
  const [row] = parsed(SetHeadcount, [given]);
  const known = await trx.selectFrom('headcounts').select('id').limit(1).executeTakeFirst();
  if (known || !row) return 0;
  const { id, headcount, ruleSet, from } = row;
  return added(trx, 'headcount', now, [{ id, ...headcount, ruleSet, fromDate: from, ...stamp(now) }], (some) =>
    trx.insertInto('headcounts').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importGuardRooms(
  trx: Trx,
  rooms: readonly { gate: string; name: string }[],
  now = Date.now(),
): Promise<number> {
  return added(trx, 'equipment', now, rooms, (some) =>
    trx.insertInto('guardRooms').values(some).onConflict(ignore).returning('gate').execute(),
  );
}

export async function importEquipment(trx: Trx, pieces: readonly SaveEquipment[], now = Date.now()): Promise<number> {
  const rows = [];
  for (const piece of parsed(SaveEquipment, pieces))
    rows.push({ ...(await equipmentRow(trx, piece)), retiredAt: null });
  return added(trx, 'equipment', now, rows, (some) =>
    trx.insertInto('equipment').values(some).onConflict(ignore).returning('id').execute(),
  );
}

/** Guards come with a new shift only, and unchecked: what an import brings is the school's old roster. */
export async function importShifts(
  trx: Trx,
  rows: readonly (PlanShift & { guards: readonly string[] })[],
  now = Date.now(),
): Promise<number> {
  let count = 0;
  for (const { guards, ...given } of rows) {
    const [shift] = parsed(PlanShift, [given]);
    if (!shift) continue;
    const { id, gate, date, from, to, kind } = shift;
    const fresh = await trx
      .insertInto('shifts')
      .values({ id, gate, date, fromTime: from, toTime: to, kind, removedAt: null })
      .onConflict(ignore)
      .returning('id')
      .executeTakeFirst();
    if (!fresh) continue;
    count += 1;
    for (const person of guards)
      await trx
        .insertInto('shiftGuards')
        .values({ shift: id, person, overrideReason: null, overrideBy: null })
        .execute();
    await tellRostered(trx, id, date, new Date(now));
  }
  await told(trx, 'shift', count, now);
  return count;
}
