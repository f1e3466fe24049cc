/**
 * Booked visitors at this gate (G1): the code of a booking, and the list of who is still expected today. Promise: with the
 * server away a code is decided by the last signed list and by what this gate itself has let in, over a restart too. What
 * no list has is asked of its owner for a moment (a booking of this minute, or of another week); nobody answers: `unknown`.
 */
import { createHmac } from 'node:crypto';
import {
  type AdmitVisitor,
  AppError,
  asNineKeys,
  type BookingList,
  type BookingVerdict,
  type ExpectedVisit,
  type Host,
  isNineKeys,
  type ListedBooking,
  schoolDate,
} from '@anyuan/contracts';
import { type Clock, iso, readBookingCode } from '@anyuan/service';
import { decideCode, expectedVisit } from './booking-decision.ts';
import type { Journal } from './journal.ts';
import type { KeptList } from './kept-lists.ts';

const ASK_MS = 1_000;
const USED = 'bookings.used';
/** More than a screen can page through; letters narrow it. */
const SHOWN = 60;

interface Used {
  booking: string;
  visit: string;
  at: string;
}

export type AgreedVisit = Pick<AdmitVisitor, 'booking' | 'type' | 'party' | 'until' | 'plate' | 'confirmation'>;

export interface BookingDeskDeps {
  gate: string;
  cardKey: Buffer;
  journal: Pick<Journal, 'get' | 'set'>;
  clock: Clock;
  list(): KeptList<BookingList>;
  host(id: string): Host | null;
  ask(booking: string): Promise<ListedBooking | null>;
}

export class BookingDesk {
  readonly #d: BookingDeskDeps;
  /** Heard from the owner before the list had it. */
  readonly #asked = new Map<string, ListedBooking>();

  constructor(deps: BookingDeskDeps) {
    this.#d = deps;
  }

  /** @returns undefined: no booking's code */
  scanned(text: string): Promise<BookingVerdict> | undefined {
    const read = readBookingCode((value) => createHmac('sha256', this.#d.cardKey).update(value).digest('hex'), text);
    if (!read) return undefined;
    return read === 'forged' ? Promise.resolve(this.#decide('forged')) : this.open(read.booking);
  }

  /** By its code, or chosen from the list. */
  async open(booking: string): Promise<BookingVerdict> {
    const { ask } = this.#d;
    if (!this.#find(booking)) {
      const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), ASK_MS).unref());
      const told = await Promise.race([ask(booking).catch(() => null), patience]);
      if (told) this.#asked.set(booking, told);
    }
    return this.#decide('ours', booking);
  }

  /** Who may still come today, by the initials of the name; the next one first. */
  expected(initials: string): ExpectedVisit[] {
    const now = this.#d.clock.now();
    const wanted = initials.toLowerCase();
    return (this.#d.list().value?.bookings ?? [])
      .flatMap((one) => (one.state === 'approved' && this.#isOpen(one, now) ? [one] : []))
      .filter((one) => (isNineKeys(wanted) ? asNineKeys(one.initials) : one.initials).startsWith(wanted))
      .sort((a, b) => a.from.localeCompare(b.from) || a.initials.localeCompare(b.initials))
      .slice(0, SHOWN)
      .map((one) => expectedVisit(one, this.#d.host));
  }

  /** What was agreed, for the record: the host said yes beforehand. @throws AppError `badInput`: nobody has approved it */
  agreed(booking: string): AgreedVisit {
    const found = this.#find(booking);
    if (found?.state !== 'approved') throw new AppError('badInput', 'no approved booking');
    const { type, until, party, plate, by, at } = found;
    return {
      ...{ booking, type, until, party: { count: party, names: [] } },
      ...(plate ? { plate } : {}),
      confirmation: { how: 'confirmed', via: 'booking', by, as: 'host', at },
    };
  }

  used(booking: string, visit: string): void {
    const { journal, clock } = this.#d;
    const now = clock.now();
    const today = this.#usedHere().filter(({ at }) => schoolDate(Date.parse(at)) === schoolDate(now));
    journal.set(USED, [...today, { booking, visit, at: iso(now) }]);
  }

  /** 放行 was taken back at once: the booking may be used again. */
  undone(visit: string): void {
    const kept = this.#usedHere().filter((one) => one.visit !== visit);
    if (kept.length < this.#usedHere().length) this.#d.journal.set(USED, kept);
  }

  #decide(code: 'forged' | 'ours', booking?: string): BookingVerdict {
    const { gate, clock, host, list } = this.#d;
    const used = this.#usedHere().find((one) => one.booking === booking);
    return decideCode(code, booking === undefined ? undefined : this.#find(booking), {
      now: clock.now(),
      asOf: list().head?.asOf ?? null,
      usedHere: used && { gate, at: used.at },
      host,
    });
  }

  #isOpen({ booking, used, from, until }: Extract<ListedBooking, { state: 'approved' }>, now: number): boolean {
    const here = this.#usedHere().some((one) => one.booking === booking);
    return !used && !here && Date.parse(until) >= now && schoolDate(Date.parse(from)) === schoolDate(now);
  }

  #find(booking: string): ListedBooking | undefined {
    return this.#d.list().value?.bookings.find((one) => one.booking === booking) ?? this.#asked.get(booking);
  }

  #usedHere = (): Used[] => this.#d.journal.get<Used[]>(USED) ?? [];
}
