/** Sentences of the drills' views that several of them say. */
import type { Conflict, Rule, RuleState } from '@anyuan/contracts';
import { language, t } from '@anyuan/ui';
import { owes } from '../../lib/drills/term-grid.ts';

/** `11-24`: short enough for a cell, and read alike in both languages. */
export const short = (date: string): string => date.slice(5);

/** A rule of the law in the reader's language; the school's own as it was written. */
export function ruleName(rule: Pick<Rule, 'id' | 'name' | 'kinds' | 'force'>): string {
  const { drills } = t();
  const known = drills.rule[rule.id];
  const [kind] = rule.kinds;
  return known ?? (rule.kinds.length === 1 && rule.force !== 'school' && kind ? drills.kind[kind] : rule.name);
}

/** 每学期 1 次，最迟 10-31，晚 24 天 */
export function ruleNote(state: RuleState, silent: boolean): string {
  const { common, drills } = t();
  const { rule } = state;
  const owed = owes(state);
  const pressing = state.state === 'overdue' || (state.state === 'notScheduled' && rule.per === 'term');
  return [
    drills.often(drills.per[rule.per], rule.count),
    ...(silent ? [drills.unannounced] : []),
    ...(rule.kinds.includes('buttonTest') ? [drills.nobodyOutside] : []),
    ...(owed && pressing ? [drills.latest(short(owed.latest))] : []),
    ...(owed && owed.late > 0 ? [drills.late(owed.late)] : []),
  ].join(common.comma);
}

export const conflictWords = (conflicts: readonly Conflict[]): string =>
  conflicts.map((c) => t().drills.conflict[c]).join(t().common.comma);

export const named = (of: { name: string; nameEn: string }): string =>
  language() === 'en' && of.nameEn !== '' ? of.nameEn : of.name;
