import type { ChannelView, DeliveryFilter, DeliveryView, LiveEvent } from '@anyuan/contracts';
import type { ChannelsClient } from '../clients/channels.ts';
import { LiveList } from '../live-list.svelte.ts';

/** Ticks come every 2 s; nothing else tells that a message went out. */
const TICKS = 15;

/** The channels, and what went out on them. Asked again every half minute: a channel that dies says nothing. */
export class Channels {
  readonly client: ChannelsClient;
  readonly list: LiveList<ChannelView>;
  readonly log: LiveList<DeliveryView>;
  filter = $state<DeliveryFilter>('all');
  more = $state(false);
  #pages = 1;
  #ticks = 0;
  /** The log is long and only its own page shows it. */
  #logged = false;

  constructor(client: ChannelsClient) {
    this.client = client;
    this.list = new LiveList(
      () => client.channels(),
      (channels) => channels,
    );
    this.log = new LiveList(
      () => this.#read(),
      (deliveries) => deliveries,
    );
  }

  readonly failing = $derived.by(() => this.list.items.filter((c) => c.enabled && c.failing !== null).length);

  /** From now on the log is kept fresh too; the call's answer ends that. */
  showLog(): () => void {
    this.#logged = true;
    void this.log.load();
    return () => {
      this.#logged = false;
    };
  }
  choose(filter: DeliveryFilter): void {
    this.filter = filter;
    this.#pages = 1;
    void this.log.anew();
  }
  further(): void {
    this.#pages++;
    void this.log.load();
  }

  async #read(): Promise<DeliveryView[]> {
    const deliveries: DeliveryView[] = [];
    let before: number | null = null;
    for (let page = 0; page < this.#pages; page++) {
      const answer = await this.client.deliveries(this.filter, before ?? undefined);
      deliveries.push(...answer.deliveries);
      before = answer.more;
      if (before === null) break;
    }
    this.more = before !== null;
    return deliveries;
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'tick' && ++this.#ticks % TICKS === 0) this.reload();
  }
  reload(): void {
    void this.list.load();
    if (this.#logged) void this.log.load();
  }
  close(): void {
    this.list.close();
    this.log.close();
  }
}
