import { DRILL_KINDS } from '@anyuan/contracts';
import { expect, it } from 'vitest';
import { planDetails } from '../../testing/drills-fixtures.ts';
import { cleaned, emptyBody, inOrder, lackOf, startOf, stateOf } from './draft.ts';

const lead = { id: 'p', name: '周敏' };
const duty = { role: '引导', who: '值班教师', duty: '守楼梯口' };

it('drops lines that were left over, and says what is lacking', () => {
  const body = {
    ...emptyBody(lead),
    duties: [duty, { role: ' ', who: '', duty: '' }],
    steps: [' 疏散 ', '', ' '],
    places: [
      { class: '*', place: '操场', route: '' },
      { class: '*', place: ' ', route: '南楼梯' },
    ],
  };
  expect(cleaned(body)).toEqual({
    lead,
    duties: [duty],
    steps: ['疏散'],
    places: [{ class: '*', place: '操场', route: '' }],
  });
  expect(lackOf(body)).toBeNull();
  expect(lackOf(emptyBody(lead))).toBe('steps');
  expect(lackOf({ ...body, duties: [{ ...duty, who: '' }] })).toBe('duties');
});

it('starts the next version from the open draft, else from the one that counts', () => {
  const [fire, violence] = planDetails(0);
  if (!fire || !violence) throw new Error('no plans');
  expect([stateOf(fire.plan), stateOf(violence.plan)]).toEqual(['approved', 'draft']);
  expect(startOf(fire)).toBe(fire.plan.current?.body);
  expect(startOf(violence)).toBe(violence.plan.draft?.body);
  expect(inOrder([fire.plan, violence.plan], DRILL_KINDS).map((p) => p.kind)).toEqual(['violence', 'fire']);
});
