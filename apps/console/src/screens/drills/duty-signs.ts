import type { DutyState } from '@anyuan/contracts';
import type { IconName } from '@anyuan/ui';

/** The shape of each state, never the colour alone. */
export const dutySign = {
  overdue: 'signLate',
  notScheduled: 'signNone',
  scheduled: 'signPlan',
  done: 'signOk',
} as const satisfies Record<DutyState, IconName>;
export const dutyInk = { overdue: 'danger-ink', notScheduled: '', scheduled: 'info-ink', done: 'safe-ink' } as const;
export const dutyTone = { overdue: 'danger', notScheduled: 'none', scheduled: 'info', done: 'safe' } as const;
export const dutyClass = { overdue: 'late', notScheduled: 'none', scheduled: 'plan', done: 'ok' } as const;
