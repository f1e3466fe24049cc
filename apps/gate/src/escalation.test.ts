import type { ConfirmPolicy } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { chainOf, keepAsked, whoIsAsked } from './escalation.ts';

const host = { id: 'liu', name: '刘芳', department: '三（2）班', title: '班主任' };
const people = new Map(['guo', 'chen', 'liu'].map((id) => [id, { id, name: id }]));
const policy: ConfirmPolicy = {
  waitSeconds: 60,
  deputies: [{ host: 'liu', deputy: 'guo' }],
  dutyLeader: 'chen',
  closing: '18:30',
};
const names = (change: Partial<ConfirmPolicy> = {}) =>
  chainOf({ ...policy, ...change }, host, (id) => people.get(id)).map(({ as, person }) => `${as} ${person.id}`);

test('host, deputy, duty leader; nobody twice, nobody who is gone', () => {
  expect(names()).toEqual(['host liu', 'deputy guo', 'dutyLeader chen']);
  expect(names({ dutyLeader: 'liu' })).toEqual(['host liu', 'deputy guo']);
  expect(names({ deputies: [{ host: 'liu', deputy: 'gone' }] })).toEqual(['host liu', 'dutyLeader chen']);
  expect(names({ deputies: [], dutyLeader: null })).toEqual(['host liu']);
});

const start = Date.parse('2026-11-23T08:00:00.000Z');
const chain = chainOf(policy, host, (id) => people.get(id));
test.each([
  [0, 1, 60],
  [59, 1, 60],
  [60, 2, 120],
  [119, 2, 120],
  [120, 3, null],
  [99_999, 3, null],
  [-5, 1, 60],
])('after %i s %i are asked, the next at %s', (second, count, next) => {
  const { asked, nextAt } = whoIsAsked(chain, 60_000, start, start + second * 1000);
  expect(asked).toHaveLength(count);
  expect(nextAt).toBe(next === null ? null : start + next * 1000);
  expect(asked.map((a) => Date.parse(a.since) - start)).toEqual([0, 60_000, 120_000].slice(0, count));
});

test('whoever was asked stays asked when the school changes its deputies', () => {
  const before = whoIsAsked(chain, 60_000, start, start + 60_000).asked;
  const without = chainOf({ ...policy, deputies: [] }, host, (id) => people.get(id));
  const now = whoIsAsked(without, 60_000, start, start + 60_000).asked;
  expect(keepAsked(before, now).map((a) => a.person.id)).toEqual(['liu', 'guo', 'chen']);
});
