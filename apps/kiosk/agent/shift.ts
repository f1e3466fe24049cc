/**
 * Who is on duty at this gate (A4), on this gate's disk and over a restart. A beginning, and the end of one shift with the
 * beginning of the next, are written at once: there is no moment with two guards, or with none between two who handed over.
 */
import { newId, type PersonRef, type ShiftProof, type Unplanned } from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';

const KEY = 'duty';

export interface Standing extends PersonRef {
  shift: string;
  since: string;
}

export interface Beginning {
  guard: PersonRef;
  planned: string | null;
  reason: Unplanned | null;
  proof: ShiftProof;
}

export class Shift {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #standing: Standing | null;

  constructor(journal: Journal, clock: Clock, onChange: () => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onChange = onChange;
    const kept = journal.get<PersonRef & Partial<Standing>>(KEY);
    // An older agent kept a name only: that shift was never told to anybody, and ends with the next sign-in.
    const { shift, since } = kept ?? {};
    this.#standing = kept && shift && since ? { ...kept, shift, since } : null;
  }

  get standing(): Standing | null {
    return this.#standing;
  }

  get duty(): PersonRef | null {
    return this.#standing && { id: this.#standing.id, name: this.#standing.name };
  }

  /**
   * @param keep what is written to the journal with it, given the shift that begins
   */
  change(next: PersonRef | null, keep: (shift: string, at: string) => void): Standing | null {
    const now = this.#clock.now();
    const shift = newId(now);
    const standing = next && { id: next.id, name: next.name, shift, since: iso(now) };
    this.#journal.together(() => {
      keep(shift, iso(now));
      this.#journal.set(KEY, standing);
    });
    this.#standing = standing;
    this.#onChange();
    return standing;
  }
}
