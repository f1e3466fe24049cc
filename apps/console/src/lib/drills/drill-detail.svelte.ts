/**
 * One drill. Beginning it takes two steps: the drills service is told first, then the alarm goes out under the incident's id
 * that was chosen here. Either may fail by itself; trying again uses the same id, so that two tries are one alarm.
 */
import { AppError, drillAlarm, type LiveEvent, newId } from '@anyuan/contracts';
import type { Place } from '../alarm/places.ts';
import { Attempt } from '../attempt.svelte.ts';
import type { DrillPage, DrillsClient } from '../clients/drills.ts';
import type { AlarmClient } from '../clients.ts';
import { LiveOne } from '../live-one.svelte.ts';

export class DrillDetail {
  readonly client: DrillsClient;
  readonly page: LiveOne<DrillPage>;
  readonly beginning = new Attempt();
  readonly raising = new Attempt();
  readonly ending = new Attempt();
  readonly #alarm: AlarmClient;
  readonly #id: string;
  readonly #incident = newId();
  readonly #standDown = newId();

  constructor(client: DrillsClient, alarm: AlarmClient, id: string) {
    this.client = client;
    this.#alarm = alarm;
    this.#id = id;
    this.page = new LiveOne(() => client.drill(id));
  }

  readonly drill = $derived.by(() => this.page.value?.board.drill ?? null);

  async begin(place: Place | null): Promise<void> {
    const begun = await this.beginning.run(async () => {
      const drill = await this.client.begin({ drill: this.#id, incident: this.#incident });
      const { value } = this.page;
      if (value) this.page.tell({ ...value, board: { ...value.board, drill } });
    });
    if (begun) await this.raise(place);
  }

  async raise(place: Place | null): Promise<void> {
    const { drill } = this;
    if (!drill?.incident) return;
    const { incident, kind, mode } = drill;
    await this.raising.run(async () => {
      await this.#alarm.raise({ incident, mode, ...drillAlarm[kind], ...(place ? { place } : {}) });
    });
    void this.page.load();
  }

  /** The devices first: a drill that is over must not go on sounding. An alarm that is over already keeps nobody from it. */
  async end(note: string): Promise<boolean> {
    const done = await this.ending.run(async () => {
      const { drill } = this;
      if (!drill) return;
      if (drill.incident) await this.#quiet(drill.incident, drill.mode === 'test' ? 'testOver' : 'exerciseOver', note);
      await this.client.end({ drill: this.#id, note });
    });
    if (done) void this.page.load();
    return done;
  }

  async #quiet(incident: string, reason: 'testOver' | 'exerciseOver', note: string): Promise<void> {
    try {
      await this.#alarm.standDown({ command: this.#standDown, incident, reason, note: note.slice(0, 200) });
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'notFound' && error.code !== 'conflict')) throw error;
    }
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills') this.reload();
    if (event.type === 'drillBoard' && event.board.drill.id === this.#id) {
      const { value } = this.page;
      if (value) this.page.tell({ ...value, board: event.board });
      else this.reload();
    }
  }
  reload(): void {
    void this.page.load();
  }
  close(): void {
    this.page.close();
  }
}
