/**
 * Where an alarm of the office is. Only zones of the school's plan count, since a place that no siren, guard or plan knows
 * helps nobody.
 */
import type { IncidentView } from '@anyuan/contracts';

export type Place = IncidentView['place'];

/** The kept place under the name it has now; gone when the school knows its zones and this is none of them. */
export function stillPlace(kept: Place | null, places: readonly Place[]): Place | null {
  if (kept === null || places.length === 0) return kept;
  return places.find((p) => p.zone === kept.zone) ?? null;
}
