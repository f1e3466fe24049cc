/**
 * Permits at this gate's card reader (A3). Promise: a tap is decided by the signed list that is here, kept on disk before the
 * door moves or the screen is told, and offered to `gate` at least once; off line too, with the list's age. In and out follow
 * from the last pass that is known here, of this gate or another; a second tap within ten seconds counts once. With a list
 * older than the school's limit the door stays shut: the guard looks.
 */
import {
  type KioskEvent,
  type LogPermitTap,
  newId,
  type PermitEntry,
  type PermitTapView,
  type PersonRef,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import { judgePermit, type LastPass, nextWay, type PermitIndex, STAY_MS } from './permit-decision.ts';
import type { Sender } from './sender.ts';

const LAST = 'permits.last';

export type PermitEvent = Extract<KioskEvent, { type: 'permit' }>;

export interface PermitDeskDeps {
  gate: string;
  journal: Journal;
  sender: Pick<Sender, 'wake'>;
  clock: Clock;
  index(): PermitIndex | undefined;
  listAsOf(): string | null;
  listTooOld(): boolean;
  offline(): boolean;
  /** Who stood there: the guard on duty, else the gate itself. */
  witness(): PersonRef;
  openDoor(): void;
}

export class PermitDesk {
  readonly #d: PermitDeskDeps;
  #last: Map<string, LastPass>;

  constructor(deps: PermitDeskDeps) {
    this.#d = deps;
    this.#last = new Map(deps.journal.get<[string, LastPass][]>(LAST) ?? []);
  }

  /**
   * A card at the reader. @param alarm the gate serves nobody now
   * @returns undefined: it is no permit's card
   */
  tapped(cardHash: string, alarm: boolean): PermitEvent | undefined {
    const { index, gate, clock, journal, openDoor, listTooOld } = this.#d;
    const permit = index()?.byCard.get(cardHash);
    if (!permit) return undefined;
    const now = clock.now();
    const refusal = alarm ? 'alarm' : judgePermit(permit, gate, now);
    const way = refusal ? ('refused' as const) : nextWay(this.#last.get(permit.permit), now);
    const event = this.#event(permit, way, refusal, now);
    if (way === 'again') return event;
    const kept = { permit: permit.permit, refusal, cardLast4: permit.cardLast4, cardHash: null };
    if (way === 'refused') this.#keep({ ...kept, outcome: way }, now);
    else
      journal.together(() => {
        this.#keep({ ...kept, outcome: way }, now);
        this.#take(permit.permit, { outcome: way, at: now });
      });
    this.#d.sender.wake();
    if (way !== 'refused' && !listTooOld()) openDoor();
    return event;
  }

  /** A card that is on no list: the office may give it out by this tap. */
  strange(cardHash: string, cardLast4: string): void {
    this.#keep({ permit: null, outcome: 'refused', refusal: 'unknown', cardLast4, cardHash }, this.#d.clock.now());
    this.#d.sender.wake();
  }

  /** Another gate's tap, or this one's own come back. */
  heard({ permit, outcome, at }: Pick<PermitTapView, 'permit' | 'outcome' | 'at'>): void {
    const moment = Date.parse(at);
    if (!permit || outcome === 'refused' || moment <= (this.#last.get(permit)?.at ?? 0)) return;
    this.#take(permit, { outcome, at: moment });
  }

  #take(permit: string, pass: LastPass): void {
    const before = new Map(this.#last);
    this.#d.journal.ifLost(() => {
      this.#last = before;
    });
    this.#last.set(permit, pass);
    for (const [id, { at }] of this.#last) if (pass.at - at > STAY_MS) this.#last.delete(id);
    this.#d.journal.remember({ [LAST]: [...this.#last] });
  }

  #keep(what: Pick<LogPermitTap, 'permit' | 'outcome' | 'refusal' | 'cardLast4' | 'cardHash'>, now: number): void {
    const { gate, journal, witness, offline, listAsOf } = this.#d;
    const decision = { gate, guard: witness(), at: iso(now), offline: offline() };
    const command: LogPermitTap = { ...what, tap: newId(now), decision, listAsOf: listAsOf() };
    journal.keep('permitTap', command.tap, command, now, true);
  }

  #event(
    { permit, kind, name, firm, validTo, from, to, suspended }: PermitEntry,
    result: PermitEvent['result'],
    refusal: PermitEvent['refusal'],
    now: number,
  ): PermitEvent {
    const shown = { permit, kind, name, firm, validTo, from, to, suspendedWhy: suspended?.reason ?? null };
    const { listTooOld, listAsOf, offline } = this.#d;
    const about = { byEye: listTooOld(), offline: offline(), asOf: listAsOf() };
    return { type: 'permit', at: iso(now), result, refusal, permit: shown, ...about };
  }
}
