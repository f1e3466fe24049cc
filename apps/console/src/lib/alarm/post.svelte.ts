/**
 * Where this computer stands (本机位置): the place of an alarm that is raised from the bar. It belongs to the machine and
 * stays in this browser. What is carried about has no place that could be kept: there it is asked at every press.
 */
import type { AlarmClient } from '../clients.ts';
import { LiveList } from '../live-list.svelte.ts';
import { type Place, stillPlace } from './places.ts';

const KEY = 'anyuan.post';

export class Post {
  readonly #zones: LiveList<Place>;
  readonly stands: boolean;
  #kept = $state.raw<Place | null>(null);

  constructor(client: AlarmClient) {
    this.#zones = new LiveList(
      () => client.zones(),
      (places) => places,
    );
    this.stands = !matchMedia('(pointer: coarse)').matches;
    this.#kept = this.stands ? read() : null;
  }

  readonly places: readonly Place[] = $derived.by(() => this.#zones.items);
  readonly place: Place | null = $derived.by(() => stillPlace(this.#kept, this.places));

  /** Zones change when the school is built anew; they are read whenever the line is new. */
  onEvent(): void {}
  reload(): void {
    void this.#zones.load();
  }
  close(): void {
    this.#zones.close();
  }

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
