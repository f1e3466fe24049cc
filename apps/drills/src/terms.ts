/**
 * Terms and what depends on them (D2, G10): exams, the school's own days, its facts and rules. Each change is on record
 * where it can hide a duty: a rule is switched off only with a reason, unknown days are confirmed by a person.
 */
import {
  type AddRule,
  AppError,
  newId,
  type OwnDay,
  type Period,
  type PersonRef,
  type Rule,
  type SaveExam,
  type SaveTerm,
  type SchoolFacts,
  type Term,
} from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import type { z } from 'zod';
import type { TermCalendar } from './calendar.ts';
import { changed, type DrillsContext, type Queries } from './context.ts';
import { RULES } from './rules.ts';

const LIMIT = 400;

export async function termsOf(db: Queries): Promise<Term[]> {
  const rows = await db
    .selectFrom('terms')
    .select(['id', 'name', 'fromDate', 'toDate'])
    .orderBy('fromDate', 'desc')
    .limit(LIMIT)
    .execute();
  return rows.map(({ fromDate, toDate, ...term }) => ({ ...term, from: fromDate, to: toDate }));
}

/** The one that runs, else the next, else the last. */
export function currentOf(terms: readonly Term[], today: string): Term | null {
  const inOrder = [...terms].sort((a, b) => a.from.localeCompare(b.from));
  return inOrder.find((t) => t.to >= today) ?? inOrder.at(-1) ?? null;
}

export async function examsOf(db: Queries, term: string): Promise<z.infer<typeof SaveExam>[]> {
  const rows = await db
    .selectFrom('exams')
    .select(['id', 'term', 'name', 'fromDate', 'toDate'])
    .where('term', '=', term)
    .orderBy('fromDate')
    .limit(LIMIT)
    .execute();
  return rows.map(({ fromDate, toDate, ...exam }) => ({ ...exam, from: fromDate, to: toDate }));
}

export async function calendarOf(db: Queries, term: Term): Promise<TermCalendar & { exams: SaveExam[] }> {
  const ownDays = await db
    .selectFrom('ownDays')
    .select(['date', 'kind', 'name'])
    .where('date', '>=', term.from)
    .where('date', '<=', term.to)
    .orderBy('date')
    .limit(LIMIT)
    .execute();
  const confirmed = await db
    .selectFrom('confirmedSpans')
    .select(['fromDate as from', 'toDate as to'])
    .where('fromDate', '<=', term.to)
    .where('toDate', '>=', term.from)
    .orderBy('fromDate')
    .limit(LIMIT)
    .execute();
  return {
    term: { from: term.from, to: term.to },
    exams: await examsOf(db, term.id),
    ownDays,
    confirmed,
  };
}

/** Until somebody has said otherwise, the smallest school: no rule applies that it may not have. */
const UNTOLD: SchoolFacts = {
  ...{ kind: 'primary', pupils: 0, staff: 0, boarders: 0 },
  ...{ buses: 0, newPupils: 0, floors: 4 },
};

export async function factsOf(db: Queries): Promise<SchoolFacts> {
  const row = await db.selectFrom('facts').select('facts').executeTakeFirst();
  return row?.facts ?? UNTOLD;
}

/** Every rule, the school's own behind the common ones, with the latest word on whether it counts. */
export async function rulesOf(db: Queries): Promise<{ rule: Rule; enabled: boolean; reason: string | null }[]> {
  const own = await db.selectFrom('ownRules').select('body').orderBy('at').orderBy('id').limit(LIMIT).execute();
  const changes = await db
    .selectFrom('ruleChanges')
    .select(['rule', 'enabled', 'reason'])
    .distinctOn('rule')
    .orderBy('rule')
    .orderBy('position', 'desc')
    .limit(LIMIT)
    .execute();
  return [...RULES, ...own.map((o) => o.body)].map((rule) => {
    const last = changes.find((c) => c.rule === rule.id);
    return { rule, enabled: last?.enabled ?? true, reason: last && !last.enabled ? last.reason : null };
  });
}

