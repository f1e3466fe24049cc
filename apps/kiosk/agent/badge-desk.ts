/**
 * Visitors' badges at this gate's printer (G2). Promise: nobody waits for a badge. It is begun after the decision is on disk,
 * the door opens and the screen is answered whatever the printer does, and what became of it is told as events. A printer
 * that fails is a word on the screen; the visit goes on, and the badge may be printed again for as long as he is on site.
 *
 * A reprint is on record before it is begun (journal, this gate's only): two badges of one number are a question that somebody
 * will ask. A badge that comes out by itself needs no record but the admission's.
 */
import { AppError, type BadgeEvent, newId, type PersonRef, type VisitView } from '@anyuan/contracts';
import type { Printer, PrintResult } from '@anyuan/devices';
import { type Clock, iso, type Log } from '@anyuan/service';
import { badgeBlocks } from './badge.ts';
import type { Journal } from './journal.ts';

export interface BadgeDeskDeps {
  gateName: string;
  /** Undefined: this gate has none, and the number on the screen is the badge. */
  printer: Printer | undefined;
  journal: Pick<Journal, 'keep'>;
  clock: Clock;
  duty(): PersonRef;
  /** Of whoever is on site. */
  visit(id: string): VisitView | undefined;
  tell(event: BadgeEvent): void;
  log: Pick<Log, 'error'>;
}

export class BadgeDesk {
  readonly #d: BadgeDeskDeps;
  /** Two touches are one badge. */
  readonly #printing = new Set<string>();

  constructor(deps: BadgeDeskDeps) {
    this.#d = deps;
  }

  /** He is in. Returns at once and never throws. */
  admitted(id: string): void {
    const visit = this.#d.visit(id);
    if (visit) void this.#print(visit);
  }

  /** @throws AppError `notFound`: he has left, or there is no printer; `notSignedIn` */
  reprint(id: string): void {
    const { clock, duty, journal, printer, visit: find } = this.#d;
    const visit = find(id);
    if (!visit || !printer) throw new AppError('notFound', 'no such visit on site, or no printer');
    if (this.#printing.has(id)) return;
    const now = clock.now();
    const record = { visit: id, number: visit.number, at: iso(now), by: duty() };
    journal.keep('badge', newId(now), record, now, false);
    void this.#print(visit);
  }

  async #print(visit: VisitView): Promise<void> {
    const { gateName, log, printer } = this.#d;
    if (!printer || this.#printing.has(visit.visit)) return;
    this.#printing.add(visit.visit);
    try {
      this.#tell(visit, { state: 'printing', fault: null, cut: false });
      const result = await printer.print(badgeBlocks(visit, gateName, printer.columns));
      this.#tell(visit, wordOf(result));
    } catch (error) {
      log.error({ error }, 'a badge could not be printed');
      this.#tell(visit, { state: 'failed', fault: 'printerFault', cut: false });
    } finally {
      this.#printing.delete(visit.visit);
    }
  }

  #tell({ visit }: VisitView, word: Pick<BadgeEvent, 'state' | 'fault' | 'cut'>): void {
    this.#d.tell({ type: 'badge', visit, at: iso(this.#d.clock.now()), ...word });
  }
}

const wordOf = (result: PrintResult): Pick<BadgeEvent, 'state' | 'fault' | 'cut'> =>
  result.printed
    ? { state: 'printed', fault: null, cut: false }
    : { state: 'failed', fault: result.fault, cut: result.cut };
