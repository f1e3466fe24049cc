/** What every list and print says of a visit besides its columns: as what he came, and how it came that he was let in (G1). */
import type { VisitView } from '@anyuan/contracts';
import { clock } from './format.ts';
import type { Catalogue } from './i18n/catalogue.ts';

/** `guest` says nothing: it stands for everybody else, and for records from before types were kept. */
export const cameAs = ({ visit }: Catalogue, { type }: Pick<VisitView, 'type'>): string =>
  type === 'guest' ? '' : visit.type[type];

/** Who agreed, or why the guard let him in without an answer; empty where nobody had to be asked. */
export function agreed(
  { visit }: Catalogue,
  { status, confirmation }: Pick<VisitView, 'status' | 'confirmation'>,
): string {
  if (status === 'refused') return '';
  if (confirmation.how === 'override') return visit.agreed.guard(visit.override[confirmation.reason]);
  if (confirmation.how !== 'confirmed') return '';
  if (confirmation.via === 'booking') return visit.agreed.booked;
  if (confirmation.as === 'host') return visit.agreed.host(clock(confirmation.at));
  return visit.agreed.other(visit.as[confirmation.as], confirmation.by.name, clock(confirmation.at));
}
