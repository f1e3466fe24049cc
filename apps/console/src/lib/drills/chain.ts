/** Findings as they are listed: what is late first, then what is open, then what came to its end; the newest first in each. */
import type { ChainStep, FindingView } from '@anyuan/contracts';

export const FINDING_STATES = ['late', 'open', 'closed', 'dismissed'] as const satisfies FindingView['state'][];
const RANK = (state: FindingView['state']) => FINDING_STATES.indexOf(state);

export const inOrder = (findings: readonly FindingView[]): FindingView[] =>
  [...findings].sort((a, b) => RANK(a.state) - RANK(b.state) || b.at.localeCompare(a.at));

/** The term's page shows a few: what is still to do, and the last that was mended, so that one sees it can be done. */
export function foremost(findings: readonly FindingView[], most: number): FindingView[] {
  const ordered = inOrder(findings.filter((f) => f.state !== 'dismissed'));
  return ordered.slice(0, most);
}

export type NextAction = 'hazard' | 'plan' | 'redrill' | null;
/** What a person may do now for a finding; mending the hazard itself is done on the hazard. */
export function nextAction({ state, chain }: FindingView): NextAction {
  if (state === 'closed' || state === 'dismissed') return null;
  const open = chain.find((s) => s.state !== 'done');
  if (!open) return null;
  if (open.step === 'redrill') return open.opens ? null : 'redrill';
  return open.step === 'hazard' || open.step === 'plan' ? open.step : null;
}

export const lateDays = (chain: readonly ChainStep[]): number => Math.max(0, ...chain.map((s) => s.late));
