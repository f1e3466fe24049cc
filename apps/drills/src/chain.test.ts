import { expect, test } from 'vitest';
import { type ChainFacts, chainOf, stateOf } from './chain.ts';

const ids = { drill: 'd1', hazard: 'h1', plan: 'p1', redrill: 'd2' };
const nothing: ChainFacts = {
  drill: { id: ids.drill },
  found: { at: '2026-11-12T02:00:00.000Z', by: '马超' },
  hazard: null,
  version: null,
  redrill: null,
};
const hazard = {
  ...{ id: ids.hazard, number: 'Y-1107', owner: '孙浩', deadline: '2026-11-21' },
  recordedAt: '2026-11-12T08:00:00.000Z',
  fixed: null,
};
const states = (facts: ChainFacts, today: string) => chainOf(facts, today).map((s) => s.state);

test('a finding waits for its hazard, three days in time, then it is late', () => {
  expect(states(nothing, '2026-11-12')).toEqual(['done', 'now', 'todo', 'todo', 'todo']);
  expect(states(nothing, '2026-11-15')).toEqual(['done', 'now', 'todo', 'todo', 'todo']);
  expect(states(nothing, '2026-11-16')).toEqual(['done', 'late', 'todo', 'todo', 'todo']);
});

test('the fix is late by its deadline, with the days', () => {
  const facts = { ...nothing, hazard };
  expect(states(facts, '2026-11-21')).toEqual(['done', 'done', 'now', 'todo', 'todo']);
  const chain = chainOf(facts, '2026-11-24');
  expect(chain[2]).toMatchObject({ state: 'late', late: 3, due: '2026-11-21', by: '孙浩' });
  expect(stateOf(chain, null)).toBe('late');
});

test('closed when the drill that shows it mended has taken place; every link opens its thing', () => {
  const facts: ChainFacts = {
    ...nothing,
    hazard: { ...hazard, fixed: { at: '2026-11-20T08:00:00.000Z', by: '孙浩' } },
    version: {
      plan: ids.plan,
      number: 7,
      approved: { at: '2026-11-22T08:00:00.000Z', by: '陈立新' },
      draftedBy: '周敏',
    },
    redrill: { id: ids.redrill, date: '2026-12-10', proven: true, label: '01:41', lead: '周敏' },
  };
  const chain = chainOf(facts, '2026-12-10');
  expect(stateOf(chain, null)).toBe('closed');
  expect(chain.map((s) => s.opens?.id)).toEqual([ids.drill, ids.hazard, ids.hazard, ids.plan, ids.redrill]);
  expect(stateOf(chain, '不需要')).toBe('dismissed');
});

test('a draft is not a version, a scheduled drill is no proof; a re-drill whose day went by is late', () => {
  const facts: ChainFacts = {
    ...nothing,
    hazard: { ...hazard, fixed: { at: '2026-11-20T08:00:00.000Z', by: '孙浩' } },
    version: { plan: ids.plan, number: 7, approved: null, draftedBy: '周敏' },
    redrill: { id: ids.redrill, date: '2026-12-10', proven: false, label: null, lead: '周敏' },
  };
  expect(states(facts, '2026-12-10')).toEqual(['done', 'done', 'done', 'now', 'todo']);
  expect(states(facts, '2026-12-11')).toEqual(['done', 'done', 'done', 'now', 'late']);
});
