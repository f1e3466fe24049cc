/**
 * Who stands in for whom at the gate's questions, how long each is waited for, and when the school closes: the
 * administrator's own settings. Only people of the school who can answer stand in; whoever left is skipped when asked.
 */
import type { ConfirmPolicy, Host, PersonRef, SavedPolicy } from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import type { Kysely, Transaction } from 'kysely';
import type { GateContext } from './commands.ts';

type Queries = Kysely<GateTables>;

export async function readPolicy(db: Queries): Promise<ConfirmPolicy> {
  const { waitSeconds, dutyLeader, closing } = await db
    .selectFrom('confirmPolicy')
    .select(['waitSeconds', 'dutyLeader', 'closing'])
    .executeTakeFirstOrThrow();
  const deputies = await db.selectFrom('deputies').select(['host', 'deputy']).orderBy('host').limit(5_000).execute();
  return { waitSeconds, dutyLeader, closing, deputies };
}

export function savePolicy({ db, clock }: GateContext, by: PersonRef, policy: ConfirmPolicy): Promise<SavedPolicy> {
  return db.tx(async (trx) => {
    const may = new Set((await whoMayAnswer(trx)).map(({ id }) => id));
    const named = [...policy.deputies.map(({ deputy }) => deputy), ...(policy.dutyLeader ? [policy.dutyLeader] : [])];
    const unknown = [...new Set(named.filter((id) => !may.has(id)))];
    if (unknown.length > 0) return { result: 'cannotAnswer', people: unknown };
    await writePolicy(trx, policy);
    await emit(trx, { entity: 'policy', type: 'saved', data: { by, policy }, at: new Date(clock.now()) });
    return { result: 'saved' };
  });
}

/** A school's first settings; what a person has settled since stays. */
export async function firstPolicy(trx: Transaction<GateTables>, policy: ConfirmPolicy): Promise<void> {
  const { dutyLeader, deputies } = await readPolicy(trx);
  if (dutyLeader === null && deputies.length === 0) await writePolicy(trx, policy);
}

async function writePolicy(trx: Transaction<GateTables>, policy: ConfirmPolicy): Promise<void> {
  const { waitSeconds, dutyLeader, closing } = policy;
  await trx.updateTable('confirmPolicy').set({ waitSeconds, dutyLeader, closing }).execute();
  await trx.deleteFrom('deputies').execute();
  const deputies = new Map(policy.deputies.filter((d) => d.host !== d.deputy).map((d) => [d.host, d]));
  if (deputies.size > 0)
    await trx
      .insertInto('deputies')
      .values([...deputies.values()])
      .execute();
}

/** Guards let people in and so are asked for nobody. */
export const whoMayAnswer = (db: Queries): Promise<Host[]> =>
  db
    .selectFrom('staff')
    .select(['id', 'name', 'department', 'title'])
    .where('role', '<>', 'guard')
    .orderBy('pinyin')
    .orderBy('id')
    .limit(5_000)
    .execute();

/** Finds whoever works here now. */
export async function staffPerson(db: Queries): Promise<(id: string) => PersonRef | undefined> {
  const people = new Map((await whoMayAnswer(db)).map(({ id, name }) => [id, { id, name }]));
  return (id) => people.get(id);
}
