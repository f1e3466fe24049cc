/**
 * The tab's one stream. Whoever keeps a list attaches: it loads at once, is told every event, and loads again when the
 * stream opens (the first time too: what happened before it stood was not heard) or the gateway says that events were lost.
 */
import type { LiveEvent } from '@anyuan/contracts';
import type { LiveClient } from '../clients.ts';
import type { Clock } from '../clock.svelte.ts';
import { freshness, REOPEN_AFTER_MS } from './freshness.ts';

export interface Follower {
  onEvent(event: LiveEvent): void;
  reload(): void;
  close(): void;
}

const REOPEN_DELAY_MS = 2_000;

export class Live {
  readonly #client: LiveClient;
  readonly #clock: Clock;
  readonly #followers = new Set<Follower>();
  #heardAt = $state<number | null>(null);
  #lost = $state(false);
  #alarms = $state(true);
  #leave: (() => void) | null = null;
  #activeAt = 0;
  #reopenAt = Number.POSITIVE_INFINITY;

  readonly freshness = $derived.by(() => freshness(this.#heardAt, this.#clock.now));
  /** Nothing may be shown as certain: the stream broke, or has been silent too long. */
  readonly away = $derived.by(
    () => this.freshness.state === 'stale' || (this.#lost && this.freshness.state === 'connecting'),
  );
  /** The line is there, but the alarm service says nothing: no incident would be seen here. */
  readonly alarmsSilent = $derived.by(() => !this.away && !this.#alarms);
  readonly lastHeard = $derived.by(() => this.#heardAt);

  constructor(client: LiveClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  attach(follower: Follower): () => void {
    this.#followers.add(follower);
    follower.reload();
    return () => this.#followers.delete(follower);
  }

  open(): void {
    this.#leave?.();
    this.#activeAt = this.#clock.now;
    this.#reopenAt = Number.POSITIVE_INFINITY;
    this.#leave = this.#client.subscribe({
      onOpen: () => {
        this.#activeAt = this.#clock.now;
        this.#lost = false;
        this.#reload();
      },
      onEvent: (event) => this.#hear(event),
      onLost: (how) => {
        this.#lost = true;
        if (how === 'ended') this.#reopenAt = this.#clock.now + REOPEN_DELAY_MS;
      },
    });
  }

  /** Called as time goes by. */
  watch(): void {
    const now = this.#clock.now;
    if (!this.#leave) return;
    if (now >= this.#reopenAt || now - this.#activeAt > REOPEN_AFTER_MS) this.open();
  }

  close(): void {
    this.#leave?.();
    this.#leave = null;
    this.#heardAt = null;
    this.#lost = false;
  }

  #hear(event: LiveEvent): void {
    if (event.type === 'tick') {
      this.#clock.heard(event.at);
      this.#alarms = event.alarms;
    }
    this.#heardAt = this.#clock.now;
    this.#activeAt = this.#clock.now;
    this.#lost = false;
    if (event.type === 'resync') this.#reload();
    else for (const follower of this.#followers) follower.onEvent(event);
  }

  #reload(): void {
    for (const follower of this.#followers) follower.reload();
  }
}