export function saveTerm({ db, clock }: DrillsContext, { id, name, from, to }: SaveTerm): Promise<void> {
  return db.tx(async (trx) => {
    const overlap = await trx
      .selectFrom('terms')
      .select('id')
      .where('id', '!=', id)
      .where('fromDate', '<=', to)
      .where('toDate', '>=', from)
      .executeTakeFirst();
    if (overlap) throw new AppError('conflict', 'two terms at once');
    const row = { name, fromDate: from, toDate: to };
    await trx
      .insertInto('terms')
      .values({ id, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    await changed(trx, 'term', { term: id }, clock.now());
  });
}

export function saveExam({ db, clock }: DrillsContext, { id, term, name, from, to }: SaveExam): Promise<void> {
  if (from > to) throw new AppError('badInput', 'ends before it begins');
  return db.tx(async (trx) => {
    const known = (await termsOf(trx)).find((t) => t.id === term);
    if (!known) throw new AppError('notFound', 'no such term');
    if (from < known.from || to > known.to) throw new AppError('badInput', 'outside its term');
    const row = { term, name, fromDate: from, toDate: to };
    await trx
      .insertInto('exams')
      .values({ id, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    await changed(trx, 'term', { term }, clock.now());
  });
}

export function removeExam({ db, clock }: DrillsContext, exam: string): Promise<void> {
  return db.tx(async (trx) => {
    await trx.deleteFrom('exams').where('id', '=', exam).execute();
    await changed(trx, 'term', { exam }, clock.now());
  });
}

export function saveDay({ db, clock }: DrillsContext, { date, kind, name }: OwnDay): Promise<void> {
  return db.tx(async (trx) => {
    await trx
      .insertInto('ownDays')
      .values({ date, kind, name })
      .onConflict((c) => c.column('date').doUpdateSet({ kind, name }))
      .execute();
    await changed(trx, 'term', { date }, clock.now());
  });
}

export function removeDay({ db, clock }: DrillsContext, date: string): Promise<void> {
  return db.tx(async (trx) => {
    await trx.deleteFrom('ownDays').where('date', '=', date).execute();
    await changed(trx, 'term', { date }, clock.now());
  });
}

/** A person says that the own days of a stretch of a term are complete: what is left of it are school days. */
export function confirmDays({ db, clock }: DrillsContext, by: PersonRef, { from, to }: Period): Promise<void> {
  return db.tx(async (trx) => {
    const term = (await termsOf(trx)).find((t) => t.from <= from && to <= t.to);
    if (!term) throw new AppError('badInput', 'days outside every term can not be confirmed');
    const row = { actor: JSON.stringify(by), at: new Date(clock.now()) };
    await trx
      .insertInto('confirmedSpans')
      .values({ fromDate: from, toDate: to, ...row })
      .onConflict((c) => c.columns(['fromDate', 'toDate']).doUpdateSet(row))
      .execute();
    await changed(trx, 'term', { term: term.id }, clock.now());
  });
}

/** Others count by the same numbers: how many guards a school needs changes with its pupils (H11). */
export function saveFacts({ db, clock }: DrillsContext, by: PersonRef, facts: SchoolFacts): Promise<void> {
  return db.tx(async (trx) => {
    const row = { facts: JSON.stringify(facts) };
    await trx
      .insertInto('facts')
      .values(row)
      .onConflict((c) => c.column('one').doUpdateSet(row))
      .execute();
    const { pupils, staff, boarders } = facts;
    const data = { id: newId(clock.now()), by, pupils, staff, boarders };
    await emit(trx, { entity: 'facts', type: 'changed', data, at: new Date(clock.now()) });
  });
}

export function changeRule(
  { db, clock }: DrillsContext,
  by: PersonRef,
  change: { rule: string; enabled: boolean; reason: string },
): Promise<void> {
  return db.tx(async (trx) => {
    const known = (await rulesOf(trx)).find((r) => r.rule.id === change.rule);
    if (!known) throw new AppError('notFound', 'no such rule');
    if (known.enabled === change.enabled) return;
    await trx
      .insertInto('ruleChanges')
      .values({ ...change, actor: JSON.stringify(by), at: new Date(clock.now()) })
      .execute();
    await changed(trx, 'term', { rule: change.rule }, clock.now());
  });
}

export function addRule({ db, clock }: DrillsContext, by: PersonRef, { id, within, ...given }: AddRule): Promise<void> {
  const rule: Rule = { ...given, ...(within ? { within } : {}), id, when: {}, force: 'school', source: by.name };
  return db.tx(async (trx) => {
    await trx
      .insertInto('ownRules')
      .values({ id, body: JSON.stringify(rule), actor: JSON.stringify(by), at: new Date(clock.now()) })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    await changed(trx, 'term', { rule: id }, clock.now());
  });
}
