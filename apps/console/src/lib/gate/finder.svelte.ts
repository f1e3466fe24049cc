/** A search while it is typed: asked for when the hand rests, and an answer that comes after a newer question is dropped. */
import type { ErrorCode, VisitorsFound } from '@anyuan/contracts';
import type { DayBookClient } from '../clients/day-book.ts';
import { codeOf } from '../refresh.ts';

const REST_MS = 200;

export class Finder {
  readonly #client: DayBookClient;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  text = $state('');
  found = $state.raw<VisitorsFound | null>(null);
  error = $state<ErrorCode | null>(null);

  constructor(client: DayBookClient) {
    this.#client = client;
  }

  readonly on = $derived.by(() => this.text.trim() !== '');
  readonly phase = $derived.by(() => (this.error ? 'failed' : this.found ? 'ready' : 'loading'));

  type(text: string): void {
    this.text = text;
    this.close();
    if (this.on) this.#timer = setTimeout(() => void this.ask(), REST_MS);
    else this.found = null;
  }

  async ask(): Promise<void> {
    this.close();
    const mine = this.#asked;
    try {
      const found = await this.#client.find(this.text.trim());
      if (mine !== this.#asked) return;
      this.found = found;
      this.error = null;
    } catch (error) {
      if (mine === this.#asked) this.error = codeOf(error);
    }
  }
  close(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
  }
}
