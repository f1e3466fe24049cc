/**
 * Who is on site and whose things are still here, as this gate knows it: the gate service's own lists while it answers, and
 * what was decided here since. Kept on disk, so that a gate without a server can still sign people out and give things back
 * after a restart (G4, G5, H1).
 */
import { type HeldItems, schoolDate, stillHeld, VisitView } from '@anyuan/contracts';
import type { Journal } from './journal.ts';

const KEY = 'roll';
const OUT_KEY = 'roll.out';
const THINGS_KEY = 'roll.held';
const DAY_MS = 24 * 3600_000;

/** What the owner has not received yet, by visit. */
export interface Unsent {
  admitted: ReadonlySet<string>;
  returned: ReadonlySet<string>;
  /** Is a sign-out or an undo on its way? */
  out: boolean;
}

export class Roll {
  readonly #journal: Journal;
  readonly #onChange: () => void;
  #visits: Map<string, VisitView>;
  /** Gone, and their things are here. */
  #things: Map<string, VisitView>;
  /** Signed out here; the service may not have heard yet. */
  #out: Set<string>;

  constructor(journal: Journal, onChange: () => void) {
    this.#journal = journal;
    this.#onChange = onChange;
    const read = (key: string) => byId(VisitView.array().safeParse(journal.get(key) ?? []).data ?? []);
    this.#visits = read(KEY);
    this.#things = read(THINGS_KEY);
    this.#out = new Set(journal.get<string[]>(OUT_KEY) ?? []);
  }

  all = (): VisitView[] => [...this.#visits.values()].sort((a, b) => b.admittedAt.localeCompare(a.admittedAt));
  find = (name: string, last4: string): VisitView | undefined =>
    this.all().find((v) => v.name === name && v.idLast4 === last4);
  visit = (id: string): VisitView | undefined => this.#visits.get(id) ?? this.#things.get(id);
  /** Whose things are here; whoever came first stands first. */
  held = (): VisitView[] =>
    [...this.#visits.values(), ...this.#things.values()]
      .filter((v) => stillHeld(v.held))
      .sort((a, b) => a.admittedAt.localeCompare(b.admittedAt));

  admitted(visit: VisitView): void {
    this.#unlessLost();
    this.#visits.set(visit.visit, visit);
    this.#save();
  }

  /** @param count of a group; without it everybody who is left */
  left(id: string, count?: number): void {
    this.#unlessLost();
    const visit = this.#visits.get(id);
    const gone = (visit?.gone ?? 0) + (count ?? Number.POSITIVE_INFINITY);
    if (visit && gone < visit.party.count) {
      this.#visits.set(id, { ...visit, gone });
    } else {
      this.#out.add(id);
      this.#visits.delete(id);
      if (visit && stillHeld(visit.held)) this.#things.set(id, { ...visit, status: 'left' });
    }
    this.#save();
  }

  undone(id: string): void {
    this.#unlessLost();
    this.#out.add(id);
    this.#visits.delete(id);
    this.#save();
  }

  returned(id: string, said: Omit<HeldItems, 'ticket' | 'items'>): void {
    this.#unlessLost();
    for (const where of [this.#visits, this.#things]) {
      const visit = where.get(id);
      if (!visit?.held) continue;
      const held = { ...visit.held, ...said };
      if (where === this.#things && !stillHeld(held)) where.delete(id);
      else where.set(id, { ...visit, held });
    }
    this.#save();
  }

  /** What the disk did not take did not happen. */
  #unlessLost(): void {
    const visits = new Map(this.#visits);
    const things = new Map(this.#things);
    const out = new Set(this.#out);
    this.#journal.ifLost(() => {
      this.#visits = visits;
      this.#things = things;
      this.#out = out;
    });
  }

  /** The service's word, with what it has not yet received from here. */
  heard(onSite: readonly VisitView[], held: readonly VisitView[], unsent: Unsent): void {
    const before = this.#visits;
    const mine = [...before.values()].filter((v) => unsent.admitted.has(v.visit));
    const theirs = onSite
      .filter((v) => !this.#out.has(v.visit))
      .map((v) => ({
        ...v,
        gone: unsent.out ? Math.max(v.gone, before.get(v.visit)?.gone ?? 0) : v.gone,
        held: unsent.returned.has(v.visit) ? (before.get(v.visit)?.held ?? v.held) : v.held,
      }));
    this.#visits = byId([...theirs, ...mine]);
    const waits = ({ visit }: VisitView) => unsent.admitted.has(visit) || unsent.returned.has(visit);
    const things = held.filter((v) => !this.#visits.has(v.visit) && !unsent.returned.has(v.visit));
    this.#things = byId([...things, ...[...this.#things.values()].filter(waits)]);
    if (!unsent.out) this.#out = new Set(onSite.flatMap((v) => (this.#out.has(v.visit) ? [v.visit] : [])));
    this.#save();
  }

  #save(): void {
    this.#journal.remember({
      [KEY]: [...this.#visits.values()],
      [OUT_KEY]: [...this.#out],
      [THINGS_KEY]: [...this.#things.values()],
    });
    this.#onChange();
  }
}

const byId = (visits: readonly VisitView[]): Map<string, VisitView> => new Map(visits.map((v) => [v.visit, v]));

/** @param closing of the school, `18:30` @returns when it closed last, ms since 1970 */
export function lastClosing(now: number, closing: string): number {
  const today = Date.parse(`${schoolDate(now)}T${closing}:00+08:00`);
  return today <= now ? today : today - DAY_MS;
}
