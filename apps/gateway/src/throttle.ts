/**
 * Slows guessing without locking anybody out: per name and address, and per address over all names. A guesser on one
 * machine is stopped; the same name from its owner's desk still signs in.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

export class Throttle {
  readonly #perName = new RateLimiterMemory({ points: 8, duration: 60, blockDuration: 60 });
  readonly #perAddress = new RateLimiterMemory({ points: 40, duration: 60, blockDuration: 60 });

  /** @returns seconds to wait, or 0 */
  async tried(address: string, name: string): Promise<number> {
    const results = await Promise.allSettled([
      this.#perName.consume(`${address} ${name.toLowerCase().slice(0, 100)}`),
      this.#perAddress.consume(address),
    ]);
    const waits = results.flatMap((r) => (r.status === 'rejected' ? [Number(r.reason?.msBeforeNext ?? 60_000)] : []));
    return Math.ceil(Math.max(0, ...waits) / 1_000);
  }

  async succeeded(address: string, name: string): Promise<void> {
    await this.#perName.delete(`${address} ${name.toLowerCase().slice(0, 100)}`);
  }
}
