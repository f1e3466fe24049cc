/** The term as its page shows it, and what is proposed for it. Unannounced drills are seen by those who plan or run them. */
import {
  type Actor,
  type DrillView,
  type Duty,
  permissionsOf,
  schoolDate,
  type Term,
  type TermPlan,
  type TermView,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { daysOf, unknownYears } from './calendar.ts';
import type { DrillsContext, Queries } from './context.ts';
import { drillsWhere, known, type StoredDrill, shown } from './drill-store.ts';
import { planTerm } from './planner.ts';
import { clashesOf, stateOf } from './requirements.ts';
import { applies } from './rules.ts';
import { calendarOf, currentOf, factsOf, rulesOf, termsOf } from './terms.ts';

export const seesAll = (actor: Actor): boolean =>
  permissionsOf(actor).some((p) => p === 'drill.plan' || p === 'drill.run');

export const visibleTo = (actor: Actor, drills: readonly StoredDrill[]): DrillView[] =>
  drills.filter((d) => seesAll(actor) || d.announced || d.status !== 'planned').map(shown);

export async function termPage(
  { db, clock }: DrillsContext,
  actor: Actor,
  wanted: string | undefined,
): Promise<{ terms: Term[]; view: TermView | null; drills: DrillView[] }> {
  const today = schoolDate(clock.now());
  const terms = await termsOf(db.kysely);
  const term = terms.find((t) => t.id === wanted) ?? currentOf(terms, today);
  if (!term) return { terms, view: null, drills: [] };
  const drills = await drillsWhere(db.kysely, { term: term.id });
  const view = await viewOf(db.kysely, term, drills, clock.now());
  return { terms, view: seesAll(actor) ? view : withoutUnannounced(view, drills), drills: visibleTo(actor, drills) };
}

async function viewOf(db: Queries, term: Term, drills: readonly StoredDrill[], now: number): Promise<TermView> {
  const today = schoolDate(now);
  const calendar = await calendarOf(db, term);
  const facts = await factsOf(db);
  const days = daysOf(calendar);
  const owing = { term: calendar.term, days, drills: drills.map(known), today };
  const rules = (await rulesOf(db)).filter(({ rule }) => applies(rule, facts));
  return {
    ...{ term, exams: calendar.exams, days, unknownYears: unknownYears(days), facts, today, at: iso(now) },
    rules: rules.map((r) => ({ ...r, ...stateOf(r.rule, owing) })),
    clashes: clashesOf(owing),
  };
}

/** A teacher must not read the day of an unannounced drill out of a duty's evidence. */
function withoutUnannounced(view: TermView, drills: readonly StoredDrill[]): TermView {
  const hidden = new Set(drills.filter((d) => !d.announced && d.status === 'planned').map((d) => d.id));
  const seen = (ids: readonly string[]) => ids.filter((id) => !hidden.has(id));
  const dutyOf = (duty: Duty): Duty => ({
    ...duty,
    scheduled: seen(duty.scheduled),
    scheduledLate: seen(duty.scheduledLate),
  });
  return {
    ...view,
    rules: view.rules.map((rule) => ({ ...rule, duties: rule.duties.map(dutyOf) })),
    clashes: view.clashes.filter((c) => !hidden.has(c.drill)),
  };
}

export async function propose({ db, clock }: DrillsContext, wanted: string): Promise<TermPlan> {
  const term = (await termsOf(db.kysely)).find((t) => t.id === wanted);
  if (!term) return { drills: [], unmet: [] };
  const drills = await drillsWhere(db.kysely, { term: term.id });
  const { days, rules, today } = await viewOf(db.kysely, term, drills, clock.now());
  const enabled = rules.filter((r) => r.enabled);
  return planTerm({
    ...{ days, today },
    rules: enabled.map((r) => r.rule),
    duties: enabled.flatMap((r) => r.duties),
    taken: drills.filter((d) => d.status !== 'cancelled').map((d) => d.date),
  });
}
