import type { HistoryEntry, IncidentView, LiveEvent } from '@anyuan/contracts';
import { Attempt } from '../attempt.svelte.ts';
import type { AlarmClient, RaiseRequest } from '../clients.ts';
import { LiveList } from '../live-list.svelte.ts';
import { isOver, putIncident } from './incidents.ts';

export class Incidents {
  readonly client: AlarmClient;
  readonly list: LiveList<IncidentView>;
  /** An alarm sent from this tab: waiting for its place, under way, refused, or not heard of yet (`sent`). */
  readonly raising = new Attempt();
  unplaced = $state.raw<RaiseRequest | null>(null);
  #sent = $state<string | null>(null);

  constructor(client: AlarmClient) {
    this.client = client;
    this.list = new LiveList(() => client.incidents(), putIncident);
  }

  /** Open, or stood down while something still sounds. */
  readonly running = $derived.by(() => this.list.items.filter((i) => !isOver(i)));
  readonly past = $derived.by(() => this.list.items.filter(isOver));
  /** By its id: the incident itself may be here before the answer to the press. */
  readonly sent = $derived.by(() => this.#sent !== null && !this.list.items.some((i) => i.incident === this.#sent));

  async raise(request: RaiseRequest): Promise<void> {
    this.#sent = null;
    await this.raising.run(async () => {
      this.#sent = await this.client.raise(request);
    });
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'incident') this.list.tell(event.incident);
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}

/** The history of one incident, asked for again after each of its events, at most once a second. */
export class IncidentHistory {
  readonly #list: LiveList<HistoryEntry>;
  #due: ReturnType<typeof setTimeout> | null = null;

  constructor(client: AlarmClient, incident: string) {
    this.#list = new LiveList(
      () => client.history(incident),
      (entries) => entries,
    );
  }

  get entries(): readonly HistoryEntry[] {
    return this.#list.items;
  }
  get phase() {
    return this.#list.phase;
  }

  soon = (): void => {
    this.#due ??= setTimeout(() => {
      this.#due = null;
      void this.#list.load();
    }, 1000);
  };
  load = (): void => void this.#list.load();
  close(): void {
    if (this.#due) clearTimeout(this.#due);
    this.#list.close();
  }
}
