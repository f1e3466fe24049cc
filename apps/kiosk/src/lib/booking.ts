/**
 * A visitor who is expected (G1): by the code on his phone, or found in today's list by the initials of his name. What was agreed
 * fills the visitor's screen, and the host is not asked again; his document is asked for all the same, since a code can be
 * passed on. Another name on it, or another host, and he is registered as anybody is. A refused code says why and what to do.
 */
import type { BookingVerdict } from '@anyuan/contracts';
import { busyWord } from './arrivals.ts';
import { bookedVisitor } from './booked.ts';
import type { BookingInput } from './booking-types.ts';
import { hinted, type Session, type Step, show, stay, workStops } from './state.ts';

const MAX_LETTERS = 6;
export const BOOKINGS_A_PAGE = 4;

export function onBookingVerdict(s: Session, verdict: BookingVerdict, now: number): Step {
  const { screen } = s;
  if (workStops(s)) return [hinted(s, busyWord(s), now), [{ run: 'sound', sound: 'look' }]];
  const later = (): Step => [hinted(s, 'bookingLater', now), [{ run: 'sound', sound: 'look' }]];
  if (s.busy !== null) return later();
  switch (screen.at) {
    case 'visitor':
      // His card lies here already: the code only says what he comes for.
      if (verdict.verdict === 'expected' && screen.pane.pane === 'main' && screen.security === null)
        return show(s, bookedVisitor(screen.who, verdict.visit), { run: 'sound', sound: 'look' });
      return later();
    case 'onSite':
    case 'watchWait':
    case 'turnedAway':
    case 'pickup':
    case 'pickupRefused':
      return later();
    case 'handedOver':
      return screen.until === null ? later() : openVerdict(s, verdict);
    default:
      return openVerdict(s, verdict);
  }
}

const openVerdict = (s: Session, verdict: BookingVerdict): Step =>
  verdict.verdict === 'expected'
    ? show(s, { at: 'booked', visit: verdict.visit }, { run: 'sound', sound: 'yes' })
    : show(s, { at: 'bookingRefused', verdict }, { run: 'sound', sound: 'no' });

const search = (s: Session, initials: string): Step =>
  show(s, { at: 'bookings', initials, visits: null, page: 0 }, { run: 'expected', initials });

export function bookingStep(s: Session, input: BookingInput, now: number): Step {
  const { screen } = s;
  switch (input.do) {
    case 'list':
      return search(s, '');
    case 'opened':
      return onBookingVerdict(s, input.verdict, now);
    case 'byHand':
      if (screen.at !== 'booked') return stay(s);
      return show(s, {
        ...{ at: 'typed', name: screen.visit.name, sex: 'unknown', kind: 'idNumber', idNumber: '', phone: '' },
        booked: screen.visit,
      });
    case 'letter':
    case 'eraseLetter': {
      if (screen.at !== 'bookings') return stay(s);
      const next = input.do === 'letter' ? screen.initials + input.letter : screen.initials.slice(0, -1);
      return next.length > MAX_LETTERS ? stay(s) : search(s, next);
    }
    case 'listed':
      if (screen.at !== 'bookings' || screen.initials !== input.initials) return stay(s);
      return show(s, { ...screen, visits: input.visits });
    case 'page': {
      if (screen.at !== 'bookings') return stay(s);
      const pages = Math.max(1, Math.ceil((screen.visits?.length ?? 0) / BOOKINGS_A_PAGE));
      return show(s, { ...screen, page: Math.min(pages - 1, Math.max(0, screen.page + input.by)) });
    }
    case 'choose':
      return screen.at === 'bookings' ? [s, [{ run: 'openBooking', booking: input.booking }]] : stay(s);
  }
}
