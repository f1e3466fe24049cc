/**
 * What was really there when somebody counted (E5): part of the shift's checklist, from a guard at the console or from a gate's
 * agent, at least once. What is counted is never changed; what is missing is a gap.
 */
import {
  type Actor,
  AppError,
  type EquipmentCheck,
  permissionsOf,
  type RecordEquipmentCheck,
  schoolDate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { type Queries, record, type TrainingContext } from './context.ts';
import { guardsAt } from './duty.ts';
import { items } from './equipment.ts';
import { checkGaps, equipmentNeeds } from './equipment-need.ts';
import { around } from './roster.ts';

export function recordEquipmentCheck(
  ctx: TrainingContext,
  actor: Actor,
  given: RecordEquipmentCheck,
): Promise<EquipmentCheck> {
  const now = ctx.clock.now();
  const { id, gate, by, at, counts, note } = given;
  return ctx.db.tx(async (trx) => {
    await mustBeOwn(trx, actor, given);
    const { onDuty, expected } = await expectedAt(trx, gate, Date.parse(at), now);
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

/** What a guard room must hold at that moment: by the rule for those on duty, or what is in the books if that is more. */
export async function expectedAt(db: Queries, gate: string, at: number, now: number) {
  const onDuty = await onDutyAt(db, gate, at);
  const booked = (await items(db, schoolDate(now))).filter(
    ({ place, state }) => place.kind === 'guardRoom' && place.gate === gate && state === 'usable',
  );
  const expected = equipmentNeeds(onDuty, 1).map(({ kind, needed }) => ({
    kind,
    needed: Math.max(needed, booked.filter((item) => item.kind === kind).length),
  }));
  return { onDuty, expected };
}

/** By the roster of that gate at that minute; somebody counts, so at least one is there. */
async function onDutyAt(db: Queries, gate: string, at: number): Promise<number> {
  const date = schoolDate(at);
  const minute = Math.floor((at - Date.parse(`${date}T00:00:00.000+08:00`)) / 60_000);
  const shifts = (await around(db, date, date)).filter((shift) => shift.gate === gate);
  return Math.max(1, guardsAt(shifts, date, minute));
}

/** An agent counts at its gate, a guard in his own name; the office may enter what a guard counted. */
async function mustBeOwn(db: Queries, actor: Actor, { gate, by }: RecordEquipmentCheck): Promise<void> {
  if (actor.kind === 'agent' ? actor.gate === gate : permissionsOf(actor).includes('training.write')) return;
  const counter = await db.selectFrom('people').select('roles').where('id', '=', by.id).executeTakeFirst();
  const own = actor.kind === 'person' && actor.id === by.id && counter?.roles.includes('guard');
  if (!own) throw new AppError('forbidden', "another's count");
}

/** The newest of each guard room. */
export async function lastChecks(db: Queries): Promise<EquipmentCheck[]> {
  const rows = await checks(db).distinctOn('gate').orderBy('gate').orderBy('at', 'desc').limit(100).execute();
  return rows.map(checkView);
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
