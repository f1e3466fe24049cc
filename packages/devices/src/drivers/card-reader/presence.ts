/**
 * Which cards lie in the field. A reader repeats a card about every 50–65 ms while it is there and says nothing when it
 * leaves, so a card has gone when it was not heard for `idleMs`, and only then can it come anew. Each card has its own
 * idle time: two cards in the field at once come in turn and are told once each. Pure; times are monotonic.
 */
export class Presence {
  readonly #idleMs: number;
  readonly #lastSeen = new Map<string, number>();

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /** True when this is a new tap. */
  seen(number: string, at: number): boolean {
    const isNew = !this.#lastSeen.has(number);
    this.#lastSeen.set(number, at);
    return isNew;
  }

  /** Forgets the cards that fell silent. True when the last one has gone by this. */
  expire(now: number): boolean {
    const before = this.#lastSeen.size;
    for (const [number, seen] of this.#lastSeen) {
      if (now - seen >= this.#idleMs) this.#lastSeen.delete(number);
    }
    return before > 0 && this.#lastSeen.size === 0;
  }

  /** How long until a card may have gone; undefined when there is none. */
  dueIn(now: number): number | undefined {
    return this.#lastSeen.size === 0 ? undefined : Math.min(...this.#lastSeen.values()) + this.#idleMs - now;
  }
}
