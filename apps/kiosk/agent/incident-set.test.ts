import { type AlarmState, newId, type OpenIncident } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { loudest, noIncidents, raised, stated } from './incident-set.ts';

const day = 24 * 3600_000;
const now = Date.parse('2026-11-23T08:00:00Z');
const incident = (mode: OpenIncident['mode'] = 'actual', at = now): OpenIncident => ({
  incident: newId(at),
  kind: 'intrusion',
  action: 'lockdown',
  mode,
  place: { zone: 'east', name: '东门' },
  raisedAt: new Date(at).toISOString(),
});
const state = (version: number, open: OpenIncident[], closed: OpenIncident[] = []): AlarmState => ({
  version,
  at: new Date(now).toISOString(),
  open,
  closed: closed.map((c) => c.incident),
  closedSince: new Date(now - day).toISOString(),
});
const ids = (set: { open: { incident: string }[] }) => set.open.map((o) => o.incident);

test('a state that has not heard of a raise yet does not silence it', () => {
  const fresh = incident();
  const set = stated(raised(noIncidents(), fresh, 'audible'), state(5, []), 'audible');
  expect(ids(set)).toEqual([fresh.incident]);
});

test('order and repeats change nothing', () => {
  const [a, b] = [incident(), incident('test')];
  const one = stated(raised(noIncidents(), a, 'audible'), state(5, [a, b]), 'audible');
  const other = raised(raised(stated(noIncidents(), state(5, [b, a]), 'audible'), a, 'audible'), a, 'audible');
  expect(ids(one).toSorted()).toEqual(ids(other).toSorted());
});

test('only the state ends it, and a raise that comes late stays without effect', () => {
  const a = incident();
  const ended = stated(raised(noIncidents(), a, 'audible'), state(6, [], [a]), 'audible');
  expect(ids(ended)).toEqual([]);
  expect(ids(raised(ended, a, 'audible'))).toEqual([]);
});

test('an older state is ignored', () => {
  const a = incident();
  const ended = stated(noIncidents(), state(9, [], [a]), 'audible');
  expect(ids(stated(ended, state(8, [a]), 'audible'))).toEqual([]);
});

test('an incident whose tombstone has gone ends with the next state', () => {
  const old = incident('actual', now - 2 * day);
  expect(ids(stated(raised(noIncidents(), old, 'audible'), state(5, []), 'audible'))).toEqual([]);
});

test('a silent alarm is not touched by the audible state, and sounds nothing', () => {
  const duress = incident();
  const set = stated(raised(noIncidents(), duress, 'silent'), state(7, [], [duress]), 'audible');
  expect(ids(set)).toEqual([duress.incident]);
  expect(loudest(set)).toBeNull();
});

test('a real alarm drowns a drill, a drill a test', () => {
  let set = raised(noIncidents(), incident('test'), 'audible');
  expect(loudest(set)).toBe('test');
  set = raised(set, incident('exercise'), 'audible');
  expect(loudest(set)).toBe('exercise');
  set = raised(set, incident('actual'), 'audible');
  expect(loudest(set)).toBe('actual');
});
