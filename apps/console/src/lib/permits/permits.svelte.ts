import type { GoodsDeliveryView, LiveEvent, PermitView, VehicleInside } from '@anyuan/contracts';
import type { PermitsClient } from '../clients/permits.ts';
import { LiveList } from '../live-list.svelte.ts';

/** Ticks come every 2 s; a gate's tap tells the office nothing else. */
const TICKS = 5;

/** Permits, and vehicles inside; asked for anew while one of their pages is open. */
export class Permits {
  readonly client: PermitsClient;
  readonly list: LiveList<PermitView>;
  readonly inside: LiveList<VehicleInside>;
  readonly deliveries: LiveList<GoodsDeliveryView>;
  #ticks = 0;
  #shown = 0;

  constructor(client: PermitsClient) {
    this.client = client;
    this.list = new LiveList(client.permits, (items) => items);
    this.inside = new LiveList(client.inside, (items) => items);
    this.deliveries = new LiveList(client.deliveries, (items) => items);
  }

  /** From now on all of it is kept fresh; the call's answer ends that. */
  show(): () => void {
    this.#shown++;
    this.reload();
    return () => {
      this.#shown--;
    };
  }
  onEvent(event: LiveEvent): void {
    if (event.type === 'tick' && ++this.#ticks % TICKS === 0) this.reload();
  }
  /** Nobody looks: nothing is asked for. */
  reload(): void {
    if (this.#shown === 0) return;
    for (const list of [this.list, this.inside, this.deliveries]) void list.load();
  }
  close(): void {
    for (const list of [this.list, this.inside, this.deliveries]) list.close();
  }
}
