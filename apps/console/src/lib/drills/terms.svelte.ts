/** The term that is looked at, with its rules and drills; the one that runs now until another is chosen. */
import type { LiveEvent, PersonRef } from '@anyuan/contracts';
import type { DrillsClient, TermPage } from '../clients/drills.ts';
import { LiveOne } from '../live-one.svelte.ts';

export class Terms {
  readonly client: DrillsClient;
  readonly page: LiveOne<TermPage>;
  /** Whom a drill, a plan or a skill may name. Asked for by the first screen that needs it. */
  readonly staff: LiveOne<PersonRef[]>;
  #chosen: string | undefined;
  #staffed = false;

  constructor(client: DrillsClient) {
    this.client = client;
    this.page = new LiveOne(() => client.term(this.#chosen));
    this.staff = new LiveOne(() => client.people());
  }

  readonly view = $derived.by(() => this.page.value?.view ?? null);
  readonly drills = $derived.by(() => this.page.value?.drills ?? []);
  /** Rules that were not kept in time: what the navigation counts. */
  readonly overdue = $derived.by(
    () => this.view?.rules.filter(({ enabled, state }) => enabled && state === 'overdue').length ?? 0,
  );

  choose(term: string): void {
    this.#chosen = term;
    void this.page.anew();
  }
  needStaff(): void {
    if (this.#staffed) return;
    this.#staffed = true;
    void this.staff.load();
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills') this.reload();
  }
  reload(): void {
    void this.page.load();
    if (this.#staffed) void this.staff.load();
  }
  close(): void {
    this.page.close();
    this.staff.close();
  }
}
