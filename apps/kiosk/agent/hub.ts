/**
 * What the agent tells its screen, in order. A screen that was cut off for a moment gets what it missed; a new one gets
 * the present state only, so that no earlier visitor ever appears on a screen that has just been opened.
 */
import type { KioskEvent } from '@anyuan/contracts';

const HELD = 100;

export interface Told {
  id: string;
  event: KioskEvent;
}

export class Hub {
  readonly #start: string;
  #count = 0;
  #held: { n: number; event: KioskEvent }[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #present: () => KioskEvent[];

  constructor(startId: string, present: () => KioskEvent[]) {
    this.#start = startId;
    this.#present = present;
  }

  tell(event: KioskEvent): void {
    this.#held = [...this.#held, { n: ++this.#count, event }].slice(-HELD);
    for (const wake of this.#listeners) wake();
  }

  async *listen(lastId: string | undefined, signal: AbortSignal): AsyncGenerator<Told> {
    let next = this.#count;
    const [start, count] = lastId?.split('.') ?? [];
    if (start === this.#start && Number.isInteger(Number(count))) next = Number(count);
    for (const event of this.#present()) yield { id: `${this.#start}.${next}`, event };
    while (!signal.aborted) {
      const missed = this.#held.filter((h) => h.n > next);
      for (const { n, event } of missed) {
        next = n;
        yield { id: `${this.#start}.${n}`, event };
      }
      if (missed.length === 0) await this.#changed(signal);
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }
}
