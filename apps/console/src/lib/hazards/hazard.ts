/** What a hazard's page says and offers, from the hazard as it stands. The service decides; here nothing is shown that it would refuse. */
import type { HazardStatus, HazardView } from '@anyuan/contracts';

export type HazardAction = 'assign' | 'extend' | 'fix' | 'verify' | 'reopen' | 'reject' | 'urge';

const KEEPS: Record<HazardStatus, readonly HazardAction[]> = {
  reported: ['assign', 'reject'],
  assigned: ['fix', 'urge', 'extend', 'assign', 'reject'],
  reopened: ['fix', 'urge', 'extend', 'assign', 'reject'],
  fixed: ['verify', 'reopen'],
  verified: ['reopen'],
  rejected: ['reopen'],
};

export interface Asking {
  id: string;
  /** Keeps the ledger; whoever is answerable may say that it is mended in any case. */
  writes: boolean;
}

/** The first one is what comes next. Nobody is offered to verify what he fixed himself. */
export const actionsOf = ({ status, owner, fixedBy }: HazardView, { id, writes }: Asking): HazardAction[] =>
  KEEPS[status].filter((action) => {
    if (action === 'verify' && fixedBy?.id === id) return false;
    return writes || (action === 'fix' && owner?.id === id);
  });

export type Step = 'report' | 'assign' | 'fix' | 'verify';
export interface HazardStop {
  step: Step;
  state: 'done' | 'now' | 'todo' | 'late';
  /** ISO instant, or null while it is not done. */
  at: string | null;
  by: string;
}

/** 登记 → 分派 → 整改 → 复核. A rejected hazard has come to its end after the first. */
export function stopsOf(hazard: HazardView, assignedAt: string | null): HazardStop[] {
  const { status, owner, fixedAt, fixedBy, verifiedAt, verifiedBy, late } = hazard;
  const first: HazardStop = { step: 'report', state: 'done', at: hazard.reportedAt, by: hazard.reportedBy.name };
  if (status === 'rejected') return [first];
  const stop = (step: Step, done: boolean, now: boolean, at: string | null, by: string): HazardStop => ({
    step,
    state: done ? 'done' : !now ? 'todo' : late > 0 ? 'late' : 'now',
    at: done ? at : null,
    by,
  });
  const assigned = status !== 'reported';
  const fixed = status === 'fixed' || status === 'verified';
  return [
    first,
    stop('assign', assigned, !assigned, assignedAt, owner?.name ?? ''),
    stop('fix', fixed, assigned && !fixed, fixedAt, fixedBy?.name ?? owner?.name ?? ''),
    // Late is the fix; whoever verifies is in time whenever he does it.
    { ...stop('verify', status === 'verified', fixed, verifiedAt, verifiedBy?.name ?? ''), ...waiting(status) },
  ];
}
const waiting = (status: HazardStatus): Partial<HazardStop> => (status === 'fixed' ? { state: 'now' } : {});

export const isOpen = ({ status }: HazardView): boolean => status !== 'verified' && status !== 'rejected';
/** Somebody is answerable for it and has not said yet that it is mended. */
export const toMend = ({ status }: HazardView): boolean => status === 'assigned' || status === 'reopened';
/** Past its deadline and not mended yet. */
export const isLate = (hazard: HazardView): boolean => hazard.late > 0 && toMend(hazard);
