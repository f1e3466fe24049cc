import type { KioskAlarm } from '@anyuan/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { alarm, at, drill, missingEight, NOW, presented, stranger, yes } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { byWeight, calling, focused } from './alarm.ts';
import { alarmOn } from './state.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const alarms = (...incidents: KioskAlarm[]) => desk.sees({ type: 'alarms', incidents });
const shown = () => focused(desk.session.alarm)?.view.incident;
const card = (tap: string, mayStandDown = true) =>
  desk.sees({ type: 'staffCard', tap, person: { id: 'chen', name: '陈立新' }, mayStandDown, at: at(0) });

describe('an alarm', () => {
  it('lies over a visitor who is half done, and he is there again afterwards', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'visitor', do: 'clear' });
    alarms(alarm());
    expect(alarmOn(desk.session)).toBe(true);
    desk.wait(60);
    alarms();
    expect(alarmOn(desk.session)).toBe(false);
    expect(desk.screen('visitor').security).toEqual({ result: 'clear' });
    expect(desk.wait(19).session.asking).toBe(false);
  });

  it('drops him when the agent has forgotten his card meanwhile', () => {
    desk.sees({ type: 'presented', presented: presented() });
    alarms(alarm());
    desk.wait(290);
    alarms();
    expect(desk.at).toBe('idle');
  });

  it('never times out, and serves nobody meanwhile', () => {
    alarms(alarm());
    desk.wait(7200).sees({ type: 'verdict', verdict: yes() }).sees({ type: 'presented', presented: presented() });
    expect(alarmOn(desk.session)).toBe(true);
    expect(desk.at).toBe('idle');
    expect(desk.session.hint?.key).toBe('alarmBusy');
  });

  it('is pressed from any screen, even while a command is on its way', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'visitor', do: 'clear' });
    desk.touch({ flow: 'visitor', do: 'admit' });
    desk.asked();
    desk.touch({ flow: 'alarm', do: 'press' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'actual' } }]);
    desk.do({
      flow: 'visitor',
      do: 'admitted',
      result: { visit: 'v', number: 'E1123-009', ticket: null, synced: false },
    });
    expect(desk.at).toBe('admitted');
  });

  it('that could not be sent is said at once', () => {
    desk.touch({ flow: 'alarm', do: 'press' }).do({ flow: 'core', do: 'failed', during: 'press', code: 'agentAway' });
    expect(desk.session.failure?.during).toBe('press');
  });

  it('calls until somebody answers', () => {
    const open = alarm();
    const silentSteps = open.view.steps.map((s) => (s.step === 'acknowledged' ? { ...s, state: 'now' as const } : s));
    alarms(alarm({ steps: silentSteps }));
    expect(calling(desk.session.alarm, desk.now)).toBe(true);
    alarms(open);
    expect(calling(desk.session.alarm, desk.now)).toBe(false);
    alarms(drill('exercise'));
    expect(calling(desk.session.alarm, desk.now)).toBe(false);
  });

  it('calls for a minute only while nobody is there who could answer', () => {
    alarms(alarm({ receivedAt: at(0), steps: [] }));
    expect(calling(desk.session.alarm, desk.now)).toBe(true);
    desk.wait(60);
    expect(calling(desk.session.alarm, desk.now)).toBe(false);
  });

  it('names people first, then what is nearest', () => {
    const names = byWeight(missingEight, 'north').map((d) => d.name);
    expect(names.slice(0, 3)).toEqual(['体育组 马超', '五（1）班 何静', '北门警灯 L-03']);
  });
});

describe('several alarms', () => {
  it('show the real one before the drill, and the newest of them first', () => {
    const exercise = drill('exercise');
    const older = alarm({ receivedAt: at(300_000) });
    const newer = alarm({ receivedAt: at(1000) });
    alarms(exercise);
    expect(shown()).toBe(exercise.view.incident);
    alarms(older, exercise);
    expect(shown()).toBe(older.view.incident);
    alarms(newer, older, exercise);
    expect(shown()).toBe(newer.view.incident);
    desk.touch({ flow: 'alarm', do: 'next' });
    expect(shown()).toBe(older.view.incident);
    desk.touch({ flow: 'alarm', do: 'next' });
    expect(shown()).toBe(exercise.view.incident);
  });

  it('let the guard stay with the one he reads, unless a higher or equal one is new', () => {
    const real = alarm();
    const exercise = drill('exercise');
    alarms(real);
    alarms(drill('test'), exercise, real);
    expect(shown()).toBe(real.view.incident);
    alarms(exercise);
    expect(shown()).toBe(exercise.view.incident);
  });
});

