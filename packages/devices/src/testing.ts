/** For tests only: a clock that moves when told, and a cable in memory. */
import type { Clock } from './clock.ts';

export { MemoryCable } from './transport/memory.ts';

export class TestClock implements Clock {
  #now: number;
  readonly #startedAt: number;
  #next = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  constructor(now = Date.UTC(2026, 10, 23, 8)) {
    this.#now = now;
    this.#startedAt = now;
  }

  now = (): number => this.#now;
  monotonic = (): number => this.#now - this.#startedAt;

  after = (ms: number, run: () => void): (() => void) => {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + ms, run });
    return () => this.#timers.delete(id);
  };

  /** Lets promises settle that wait for nothing outside. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves the time forward and runs what falls due, in order. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.settle();
    for (;;) {
      const due = [...this.#timers].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due || due[1].at > until) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
      await this.settle();
    }
    this.#now = until;
  }
}
