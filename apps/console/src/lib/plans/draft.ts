/** A plan's text while it is being written. Pure; empty lines are what a person left over and never become part of it. */
import type { PersonRef, PlanBody, PlanDetail, PlanView } from '@anyuan/contracts';

export const emptyBody = (lead: PersonRef): PlanBody => ({ lead, duties: [], steps: [''], places: [] });

export const cleaned = (body: PlanBody): PlanBody => ({
  lead: body.lead,
  duties: body.duties
    .map((d) => ({ role: d.role.trim(), who: d.who.trim(), duty: d.duty.trim() }))
    .filter((d) => d.role !== '' || d.who !== '' || d.duty !== ''),
  steps: body.steps.map((s) => s.trim()).filter((s) => s !== ''),
  places: body.places
    .map((p) => ({ class: p.class, place: p.place.trim(), route: p.route.trim() }))
    .filter((p) => p.class !== '' && p.place !== ''),
});

/** What keeps it from being kept; null when nothing does. */
export function lackOf(body: PlanBody): 'steps' | 'duties' | null {
  const { duties, steps } = cleaned(body);
  if (steps.length === 0) return 'steps';
  return duties.some((d) => d.role === '' || d.who === '' || d.duty === '') ? 'duties' : null;
}

/** The text that the next version starts from: the open draft, else the one that counts. */
export const startOf = ({ plan, versions }: PlanDetail): PlanBody | null =>
  (plan.draft ?? plan.current ?? versions[0])?.body ?? null;

export type PlanState = 'approved' | 'draft' | 'both';
export const stateOf = ({ current, draft }: PlanView): PlanState =>
  current && draft ? 'both' : current ? 'approved' : 'draft';

/** Kinds in the order in which the school meets them, each with its plans by level. */
export function inOrder(plans: readonly PlanView[], kinds: readonly PlanView['kind'][]): PlanView[] {
  const levels = ['severe', 'major', 'general'];
  return [...plans].sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      a.title.localeCompare(b.title, 'zh-CN'),
  );
}