describe('a test', () => {
  it('stops nobody: cards and documents are served, and what is shown is wiped as ever', () => {
    alarms(drill('test'));
    expect(alarmOn(desk.session)).toBe(false);
    desk.sees({ type: 'verdict', verdict: yes() }).touch({ flow: 'pickup', do: 'handOver' });
    expect(desk.asked()).toMatchObject([{ run: 'handOver' }]);
    desk.do({ flow: 'pickup', do: 'handedOver', results: [] }).touch({ flow: 'core', do: 'back' });
    desk.sees({ type: 'presented', presented: stranger() }).wait(25);
    alarms(drill('test'));
    expect(desk.wait(5).at).toBe('idle');
  });

  it('is opened by a touch, and closed by a touch, by the next card or by itself', () => {
    alarms(drill('test'));
    const open = () => desk.touch({ flow: 'alarm', do: 'openTest' });
    const seen = () => alarmOn(desk.session);
    open();
    expect(seen()).toBe(true);
    desk.touch({ flow: 'core', do: 'back' });
    expect(seen()).toBe(false);
    open().sees({ type: 'presented', presented: presented() });
    expect([seen(), desk.at]).toEqual([false, 'visitor']);
    open().wait(30);
    expect(seen()).toBe(false);
  });

  it('is ended at the prompt by a card that may; any other staff card changes shift', () => {
    const test = drill('test');
    alarms(test);
    card('tap-1', false);
    expect(desk.at).toBe('shift');
    desk.touch({ flow: 'core', do: 'back' }).asked();
    card('tap-2');
    desk.touch({ flow: 'alarm', do: 'reason', reason: 'testOver' });
    expect(desk.asked()).toEqual([
      { run: 'standDown', incident: test.view.incident, tap: 'tap-2', reason: 'testOver' },
    ]);
  });

  it('gives way to an alarm and to an exercise, which stop the work', () => {
    alarms(drill('test'), drill('exercise'));
    desk.sees({ type: 'verdict', verdict: yes() });
    expect([alarmOn(desk.session), desk.at, desk.session.hint?.key]).toEqual([true, 'idle', 'exerciseBusy']);
  });
});

describe('standing an alarm down', () => {
  it('takes a reason and a card that may', () => {
    const open = alarm();
    alarms(open);
    desk.touch({ flow: 'alarm', do: 'pane', pane: 'why' }).touch({ flow: 'alarm', do: 'reason', reason: 'falseAlarm' });
    expect(desk.asked()).toEqual([]);
    card('tap-1', false);
    expect(desk.asked()).toEqual([]);
    expect(desk.session.alarm.pane).toMatchObject({ problem: 'notAllowed' });
    card('tap-2');
    expect(desk.asked()).toEqual([
      { run: 'standDown', incident: open.view.incident, tap: 'tap-2', reason: 'falseAlarm' },
    ]);
    card('tap-3');
    expect(desk.asked()).toEqual([]);
    desk.do({ flow: 'alarm', do: 'stoodDown', answer: { ok: true } });
    expect(desk.session.alarm.pane).toEqual({ pane: 'main' });
  });

  it('works the other way round too: card first, then the reason', () => {
    const open = alarm();
    alarms(open);
    card('tap-9');
    desk.touch({ flow: 'alarm', do: 'reason', reason: 'handled' });
    expect(desk.asked()).toEqual([{ run: 'standDown', incident: open.view.incident, tap: 'tap-9', reason: 'handled' }]);
  });

  it.each(['offline', 'notAllowed', 'expired'] as const)('says what to do when it is not taken: %s', (reason) => {
    alarms(alarm());
    desk.touch({ flow: 'alarm', do: 'pane', pane: 'why' }).touch({ flow: 'alarm', do: 'reason', reason: 'handled' });
    card('tap-1');
    desk.do({ flow: 'alarm', do: 'stoodDown', answer: { ok: false, reason } });
    expect(desk.session.alarm.pane).toMatchObject({ pane: 'tap', sending: false, problem: reason });
    desk.asked();
    card('tap-2');
    expect(desk.asked()).toMatchObject([{ run: 'standDown', tap: 'tap-2' }]);
  });

  it('gives the gate back at once, keeps those that still sound in sight, and says when all is quiet', () => {
    const open = alarm();
    alarms(open);
    expect(alarmOn(desk.session)).toBe(true);
    alarms(alarm({ incident: open.view.incident, status: 'stoodDown', stillSounding: missingEight.slice(0, 2) }));
    expect(alarmOn(desk.session)).toBe(false);
    expect(focused(desk.session.alarm)?.view.stillSounding).toHaveLength(2);
    alarms();
    expect(desk.session.hint?.key).toBe('quiet');
    alarms(alarm());
    expect(desk.session.hint).toBeNull();
  });
});

describe('a silent alarm', () => {
  it('of this gate is not shown to whoever stands here; another place is', () => {
    alarms(alarm({ audibility: 'silent', gate: 'east' }));
    expect(alarmOn(desk.session)).toBe(false);
    alarms(alarm({ audibility: 'silent', gate: 'north' }));
    expect(alarmOn(desk.session)).toBe(true);
  });
});

describe('drills and chosen alarms', () => {
  const choose = (mode: 'actual' | 'exercise' | 'test') =>
    desk
      .touch({ flow: 'desk', do: 'more', pane: 'alarm' })
      .touch({ flow: 'desk', do: 'drill', change: { mode, kind: 'fire' } })
      .touch({ flow: 'desk', do: 'drill', change: { action: 'evacuate' } });

  it('start a drill by its own button', () => {
    choose('exercise').touch({ flow: 'alarm', do: 'startDrill' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'exercise', action: 'evacuate', kind: 'fire' } }]);
  });

  it('never make a real alarm by that button, only by the held disc', () => {
    choose('actual').touch({ flow: 'alarm', do: 'startDrill' });
    expect(desk.asked()).toEqual([]);
    desk.touch({ flow: 'alarm', do: 'press' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'actual', action: 'evacuate', kind: 'fire' } }]);
  });

  it('make the disc the real alarm even while a drill is being chosen or runs', () => {
    choose('exercise').touch({ flow: 'alarm', do: 'press' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'actual' } }]);
    alarms(drill('exercise', NOW));
    desk.touch({ flow: 'alarm', do: 'press' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'actual' } }]);
  });
});
