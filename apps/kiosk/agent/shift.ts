/**
 * Who is on duty at this gate (A4). The guard picks himself and types his PIN; the hash comes with the signed list, so a
 * shift can change off line. Five wrong tries close the pad for a minute.
 */
import { newId, type PersonRef, type StaffPerson } from '@anyuan/contracts';
import { type Clock, passwordHolds } from '@anyuan/service';
import type { Journal } from './journal.ts';

const KEY = 'duty';
const TRIES = 5;
const CLOSED_MS = 60_000;

export type ShiftResult = { ok: true } | { ok: false; reason: 'wrongPin' | 'tooMany' };

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
    this.#wrong = this.#wrong.filter((at) => now - at < CLOSED_MS);
    if (this.#wrong.length >= TRIES) return { ok: false, reason: 'tooMany' };
    // Counted before the hash is done, so that tries at the same moment can't slip past.
    this.#wrong.push(now);
    if (!(await passwordHolds(guard?.pin, pin)) || !guard) return { ok: false, reason: 'wrongPin' };
    this.#wrong = [];
    this.take({ id: guard.id, name: guard.name });
    return { ok: true };
  }

  take(person: PersonRef | null): void {
    const now = this.#clock.now();
    this.#duty = person;
    this.#journal.set(KEY, person);
    this.#journal.keep('shift', newId(now), { person }, now, false);
    this.#onChange();
  }
}
