import type { Clock } from './clock.ts';

/** A clock that stands still until a test turns it. What falls due runs in order of its time. */
export class TestClock implements Clock {
  #now: number;
  #due: { at: number; run: () => void }[] = [];

  constructor(now = Date.parse('2026-11-23T00:00:00.000Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter((e) => e.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((e) => e !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }
}
