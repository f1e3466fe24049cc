import type { LiveEvent } from '@anyuan/contracts';
import type { DrillsClient, EvacuationTimes } from '../clients/drills.ts';
import { LiveOne } from '../live-one.svelte.ts';

/** How long the school took, drill by drill of all terms; the oldest first. */
export class Evacuations {
  readonly page: LiveOne<EvacuationTimes[]>;

  constructor(client: DrillsClient) {
    this.page = new LiveOne(() => client.evacuations());
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills') this.reload();
  }
  reload(): void {
    void this.page.load();
  }
  close(): void {
    this.page.close();
  }
}
