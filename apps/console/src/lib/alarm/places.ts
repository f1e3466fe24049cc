/**
 * Where an alarm of the office is. Only zones of the school's plan count, since a place that no siren, guard or plan knows
 * helps nobody; they are known from the devices and, to roles that may not read those, from the incidents so far.
 */
import type { DeviceStatus, IncidentView } from '@anyuan/contracts';

export type Place = IncidentView['place'];

/** In the order of the plan, each once. */
export function placesOf(
  devices: readonly Pick<DeviceStatus, 'zone' | 'zoneName'>[],
  incidents: readonly Pick<IncidentView, 'zones'>[],
): Place[] {
  const places = new Map<string, Place>();
  const add = (zone: string, name: string) => places.has(zone) || places.set(zone, { zone, name });
  for (const { zone, zoneName } of devices) add(zone, zoneName);
  for (const { zones } of incidents) for (const { zone, name } of zones) add(zone, name);
  return [...places.values()];
}

/** The kept place under the name it has now; gone when the school knows its zones and this is none of them. */
export function stillPlace(kept: Place | null, places: readonly Place[]): Place | null {
  if (kept === null || places.length === 0) return kept;
  return places.find((p) => p.zone === kept.zone) ?? null;
}
