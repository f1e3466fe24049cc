/** What a line of the gate's lists says besides: as what he came and with whom, who agreed, what the guard keeps for him. */
import type { VisitView } from '@anyuan/contracts';
import { clock, t } from '@anyuan/ui';

/** `guest` says nothing: it stands for everybody else, and for records from before types were kept. */
export const cameAs = (v: VisitView): string => (v.type === 'guest' ? '' : t().visit.type[v.type]);

export const party = (v: VisitView): string =>
  v.party.count > 1 ? t().dayBook.register.party(v.party.count, v.party.names.join(t().common.listSeparator)) : '';

/** How it came that he was let in; empty where nobody had to be asked. */
export function agreed(v: VisitView): string {
  const said = v.confirmation;
  const text = t().visit.agreed;
  if (v.status === 'refused') return '';
  if (said.how === 'override') return text.guard(t().visit.override[said.reason]);
  if (said.how !== 'confirmed') return '';
  if (said.via === 'booking') return text.booked;
  if (said.as === 'host') return text.host(clock(said.at));
  return text.other(t().visit.as[said.as], said.by.name, clock(said.at));
}

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
