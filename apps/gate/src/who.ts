/** Who asks: a gate decides for itself alone, and what a person answers for has that person's name. */
import { type Actor, AppError, type PersonActor, type PersonRef } from '@anyuan/contracts';

/** @throws AppError `forbidden` unless it is the agent of that very gate */
export function mustBeItsGate(actor: Actor, gate: string): void {
  if (actor.kind !== 'agent' || actor.gate !== gate) throw new AppError('forbidden', "another gate's decision");
}

/** @throws AppError `forbidden` for a gate's agent */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person does this');
  return actor;
}

/** As records name the person. @throws as `personOf` */
export function personRefOf(actor: Actor): PersonRef {
  const { id, name } = personOf(actor);
  return { id, name };
}
