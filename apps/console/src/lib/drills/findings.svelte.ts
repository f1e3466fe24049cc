import type { FindingView, LiveEvent } from '@anyuan/contracts';
import type { DrillsClient } from '../clients/drills.ts';
import { LiveList } from '../live-list.svelte.ts';
import { inOrder } from './chain.ts';

/** What the drills showed up. A hazard that is mended moves a chain on, so hazards are listened to as well. */
export class Findings {
  readonly client: DrillsClient;
  readonly list: LiveList<FindingView>;

  constructor(client: DrillsClient) {
    this.client = client;
    this.list = new LiveList(
      async () => inOrder(await client.findings()),
      (findings, changed) => inOrder([changed, ...findings.filter((f) => f.id !== changed.id)]),
    );
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills' || event.type === 'hazards') this.reload();
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}
