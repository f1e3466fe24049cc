/** How many of a group leave: the same question wherever somebody is signed out, by card, by code or from the list (G2). */
import type { VisitView } from '@anyuan/contracts';

/** Null: all who are left. */
export type Leaving = number | null;

/** How many of the party are still inside. */
export const leftOf = (visit: VisitView | undefined): number => (visit ? visit.party.count - visit.gone : 0);

/** One more or one fewer; at least one leaves. */
export function leavingBy(visit: VisitView | undefined, leaving: Leaving, by: number): Leaving {
  const left = leftOf(visit);
  const count = Math.min(left, Math.max(1, (leaving ?? left) + by));
  return count === left ? null : count;
}
