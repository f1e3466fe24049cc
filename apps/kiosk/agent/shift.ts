/**
 * Who is on duty at this gate (A4). The guard picks himself and types his PIN; the hash comes with the signed list, so a
 * shift can change off line. Five wrong tries close the pad until the first of them is a minute old; the answer says how
 * many tries are left, or for how long it is closed.
 */
import { newId, type PersonRef, type StaffPerson } from '@anyuan/contracts';
import { type Clock, passwordHolds } from '@anyuan/service';
import type { Journal } from './journal.ts';

const KEY = 'duty';
const TRIES = 5;
const CLOSED_MS = 60_000;

export type ShiftResult =
  | { ok: true }
  | { ok: false; reason: 'wrongPin'; left: number }
  | { ok: false; reason: 'tooMany'; waitMs: number };

export class Shift {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #duty: PersonRef | null;
  #wrong: number[] = [];

  constructor(journal: Journal, clock: Clock, onChange: () => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#duty = journal.get<PersonRef | null>(KEY) ?? null;
  }

  get duty(): PersonRef | null {
    return this.#duty;
  }

  async start(guard: StaffPerson | undefined, pin: string): Promise<ShiftResult> {
    const now = this.#clock.now();
    const closed = this.#closed(now);
    if (closed) return closed;
    // Counted before the hash is done, so that tries at the same moment can't slip past.
    this.#wrong.push(now);
    if (!(await passwordHolds(guard?.pin, pin)) || !guard) {
      return this.#closed(this.#clock.now()) ?? { ok: false, reason: 'wrongPin', left: TRIES - this.#wrong.length };
    }
    this.#wrong = [];
    this.take({ id: guard.id, name: guard.name });
    return { ok: true };
  }

  #closed(now: number): ShiftResult | undefined {
    this.#wrong = this.#wrong.filter((at) => now - at < CLOSED_MS);
    const [first] = this.#wrong;
    if (first === undefined || this.#wrong.length < TRIES) return undefined;
    return { ok: false, reason: 'tooMany', waitMs: first + CLOSED_MS - now };
  }

  take(person: PersonRef | null): void {
    const now = this.#clock.now();
    this.#journal.together(() => {
      this.#journal.set(KEY, person);
      this.#journal.keep('shift', newId(now), { person }, now, false);
    });
    this.#duty = person;
    this.#onChange();
  }
}
