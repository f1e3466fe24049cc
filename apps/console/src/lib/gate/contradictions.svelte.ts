import type { Contradiction, LiveEvent } from '@anyuan/contracts';
import type { ContradictionsClient } from '../clients/contradictions.ts';
import { LiveList } from '../live-list.svelte.ts';

/** Tasks that came of merging what gates decided off line; the open ones first. */
export class Contradictions {
  readonly client: ContradictionsClient;
  readonly list: LiveList<Contradiction>;

  constructor(client: ContradictionsClient) {
    this.client = client;
    this.list = new LiveList(
      () => client.list(),
      (all, one) => all.map((other) => (other.id === one.id ? one : other)),
    );
  }

  readonly open = $derived.by(() => this.list.items.filter(({ settled }) => settled === null));
  readonly settled = $derived.by(() => this.list.items.filter(({ settled }) => settled !== null));

  onEvent(event: LiveEvent): void {
    if (event.type === 'contradictions') this.reload();
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}
