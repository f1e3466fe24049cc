import type { PostDay } from '@anyuan/contracts';
import type { IconName } from '@anyuan/ui';

type State = PostDay['state'];
/** The shape of each state, never the colour alone. */
export const visitSign = {
  due: 'signNone',
  open: 'signPlan',
  done: 'signOk',
  missed: 'signLate',
} as const satisfies Record<State, IconName>;
export const visitInk = { due: '', open: 'info-ink', done: 'safe-ink', missed: 'danger-ink' } as const;
export const visitTone = { due: 'none', open: 'info', done: 'safe', missed: 'danger' } as const;
