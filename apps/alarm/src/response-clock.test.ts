import type { AlarmRaised, Mode } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { apply, begin } from './incident.ts';
import { responseSteps } from './response-clock.ts';

const MINUTE = 60_000;
const incident = (mode: Mode) =>
  begin({ mode, raisedBy: { id: 'wang', name: '王建国' }, presses: 1 } as AlarmRaised, 0, []);
const states = (mode: Mode, minutes: number) => responseSteps(incident(mode), minutes * MINUTE).map((s) => s.state);

test('a real alarm is due at one, three and five minutes, and each step that was missed is late', () => {
  expect(states('actual', 0.5)).toEqual(['done', 'now', 'todo', 'todo']);
  expect(states('actual', 2)).toEqual(['done', 'late', 'todo', 'todo']);
  expect(states('actual', 6)).toEqual(['done', 'late', 'late', 'late']);
});

test('an exercise runs without the police, and a test of the devices calls nobody', () => {
  expect(states('exercise', 6)).toEqual(['done', 'late', 'late', 'todo']);
  expect(states('test', 6)).toEqual(['done', 'todo', 'todo', 'todo']);
  expect(responseSteps(incident('test'), 0).map((s) => s.due)).toEqual([null, null, null, null]);
});

test('what was done carries its time and name, and nothing is late after the end', () => {
  const alarm = incident('actual');
  const actor = { id: 'li', name: '李志强' };
  const note = { id: 'n', incident: 'i', at: '', actor };
  apply(alarm, { type: 'noted', at: 40_000, note: { ...note, type: 'acknowledged' } });
  apply(alarm, { type: 'noted', at: 80_000, note: { ...note, type: 'stoodDown', reason: 'handled', note: '' } });
  const [, acknowledged, guard] = responseSteps(alarm, 10 * MINUTE);
  expect(acknowledged).toMatchObject({ state: 'done', by: '李志强', at: '1970-01-01T00:00:40.000Z' });
  expect(guard?.state).toBe('todo');
});
