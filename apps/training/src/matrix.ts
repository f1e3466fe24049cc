/**
 * Requirements × people (E2, E3, H12): who can prove what today. Pure: the same evidence and the same day give the same
 * answer, on a screen, on paper and at the moment in which somebody is put on a shift.
 *
 * A cell is decided by the evidence that lasts longest. What has a last day holds on that day still.
 */
import type { Gap, MatrixCell, Need, Requirement, StaffRole } from '@anyuan/contracts';
import { addMonths, daysBetween } from './dates.ts';

/** A fact about a person: a certificate, a clear vetting, a filing, a course that was passed, a practised skill. */
export interface Evidence {
  id: string;
  person: string;
  kind: Need['kind'];
  /** Kind of certificate, authority, course code or skill; empty for a vetting. */
  what: string;
  on: string;
  /** Last day by its own text; null: none. */
  until: string | null;
  seconds: number | null;
}

export interface Judged {
  state: MatrixCell['state'] | 'notNeeded';
  evidence: Evidence | null;
  due: string | null;
  within: MatrixCell['within'];
}

export interface Row<Person> {
  person: Person;
  /** In the order of the requirements. */
  cells: Judged[];
  gaps: number;
}

const NOT_NEEDED: Judged = { state: 'notNeeded', evidence: null, due: null, within: null };
const MISSING: Judged = { state: 'missing', evidence: null, due: null, within: null };
const NEVER = '9999-12-31';

export function matrixOf<Person extends { id: string; roles: readonly StaffRole[] }>(
  people: readonly Person[],
  requirements: readonly Requirement[],
  evidence: readonly Evidence[],
  today: string,
): { rows: Row<Person>[]; gaps: number[] } {
  const found = Map.groupBy(evidence, (e) => key(e.person, e.kind, e.what));
  const rows = people.map((person) => {
    const cells = requirements.map(({ roles, need }) =>
      roles.some((role) => person.roles.includes(role))
        ? judge(need, found.get(key(person.id, need.kind, whatOf(need))) ?? [], today)
        : NOT_NEEDED,
    );
    return { person, cells, gaps: cells.filter(isGap).length };
  });
  const gaps = requirements.map((_, i) => rows.filter((row) => isGap(row.cells[i] ?? NOT_NEEDED)).length);
  return { rows, gaps };
}

const isGap = ({ state }: Judged): boolean => state === 'expired' || state === 'missing';

export const gapsOf = (requirements: readonly Requirement[], cells: readonly Judged[]): Gap[] =>
  requirements.flatMap(({ id, title }, i) => {
    const cell = cells[i];
    return cell?.state === 'expired' || cell?.state === 'missing'
      ? [{ requirement: id, title, state: cell.state, due: cell.due }]
      : [];
  });

function judge(need: Need, evidence: readonly Evidence[], today: string): Judged {
  let best: { evidence: Evidence; due: string | null } | undefined;
  for (const one of evidence) {
    // What happens later proves nothing today.
    if (one.on > today) continue;
    const due = one.until ?? ('months' in need && need.months ? addMonths(one.on, need.months) : null);
    const lasts = (due ?? NEVER) + one.on;
    if (!best || lasts > (best.due ?? NEVER) + best.evidence.on) best = { evidence: one, due };
  }
  if (!best) return MISSING;
  if (best.due === null) return { ...best, state: 'ok', within: null };
  const days = daysBetween(today, best.due);
  if (days < 0) return { ...best, state: 'expired', within: null };
  const within = days <= 7 ? 7 : days <= 30 ? 30 : days <= 90 ? 90 : null;
  return { ...best, state: within ? 'expiring' : 'ok', within };
}

const whatOf = (need: Need): string => (need.kind === 'vetting' ? '' : need.what);
const key = (person: string, kind: string, what: string): string => `${person}\n${kind}\n${what}`;
