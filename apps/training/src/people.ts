/**
 * People and what they are at the school. Nobody is deleted: who has left keeps his records and no longer counts.
 * A card's number is hashed here and never stored.
 */

import type { PersonActor } from '@anyuan/contracts';
import { AppError, type SavePerson, type StaffMember, type StaffRef } from '@anyuan/contracts';
import type { SearchKey } from '@anyuan/db';
import { type Queries, record, type TrainingContext, type Trx } from './context.ts';

/** More people than a school has. */
export const MANY = 20_000;

export async function people(db: Queries, today: string, search = ''): Promise<StaffMember[]> {
  const like = `%${search
    .normalize('NFKC')
    .trim()
    .replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await members(db)
    .where('name', 'ilike', like)
    .where((eb) => eb.or([eb('leftOn', 'is', null), eb('leftOn', '>=', today)]))
    .orderBy('name')
    .orderBy('id')
    .limit(MANY)
    .execute();
  return rows.map(memberView);
}

export async function member(db: Queries, id: string): Promise<StaffMember | undefined> {
  const row = await members(db).where('id', '=', id).executeTakeFirst();
  return row && memberView(row);
}

/** Those who are here on that day; the order is that of their names. */
export const staffOn = (db: Queries, today: string): Promise<StaffRef[]> =>
  db
    .selectFrom('people')
    .select(['id', 'name', 'roles'])
    .where((eb) => eb.or([eb('leftOn', 'is', null), eb('leftOn', '>=', today)]))
    .where((eb) => eb.or([eb('employedFrom', 'is', null), eb('employedFrom', '<=', today)]))
    .orderBy('name')
    .orderBy('id')
    .limit(MANY)
    .execute();

export function savePerson({ db, clock, keys }: TrainingContext, by: PersonActor, given: SavePerson) {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    await putPerson(trx, given, keys.card, at);
    const data = { roles: given.roles, leftOn: given.leftOn };
    await record(trx, { entity: 'person', id: given.id, type: 'saved', by, at, data });
    const saved = await member(trx, given.id);
    if (!saved) throw new AppError('internal', 'a person who was just saved');
    return saved;
  });
}

/** @param editedAt null: an import, which leaves alone what a person has changed */
export async function putPerson(trx: Trx, given: SavePerson, key: SearchKey, editedAt: Date | null): Promise<boolean> {
  const { cardNumber, ...person } = given;
  const row = {
    ...person,
    editedAt,
    ...(cardNumber === undefined ? {} : { cardHash: cardNumber && key.hash(cardNumber.toUpperCase()) }),
  };
  if (row.cardHash) {
    const holder = await trx.selectFrom('people').select('id').where('cardHash', '=', row.cardHash).executeTakeFirst();
    if (holder && holder.id !== person.id) throw new AppError('conflict', "somebody else's card");
  }
  const { id, ...fields } = row;
  const put = await trx
    .insertInto('people')
    .values({ cardHash: null, ...row })
    .onConflict((c) => {
      const update = c.column('id').doUpdateSet(fields);
      return editedAt ? update : update.where('people.editedAt', 'is', null);
    })
    .returning('id')
    .executeTakeFirst();
  return put?.id === id;
}

const members = (db: Queries) =>
  db.selectFrom('people').select(['id', 'name', 'roles', 'phone', 'cardHash', 'employedFrom', 'leftOn']);
const memberView = ({ cardHash, ...row }: Awaited<ReturnType<ReturnType<typeof members>['execute']>>[number]) => ({
  ...row,
  hasCard: cardHash !== null,
});
