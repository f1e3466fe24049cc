/**
 * The watchlist as the signed-in person may know it. Hits come by the live stream to those who are named and name nobody, so
 * they are kept fresh everywhere; entries and looks are asked for only when somebody wants to see them: to ask is on record.
 */
import { type LiveEvent, newId, type WatchAnswer, type WatchHitView, type WatchLine } from '@anyuan/contracts';
import { Attempt } from '../attempt.svelte.ts';
import type { WatchlistClient } from '../clients/watchlist.ts';
import { LiveList } from '../live-list.svelte.ts';

/** After half a day nobody stands at the gate any more. */
const URGENT_MS = 12 * 3_600_000;

export const answerOf = ({ answers }: WatchHitView): WatchAnswer | null => answers.at(-1)?.is ?? null;
/** Somebody still waits for this person's word. */
export const waitsForMe = (hit: WatchHitView, now: number): boolean =>
  hit.toMe && now - Date.parse(hit.at) < URGENT_MS && (answerOf(hit) === null || answerOf(hit) === 'unsure');

export class Watchlist {
  readonly client: WatchlistClient;
  readonly hits: LiveList<WatchHitView>;
  readonly entries: LiveList<WatchLine>;
  readonly answering = new Attempt();

  constructor(client: WatchlistClient) {
    this.client = client;
    const put = (hits: readonly WatchHitView[], hit: WatchHitView) => hits.map((h) => (h.hit === hit.hit ? hit : h));
    this.hits = new LiveList(() => client.hits(), put);
    this.entries = new LiveList(
      () => client.entries(),
      (entries) => entries,
    );
  }

  answer(hit: string, is: WatchAnswer): void {
    void this.answering.run(async () => this.hits.tell(await this.client.answer({ answer: newId(), hit, is })));
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'watchHit') void this.hits.load();
  }
  reload(): void {
    void this.hits.load();
  }
  close(): void {
    this.hits.close();
    this.entries.close();
  }
}
