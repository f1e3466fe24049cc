/** Assembly points as they are read: all others last, classes by their names. */
import type { PlanBody } from '@anyuan/contracts';
import { byClass } from '../pickup/hand-overs.ts';

/** The class that means every one that is not named. */
export const EVERYBODY = '*';

type Place = PlanBody['places'][number];
/** `name` is null for `EVERYBODY`; a class that the school no longer has is called by its id. */
export interface NamedPlace extends Place {
  name: string | null;
}

export function findPlaces(places: readonly Place[], names: ReadonlyMap<string, string>): NamedPlace[] {
  return places
    .map((p) => ({ ...p, name: p.class === EVERYBODY ? null : (names.get(p.class) ?? p.class) }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : byClass(a.name, b.name)));
}
