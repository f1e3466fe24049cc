/** The queue at work: it writes to the shelf, sends, waits, and tries again when the browser says that the line is back. */
import { newId } from '@anyuan/contracts';
import type { Clock } from '../clock.svelte.ts';
import { codeOf } from '../refresh.ts';
import { type Effect, emptyQueue, isPassing, type Queue, type QueueEvent, step, type Thing } from './queue.ts';
import type { Drawer, Shelf } from './shelf.ts';

export interface OutboxOptions<Body> {
  drawer: Drawer;
  shelf: Shelf;
  clock: Clock;
  /** Resolves when the server has taken all of them. */
  send(things: readonly Thing<Body>[]): Promise<void>;
}

/** So long a person is told that what had waited has arrived, ms. */
const TOLD_MS = 600_000;

export class Outbox<Body> {
  readonly #options: OutboxOptions<Body>;
  #queue = $state.raw<Queue<Body>>(emptyQueue<Body>());
  #person: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** False: what waits is in this page alone, and gone when it is closed. */
  safe = $state(true);

  constructor(options: OutboxOptions<Body>) {
    this.#options = options;
  }

  /** Restored, tried in vain, or made while the server was away: of these a person wants to know that they arrived. */
  readonly #waited = new Set<string>();
  /** Of what had waited, how many were taken in a row, and when the last of them, ms since 1970. */
  #taken = $state.raw({ count: 0, at: 0 });

  readonly waiting = $derived.by(() => this.#queue.waiting);
  readonly refused = $derived.by(() => this.#queue.refused);
  /** The last try was not answered. */
  readonly away = $derived.by(() => this.#queue.tries > 0);
  /** Since when the oldest waits, ms since 1970; null when nothing waits. */
  readonly since = $derived.by(() => this.#queue.waiting[0]?.at ?? null);

  /** How many that had waited have arrived, for ten minutes after the last of them; else 0. */
  arrived(now: number): number {
    return now - this.#taken.at < TOLD_MS ? this.#taken.count : 0;
  }

  /** From here on things are this person's; what he left here is sent. */
  async open(person: string): Promise<void> {
    this.#person = person;
    const { shelf, drawer } = this.#options;
    try {
      const things = (await shelf.all<Thing<Body>>(drawer)).filter((t) => t.person === person);
      if (this.#person !== person) return;
      this.#await(things);
      this.#tell({ type: 'restored', things });
    } catch {
      this.safe = false;
    }
  }

  /** @returns the id under which the server will know it */
  add(lane: string, make: (id: string, at: string) => Body): string {
    const at = Math.round(this.#options.clock.now);
    const id = newId(at);
    const thing = { id, person: this.#person ?? '', lane, at, body: make(id, new Date(at).toISOString()) };
    if (this.away) this.#await([thing]);
    this.#tell({ type: 'added', thing });
    return id;
  }

  nudge = (): void => this.#tell({ type: 'nudged' });
  read = (): void => this.#tell({ type: 'read' });

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #tell(event: QueueEvent<Body>): void {
    if (this.#closed) return;
    const { queue, effects } = step(this.#queue, event);
    this.#queue = queue;
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: Effect<Body>): void {
    const { shelf, drawer } = this.#options;
    switch (effect.do) {
      case 'keep':
        shelf.put(drawer, effect.things).catch(() => {
          this.safe = false;
        });
        break;
      case 'forget':
        // Left behind it is sent once more, which says nothing new.
        shelf.remove(drawer, effect.ids).catch(() => undefined);
        break;
      case 'send':
        void this.#send(effect.things);
        break;
      case 'wake':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.nudge, effect.afterMs);
        break;
    }
  }

  #await(things: readonly Thing<Body>[]): void {
    for (const { id } of things) this.#waited.add(id);
  }
  #count(things: readonly Thing<Body>[]): void {
    const { now } = this.#options.clock;
    const waited = things.filter(({ id }) => this.#waited.delete(id)).length;
    if (waited > 0) this.#taken = { count: this.arrived(now) + waited, at: now };
  }

  async #send(things: readonly Thing<Body>[]): Promise<void> {
    try {
      await this.#options.send(things);
      this.#tell({ type: 'taken' });
      this.#count(things);
    } catch (error) {
      const code = codeOf(error);
      this.#await(things);
      this.#tell(isPassing(code) ? { type: 'unanswered' } : { type: 'refused', code });
    }
  }
}
