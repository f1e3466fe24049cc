/**
 * Proves that somebody is who he says, by a PIN whose hash comes with the signed list, so off line too. Five wrong tries close the
 * pad until the first of them is a minute old; the answer says how many tries are left, or for how long it is closed.
 */
import type { StaffPerson } from '@anyuan/contracts';
import { type Clock, passwordHolds } from '@anyuan/service';

const TRIES = 5;
const CLOSED_MS = 60_000;

export type PinAnswer =
  | { ok: true }
  | { ok: false; reason: 'wrongPin'; left: number }
  | { ok: false; reason: 'tooMany'; waitMs: number };

export class PinPad {
  readonly #clock: Clock;
  #wrong: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param person left out: nobody is known by that name, which takes as long as a wrong PIN */
  async proves(person: StaffPerson | undefined, pin: string): Promise<PinAnswer> {
    const now = this.#clock.now();
    const closed = this.#closed(now);
    if (closed) return closed;
    // Counted before the hash is done, so that tries at the same moment can't slip past.
    this.#wrong.push(now);
    if (!(await passwordHolds(person?.pin, pin)) || !person) {
      return this.#closed(this.#clock.now()) ?? { ok: false, reason: 'wrongPin', left: TRIES - this.#wrong.length };
    }
    this.#wrong = [];
    return { ok: true };
  }

  #closed(now: number): PinAnswer | undefined {
    this.#wrong = this.#wrong.filter((at) => now - at < CLOSED_MS);
    const [first] = this.#wrong;
    if (first === undefined || this.#wrong.length < TRIES) return undefined;
    return { ok: false, reason: 'tooMany', waitMs: first + CLOSED_MS - now };
  }
}
