/** What a booking fills in on the visitor's screen, and whether it still counts when the visitor is let in. */
import { type ExpectedVisit, usualEnd } from '@anyuan/contracts';
import { freshVisit } from './fresh-visit.ts';
import type { VisitorScreen, Who } from './state.ts';

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s·.]/g, '')
    .toLowerCase();
const sameName = (a: string, b: string): boolean => plain(a) === plain(b);
const nameOf = (who: Who): string => (who.by === 'card' ? who.presented.name : who.typed.name);

/** Reason and host as they were agreed. */
export function bookedVisitor(who: Who, visit: ExpectedVisit): VisitorScreen {
  return {
    ...freshVisit(who, visit.reason, visit.host),
    type: visit.type,
    count: Math.max(1, visit.party),
    booked: { visit, named: sameName(nameOf(who), visit.name) },
  };
}

/** The booking that goes with the visit: only as it was agreed, for this name and this host. */
export function bookingOf({ booked, host }: VisitorScreen): string | undefined {
  return booked?.named && host !== null && booked.visit.host?.id === host.id ? booked.visit.booking : undefined;
}

/** Until when he stays: what the guard chose, else what was agreed, else as is usual for his type, ms since 1970. */
export function staysUntil(screen: VisitorScreen, now: number): number {
  if (screen.stay !== null) return now + screen.stay * 60_000;
  if (bookingOf(screen) && screen.booked) return Date.parse(screen.booked.visit.until);
  return usualEnd(screen.type ?? 'guest', now);
}

/** The guard let him in otherwise than was agreed: more people, as somebody else, for longer. */
export const bookedOtherwise = ({ booked, count, type, stay }: VisitorScreen): boolean =>
  booked !== undefined && (count !== Math.max(1, booked.visit.party) || type !== booked.visit.type || stay !== null);
