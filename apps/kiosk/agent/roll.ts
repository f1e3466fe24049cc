/**
 * Who is on site, as this gate knows it: the gate service's own list while it answers, and what was decided here since.
 * Kept on disk, so that a gate without a server can still sign people out after a restart (G4, H1).
 */
import { VisitView } from '@anyuan/contracts';
import type { Journal } from './journal.ts';

const KEY = 'roll';
const OUT_KEY = 'roll.out';

export class Roll {
  readonly #journal: Journal;
  readonly #onChange: () => void;
  #visits: Map<string, VisitView>;
  /** Signed out here; the service may not have heard yet. */
  #out: Set<string>;

  constructor(journal: Journal, onChange: () => void) {
    this.#journal = journal;
    this.#onChange = onChange;
    const kept = VisitView.array().safeParse(journal.get(KEY) ?? []);
    this.#visits = new Map((kept.data ?? []).map((v) => [v.visit, v]));
    this.#out = new Set(journal.get<string[]>(OUT_KEY) ?? []);
  }

  all = (): VisitView[] => [...this.#visits.values()].sort((a, b) => b.admittedAt.localeCompare(a.admittedAt));
  find = (name: string, last4: string): VisitView | undefined =>
    this.all().find((v) => v.name === name && v.idLast4 === last4);

  admitted(visit: VisitView): void {
    this.#unlessLost();
    this.#visits.set(visit.visit, visit);
    this.#save();
  }

  left(visit: string): void {
    this.#unlessLost();
    this.#out.add(visit);
    this.#visits.delete(visit);
    this.#save();
  }

  /** What the disk did not take did not happen. */
  #unlessLost(): void {
    const visits = new Map(this.#visits);
    const out = new Set(this.#out);
    this.#journal.ifLost(() => {
      this.#visits = visits;
      this.#out = out;
    });
  }

  /** The service's word, with what it has not yet received from here. @param unsent ids of records */
  heard(onSite: readonly VisitView[], unsent: { in: readonly string[]; out: readonly string[] }): void {
    const waits = new Set(unsent.in);
    const mine = [...this.#visits.values()].filter((v) => waits.has(v.visit));
    const theirs = onSite.filter((v) => !this.#out.has(v.visit));
    this.#visits = new Map([...theirs, ...mine].map((v) => [v.visit, v]));
    if (unsent.out.length === 0) this.#out = new Set(onSite.flatMap((v) => (this.#out.has(v.visit) ? [v.visit] : [])));
    this.#save();
  }

  #save(): void {
    this.#journal.remember({ [KEY]: [...this.#visits.values()], [OUT_KEY]: [...this.#out] });
    this.#onChange();
  }
}
