/**
 * What this gate must know of itself to be believed: does its disk take records, does its clock run (H1).
 *
 * Disk: looked at every five seconds, so that a full one is on the screen within ten, also when nobody comes. Clock: compared
 * with the time that has really passed. A jump is kept in the journal, and records stay in the order of their numbers whatever
 * their times say. How old a list is, is reckoned by the latest moment that was ever known here: a clock set back makes no old
 * list young. One set forward makes lists look old, and the guard's eyes are asked for until the server has spoken.
 */
import { AppError, type DeviceHealth, type KioskStatus, newId } from '@anyuan/contracts';
import { type Clock, iso, type Log } from '@anyuan/service';
import type { Journal, StorageState } from './journal.ts';

const LOOK_MS = 1_000;
const TEND_EVERY = 5;
/** Less is a slow machine, or the time service at its work. */
const JUMP_MS = 5_000;
const SHOWN_MS = 24 * 3_600_000;
const LATEST = 'time.latest';
const JUMP = 'time.jump';

export interface UpkeepDeps {
  journal: Journal;
  clock: Clock;
  /** Milliseconds that really passed since some moment: no setting of the clock touches it. */
  elapsed(): number;
  log: Log;
  reachable(): boolean;
  onChange(): void;
}

export class Upkeep {
  readonly #d: UpkeepDeps;
  #storage: { state: StorageState; since: number };
  #jump: KioskStatus['clockJump'];
  #latest: number;
  #last: { now: number; elapsed: number };
  #looks = 0;

  constructor(deps: UpkeepDeps) {
    this.#d = deps;
    const { journal, clock, elapsed } = deps;
    const now = clock.now();
    this.#storage = { state: journal.tend(now), since: now };
    this.#jump = journal.get<KioskStatus['clockJump']>(JUMP) ?? null;
    this.#latest = Math.max(now, journal.get<number>(LATEST) ?? 0);
    this.#last = { now, elapsed: elapsed() };
  }

  get storage(): KioskStatus['storage'] {
    return { state: this.#storage.state, since: iso(this.#storage.since) };
  }

  /** Of the last day. */
  get clockJump(): KioskStatus['clockJump'] {
    return this.#jump && Math.abs(this.#d.clock.now() - Date.parse(this.#jump.at)) < SHOWN_MS ? this.#jump : null;
  }

  /** How old something is that was true at `asOf`, ms. */
  ageOf(asOf: string): number {
    return Math.max(this.#latest, this.#d.clock.now()) - Date.parse(asOf);
  }

  /** @returns ends it */
  start(): () => void {
    const timer = setInterval(() => this.look(), LOOK_MS);
    return () => clearInterval(timer);
  }

  look(): void {
    this.#time();
    if (this.#looks++ % TEND_EVERY === 0) this.#tend();
  }

  #tend(): void {
    const { journal, clock, log, onChange } = this.#d;
    const state = journal.tend(clock.now());
    journal.remember({ [LATEST]: this.#latest });
    if (state === this.#storage.state) return;
    this.#storage = { state, since: clock.now() };
    log[state === 'ok' ? 'info' : 'error']({ state }, 'the disk of this gate');
    onChange();
  }

  #time(): void {
    const { clock, elapsed, reachable } = this.#d;
    const now = clock.now();
    const passed = elapsed() - this.#last.elapsed;
    const byMs = Math.round(now - this.#last.now - passed);
    this.#last = { now, elapsed: this.#last.elapsed + passed };
    this.#latest = reachable() ? now : Math.max(this.#latest + passed, now);
    if (Math.abs(byMs) >= JUMP_MS) this.#jumped(byMs, now);
  }

  #jumped(byMs: number, now: number): void {
    const { journal, log, onChange } = this.#d;
    const jump = { at: iso(now), byMs };
    this.#jump = jump;
    log.warn(jump, 'the clock jumped');
    try {
      journal.together(() => {
        journal.keep('clock', newId(now), jump, now, false);
        journal.set(JUMP, jump);
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    onChange();
  }
}

const DISK: Record<StorageState, string | null> = {
  ok: null,
  low: 'diskLow',
  full: 'diskFull',
  failing: 'diskFailing',
};

/** What the office must know of this gate's own computer: its disk, and records that their owner will never take. */
export function gateHealth(storage: StorageState, refused: number): Omit<DeviceHealth, 'at'> {
  const faults = [DISK[storage], refused > 0 ? `refused:${refused}` : null].filter((fault) => fault !== null);
  return { ok: faults.length === 0, doing: [], ...(faults.length === 0 ? {} : { fault: faults.join(' ') }) };
}
