/**
 * The provable chain (H10): what a drill showed, as five links with who and when. A pure function of records that others
 * wrote: the finding, the ledger's hazard, the plan's versions, the drills that were to show it mended.
 */
import type { ChainStep, FindingView } from '@anyuan/contracts';
import { addDays, daysBetween } from './calendar.ts';

export interface ChainFacts {
  drill: { id: string };
  /** When and by whom it was found. */
  found: { at: string; by: string };
  hazard: {
    id: string;
    number: string;
    owner: string | null;
    deadline: string | null;
    recordedAt: string;
    fixed: { at: string; by: string | null } | null;
  } | null;
  /** The first approved version that names the finding, else its draft. */
  version: { plan: string; number: number; approved: { at: string; by: string } | null; draftedBy: string } | null;
  /** The drill that showed it mended, else the next that shall. */
  redrill: { id: string; date: string; proven: boolean; label: string | null; lead: string } | null;
}

/** A finding without a hazard after these days is late. */
const RECORD_DAYS = 3;

type Steps = Record<ChainStep['step'], ChainStep>;

export function chainOf(facts: ChainFacts, today: string): ChainStep[] {
  const steps: Steps = {
    found: found(facts),
    hazard: hazard(facts),
    fixed: fixed(facts),
    plan: plan(facts),
    redrill: redrill(facts),
  };
  const all = Object.values(steps);
  const next = all.find((s) => s.state !== 'done');
  return all.map((step) => {
    const late = step.state !== 'done' && step.due !== null && step.due < today ? daysBetween(step.due, today) : 0;
    if (late > 0) return { ...step, state: 'late', late };
    return step === next ? { ...step, state: 'now' } : step;
  });
}

export function stateOf(chain: readonly ChainStep[], dismissed: string | null): FindingView['state'] {
  if (dismissed !== null) return 'dismissed';
  if (chain.every((s) => s.state === 'done')) return 'closed';
  return chain.some((s) => s.state === 'late') ? 'late' : 'open';
}

const todo = (step: ChainStep['step'], over: Partial<ChainStep> = {}): ChainStep => ({
  ...{ step, state: 'todo', at: null, by: null, label: null, due: null, late: 0, opens: null },
  ...over,
});

const found = ({ drill, found: { at, by } }: ChainFacts): ChainStep =>
  todo('found', { state: 'done', at, by, opens: { kind: 'drill', id: drill.id } });

function hazard({ hazard: known, found: { at } }: ChainFacts): ChainStep {
  if (!known) return todo('hazard', { due: addDays(at.slice(0, 10), RECORD_DAYS) });
  const { id, number, recordedAt, owner } = known;
  return todo('hazard', { state: 'done', at: recordedAt, by: owner, label: number, opens: { kind: 'hazard', id } });
}

function fixed({ hazard: known }: ChainFacts): ChainStep {
  if (!known) return todo('fixed');
  const opens = { kind: 'hazard', id: known.id } as const;
  if (known.fixed) return todo('fixed', { state: 'done', ...known.fixed, opens });
  return todo('fixed', { due: known.deadline, by: known.owner, opens });
}

function plan({ version }: ChainFacts): ChainStep {
  if (!version) return todo('plan');
  const { number, approved, draftedBy } = version;
  const opens = { kind: 'plan', id: version.plan } as const;
  if (!approved) return todo('plan', { by: draftedBy, label: String(number), opens });
  return todo('plan', { state: 'done', ...approved, label: String(number), opens });
}

function redrill({ redrill: drill }: ChainFacts): ChainStep {
  if (!drill) return todo('redrill');
  const opens = { kind: 'drill', id: drill.id } as const;
  if (!drill.proven) return todo('redrill', { due: drill.date, by: drill.lead, opens });
  return todo('redrill', {
    state: 'done',
    at: new Date(`${drill.date}T00:00:00+08:00`).toISOString(),
    by: drill.lead,
    label: drill.label,
    opens,
  });
}
