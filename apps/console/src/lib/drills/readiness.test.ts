import type { Duty, DutyState, Rule, RuleState } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import type { EvacuationTimes } from '../clients/drills.ts';
import { classesOf, keptOf, SHOWN, timesOf } from './readiness.ts';

const times = (n: number, classes: [string, number | null][] = []): EvacuationTimes => ({
  ...{ drill: `d-${n}`, kind: 'fire', date: `2026-09-${String(n).padStart(2, '0')}`, targetSeconds: 120 },
  wholeSeconds: 100 + n,
  classes: classes.map(([name, seconds]) => ({ class: `c-${name}`, name, seconds })),
});

test('a drill a row: the whole school, with the slowest class where classes were timed', () => {
  const all = [
    times(1),
    times(2, [
      ['一班', 90],
      ['二班', 102],
      ['三班', null],
    ]),
  ];
  expect(timesOf(all, null)).toMatchObject([
    { drill: 'd-1', seconds: 101, slowest: null },
    { drill: 'd-2', seconds: 102, slowest: { name: '二班', seconds: 102 } },
  ]);
});

test('of one class only the drills that it was counted in, also when it was not timed', () => {
  const all = [times(1), times(2, [['一班', 90]]), times(3, [['一班', null]])];
  expect(timesOf(all, 'c-一班').map(({ drill, seconds }) => [drill, seconds])).toEqual([
    ['d-2', 90],
    ['d-3', null],
  ]);
  expect(classesOf(all)).toEqual([{ class: 'c-一班', name: '一班' }]);
});

test('the latest ones when there are too many', () => {
  const all = Array.from({ length: SHOWN + 3 }, (_, i) => times(i + 1));
  expect(timesOf(all, null)).toHaveLength(SHOWN);
  expect(timesOf(all, null)[0]?.drill).toBe('d-4');
});

test('what may still be done counts neither for nor against a rule, what is switched off not at all', () => {
  const rule = (id: string, states: DutyState[], enabled = true): RuleState => ({
    ...{ rule: { id } as Rule, enabled, reason: null, state: 'done', exempt: [] },
    duties: states.map((state) => ({ state }) as Duty),
  });
  const rules = [
    rule('a', ['done', 'overdue', 'scheduled']),
    rule('b', ['notScheduled']),
    rule('c', ['overdue'], false),
  ];
  expect(keptOf(rules).map(({ rule: { id }, met, due }) => [id, met, due])).toEqual([
    ['a', 1, 2],
    ['b', 0, 0],
  ]);
});
