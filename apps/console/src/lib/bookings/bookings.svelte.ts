import type { BookingView, Host, LiveEvent } from '@anyuan/contracts';
import type { BookingsClient } from '../clients/bookings.ts';
import { LiveOne } from '../live-one.svelte.ts';

/** A host's own bookings; the office has everybody's, and the hosts to choose from. */
export class Bookings {
  readonly client: BookingsClient;
  readonly mine: LiveOne<BookingView[]>;
  readonly all: LiveOne<BookingView[]>;
  readonly hosts: LiveOne<Host[]>;
  readonly office: boolean;

  /** @param office reads and writes everybody's */
  constructor(client: BookingsClient, office: boolean) {
    this.client = client;
    this.office = office;
    this.mine = new LiveOne(() => client.mine());
    this.all = new LiveOne(() => client.all());
    this.hosts = new LiveOne(() => client.hosts());
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'bookings') this.#load();
  }
  reload(): void {
    this.#load();
    if (this.office) void this.hosts.load();
  }
  close(): void {
    for (const one of [this.mine, this.all, this.hosts]) one.close();
  }

  #load(): void {
    void this.mine.load();
    if (this.office) void this.all.load();
  }
}
