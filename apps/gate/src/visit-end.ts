/**
 * How a visit stands after everything that was said of its end, in the order in which it was received. A pure function: a
 * sign-out may come before its admission, twice, for a part of a group, or together with an undo; whatever came first and
 * ended the visit counts, and nothing that comes later opens it again (G2).
 */
import { UNDO_LIMIT_MS, type VisitView } from '@anyuan/contracts';

export interface SaidOfEnd {
  kind: 'left' | 'undone';
  /** How many of a group; null: whoever is left. */
  count: number | null;
  at: Date;
}

export interface Standing {
  status: Extract<VisitView['status'], 'onSite' | 'left' | 'undone'>;
  gone: number;
  leftAt: Date | null;
}

/** @param said in the order of receipt */
export function standing(count: number, admittedAt: Date, said: readonly SaidOfEnd[]): Standing {
  let gone = 0;
  for (const { kind, count: some, at } of said) {
    if (kind === 'undone') {
      const slip = at.getTime() - admittedAt.getTime() <= UNDO_LIMIT_MS;
      if (slip && gone === 0) return { status: 'undone', gone: 0, leftAt: null };
      continue;
    }
    gone = Math.min(count, gone + (some ?? count));
    if (gone === count) return { status: 'left', gone, leftAt: at };
  }
  return { status: 'onSite', gone, leftAt: null };
}
