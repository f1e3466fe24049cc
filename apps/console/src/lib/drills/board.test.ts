import { describe, expect, it } from 'vitest';
import { classCounts, runningDrill } from '../../testing/drills-fixtures.ts';
import { alarmOf, byConcern, classState, totalsOf, wholeSeconds } from './board.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');
const running = classCounts(NOW, NOW - 97_000, true);
const over = classCounts(NOW, NOW - 97_000, false);

describe('the classes of a running drill', () => {
  it('stand by concern: somebody missing, not a word, still counting, then the slowest', () => {
    expect(
      byConcern(running)
        .slice(0, 4)
        .map((c) => [c.name, classState(c)]),
    ).toEqual([
      ['三(2)班', 'missing'],
      ['五(2)班', 'silent'],
      ['一(3)班', 'done'],
      ['四(1)班', 'done'],
    ]);
  });

  it('add up: nobody is counted who was not seen', () => {
    const all = totalsOf(running);
    expect(all.present + all.missing + all.elsewhere + all.unmarked).toBe(all.pupils);
    expect(all.unmarked).toBe(44 + 3);
    expect(all.reported).toBe(6);
  });

  it('are out when the last one is, and not before', () => {
    expect(wholeSeconds(running)).toBeNull();
    expect(wholeSeconds(over)).toBe(112);
    expect(wholeSeconds([])).toBeNull();
  });
});

describe('the alarm of a drill', () => {
  const begun = { ...runningDrill(NOW), alarmHeardAt: null };

  it('is silent when its press failed, or nobody has heard it for long', () => {
    expect(alarmOf(runningDrill(NOW), NOW, false)).toBe('heard');
    expect(alarmOf(begun, NOW, false)).toBe('silent');
    expect(alarmOf({ ...begun, startedAt: new Date(NOW).toISOString() }, NOW, false)).toBe('waiting');
    expect(alarmOf({ ...begun, startedAt: new Date(NOW).toISOString() }, NOW, true)).toBe('silent');
  });
});
