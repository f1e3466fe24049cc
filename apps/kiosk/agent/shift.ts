/**
 * Who is on duty at this gate (A4). The guard picks himself and types his PIN; the hash comes with the signed list, so a
 * shift can change off line. Five wrong tries close the pad for a minute.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PersonRef, StaffPerson } from '@anyuan/contracts';
import type { Clock } from '@anyuan/service';
import { newId } from '@anyuan/contracts';
import type { Journal } from './journal.ts';

const KEY = 'duty';
const TRIES = 5;
const CLOSED_MS = 60_000;
const hash = promisify(argon2);

/** The parameters of OWASP's argon2id advice: 19 MiB, two passes. */
const PARAMETERS = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };

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
    if (!(await holds(guard?.pin, pin)) || !guard) return { ok: false, reason: 'wrongPin' };
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

/** An unknown guard costs the same time as a wrong PIN. */
async function holds(stored: string | undefined, pin: string): Promise<boolean> {
  const [salt, tag] = stored?.split(':') ?? [];
  const nonce = salt ? Buffer.from(salt, 'base64url') : randomBytes(16);
  const made = await hash('argon2id', { message: pin, nonce, ...PARAMETERS });
  const wanted = Buffer.from(tag ?? '', 'base64url');
  return wanted.length === made.length && timingSafeEqual(made, wanted);
}
