import type { LiveEvent, VisitView } from '@anyuan/contracts';
import type { GateClient } from '../clients.ts';
import type { Clock } from '../clock.svelte.ts';
import { LiveList } from '../live-list.svelte.ts';
import { isToday, onSite, putVisit, visitCounts } from './visits.ts';

export class Visits {
  readonly #clock: Clock;
  readonly list: LiveList<VisitView>;

  constructor(client: GateClient, clock: Clock) {
    this.#clock = clock;
    this.list = new LiveList(() => client.today(), putVisit);
  }

  readonly onSite = $derived.by(() => onSite(this.list.items));
  readonly today = $derived.by(() => this.list.items.filter((v) => isToday(v, this.#clock.now)));
  readonly counts = $derived.by(() => visitCounts(this.list.items, this.#clock.now));

  onEvent(event: LiveEvent): void {
    if (event.type === 'visit') this.list.tell(event.visit);
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}
