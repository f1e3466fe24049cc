import { expect, test } from 'vitest';
import { dueLevels, lateness } from './escalation.ts';
import { decide, type HazardInput, type HazardState, untouched } from './hazard.ts';

const now = Date.parse('2026-11-23T09:00:00.000Z');
const sun = { id: 's-sun', name: '孙浩' };
const zhou = { id: 's-zhou', name: '周敏' };
const assign = {
  type: 'assigned',
  level: 'byDate',
  owner: sun,
  deadline: '2026-11-30',
  measure: '更换',
  stopgap: '',
} as const;

/** What becomes of it, step by step; the last word is a status or a refusal. */
function after(...steps: [HazardInput, { id: string; name: string }?][]): string {
  let state: HazardState = untouched;
  for (const [input, by = zhou] of steps) {
    const decision = decide(state, input, by, now);
    if ('refusal' in decision) return decision.refusal;
    state = decision.state;
  }
  return state.status;
}
const fix: HazardInput = { type: 'fixed', evidence: '换了新的' };
const verify: HazardInput = { type: 'verified', note: '' };
const reopen: HazardInput = { type: 'reopened', reason: '又坏了' };
const reject: HazardInput = { type: 'rejected', reason: '不是隐患' };

test.each([
  ['verified', [[assign], [fix, sun], [verify]]],
  ['ownFix', [[assign], [fix, sun], [verify, sun]]],
  ['ownFix', [[assign], [fix, zhou], [verify, zhou]]],
  ['notNow', [[fix]]],
  ['notNow', [[assign], [verify]]],
  ['notNow', [[assign], [fix], [fix]]],
  ['notNow', [[assign], [fix], [reject]]],
  ['reopened', [[assign], [fix, sun], [verify], [reopen]]],
  ['reopened', [[assign], [fix, sun], [reopen], [assign]]],
  ['verified', [[assign], [fix, sun], [reopen], [fix, sun], [verify]]],
  ['rejected', [[reject]]],
  ['reported', [[reject], [reopen]]],
  ['reopened', [[assign], [reject], [reopen]]],
  ['notNow', [[reject], [assign]]],
  ['notNow', [[{ type: 'urged', note: '' }]]],
  ['assigned', [[assign], [{ type: 'urged', note: '' }]]],
  ['deadlinePast', [[{ ...assign, deadline: '2026-11-22' }]]],
  ['assigned', [[{ ...assign, deadline: '2026-11-23' }]]],
  ['deadlineLater', [[assign], [{ ...assign, deadline: '2026-12-01' }]]],
  ['assigned', [[assign], [{ ...assign, deadline: '2026-11-25', owner: zhou }]]],
  ['deadlineNotLater', [[assign], [{ type: 'deadlineExtended', deadline: '2026-11-30', reason: '等配件' }]]],
  ['assigned', [[assign], [{ type: 'deadlineExtended', deadline: '2026-12-01', reason: '等配件' }]]],
  ['deadlinePast', [[assign], [fix], [{ ...reopen, deadline: '2026-11-22' }]]],
  ['notNow', [[reject], [{ ...reopen, deadline: '2026-12-22' }]]],
] as [string, [HazardInput, { id: string; name: string }?][]][])('%s', (expected, steps) => {
  expect(after(...steps)).toBe(expected);
});

test('a reopened hazard has no fix that stands', () => {
  const steps: HazardInput[] = [assign, fix, { ...verify }, { ...reopen, deadline: '2026-12-05' } as HazardInput];
  let state: HazardState = untouched;
  for (const [i, input] of steps.entries()) {
    const decision = decide(state, input, i === 1 ? sun : zhou, now);
    if ('state' in decision) state = decision.state;
  }
  expect(state).toMatchObject({ status: 'reopened', fixedAt: null, fixedBy: null, verifiedAt: null, evidence: '' });
  expect(state).toMatchObject({ deadline: '2026-12-05', reason: '又坏了', escalated: 0 });
});

const due = (today: string, changed: Partial<HazardState> = {}) => {
  const hazard: HazardState = { ...untouched, status: 'assigned', deadline: '2026-11-21', ...changed };
  return { late: lateness(hazard, today), levels: dueLevels(hazard, today) };
};

test.each([
  ['2026-11-21', {}, 0, []],
  ['2026-11-22', {}, 1, [1]],
  ['2026-11-23', { escalated: 1 }, 2, []],
  ['2026-11-24', { escalated: 1 }, 3, [2]],
  ['2026-11-27', { escalated: 2 }, 6, []],
  ['2026-11-28', { escalated: 2 }, 7, [3]],
  ['2026-11-28', {}, 7, [1, 2, 3]],
  ['2027-11-28', { escalated: 3 }, 372, []],
  ['2026-12-30', { status: 'fixed', fixedAt: new Date('2026-11-23T15:59:59.000Z') }, 2, []],
  ['2026-12-30', { status: 'verified', fixedAt: new Date('2026-11-23T16:00:00.000Z') }, 3, []],
  ['2026-12-30', { status: 'rejected' }, 0, []],
  ['2026-12-30', { deadline: null }, 0, []],
] as [string, Partial<HazardState>, number, number[]][])(
  'on %s with %o: %i days late, tell %o',
  (today, changed, late, levels) => {
    expect(due(today, changed)).toEqual({ late, levels });
  },
);
