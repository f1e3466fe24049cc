/** Bookings in the order in which somebody acts on them. */
import { type BookingView, schoolDate } from '@anyuan/contracts';

export type Group = 'waiting' | 'today' | 'toCome' | 'gone';

export function groupOf(booking: BookingView, now: number): Group {
  if (Date.parse(booking.until) < now && schoolDate(Date.parse(booking.from)) !== schoolDate(now)) return 'gone';
  if (booking.state === 'waiting' && Date.parse(booking.until) >= now) return 'waiting';
  return schoolDate(Date.parse(booking.from)) === schoolDate(now) ? 'today' : 'toCome';
}

/** What waits for an answer stands first; groups without anybody are left out. */
export function grouped(bookings: readonly BookingView[], now: number): { group: Group; bookings: BookingView[] }[] {
  const groups: Group[] = ['waiting', 'today', 'toCome', 'gone'];
  return groups
    .map((group) => ({ group, bookings: bookings.filter((b) => groupOf(b, now) === group) }))
    .filter((one) => one.bookings.length > 0);
}

export type Stage = BookingView['state'] | 'used' | 'expired';
export function stageOf({ state, uses, until }: BookingView, now: number): Stage {
  if (uses.length > 0) return 'used';
  return (state === 'approved' || state === 'waiting') && Date.parse(until) < now ? 'expired' : state;
}

/** May still be changed, cancelled or decided. */
export const isOpen = (booking: BookingView, now: number): boolean =>
  ['waiting', 'approved'].includes(stageOf(booking, now));
