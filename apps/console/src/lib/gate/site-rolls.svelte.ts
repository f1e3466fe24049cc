/**
 * Rolls of evacuations: the list of them, the one that is looked at, and marks that wait until the server has them. The network
 * may be away from the first touch on; what was marked here is sent later, in this person's name.
 */
import { type LiveEvent, newId, type SiteRoll, type SiteRollHead } from '@anyuan/contracts';
import type { DayBookClient } from '../clients/day-book.ts';
import type { Clock } from '../clock.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';
import { Outbox } from '../outbox/outbox.svelte.ts';
import type { Shelf } from '../outbox/shelf.ts';
import type { SiteRollThing } from './site-roll.ts';

export class SiteRolls {
  readonly client: DayBookClient;
  readonly outbox: Outbox<SiteRollThing>;
  readonly all: LiveOne<SiteRollHead[]>;
  readonly one: LiveOne<SiteRoll | null>;
  #looked = $state<string | null>(null);

  constructor(client: DayBookClient, shelf: Shelf, clock: Clock) {
    this.client = client;
    this.all = new LiveOne(() => client.rolls());
    this.one = new LiveOne(async () => (this.#looked === null ? null : client.roll(this.#looked)));
    this.outbox = new Outbox<SiteRollThing>({
      ...{ drawer: 'siteRoll', shelf, clock },
      send: async (things) => {
        const roll = things[0]?.body.roll;
        if (roll === undefined) return;
        const view = await client.takeRoll({ roll, marks: things.map(({ body }) => body.mark) });
        if (this.#looked === roll) this.one.tell(view);
      },
    });
  }

  readonly open = $derived.by(() => this.all.value?.find((roll) => roll.closedAt === null) ?? null);

  look(roll: string | null): void {
    if (this.#looked === roll) return;
    this.#looked = roll;
    void this.one.anew();
  }

  /** @returns its id. A second press finds the one that is open. */
  async begin(incident: string | null): Promise<string> {
    if (this.open) return this.open.roll;
    const { roll } = await this.client.openRoll({ roll: newId(), incident });
    void this.all.load();
    return roll;
  }

  mark(roll: string, visit: string, state: 'present' | 'missing'): void {
    this.outbox.add(roll, (id, at) => ({ roll, mark: { id, visit, state, at } }));
  }

  async end(roll: string): Promise<void> {
    this.one.tell(await this.client.closeRoll(roll));
    void this.all.load();
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'siteRoll' || (event.type === 'visit' && this.open)) this.reload();
  }
  reload(): void {
    this.outbox.nudge();
    void this.all.load();
    if (this.#looked !== null) void this.one.load();
  }
  close(): void {
    this.all.close();
    this.one.close();
    this.outbox.close();
  }
}
