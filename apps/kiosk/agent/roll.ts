/**
 * Who is on site, as this gate knows it: the gate service's own list while it answers, and what was decided here since.
 * Kept on disk, so that a gate without a server can still sign people out after a restart (G4, H1).
 */
import { VisitView } from '@anyuan/contracts';
import type { Journal } from './journal.ts';

const KEY = 'roll';

export class Roll {
  readonly #journal: Journal;
  readonly #onChange: () => void;
  #visits: Map<string, VisitView>;
  /** Signed out here; the service may not have heard yet. */
  readonly #out = new Set<string>();

  constructor(journal: Journal, onChange: () => void) {
    this.#journal = journal;
    this.#onChange = onChange;
    const kept = VisitView.array().safeParse(journal.get(KEY) ?? []);
    this.#visits = new Map((kept.data ?? []).map((v) => [v.visit, v]));
  }

  all = (): VisitView[] => [...this.#visits.values()].sort((a, b) => b.admittedAt.localeCompare(a.admittedAt));
  find = (name: string, last4: string): VisitView | undefined =>
    this.all().find((v) => v.name === name && v.idLast4 === last4);

  admitted(visit: VisitView): void {
    this.#visits.set(visit.visit, visit);
    this.#save();
  }

  left(visit: string): void {
    this.#out.add(visit);
    if (this.#visits.delete(visit)) this.#save();
  }

  /** The service's word, with what it has not yet received from here. */
  heard(onSite: readonly VisitView[], unsent: (visit: string) => boolean): void {
    const mine = [...this.#visits.values()].filter((v) => unsent(v.visit));
    const theirs = onSite.filter((v) => !this.#out.has(v.visit));
    this.#visits = new Map([...theirs, ...mine].map((v) => [v.visit, v]));
    this.#save();
  }

  #save(): void {
    this.#journal.set(KEY, [...this.#visits.values()]);
    this.#onChange();
  }
}
