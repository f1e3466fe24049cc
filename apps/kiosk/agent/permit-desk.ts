/**
 * Permits at this gate's card reader (A3). Promise: a tap is decided by the signed list that is here, kept on disk before the
 * door moves or the screen is told, and offered to `gate` at least once; off line too, with the list's age. In and out follow
 * from the last pass that is known here, of this gate or another; a second tap within ten seconds counts once. With a list
 * older than the school's limit the door stays shut: the guard looks.
 */
import {
  type CardForgotten,
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

type Heard = Pick<PermitTapView, 'permit' | 'outcome' | 'at'> & Partial<Pick<PermitTapView, 'forgotten'>>;

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
    const permit = this.#d.index()?.byCard.get(cardHash);
    return permit && this.#pass(permit, alarm);
  }

  /**
   * A member of staff without his card: by the permit that his card would have shown; without one he is let in by whoever vouches.
   * @param cardHash null: he has no card
   */
  vouched(cardHash: string | null, alarm: boolean, forgotten: CardForgotten): PermitEvent {
    const permit = cardHash === null ? undefined : this.#d.index()?.byCard.get(cardHash);
    return this.#pass(permit, alarm, forgotten);
  }

  #pass(permit: PermitEntry | undefined, alarm: boolean, forgotten?: CardForgotten): PermitEvent {
    const { gate, clock, journal, openDoor, listTooOld } = this.#d;
    const now = clock.now();
    const refusal = alarm ? 'alarm' : permit ? judgePermit(permit, gate, now) : null;
    const who = permit?.permit ?? forgotten?.person.id ?? '';
    const way = refusal ? ('refused' as const) : nextWay(this.#last.get(who), now);
    const byWord = forgotten ? { forgotten } : {};
    const event = { ...this.#event(permit, way, refusal, now), ...byWord };
    if (way === 'again') return event;
    const card = { cardLast4: forgotten ? null : (permit?.cardLast4 ?? null), cardHash: null };
    const kept = { permit: permit?.permit ?? null, refusal, ...card, ...byWord };
    if (way === 'refused') this.#keep({ ...kept, outcome: way }, now);
    else
      journal.together(() => {
        this.#keep({ ...kept, outcome: way }, now);
        this.#take(who, { outcome: way, at: now });
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
  heard({ permit, outcome, at, forgotten }: Heard): void {
    const moment = Date.parse(at);
    const who = permit ?? forgotten?.person.id;
    if (!who || outcome === 'refused' || moment <= (this.#last.get(who)?.at ?? 0)) return;
    this.#take(who, { outcome, at: moment });
  }

  #take(who: string, pass: LastPass): void {
    const before = new Map(this.#last);
    this.#d.journal.ifLost(() => {
      this.#last = before;
    });
    this.#last.set(who, pass);
    for (const [id, { at }] of this.#last) if (pass.at - at > STAY_MS) this.#last.delete(id);
    this.#d.journal.remember({ [LAST]: [...this.#last] });
  }

  #keep(
    what: Pick<LogPermitTap, 'permit' | 'outcome' | 'refusal' | 'cardLast4' | 'cardHash' | 'forgotten'>,
    now: number,
  ): void {
    const { gate, journal, witness, offline, listAsOf } = this.#d;
    const decision = { gate, guard: witness(), at: iso(now), offline: offline() };
    const command: LogPermitTap = { ...what, tap: newId(now), decision, listAsOf: listAsOf() };
    journal.keep('permitTap', command.tap, command, now, true);
  }

  #event(
    permit: PermitEntry | undefined,
    result: PermitEvent['result'],
    refusal: PermitEvent['refusal'],
    now: number,
  ): PermitEvent {
    const { listTooOld, listAsOf, offline } = this.#d;
    const about = { byEye: listTooOld(), offline: offline(), asOf: listAsOf() };
    return { type: 'permit', at: iso(now), result, refusal, permit: permit ? shownOf(permit) : null, ...about };
  }
}

const shownOf = ({ permit, kind, name, firm, validTo, from, to, suspended }: PermitEntry) => ({
  ...{ permit, kind, name, firm, validTo, from, to, suspendedWhy: suspended?.reason ?? null },
});
