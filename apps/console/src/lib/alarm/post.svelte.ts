/**
 * Where this computer stands (本机位置): the place of an alarm that is raised from the bar. It belongs to the machine and
 * stays in this browser. What is carried about has no place that could be kept: there it is asked at every press.
 */
import type { DeviceStatus, IncidentView } from '@anyuan/contracts';
import { type Place, placesOf, stillPlace } from './places.ts';

const KEY = 'anyuan.post';

interface PlaceSources {
  devices: { readonly items: readonly DeviceStatus[] };
  incidents: { readonly items: readonly IncidentView[] };
}

export class Post {
  readonly #sources: PlaceSources;
  readonly stands: boolean;
  #kept = $state.raw<Place | null>(null);

  constructor(sources: PlaceSources) {
    this.#sources = sources;
    this.stands = !matchMedia('(pointer: coarse)').matches;
    this.#kept = this.stands ? read() : null;
  }

  readonly places: readonly Place[] = $derived.by(() =>
    placesOf(this.#sources.devices.items, this.#sources.incidents.items),
  );
  readonly place: Place | null = $derived.by(() => stillPlace(this.#kept, this.places));

  keep = (place: Place | null): void => {
    if (!this.stands) return;
    this.#kept = place;
    try {
      if (place) localStorage.setItem(KEY, JSON.stringify(place));
      else localStorage.removeItem(KEY);
    } catch {
      // Forgotten at the next start: then it is asked again.
    }
  };
}

function read(): Place | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('zone' in kept) || !('name' in kept)) return null;
    const { zone, name } = kept;
    return typeof zone === 'string' && typeof name === 'string' ? { zone, name } : null;
  } catch {
    return null;
  }
}
