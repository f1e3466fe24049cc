/**
 * The end of an alarm at this gate: a named person's card that may, his PIN where he has one (a card can be copied), and a
 * reason; the alarm service ends it for the whole school.
 */
import { newId, type StandDown } from '@anyuan/contracts';
import type { Clock, Log } from '@anyuan/service';
import type { Owners } from './owners.ts';
import { PinPad } from './pin-pad.ts';
import type { Staff } from './staff.ts';
import type { StaffTaps } from './staff-taps.ts';

export interface StandDownInput {
  incident: string;
  tap: string;
  reason: StandDown['reason'];
  note: string;
  pin?: string | undefined;
}

export function standDownDesk(deps: { taps: StaffTaps; staff: Staff; owners: Owners; clock: Clock; log: Log }) {
  const { taps, staff, owners, clock, log } = deps;
  // Of its own: wrong tries at a shift must not keep anybody from ending an alarm.
  const pad = new PinPad(clock);
  return async ({ incident, tap, reason, note, pin }: StandDownInput) => {
    const person = taps.whoStandsDown(tap);
    if (typeof person === 'string') return { ok: false as const, reason: person };
    const known = staff.person(person.id);
    if (known?.pin && pin === undefined) return { ok: false as const, reason: 'pinWanted' as const };
    const proved = known?.pin ? await pad.proves(known, pin ?? '') : { ok: true as const };
    if (!proved.ok) return proved;
    try {
      await owners.alarm.standDownByCard.mutate({ command: newId(clock.now()), incident, reason, note, person });
      taps.used(tap);
      return { ok: true as const };
    } catch (error) {
      log.warn({ error }, 'the stand-down did not arrive');
      return { ok: false as const, reason: 'offline' as const };
    }
  };
}
