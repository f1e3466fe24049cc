/**
 * May whoever shows this code come in (G1)? Pure: from the list that is at hand, what this gate has let in itself, and the
 * moment. A code that this school never made is `forged` whatever else is known; of the rest each refusal says what stands
 * against it, so that the guard can say what to do.
 */
import {
  BOOKING_EARLY_MS,
  type BookingVerdict,
  type CodeRefusal,
  type ExpectedVisit,
  type Host,
  type ListedBooking,
  schoolDate,
} from '@anyuan/contracts';

export interface BookingMoment {
  now: number;
  /** How old the list is that is asked; null: none has ever come. */
  asOf: string | null;
  /** What this gate has let in on it, before any list says so. */
  usedHere: { gate: string; at: string } | undefined;
  host(id: string): Host | null;
}

type Approved = Extract<ListedBooking, { state: 'approved' }>;

export function expectedVisit({ host, plate, ...booking }: Approved, hostOf: BookingMoment['host']): ExpectedVisit {
  const { booking: id, name, type, reason, from, until, party, by, at } = booking;
  return { booking: id, name, type, reason, from, until, party, by, at, host: hostOf(host), plate: plate ?? null };
}

/** @param found the booking of a code that holds; undefined when no list at hand has it */
export function decideCode(
  code: 'forged' | 'ours',
  found: ListedBooking | undefined,
  moment: BookingMoment,
): BookingVerdict {
  const { now, asOf, usedHere } = moment;
  const no = (refusal: CodeRefusal, visit: ExpectedVisit | null = null): BookingVerdict => ({
    verdict: 'refused',
    ...{ refusal, visit, asOf },
    window: found ? { from: found.from, until: found.until } : null,
    used: found?.state === 'approved' ? (usedHere ?? found.used ?? null) : null,
  });
  if (code === 'forged') return no('forged');
  if (!found) return no('unknown');
  if (found.state === 'cancelled') return no('cancelled');
  const visit = expectedVisit(found, moment.host);
  const against = refusalOf(found, usedHere !== undefined, now);
  return against ? no(against, visit) : { verdict: 'expected', visit };
}

function refusalOf({ from, until, used }: Approved, usedHere: boolean, now: number): CodeRefusal | undefined {
  if (used || usedHere) return 'used';
  if (now > Date.parse(until)) return 'expired';
  if (schoolDate(now) !== schoolDate(Date.parse(from))) return 'otherDay';
  return now < Date.parse(from) - BOOKING_EARLY_MS ? 'tooEarly' : undefined;
}
