/** The visitor's screen before anything was chosen, with what is known of him from an earlier visit. */
import { type Host, usualType, type VisitReason } from '@anyuan/contracts';
import type { VisitorScreen, Who } from './state.ts';

/** Who it is, as far as a screen may know: the same after his card was laid down again. */
export const whoKey = (who: Who): string =>
  who.by === 'card'
    ? `${who.presented.name} ${who.presented.last4}`
    : `${who.typed.name} ${who.typed.idNumber?.slice(-4) ?? who.typed.phone ?? ''}`;

export const freshVisit = (who: Who, reason: VisitReason | null = null, host: Host | null = null): VisitorScreen => ({
  at: 'visitor',
  who,
  reason,
  host,
  security: null,
  type: reason === null ? null : usualType[reason],
  count: 1,
  names: '',
  stay: null,
  certificate: '',
  work: null,
  question: { state: 'none' },
  override: null,
  pane: { pane: 'main' },
});
