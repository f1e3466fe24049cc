/** Staff without a card: the keys, the name, whose word; and the agent is told when the name goes. */
import type { KioskEvent, StaffFound } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { alarm } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { letIn } from '../testing/forgotten.ts';
import type { ForgottenInput } from './forgotten.ts';

const liu: StaffFound = { id: 's-liu', name: '刘芳', department: '三(2)班', title: '班主任', pin: true };
type Without<T> = T extends unknown ? Omit<T, 'flow'> : never;
const named = () => {
  const desk = new Desk();
  const touch = (input: Without<ForgottenInput>) => desk.touch({ flow: 'forgotten', ...input } as ForgottenInput);
  touch({ do: 'open' });
  touch({ do: 'key', key: '5' });
  touch({ do: 'key', key: '3' });
  desk.do({ flow: 'forgotten', do: 'found', keys: '5', people: [] });
  expect(desk.screen('forgotten').found).toBeNull();
  desk.do({ flow: 'forgotten', do: 'found', keys: '53', people: [liu] });
  touch({ do: 'person', person: liu });
  return { desk, touch };
};
const end = { run: 'endForgotten' };

test('a colleague’s word shows as of a card, and the agent waits no longer', () => {
  const { desk } = named();
  expect(desk.asked()).toMatchObject([{ keys: '5' }, { keys: '53' }, { run: 'beginForgotten', person: 's-liu' }]);
  desk.sees(letIn());
  expect(desk.screen('permit').said.forgotten).toMatchObject({ by: { name: '陈立新' } });
  expect(desk.asked()).toEqual([end]);
});

test('his own PIN: refused in words, closed for a while, then taken', () => {
  const { desk, touch } = named();
  const pin = () => {
    for (const digit of '4711') touch({ do: 'digit', digit });
    touch({ do: 'prove' });
  };
  pin();
  expect(desk.session.busy).toBe('proveForgotten');
  desk.do({ flow: 'forgotten', do: 'refused', answer: { ok: false, reason: 'tooMany', waitMs: 20_000 } });
  touch({ do: 'digit', digit: '1' });
  expect(desk.screen('forgotten')).toMatchObject({ pin: '', wrong: { until: desk.now + 20_000 } });
  desk.wait(20);
  desk.asked();
  pin();
  // The answer holds the event, whatever the stream does.
  desk.sees(letIn());
  expect([desk.at, desk.session.busy]).toEqual(['permit', null]);
  expect(desk.asked()).toEqual([{ run: 'proveForgotten', person: 's-liu', pin: '4711' }, end]);
});

test.each<[string, (desk: Desk) => void]>([
  ['back', (desk) => desk.touch({ flow: 'core', do: 'back' })],
  ['left alone', (desk) => desk.wait(30)],
  ['started anew', (desk) => desk.touch({ flow: 'core', do: 'restart' })],
])('the name goes, and the next card means itself: %s', (_, leaves) => {
  const { desk } = named();
  desk.asked();
  leaves(desk);
  expect(desk.asked()).toEqual([end]);
});

test('an alarm lies over it and leaves it', () => {
  const { desk } = named();
  const event: KioskEvent = { type: 'alarms', incidents: [alarm()] };
  desk.sees(event);
  expect(desk.at).toBe('forgotten');
});
