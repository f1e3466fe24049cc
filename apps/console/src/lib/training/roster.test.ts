import type { ShiftView } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { isOver, rosterRows, shiftsToPlan, weekFrom } from './roster.ts';

const shift = (gate: string, kind: ShiftView['kind'], date: string, from = '07:20'): ShiftView => ({
  id: `${gate} ${kind} ${date} ${from}`,
  gate,
  kind,
  date,
  from,
  to: '08:20',
  guards: [],
  need: { needed: 1, onDuty: 0, short: 1, counted: 'gate', text: { zh: '', en: '' } },
});

describe('the roster of a week', () => {
  const days = weekFrom('2026-11-23');
  it('has a row for each gate and part of the day, in the order of the day', () => {
    const shifts = [
      shift('north', 'arrival', '2026-11-23'),
      shift('east', 'night', '2026-11-29'),
      shift('east', 'dismissal', '2026-11-23'),
      shift('east', 'schoolHours', '2026-11-23'),
      shift('east', 'schoolHours', '2026-11-23', '12:00'),
    ];
    const rows = rosterRows(shifts, days);
    expect(rows.map(({ gate, kind }) => `${gate} ${kind}`)).toEqual([
      'east schoolHours',
      'east dismissal',
      'east night',
      'north arrival',
    ]);
    expect(rows[0]?.days.map((d) => d.length)).toEqual([2, 0, 0, 0, 0, 0, 0]);
    expect(rows[2]?.days[6]?.[0]?.date).toBe('2026-11-29');
  });

  it('knows when a shift is over, also one that ends in the morning after', () => {
    const at = (time: string) => Date.parse(`${time}:00.000+08:00`);
    const night = { date: '2026-11-23', from: '22:00', to: '06:00' };
    expect(isOver(night, at('2026-11-24T05:59'))).toBe(false);
    expect(isOver(night, at('2026-11-24T06:00'))).toBe(true);
    expect(isOver({ date: '2026-11-23', from: '07:20', to: '08:20' }, at('2026-11-23T08:20'))).toBe(true);
  });
});

describe('planning shifts', () => {
  const draft = {
    gate: 'east',
    kind: 'arrival' as const,
    from: '07:20',
    to: '08:20',
    firstDay: '2026-11-26',
    lastDay: '2026-12-02',
    weekdays: [0, 1, 2, 3, 4],
  };
  let n = 0;
  const ids = () => `id-${n++}`;
  const now = Date.parse('2026-11-24T12:00:00.000+08:00');

  it('takes the chosen weekdays from the first day to the last', () => {
    const dates = shiftsToPlan(draft, now, ids).map(({ date }) => date);
    expect(dates).toEqual(['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02']);
  });

  it('is nothing when the days are the wrong way round, are missing, or hold none of the weekdays', () => {
    expect(shiftsToPlan({ ...draft, lastDay: '2026-11-25' }, now, ids)).toEqual([]);
    expect(shiftsToPlan({ ...draft, lastDay: '' }, now, ids)).toEqual([]);
    expect(shiftsToPlan({ ...draft, weekdays: [] }, now, ids)).toEqual([]);
  });

  it('leaves out what would be over already', () => {
    const days = (kind: 'arrival' | 'night') => {
      const times = kind === 'night' ? { from: '20:00', to: '06:00' } : {};
      return shiftsToPlan({ ...draft, ...times, kind, firstDay: '2026-11-23' }, now, ids)[0]?.date;
    };
    expect(days('arrival')).toBe('2026-11-25');
    expect(days('night')).toBe('2026-11-24');
  });

  it('does not run on for ever when somebody slips in the year', () => {
    expect(shiftsToPlan({ ...draft, lastDay: '9999-01-01' }, now, ids).length).toBeLessThan(800);
  });
});
