/** Staff cards tapped here in the last minute: the proof that a named person stands at the gate (C1, stand-down). */
import { type KioskEvent, newId, type PersonRef, type StaffPerson } from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';

const VALID_MS = 60_000;

export class StaffTaps {
  readonly #clock: Clock;
  readonly #taps = new Map<string, { person: PersonRef; mayStandDown: boolean; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take(staff: StaffPerson): Extract<KioskEvent, { type: 'staffCard' }> {
    const now = this.#clock.now();
    const person = { id: staff.id, name: staff.name };
    const { mayStandDown } = staff;
    for (const [id, { at }] of this.#taps) if (now - at > VALID_MS) this.#taps.delete(id);
    const tap = newId(now);
    this.#taps.set(tap, { person, mayStandDown, at: now });
    return { type: 'staffCard', tap, person, mayStandDown, at: iso(now) };
  }

  /** Whose card it was, if that person may end an alarm. */
  whoStandsDown(tap: string): PersonRef | 'expired' | 'notAllowed' {
    const known = this.#taps.get(tap);
    if (!known || this.#clock.now() - known.at > VALID_MS) return 'expired';
    return known.mayStandDown ? known.person : 'notAllowed';
  }

  used(tap: string): void {
    this.#taps.delete(tap);
  }
}
