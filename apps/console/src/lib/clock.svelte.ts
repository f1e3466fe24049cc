/**
 * The server's clock, as far as this browser knows it. An office computer's own clock may be minutes off, so what the
 * live stream's ticks say is taken; the smallest difference seen is the best one, since a message only ever comes late.
 */
export class Clock {
  readonly #read: () => number;
  #ahead = Number.NEGATIVE_INFINITY;
  #offset = 0;
  /** Milliseconds since 1970 by the server. */
  now = $state(0);

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.now = read();
  }

  tick = (): void => {
    this.now = this.#read() + this.#offset;
  };

  heard(serverTime: string): void {
    const ahead = Date.parse(serverTime) - this.#read();
    if (Number.isNaN(ahead)) return;
    // A jump of either clock by more than a minute starts the estimate anew.
    if (ahead > this.#ahead || Math.abs(ahead - this.#ahead) > 60_000) this.#ahead = ahead;
    this.#offset = this.#ahead;
    this.tick();
  }

  run(): () => void {
    const timer = setInterval(this.tick, 250);
    return () => clearInterval(timer);
  }
}
