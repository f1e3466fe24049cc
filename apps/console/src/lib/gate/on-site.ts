/** Who is inside, in heads, and put together by where they are, whom they see, or since when. Pure (G4). */
import type { VisitView } from '@anyuan/contracts';

export const GROUPINGS = ['place', 'host', 'time'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type Stay = 'short' | 'mid' | 'long';

export interface Group {
  /** A department, a host's name, how long; empty: nobody to see. */
  key: string;
  heads: number;
  visits: VisitView[];
}

const HOUR_MS = 3_600_000;

/** Of a group those who are still inside. */
export const headsOf = ({ party, gone }: Pick<VisitView, 'party' | 'gone'>): number => Math.max(1, party.count - gone);
export const allHeads = (visits: readonly VisitView[]): number =>
  visits.reduce((sum, visit) => sum + headsOf(visit), 0);

export function stayOf({ admittedAt }: VisitView, now: number): Stay {
  const stayed = now - Date.parse(admittedAt);
  return stayed > 2 * HOUR_MS ? 'long' : stayed > HOUR_MS ? 'mid' : 'short';
}

/** @param visits those on site. The fullest group first; by time the longest stay first */
export function groupsOf(visits: readonly VisitView[], by: Grouping, now: number): Group[] {
  const keyOf = (visit: VisitView): string => {
    if (by === 'time') return stayOf(visit, now);
    return (by === 'place' ? visit.host?.department : visit.host?.name) ?? '';
  };
  const groups = [...Map.groupBy(visits, keyOf)].map(([key, of]) => ({ key, heads: allHeads(of), visits: of }));
  const order: readonly string[] = ['long', 'mid', 'short'];
  return groups.sort((a, b) => (by === 'time' ? order.indexOf(a.key) - order.indexOf(b.key) : b.heads - a.heads));
}
