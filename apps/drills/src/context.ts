/** What every command of this service works with, and how records name whoever acted. */
import { type Actor, AppError, type PersonRef } from '@anyuan/contracts';
import { type DrillsTables, emit } from '@anyuan/db';
import type { OwnerContext } from '@anyuan/service';
import type { Kysely, Transaction } from 'kysely';

export type DrillsContext = OwnerContext<DrillsTables>;
export type Queries = Kysely<DrillsTables>;
export type Trx = Transaction<DrillsTables>;

export function personOf(actor: Actor): PersonRef {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a signed-in person does this');
  return { id: actor.id, name: actor.name };
}

/** Screens ask again. */
export const changed = (trx: Trx, entity: 'term' | 'drill' | 'finding', data: object, now: number): Promise<void> =>
  emit(trx, { entity, type: 'changed', data, at: new Date(now) });
