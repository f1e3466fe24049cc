import { MODES } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { history, incident, pastIncidents } from '../../testing/fixtures.ts';
import {
  actionOf,
  elapsedMs,
  historyLines,
  owing,
  putIncident,
  shownOf,
  standDownReasons,
  stepClock,
} from './incidents.ts';

const NOW = Date.parse('2026-11-24T00:16:20.000Z');

describe('the list of incidents', () => {
  it('puts the real thing before a newer test, and what is over behind both', () => {
    const real = incident(NOW, { secondsAgo: 100 });
    const test = incident(NOW, { mode: 'test', secondsAgo: 5 });
    const list = putIncident(putIncident(pastIncidents(NOW), test), real);
    expect(list.slice(0, 2)).toEqual([real, test]);
    expect(shownOf(list, null)).toBe(real);
    expect(shownOf(list, test.incident)).toBe(test);
    expect(shownOf(list, 'gone')).toBeNull();
  });

  it('keeps one that was stood down among the running until all is quiet', () => {
    const sounding = incident(NOW, { status: 'stoodDown', secondsAgo: 400 });
    expect(shownOf(putIncident(pastIncidents(NOW), sounding), null)).toBe(sounding);
    expect(shownOf(putIncident([sounding], { ...sounding, status: 'quiet' }), null)).toBeNull();
  });

  it('holds twenty of the past and every running one', () => {
    let list = putIncident([], incident(NOW));
    for (let i = 0; i < 40; i++) list = putIncident(list, incident(NOW, { status: 'quiet', secondsAgo: 1000 + i }));
    expect(list).toHaveLength(21);
    expect(list[0]?.status).toBe('open');
  });
});

describe('the clock of an incident', () => {
  it('runs by the server and stands still once it was stood down', () => {
    expect(elapsedMs(incident(NOW), NOW)).toBe(134_000);
    expect(elapsedMs(incident(NOW, { status: 'stoodDown', secondsAgo: 400 }), NOW)).toBe(300_000);
    expect(elapsedMs(incident(NOW, { secondsAgo: -3 }), NOW)).toBe(0);
  });

  it('says when a step was reached, how long is left, and how late it is', () => {
    const { steps, receivedAt } = incident(NOW);
    const [pressed, acknowledged, guard] = steps;
    if (!pressed || !acknowledged || !guard) throw new Error('steps');
    expect(stepClock(pressed, receivedAt, NOW)).toEqual({ at: 0 });
    expect(stepClock(acknowledged, receivedAt, NOW)).toEqual({ at: 38_000 });
    expect(stepClock(guard, receivedAt, NOW)).toEqual({ left: 46_000 });
    expect(stepClock(guard, receivedAt, NOW + 60_000)).toEqual({ late: 14_000 });
    expect(stepClock({ ...guard, due: null }, receivedAt, NOW)).toBeNull();
  });

  it('offers each report until it was made, and never the press itself', () => {
    expect(incident(NOW).steps.map(actionOf)).toEqual([null, null, 'guard', 'police']);
    expect(incident(NOW, { secondsAgo: 5 }).steps.map(actionOf)).toEqual([null, 'acknowledge', 'guard', 'police']);
  });
});

describe('who owes an answer', () => {
  it('is counted and named by one figure, also while the list is older than the count', () => {
    expect(owing(incident(NOW))).toMatchObject({ state: 'owed', count: 3, more: 0 });
    const done = { ...incident(NOW), reported: 100 };
    expect(done.missing).not.toEqual([]);
    expect(owing(done)).toEqual({ state: 'all', count: 0, named: [], more: 0 });
    expect(owing({ ...incident(NOW), reported: 10 })).toMatchObject({ state: 'owed', count: 90, more: 87 });
  });

  it('says that nobody has to answer, instead of that all have', () => {
    expect(owing({ ...incident(NOW), expected: 0, reported: 0, missing: [] }).state).toBe('none');
  });

  it('is after the end who still sounds, and then who never answered', () => {
    const sounding = incident(NOW, { status: 'stoodDown', secondsAgo: 400 });
    expect(owing(sounding)).toMatchObject({ state: 'sounding', count: 1 });
    expect(owing({ ...sounding, stillSounding: [] }).state).toBe('quiet');
    expect(owing(incident(NOW, { status: 'quiet', secondsAgo: 400 }))).toMatchObject({
      state: 'neverAnswered',
      count: 3,
    });
    expect(owing(incident(NOW, { status: 'quiet', secondsAgo: 400, missing: 0 })).state).toBe('all');
  });
});

it('has a reason to end each mode, and none that belongs to another', () => {
  for (const mode of MODES) expect(standDownReasons[mode]).toContain('other');
  expect(standDownReasons.actual).not.toContain('exerciseOver');
  expect(standDownReasons.exercise).not.toContain('handled');
  expect(standDownReasons.test).not.toContain('falseAlarm');
});

describe('the history', () => {
  it('tells a hundred reports as one line and what people did one by one, newest first', () => {
    const lines = historyLines(history(NOW));
    expect(lines.map((l) => l.type)).toEqual(['acknowledged', 'reported', 'raised']);
    expect(lines[1]?.devices).toHaveLength(97);
    expect(lines[0]?.actor).toBe('周敏');
  });

  it('counts a device once in a run, and begins a new run after somebody acted', () => {
    const entry = (seq: number, type: 'reported' | 'acknowledged', device: string | null) => ({
      seq,
      at: new Date(NOW + seq).toISOString(),
      type,
      actor: null,
      device,
      detail: {},
    });
    const lines = historyLines([
      entry(3, 'acknowledged', null),
      entry(1, 'reported', 'a'),
      entry(2, 'reported', 'a'),
      entry(4, 'reported', 'b'),
    ]);
    expect(lines.map((l) => [l.type, l.devices])).toEqual([
      ['reported', ['b']],
      ['acknowledged', []],
      ['reported', ['a']],
    ]);
  });

  it('shows a note that is text, and nothing else of the details', () => {
    const at = new Date(NOW).toISOString();
    const base = { at, type: 'stoodDown' as const, actor: null, device: null };
    const lines = historyLines([
      { ...base, seq: 1, detail: { note: '误触' } },
      { ...base, seq: 2, detail: { note: { html: '<b>' } } },
    ]);
    expect(lines.map((l) => l.note)).toEqual([null, '误触']);
  });
});
