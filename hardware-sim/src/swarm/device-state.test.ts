import type { AlarmRaised, AlarmState, Mode } from '@anyuan/contracts';
import { describe, expect, test } from 'vitest';
import { type DeviceState, initialState, shown, type Told, tell } from './device-state.ts';

const A = '019ab000-0000-7000-8000-00000000000a';
const B = '019ab000-0000-7000-8000-00000000000b';
const at = (second: number) => new Date(Date.parse('2026-11-23T08:00:00.000Z') + second * 1000).toISOString();

function alarm(incident: string, mode: Mode = 'actual', second = 10): AlarmRaised {
  return {
    incident,
    kind: 'intrusion',
    action: 'lockdown',
    mode,
    audibility: 'audible',
    place: { zone: 'gate-east', name: '东门' },
    raisedBy: { id: 'button', name: '按钮' },
    via: 'button',
    raisedAt: at(second),
    presses: 1,
  };
}

function word(version: number, open: AlarmRaised[], closed: string[] = [], closedSince = at(0)): AlarmState {
  return { version, at: at(20), open, closed, closedSince };
}

const raised = (incident: string, mode?: Mode, second?: number): Told => ({
  type: 'raised',
  alarm: alarm(incident, mode, second),
});
const state = (...args: Parameters<typeof word>): Told => ({ type: 'state', state: word(...args) });
const asked = (...args: Parameters<typeof word>): Told => ({ type: 'asked', state: word(...args) });

function after(...tolds: Told[]): { state: DeviceState; reports: string[] } {
  let now = initialState;
  const reports: string[] = [];
  for (const told of tolds) {
    const next = tell(now, told);
    now = next.state;
    reports.push(...next.due.map((d) => `${d.incident.at(-1)} ${d.open ? 'open' : 'over'} ${d.mode}`));
  }
  return { state: now, reports };
}
const open = (...tolds: Told[]) => [...after(...tolds).state.open.keys()].map((id) => id.at(-1)).join('');

describe('an alarm is raised', () => {
  test('once, and repeats change nothing', () => {
    expect(after(raised(A), raised(A), state(1, [alarm(A)]), state(1, [alarm(A)])).reports).toEqual(['a open actual']);
  });

  test('two at a time, neither overwrites the other', () => {
    expect(open(raised(A), raised(B))).toBe('ab');
  });

  test('a device that missed it learns it from the state', () => {
    expect(after(state(4, [alarm(A, 'exercise')])).reports).toEqual(['a open exercise']);
  });

  test('late, after it was closed: stays quiet', () => {
    expect(open(state(3, [], [A]), raised(A))).toBe('');
  });
});

describe('only the state takes one away', () => {
  test('named closed', () => {
    expect(after(raised(A), state(2, [], [A])).reports).toEqual(['a open actual', 'a over actual']);
  });

  test('missing from the state, and raised after closedSince: the service may not know it yet', () => {
    expect(open(raised(A), state(2, []))).toBe('a');
  });

  test('missing, and raised before closedSince: its tombstone has gone', () => {
    expect(open(raised(A), state(2, [], [], at(11)))).toBe('');
  });

  test('an older state is ignored', () => {
    expect(open(state(5, [alarm(A)]), state(4, [], [A]))).toBe('a');
    expect(open(raised(A), state(5, [], [A]), state(4, [alarm(A)]))).toBe('');
  });

  test('closing one leaves the other', () => {
    expect(open(raised(A), raised(B), state(3, [alarm(B)], [A]))).toBe('b');
  });

  test('a raiser with a slow clock: dropped as forgotten, back as soon as the service names it', () => {
    expect(open(raised(A, 'actual', -3600), state(1, []))).toBe('');
    expect(open(raised(A, 'actual', -3600), state(1, []), state(2, [alarm(A, 'actual', -3600)]))).toBe('a');
  });
});

describe('the order of messages does not matter', () => {
  const told = [raised(A), raised(B), state(1, [alarm(A)]), state(2, [alarm(A), alarm(B)]), state(3, [alarm(B)], [A])];
  const orders = (list: Told[]): Told[][] =>
    list.length < 2 ? [list] : list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));

  test('all 120 orders end alike', () => {
    expect(new Set(orders(told).map((order) => open(...order)))).toEqual(new Set(['b']));
  });
});

describe('what is shown', () => {
  test('a real one before an exercise before a test, whatever came first', () => {
    const mode = (...tolds: Told[]) => shown(after(...tolds).state)?.mode;
    expect(mode()).toBeUndefined();
    expect(mode(raised(A, 'test'))).toBe('test');
    expect(mode(raised(A, 'test'), raised(B, 'exercise'))).toBe('exercise');
    expect(mode(raised(A, 'exercise', 1), raised(B, 'actual', 2))).toBe('actual');
    expect(mode(raised(A, 'exercise', 1), raised(B, 'actual', 2), state(2, [alarm(A, 'exercise', 1)], [B]))).toBe(
      'exercise',
    );
  });
});

describe('asked', () => {
  test('it reports all open ones again', () => {
    expect(after(raised(A), raised(B, 'test'), asked(1, [alarm(A), alarm(B, 'test')])).reports).toEqual([
      'a open actual',
      'b open test',
      'a open actual',
      'b open test',
    ]);
  });

  test('it answers for what is over, also a second time', () => {
    expect(after(raised(A, 'exercise'), state(2, [], [A]), asked(2, [], [A])).reports).toEqual([
      'a open exercise',
      'a over exercise',
      'a over exercise',
    ]);
  });

  test('it learns from the question', () => {
    expect(after(asked(1, [alarm(A)])).reports).toEqual(['a open actual']);
  });

  test('a question without a state is answered too', () => {
    expect(after(raised(A), { type: 'asked', state: null }).reports).toEqual(['a open actual', 'a open actual']);
  });
});
