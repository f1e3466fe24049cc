/** What a shift's checklist found wrong and nobody has mended yet. Pure: a later look that is fine ends it, or the office does. */
import type { OpenPoint, PersonRef, ShiftCheck, ShiftCheckKind } from '@anyuan/contracts';

export interface ChecksMade {
  id: string;
  gate: string;
  at: number;
  by: PersonRef;
  checks: readonly ShiftCheck[];
}

/** @param made of all gates, oldest first. @returns the oldest first; a point counts from the first look that found it */
export function openPoints(
  made: readonly ChecksMade[],
  closed: readonly { checks: string; check: ShiftCheckKind }[],
): OpenPoint[] {
  const isClosed = (id: string, check: ShiftCheckKind) => closed.some((c) => c.checks === id && c.check === check);
  const open = new Map<string, OpenPoint>();
  for (const { id, gate, at, by, checks } of made) {
    for (const { check, ok, notes } of checks) {
      const key = `${gate} ${check}`;
      if (ok || isClosed(id, check)) open.delete(key);
      else if (!open.has(key))
        open.set(key, { checks: id, check, gate, notes: [...notes], at: new Date(at).toISOString(), by });
    }
  }
  return [...open.values()].sort((a, b) => a.at.localeCompare(b.at));
}
