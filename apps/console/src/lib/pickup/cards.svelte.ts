/**
 * Pickup cards by the name of a child or an adult. An answer that comes after a newer question is dropped. A card that is
 * reported lost shows as lost only when the owner service says so: the answer is asked for again, never guessed.
 */
import type { CardView, ErrorCode, LiveEvent } from '@anyuan/contracts';
import type { PickupClient } from '../clients.ts';
import { codeOf } from '../refresh.ts';

export class Cards {
  readonly #client: PickupClient;
  #asked = 0;
  #opened = false;
  search = $state('');
  items = $state.raw<readonly CardView[]>([]);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  error = $state<ErrorCode | null>(null);

  constructor(client: PickupClient) {
    this.#client = client;
  }

  async find(search: string): Promise<void> {
    this.#opened = true;
    this.search = search;
    this.#asked += 1;
    const mine = this.#asked;
    try {
      const items = await this.#client.cards(search.trim());
      if (mine !== this.#asked) return;
      this.items = items;
      this.phase = 'ready';
      this.error = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.phase = 'failed';
      this.error = codeOf(error);
    }
  }

  async reportLost(card: string): Promise<void> {
    await this.#client.reportLost(card);
    await this.find(this.search);
  }

  async reinstate(card: string): Promise<void> {
    await this.#client.reinstate(card);
    await this.find(this.search);
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'cards') this.reload();
  }
  /** Nobody has opened the cards yet: nothing is fetched that nobody looks at. */
  reload(): void {
    if (this.#opened) void this.find(this.search);
  }
  close(): void {
    this.#opened = false;
    this.#asked += 1;
  }
}
