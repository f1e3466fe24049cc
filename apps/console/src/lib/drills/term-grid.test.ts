import { describe, expect, it } from 'vitest';
import { allDrills, termView } from '../../testing/drills-fixtures.ts';
import { addDays, cellOf, marksOf, owes, stateCounts, stretches, uncounted, weekdayOf, weeksOf } from './term-grid.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');
const view = termView(NOW);
const drills = allDrills(NOW);
const weeks = weeksOf(view, drills);
const rule = (id: string) => {
  const found = view.rules.find((r) => r.rule.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('drills that do not count', () => {
  const failed = (id: string) => {
    const of = rule(id);
    const [ended] = drills.filter((d) => of.rule.kinds.includes(d.kind) && d.status === 'ended');
    if (!ended) throw new Error(id);
    const duties = of.duties.map((d) => ({ ...d, state: 'overdue' as const, done: [] }));
    return { of, ended, owing: { ...of, duties } };
  };
  it('are named while what they were held for is owed, and no longer', () => {
    const { of, ended, owing } = failed('fire-term');
    const lacking = drills.map((d) => (d.id === ended.id ? { ...d, lacks: 'roll' as const } : d));
    expect(uncounted([owing], lacking).map((d) => d.id)).toEqual([ended.id]);
    expect(uncounted([of], lacking)).toEqual([]);
    expect(uncounted([owing], drills)).toEqual([]);
  });
});

describe('weeks of a term', () => {
  it('belong to the month of their Thursday, and one of them is now', () => {
    expect(weeks).toHaveLength(21);
    expect(weeks.filter((w) => w.first).map((w) => [w.month, w.number])).toEqual([
      [9, 1],
      [10, 5],
      [11, 10],
      [12, 14],
      [1, 19],
    ]);
    expect(weeks.filter((w) => w.now).map((w) => w.number)).toEqual([13]);
  });

  it('are shaded by what takes their working days', () => {
    expect(weeks.filter((w) => w.shade === 'holiday').map((w) => w.number)).toEqual([5, 6]);
    expect(weeks.filter((w) => w.shade === 'exam').map((w) => w.number)).toEqual([20]);
  });

  it('offer no day that is over, taken, free of school or full of exams', () => {
    expect(weeks[0]?.free).toBeNull();
    expect(weeks[19]?.free).toBeNull();
    expect(weeks[12]?.free).toBe('2026-11-24');
    expect(weeks[13]?.free).toBe('2026-11-30');
  });
});

describe('marks of a rule', () => {
  it('are its drills and the last day of what it owes', () => {
    expect(marksOf(rule('bus-term'), drills, [])).toEqual([
      { state: 'overdue', date: '2026-10-31', drill: null, clash: null },
    ]);
    expect(marksOf(rule('evacuation-month'), drills, []).map((m) => m.state)).toEqual([
      'done',
      'done',
      'done',
      'scheduled',
      'scheduled',
    ]);
    expect(owes(rule('bus-term'))).toEqual({ latest: '2026-10-31', late: 24 });
    expect(owes(rule('fire-term'))).toBeNull();
  });

  it('show the most pressing one of a week and count the others', () => {
    const week = weeks[12];
    if (!week) throw new Error('no week');
    const marks = [
      { state: 'done', date: week.from, drill: 'a', clash: null },
      { state: 'overdue', date: week.to, drill: null, clash: null },
    ] as const;
    expect(cellOf([...marks], week)).toEqual({ mark: marks[1], more: 1 });
    expect(cellOf([], week)).toEqual({ mark: null, more: 0 });
  });

  it('count a rule once, and one that is switched off not at all', () => {
    expect(stateCounts(view.rules)).toEqual({ overdue: 1, notScheduled: 1, scheduled: 3, done: 1 });
    expect(stateCounts(view.rules.map((r) => ({ ...r, enabled: false }))).overdue).toBe(0);
  });
});

describe('days', () => {
  it('are civil: no zone moves them', () => {
    expect(addDays('2026-10-31', 1)).toBe('2026-11-01');
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([1, 7]);
  });

  it('are one stretch across a weekend', () => {
    expect(stretches(view.days, 'holiday')).toEqual([
      { from: '2026-10-01', to: '2026-10-07', name: '国庆放假', nameEn: 'National Day holiday' },
    ]);
  });
});
