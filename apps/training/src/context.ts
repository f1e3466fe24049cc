/** What every command here works with, and the one way in which a change is put on record and told. */
import { type Actor, AppError, newId, type PersonActor, type PersonRef, schoolDate } from '@anyuan/contracts';
import { type Db, emit, type TrainingTables } from '@anyuan/db';
import { type Clock, iso } from '@anyuan/service';
import type { Kysely, Transaction } from 'kysely';
import type { TrainingKeys } from './config.ts';

export interface TrainingContext {
  db: Db<TrainingTables>;
  clock: Clock;
  keys: TrainingKeys;
}

export type Queries = Kysely<TrainingTables>;
export type Trx = Transaction<TrainingTables>;

/** The level of the subject that an event is told on; screens ask again for whatever is told. */
export type Entity =
  | 'person'
  | 'certificate'
  | 'vetting'
  | 'filing'
  | 'requirement'
  | 'course'
  | 'session'
  | 'education'
  | 'headcount'
  | 'shift'
  | 'equipment';

export interface Change {
  entity: Entity;
  id: string;
  /** Past tense. */
  type: string;
  by: PersonRef;
  at: Date;
  /** For the record; never a number or a phone. The event carries of it only whom it concerns. */
  data?: Record<string, unknown>;
}

/**
 * History and event in the caller's transaction: what is on record was told, and the other way round. An event stays on the bus
 * for a year and reaches other services: it says what changed and whom it concerns, and who may know more asks.
 */
export async function record(trx: Trx, { entity, id, type, by, at, data = {} }: Change): Promise<void> {
  await trx
    .insertInto('changes')
    .values({
      id: newId(at.getTime()),
      at,
      entity,
      entityId: id,
      type,
      data: JSON.stringify(data),
      actorId: by.id,
      actorName: by.name,
    })
    .execute();
  const { person } = data;
  await emit(trx, { entity, type, data: { id, ...(person === undefined ? {} : { person }) }, at });
}

export async function history(db: Queries, entity: string, id: string) {
  const rows = await db
    .selectFrom('changes')
    .select(['at', 'entity', 'type', 'actorId', 'actorName', 'data'])
    .where('entity', '=', entity)
    .where('entityId', '=', id)
    .orderBy('position', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ at, actorId, actorName, ...row }) => ({
    ...row,
    at: iso(at.getTime()),
    by: { id: actorId, name: actorName },
  }));
}

export const recordedBy = (by: PersonRef, at: Date) => ({ recordedId: by.id, recordedName: by.name, recordedAt: at });

export const todayOf = ({ clock }: Pick<TrainingContext, 'clock'>): string => schoolDate(clock.now());

/** Agents act for nobody here but themselves. */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person does this');
  return actor;
}

/** Who did it, as records name him; a gate's agent by its gate. */
export const actorRef = (actor: Actor): PersonRef =>
  actor.kind === 'person' ? { id: actor.id, name: actor.name } : { id: `agent-${actor.gate}`, name: actor.gate };

export async function mustBeKnown(db: Queries, person: string): Promise<void> {
  const known = await db.selectFrom('people').select('id').where('id', '=', person).executeTakeFirst();
  if (!known) throw new AppError('notFound', 'no such person');
}
