/** What a line of the gate's lists says besides: with whom he came, what the guard keeps for him. */
import type { VisitView } from '@anyuan/contracts';
import { t } from '@anyuan/ui';

export const party = (v: VisitView): string =>
  v.party.count > 1 ? t().dayBook.register.party(v.party.count, v.party.names.join(t().common.listSeparator)) : '';

export const heldItems = (v: VisitView & { items?: readonly string[] }): string =>
  (v.held?.items ?? (v.security?.result === 'held' ? v.security.items : (v.items ?? []))).join(
    t().common.listSeparator,
  );

/** The ticket, and what became of the things. */
export function heldUnder(v: VisitView): string {
  const ticket = v.held?.ticket ?? (v.security?.result === 'held' ? v.security.ticket : null);
  const outcome = v.held?.outcome ? t().visit.outcome[v.held.outcome] : '';
  return [ticket ?? '', outcome].filter(Boolean).join(t().common.comma);
}
