import type { HandOverView, LiveEvent } from '@anyuan/contracts';
import type { PickupClient } from '../clients.ts';
import { LiveList } from '../live-list.svelte.ts';
import { classesOf, handOverCounts, ofClass, putHandOver } from './hand-overs.ts';

export class HandOvers {
  /** How many children the lists hold, null until known. */
  enrolled = $state<number | null>(null);
  className = $state<string | null>(null);
  readonly list: LiveList<HandOverView>;

  constructor(client: PickupClient) {
    this.list = new LiveList(async () => {
      const today = await client.today();
      this.enrolled = today.children;
      return today.handOvers;
    }, putHandOver);
  }

  readonly classes = $derived.by(() => classesOf(this.list.items));
  readonly shown = $derived.by(() => ofClass(this.list.items, this.className));
  readonly counts = $derived.by(() => handOverCounts(this.list.items));

  onEvent(event: LiveEvent): void {
    if (event.type === 'handOver') this.list.tell(event.handOver);
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}
