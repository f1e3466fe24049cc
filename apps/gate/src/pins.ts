/**
 * A PIN of a person's own beside his card (C1): a staff card can be copied, and it ends an alarm for the whole school. Guards get
 * theirs with the import; for the others who may end an alarm the administrator sets one here. It reaches every gate with the list
 * `staff`, as a hash; the PIN itself stands nowhere.
 */
import { AppError, type PersonRef } from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import { hashPassword } from '@anyuan/service';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { GateContext } from './commands.ts';
import { raiseStaffVersion } from './staff.ts';

/** As many digits as the kiosk's pad takes. */
export const SetStaffPin = z.object({ person: z.string().min(1).max(64), pin: z.string().regex(/^\d{4,8}$/) });

/** Everybody who may end an alarm, and whether he has a PIN. */
export async function pinHolders(db: Kysely<GateTables>) {
  const rows = await db
    .selectFrom('staff')
    .leftJoin('staffPins', 'staffPins.person', 'staff.id')
    .select(['staff.id', 'staff.name', 'staff.title', 'staff.pin as imported', 'staffPins.pin as own'])
    .where('mayStandDown', '=', true)
    .orderBy('pinyin')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map(({ imported, own, ...person }) => ({ ...person, pin: (own ?? imported) !== null }));
}

/** In place of the one before, an imported one too. */
export async function setStaffPin(
  { db, clock }: Pick<GateContext, 'db' | 'clock'>,
  by: PersonRef,
  { person, pin }: z.infer<typeof SetStaffPin>,
): Promise<void> {
  const now = clock.now();
  const row = { pin: await hashPassword(pin), setBy: JSON.stringify(by), setAt: new Date(now) };
  await db.tx(async (trx) => {
    const known = await trx.selectFrom('staff').select('id').where('id', '=', person).executeTakeFirst();
    if (!known) throw new AppError('notFound', 'no such person');
    await trx
      .insertInto('staffPins')
      .values({ person, ...row })
      .onConflict((c) => c.column('person').doUpdateSet(row))
      .execute();
    await raiseStaffVersion(trx, now);
    await emit(trx, { entity: 'staff', type: 'pinSet', data: { person, by: by.id }, at: new Date(now) });
  });
}
