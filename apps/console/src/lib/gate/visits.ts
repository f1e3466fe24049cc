/** Who is on site, and who came today. Overstay: past the end that was planned at the gate (G2). */
import { dueAt, schoolDate, type VisitView } from '@anyuan/contracts';

const byTime = (a: VisitView, b: VisitView) => b.admittedAt.localeCompare(a.admittedAt);

export function putVisit(visits: readonly VisitView[], visit: VisitView): readonly VisitView[] {
  return [visit, ...visits.filter((v) => v.visit !== visit.visit)].sort(byTime);
}

export const stayMs = (visit: VisitView, now: number): number => Math.max(0, now - Date.parse(visit.admittedAt));
export const overstays = (visit: VisitView, now: number): boolean => visit.status === 'onSite' && now > dueAt(visit);

/** Longest on site first: those to look for stand on top. */
export const onSite = (visits: readonly VisitView[]): VisitView[] =>
  visits.filter((v) => v.status === 'onSite').sort((a, b) => byTime(b, a));

export const isToday = (visit: VisitView, now: number): boolean =>
  schoolDate(Date.parse(visit.admittedAt)) === schoolDate(now);

export interface VisitCounts {
  onSite: number;
  overstay: number;
  today: number;
  left: number;
  refused: number;
}

export function visitCounts(visits: readonly VisitView[], now: number): VisitCounts {
  const today = visits.filter((v) => isToday(v, now));
  return {
    onSite: visits.filter((v) => v.status === 'onSite').length,
    overstay: visits.filter((v) => overstays(v, now)).length,
    today: today.filter((v) => v.status === 'onSite' || v.status === 'left').length,
    left: today.filter((v) => v.status === 'left').length,
    refused: today.filter((v) => v.status === 'refused').length,
  };
}
