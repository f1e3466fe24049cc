/**
 * Carries the journal to its owners: in order, at least once, for ever. A record that its owner refuses for good (bad
 * input, forbidden) is set aside and logged, so that it can't block the ones behind it; it stays on disk.
 * Raised alarms have a lane of their own: no visitor's record stands in front of a siren. So have attendances and sign-ins at
 * posts: a gate works without the services that keep them. So has the watchlist: those who must be told wait for nobody;
 * and permits and vehicles, which are many.
 */
import type { Bus } from '@anyuan/bus';
import { AlarmRaised, MERGE_LIMIT, subjects } from '@anyuan/contracts';
import type { Log } from '@anyuan/service';
import { ZodError } from 'zod';
import type { Journal, JournalRecord, RecordKind } from './journal.ts';
import type { Owners } from './owners.ts';

const RETRY_MS = 1_000;
const LANES: readonly (readonly RecordKind[])[] = [
  ['raise'],
  ['admit', 'refuse', 'signOut', 'undoAdmit', 'returnItems', 'handOver', 'pickupRefusal'],
  ['attend'],
  ['signIn'],
  ['watchHit', 'watchAnswer'],
  ['permitTap', 'vehicle'],
  ['shiftBegin', 'shiftChecks', 'shiftEnd'],
  ['equipment'],
];
/** What the gate service takes many at once. */
const TOGETHER = new Set<RecordKind>(['admit', 'refuse', 'signOut', 'vehicle']);
/** Fewer are sent one by one: somebody may be waiting for the answer. */
const MANY = 5;
const FOR_GOOD = new Set(['badInput', 'forbidden', 'notFound', 'tooLarge']);

/** Under this name the stream keeps a raise once, however often it is sent. */
export const raiseId = (raise: AlarmRaised): string => `${raise.incident}:${raise.presses}`;

export class Sender {
  readonly #d: {
    journal: Journal;
    bus: Bus;
    owners: Owners;
    school: string;
    log: Log;
    onSent: () => void;
    reachable: () => boolean;
  };
  readonly #settled = new Map<string, (result: unknown) => void>();
  readonly #wakers = new Set<() => void>();
  readonly #stopping = new AbortController();
  #lanes: Promise<void>[] = [];

  constructor(deps: {
    journal: Journal;
    bus: Bus;
    owners: Owners;
    school: string;
    log: Log;
    onSent: () => void;
    reachable: () => boolean;
  }) {
    this.#d = deps;
  }

  start(): void {
    this.#d.bus.onChange((up) => up && this.wake());
    this.#lanes = LANES.map((kinds) => this.#lane(kinds));
  }

  wake(): void {
    for (const wake of this.#wakers) wake();
  }

  /** Says a raise at once, before any disk. @returns whether the stream has it; else the journal's lane carries it */
  async raise(raise: AlarmRaised): Promise<boolean> {
    if (!this.#d.bus.connected) return false;
    return this.#publish(raise).then(
      () => true,
      () => false,
    );
  }

  /** Sends what was just kept and waits a little for the owner's word. `undefined`: it will go later. */
  async now<T>(id: string, patienceMs: number): Promise<T | undefined> {
    if (!this.#d.reachable()) return undefined;
    const answer = new Promise<unknown>((resolve) => this.#settled.set(id, resolve));
    this.wake();
    const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patienceMs).unref());
    const result = await Promise.race([answer, patience]);
    this.#settled.delete(id);
    return result as T | undefined;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await Promise.all(this.#lanes);
  }

  async #lane(kinds: readonly RecordKind[]): Promise<void> {
    const { journal, bus } = this.#d;
    while (!this.#stopping.signal.aborted) {
      const records = bus.connected ? journal.pending(kinds, MERGE_LIMIT) : [];
      let away = false;
      for (const record of records.slice(await this.#merged(records))) {
        if (this.#stopping.signal.aborted) return;
        try {
          this.#done(record, await this.#send(record));
        } catch (error) {
          const code = codeOf(error);
          if (FOR_GOOD.has(code) && this.#setAside(record, code)) continue;
          away = true;
          break;
        }
      }
      if (away || records.length === 0) await this.#rest(away ? RETRY_MS : RETRY_MS * 5);
    }
  }

  /** After an outage: the first ones together. @returns how many are done; what is left goes one by one, and says what is wrong */
  async #merged(records: readonly JournalRecord[]): Promise<number> {
    const end = records.findIndex(({ kind }) => !TOGETHER.has(kind));
    const first = end === -1 ? records : records.slice(0, end);
    if (first.length < MANY) return 0;
    try {
      const done = first.slice(0, await this.#d.owners.merge(first));
      this.#d.journal.together(() => {
        for (const { id } of done) this.#d.journal.sent(id);
      });
      for (const { id } of done) this.#settled.get(id)?.(null);
      this.#d.onSent();
      return done.length;
    } catch {
      return 0;
    }
  }

  /** @returns false while the disk takes nothing: it is offered again, and refused again */
  #setAside({ id, kind }: JournalRecord, code: string): boolean {
    const { journal, log, onSent } = this.#d;
    try {
      journal.refused(id, code);
    } catch {
      return false;
    }
    log.error({ id, kind, code }, 'set aside: its owner refuses it for good');
    onSent();
    return true;
  }

  #done(record: JournalRecord, result: unknown): void {
    this.#d.journal.sent(record.id);
    this.#settled.get(record.id)?.(result ?? null);
    this.#d.onSent();
  }

  #send({ kind, body }: JournalRecord): Promise<unknown> {
    return kind === 'raise' ? this.#publish(AlarmRaised.parse(body)) : this.#d.owners.command(kind, body);
  }

  #publish(raise: AlarmRaised): Promise<unknown> {
    const { bus, school } = this.#d;
    return bus.publishStored(subjects.alarmRaised(school, raise.audibility), raise, { id: raiseId(raise) });
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wakers.add(done);
    });
  }
}

function codeOf(error: unknown): string {
  // Kept by another edition, and not understood by this one: it must not stand in the way of the others for ever.
  if (error instanceof ZodError) return 'badInput';
  const data = typeof error === 'object' && error && 'data' in error ? error.data : undefined;
  return typeof data === 'object' && data && 'code' in data ? String(data.code) : 'unavailable';
}
