import { catalogues } from '@anyuan/ui/text';
import { describe, expect, it } from 'vitest';
import { alarm, drill, missingEight, NOW } from '../../testing/data.ts';
import { owed, stepLine, stopsOf } from './response.ts';

const words = catalogues.zh;

describe('the 1-3-5 clock on the screen', () => {
  it('names who answered and when, and fills the way to the next stop by the time that is used up', () => {
    const [pressed, answered, guard, police] = stopsOf(alarm().view, NOW, words);
    expect(pressed).toMatchObject({ label: '按下', sub: '08:10:16 王建国', state: 'done' });
    expect(answered).toMatchObject({ mark: '00:38', sub: '周敏', state: 'done' });
    expect(answered?.part).toBeCloseTo(96 / 142, 2);
    expect(guard).toMatchObject({ sign: '3', sub: '还没有人', state: 'now' });
    expect(police).toMatchObject({ sign: '5', sub: '等待 110', state: 'todo' });
  });

  it('says how much time is left, and how late it is', () => {
    expect(stepLine(alarm().view, NOW, words)).toBe('保安到场还剩 00:46');
    expect(stepLine(alarm().view, NOW + 60_000, words)).toBe('保安到场，已晚 00:14');
  });

  it('waits for no police in a drill', () => {
    const { view } = drill('exercise');
    const steps = view.steps.map((step) => ({
      ...step,
      state: step.step === 'policeArrived' ? ('now' as const) : ('done' as const),
    }));
    expect(stepLine({ ...view, steps }, NOW, words)).toBe('');
    expect(stopsOf(view, NOW, words).at(-1)?.sub).toBe('演练不出警');
  });

  it('counts nothing any more once it is stood down', () => {
    const stops = stopsOf(alarm({ status: 'stoodDown' }).view, NOW, words);
    expect(stops.map((stop) => stop.part)).toEqual([undefined, undefined, undefined, undefined]);
    expect(stops.slice(2)).toMatchObject([
      { state: 'todo', sub: '' },
      { state: 'todo', sub: '' },
    ]);
  });
});

describe('who is still silent', () => {
  it('agrees with the number beside it, also when more are missing than are named', () => {
    expect(owed(alarm({ missing: missingEight, reported: 60 }).view)).toMatchObject({
      state: 'some',
      devices: 38,
      people: 2,
    });
  });

  it('is never "all have answered" while answers are owed or nobody knows who owes one', () => {
    expect(owed(alarm({ missing: [], reported: 97 }).view).state).toBe('unnamed');
    expect(owed(alarm({ missing: [], reported: 0, expected: 0 }).view).state).toBe('unnamed');
    expect(owed(alarm({ missing: [], reported: 100 }).view)).toMatchObject({ state: 'all', devices: 0, people: 0 });
  });

  it('after the end means those that still sound', () => {
    const over = { status: 'stoodDown', missing: missingEight } as const;
    expect(owed(alarm({ ...over, stillSounding: missingEight.slice(0, 2) }).view).devices).toBe(2);
    expect(owed(alarm(over).view).state).toBe('all');
  });
});
