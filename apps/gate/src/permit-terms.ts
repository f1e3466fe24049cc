/** Which permits and deliveries can't be: pure, so that the office's form and an import are told the same. */
import type { GoodsProblem, PermitProblem, PlanDelivery, SavePermit } from '@anyuan/contracts';

/** A permit without a card and a plate opens nothing. @param hasCard after this change */
export function permitProblem(permit: SavePermit, hasCard: boolean): PermitProblem | null {
  if (permit.validTo < permit.validFrom) return 'endsBeforeStart';
  if (permit.to <= permit.from) return 'hoursBeforeStart';
  return !hasCard && permit.plates.length === 0 ? 'noMeans' : null;
}

/** @param today civil date of the school */
export function deliveryProblem({ date, from, to }: PlanDelivery, today: string): GoodsProblem | null {
  if (to <= from) return 'windowBeforeStart';
  return date < today ? 'past' : null;
}
