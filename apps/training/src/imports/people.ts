/** People's own data are renewed by an import until somebody of the school has changed them here. */
import {
  AddCertificate,
  type ImportedStaff,
  type PersonRef,
  RecordFiling,
  RecordVetting,
  SavePerson,
} from '@anyuan/contracts';
import { lockInTransaction } from '@anyuan/db';
import type { z } from 'zod';
import { insertCertificate } from '../certificates.ts';
import type { TrainingKeys } from '../config.ts';
import type { Trx } from '../context.ts';
import { MANY, putPerson } from '../people.ts';
import { added, IMPORT, ignore, parsed, stamp, told } from './rows.ts';

/**
 * @param options.by a person who brings a list by hand: it is his word then, and an import at start leaves it alone
 * @returns how many people are new or changed; throws `badInput` with the row's place in the list
 */
export async function importPeople(
  trx: Trx,
  people: readonly ImportedStaff[],
  options: Pick<TrainingKeys, 'card'> & { by?: PersonRef },
  now = Date.now(),
): Promise<number> {
  const given = parsed(SavePerson, people);
  await lockInTransaction(trx, 'import people');
  const standing = new Map(
    (
      await trx
        .selectFrom('people')
        .select(['id', 'name', 'roles', 'phone', 'cardHash', 'employedFrom', 'leftOn', 'editedAt'])
        .limit(MANY)
        .execute()
    ).map((row) => [row.id, row]),
  );
  let changed = 0;
  for (const person of given) {
    const before = standing.get(person.id);
    if (before && (before.editedAt ? !options.by : same(person, before, options.card))) continue;
    if (await putPerson(trx, person, options.card, options.by ? new Date(now) : null)) changed += 1;
  }
  await told(trx, 'person', changed, now);
  return changed;
}

export async function importCertificates(
  trx: Trx,
  certificates: readonly z.input<typeof AddCertificate>[],
  keys: Pick<TrainingKeys, 'id'>,
  now = Date.now(),
): Promise<number> {
  let added = 0;
  for (const certificate of parsed(AddCertificate, certificates)) {
    if (await insertCertificate(trx, certificate, keys, IMPORT, new Date(now))) added += 1;
  }
  await told(trx, 'certificate', added, now);
  return added;
}

export function importVettings(trx: Trx, rows: readonly RecordVetting[], now = Date.now()): Promise<number> {
  const given = parsed(RecordVetting, rows).map((row) => ({ ...row, ...stamp(now) }));
  return added(trx, 'vetting', now, given, (some) =>
    trx.insertInto('vettings').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importFilings(trx: Trx, rows: readonly RecordFiling[], now = Date.now()): Promise<number> {
  const given = parsed(RecordFiling, rows).map((row) => ({ ...row, ...stamp(now) }));
  return added(trx, 'filing', now, given, (some) =>
    trx.insertInto('filings').values(some).onConflict(ignore).returning('id').execute(),
  );
}

interface Standing {
  name: string;
  roles: readonly string[];
  phone: string | null;
  cardHash: string | null;
  employedFrom: string | null;
  leftOn: string | null;
}

function same(given: SavePerson, before: Standing, key: TrainingKeys['card']): boolean {
  const { cardNumber } = given;
  const card = cardNumber === undefined ? before.cardHash : cardNumber && key.hash(cardNumber.toUpperCase());
  return (
    given.name === before.name &&
    given.roles.join() === before.roles.join() &&
    given.phone === before.phone &&
    given.employedFrom === before.employedFrom &&
    given.leftOn === before.leftOn &&
    card === before.cardHash
  );
}
