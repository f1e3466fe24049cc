import { describe, expect, it } from 'vitest';
import { addMonths, attendedAt, plannedAfter, taught } from './months.ts';

describe('months of the school', () => {
  it('go on over the end of a year, both ways', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-11', 14)).toBe('2028-01');
  });

  it('come into the plan and leave it by a touch; what was held or is late stays', () => {
    const months = [null, 'done', 'late', null, 'planned', ...Array.from({ length: 7 }, () => null)] as const;
    expect(plannedAfter([...months], 5)).toEqual([2, 3]);
    expect(plannedAfter([...months], 1)).toEqual([1, 2, 3, 5]);
  });

  it('count a topic over the classes', () => {
    const cell = (state: 'done' | 'planned') => ({ topic: 'fire' as const, state, lesson: null });
    const of = (id: string, state: 'done' | 'planned') => ({
      class: { id, name: id, teacher: null },
      cells: [cell(state)],
      minutes: 0,
    });
    const month = { month: '2026-11', topics: ['fire' as const], classes: [of('a', 'done'), of('b', 'planned')] };
    expect(taught(month)).toEqual([{ topic: 'fire', done: 1, of: 2 }]);
  });
});

describe('putting somebody on the list by hand', () => {
  const now = Date.parse('2026-11-23T03:00:00.000Z');
  it('is now on the day itself, later the beginning, before it nothing', () => {
    expect(attendedAt({ date: '2026-11-23', from: '09:00' }, '2026-11-23', now)).toBe('2026-11-23T03:00:00.000Z');
    expect(attendedAt({ date: '2026-11-20', from: '09:00' }, '2026-11-23', now)).toBe('2026-11-20T01:00:00.000Z');
    expect(attendedAt({ date: '2026-11-24', from: '09:00' }, '2026-11-23', now)).toBeNull();
  });
});
