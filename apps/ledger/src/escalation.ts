/** How late a hazard is, and who is told of it (F3). Pure. */
import { schoolDate } from '@anyuan/contracts';
import type { HazardState } from './hazard.ts';

const DAY_MS = 86_400_000;
/** Days after the deadline from which the owner, the administrator, the principal is told. */
const ESCALATION_DAYS = [1, 3, 7] as const;

type Dated = Pick<HazardState, 'status' | 'deadline' | 'fixedAt'>;

/** Is anybody still to mend it? */
export const isOpen = ({ status }: Pick<HazardState, 'status'>): boolean =>
  status === 'assigned' || status === 'reopened';

/** Days after the deadline: up to `today` while it is to be mended, up to the day of its fix afterwards; 0 in time. */
export function lateness({ status, deadline, fixedAt }: Dated, today: string): number {
  if (!deadline || status === 'reported' || status === 'rejected') return 0;
  const until = isOpen({ status }) || !fixedAt ? today : schoolDate(fixedAt.getTime());
  return Math.max(0, Math.round((Date.parse(until) - Date.parse(deadline)) / DAY_MS));
}

/** The levels that are due and not told yet, lowest first: each has its own addressee. */
export function dueLevels(hazard: Dated & Pick<HazardState, 'escalated'>, today: string): number[] {
  if (!isOpen(hazard)) return [];
  const late = lateness(hazard, today);
  return ESCALATION_DAYS.flatMap((days, i) => (late >= days && hazard.escalated <= i ? [i + 1] : []));
}

/** For each level told so far the latest deadline of which the next one is due. */
export const nextDue = (today: string): { escalated: number; deadline: string }[] =>
  ESCALATION_DAYS.map((days, escalated) => {
    const deadline = new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10);
    return { escalated, deadline };
  });
