import type { HazardCounts, HazardFilter, HazardView, LiveEvent } from '@anyuan/contracts';
import type { LedgerClient } from '../clients/ledger.ts';
import { LiveList } from '../live-list.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';

/**
 * The ledger as it is looked at: what is open, until another filter is chosen; a hundred at a time. Whoever may not read it
 * has his own: what he must mend.
 */
export class Hazards {
  readonly client: LedgerClient;
  readonly list: LiveList<HazardView>;
  readonly counted: LiveOne<HazardCounts>;
  readonly mine: LiveOne<HazardView[]>;
  readonly #reads: boolean;
  filter = $state<HazardFilter>('open');
  more = $state(false);
  #pages = 1;

  /** @param reads this person may see the whole ledger */
  constructor(client: LedgerClient, reads: boolean) {
    this.client = client;
    this.#reads = reads;
    this.list = new LiveList(
      () => this.#read(),
      (hazards) => hazards,
    );
    this.counted = new LiveOne(() => client.counts());
    this.mine = new LiveOne(() => client.mine());
  }

  readonly counts = $derived.by(() => this.counted.value ?? { open: 0, late: 0 });

  choose(filter: HazardFilter): void {
    this.filter = filter;
    this.#pages = 1;
    void this.list.anew();
  }
  further(): void {
    this.#pages++;
    void this.list.load();
  }

  async #read(): Promise<HazardView[]> {
    const hazards: HazardView[] = [];
    let before: number | null = null;
    for (let page = 0; page < this.#pages; page++) {
      const answer = await this.client.hazards(this.filter, before ?? undefined);
      hazards.push(...answer.hazards);
      before = answer.more;
      if (before === null) break;
    }
    this.more = before !== null;
    return hazards;
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'hazards') this.reload();
  }
  reload(): void {
    void this.mine.load();
    if (!this.#reads) return;
    void this.list.load();
    void this.counted.load();
  }
  close(): void {
    this.list.close();
    this.counted.close();
    this.mine.close();
  }
}
