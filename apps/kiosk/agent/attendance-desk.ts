/**
 * Attendance of a staff training at this gate's card reader (E3). While a session is open here, a card that is nobody's pickup
 * card is an attendance: on disk first, then offered to `training`, whose word is told when it comes in time. It ends by itself.
 */
import {
  AppError,
  type AttendByCard,
  type Attended,
  type CardForgotten,
  type KioskEvent,
  newId,
  type PersonRef,
  type SessionToday,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import { schoolTime } from './pickup-decision.ts';
import type { Sender } from './sender.ts';

export const OPEN_MS = 30 * 60_000;
const OWNER_MS = 1_500;
/** The sessions of the last day on which the service answered: what can be opened while it is away. */
const KNOWN = 'sessions';

export type AttendedEvent = Extract<KioskEvent, { type: 'attended' }>;

export interface AttendanceDeps {
  journal: Journal;
  sender: Pick<Sender, 'now'>;
  clock: Clock;
  ask(): Promise<SessionToday[]>;
  /** Whose card it is, as far as this gate knows. */
  staff(cardHash: string): PersonRef | undefined;
  onChange(): void;
}

export class AttendanceDesk {
  readonly #d: AttendanceDeps;
  #open: { session: SessionToday; until: number; came: Set<string> } | null = null;

  constructor(deps: AttendanceDeps) {
    this.#d = deps;
  }

  /** @throws AppError `unavailable` when the service is away and did not answer today */
  async sessions(): Promise<SessionToday[]> {
    const { journal, clock, ask } = this.#d;
    const { date } = schoolTime(clock.now());
    const told = await ask().catch(() => null);
    if (told) {
      journal.remember({ [KNOWN]: { date, sessions: told } });
      return told;
    }
    const kept = journal.get<{ date: string; sessions: SessionToday[] }>(KNOWN);
    if (kept?.date !== date) throw new AppError('unavailable', "today's sessions are not known here");
    return kept.sessions;
  }

  async begin(id: string): Promise<void> {
    const session = (await this.sessions()).find((one) => one.id === id);
    if (!session) throw new AppError('notFound', 'no such session today');
    this.#open = { session, until: this.#d.clock.now() + OPEN_MS, came: new Set() };
    this.#d.onChange();
  }

  end(): void {
    this.#open = null;
    this.#d.onChange();
  }

  get now(): { session: SessionToday; until: string; came: number } | null {
    if (this.#open && this.#d.clock.now() >= this.#open.until) this.#open = null;
    const { session, until, came } = this.#open ?? {};
    return session && until && came ? { session, until: iso(until), came: came.size } : null;
  }

  /**
   * A card at the reader while a session is open.
   * @param cardHash of somebody without his card: the one he has, null when he has none
   */
  async tapped(cardHash: string | null, forgotten?: CardForgotten): Promise<AttendedEvent> {
    const { journal, sender, clock, staff, onChange } = this.#d;
    const open = this.now && this.#open;
    if (!open) throw new AppError('conflict', 'no session is open here');
    const at = iso(clock.now());
    const byWord = forgotten ? { forgotten } : {};
    const known = forgotten?.person.name ?? (cardHash === null ? undefined : staff(cardHash)?.name) ?? null;
    const told = (result: AttendedEvent['result'], name: string | null): AttendedEvent => ({
      ...{ type: 'attended', at, result, name, ...byWord },
    });
    const came = cardHash ?? forgotten?.person.id ?? '';
    if (open.came.has(came)) return told('already', known);
    const attendance = newId(clock.now());
    const command: AttendByCard = { attendance, session: open.session.id, cardHash, at, ...byWord };
    journal.keep('attend', attendance, command, clock.now(), true);
    // At once: a card that lies on the reader is read again before its owner has answered.
    open.came.add(came);
    const answer = await sender.now<Attended>(attendance, OWNER_MS);
    // Nobody's card, or a session that is not today's: whoever mends that may tap again.
    if (answer?.result === 'unknownCard' || answer?.result === 'notToday') open.came.delete(came);
    onChange();
    if (!answer) return told('kept', known);
    return told(answer.result, 'person' in answer ? answer.person.name : known);
  }
}
