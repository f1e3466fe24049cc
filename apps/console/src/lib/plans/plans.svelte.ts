import { DRILL_KINDS, type LiveEvent, type PlanDetail, type PlanView } from '@anyuan/contracts';
import type { PlansClient } from '../clients/drills.ts';
import { LiveList } from '../live-list.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';
import { inOrder } from './draft.ts';

export class Plans {
  readonly list: LiveList<PlanView>;

  constructor(client: PlansClient) {
    this.list = new LiveList(
      async () => inOrder(await client.list(), DRILL_KINDS),
      (plans) => plans,
    );
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills') this.reload();
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}

export class OnePlan {
  readonly page: LiveOne<PlanDetail>;

  constructor(client: PlansClient, id: string) {
    this.page = new LiveOne(() => client.detail(id));
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
