/**
 * Staff who stand here without their card 忘带卡 (A1, A3). The guard finds the person by name in the signed list; that it is he is
 * proved by his own PIN, or by a colleague's card laid down while his name is on the screen. Then the same happens as by his card:
 * attendance, his post, or in and out by his permit, with the word of who vouched on the record; off line too.
 *
 * Nobody vouches for himself: his own card, found after all, is a card like any other. A colleague's tap counts for this alone
 * and is no pass of his own. A name that is left standing stops waiting after a minute, so that the next card means itself again.
 */
import { AppError, type CardForgotten, type KioskEvent, type PersonRef, type StaffPerson } from '@anyuan/contracts';
import type { Clock } from '@anyuan/service';
import type { AttendanceDesk } from './attendance-desk.ts';
import type { PermitDesk } from './permit-desk.ts';
import { type PinAnswer, PinPad } from './pin-pad.ts';
import type { PostDesk } from './post-desk.ts';
import type { Staff } from './staff.ts';

const WAITS_MS = 60_000;

export interface ForgottenDeskDeps {
  clock: Clock;
  staff: Pick<Staff, 'person'>;
  attendance: Pick<AttendanceDesk, 'now' | 'tapped'>;
  posts: Pick<PostDesk, 'tapped'>;
  permits: Pick<PermitDesk, 'vouched'>;
  alarmOpen(): boolean;
}

export class ForgottenDesk {
  readonly #d: ForgottenDeskDeps;
  readonly #pad: PinPad;
  #waits: { person: string; until: number } | null = null;

  constructor(deps: ForgottenDeskDeps) {
    this.#d = deps;
    this.#pad = new PinPad(deps.clock);
  }

  /** From now on a colleague's card vouches for him. */
  begin(person: string): void {
    this.#waits = { person: this.#known(person).id, until: this.#d.clock.now() + WAITS_MS };
  }

  end(): void {
    this.#waits = null;
  }

  /** His own PIN; what it came to is the event that his card would have made. */
  async prove(
    person: string,
    pin: string,
  ): Promise<Exclude<PinAnswer, { ok: true }> | { ok: true; event: KioskEvent }> {
    const known = this.#known(person);
    const answer = await this.#pad.proves(known, pin);
    if (!answer.ok) return answer;
    this.end();
    const himself = refOf(known);
    return { ok: true, event: await this.#passes(known, { person: himself, proof: 'pin', by: himself }) };
  }

  /** A staff card at the reader. @returns undefined: nobody waits for it */
  tapped(colleague: StaffPerson): Promise<KioskEvent> | undefined {
    const { clock, staff, alarmOpen } = this.#d;
    const waits = this.#waits && clock.now() < this.#waits.until ? this.#waits : null;
    const person = waits && !alarmOpen() ? staff.person(waits.person) : undefined;
    if (!person) return undefined;
    this.end();
    if (person.id === colleague.id) return undefined;
    return this.#passes(person, { person: refOf(person), proof: 'colleague', by: refOf(colleague) });
  }

  /** As by his card: see `Readers` for the order. */
  async #passes(person: StaffPerson, forgotten: CardForgotten): Promise<KioskEvent> {
    const { attendance, posts, permits, alarmOpen } = this.#d;
    const card = person.cardHash ?? null;
    if (alarmOpen()) return permits.vouched(card, true, forgotten);
    if (attendance.now !== null) return attendance.tapped(card, forgotten);
    return posts.tapped(refOf(person), forgotten) ?? permits.vouched(card, false, forgotten);
  }

  #known(id: string): StaffPerson {
    const person = this.#d.staff.person(id);
    if (!person) throw new AppError('notFound', 'no such member of staff');
    return person;
  }
}

const refOf = ({ id, name }: PersonRef): PersonRef => ({ id, name });
