import type { GateFile } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { modesOf } from './modes.ts';

/** 08:00 in Shanghai on a Monday. */
const MONDAY = Date.parse('2026-11-23T00:00:00.000Z');
const gate: Pick<GateFile, 'night' | 'peaks'> = {
  night: { from: '18:30', to: '06:30' },
  peaks: [{ kind: 'arrival', days: [1, 2, 3, 4, 5], from: '07:20', to: '08:10' }],
};
const rule = (from: string, to: string, days = [1]) => ({ guardian: 'g', child: 'c', days, from, to });

describe('the peaks of a day', () => {
  it('are those of the gate file, and the hours in which most adults may fetch', () => {
    const many = [rule('12:00', '12:30'), rule('16:30', '17:30'), rule('16:30', '17:30'), rule('09:00', '10:00', [2])];
    expect(modesOf(gate, many, MONDAY).peaks).toEqual([
      { kind: 'arrival', from: '2026-11-22T23:20:00.000Z', to: '2026-11-23T00:10:00.000Z' },
      { kind: 'dismissal', from: '2026-11-23T08:20:00.000Z', to: '2026-11-23T09:30:00.000Z' },
    ]);
  });

  it('are none on a day without school and without rules', () => {
    expect(modesOf(gate, [], MONDAY - 24 * 3_600_000).peaks).toEqual([]);
  });

  it('are none where everybody may fetch at any time', () => {
    expect(modesOf({ ...gate, peaks: [] }, [rule('00:00', '23:59')], MONDAY).peaks).toEqual([]);
  });

  it('follow the file where it names the dismissal', () => {
    const said = { ...gate, peaks: [{ kind: 'dismissal' as const, days: [1], from: '15:00', to: '15:40' }] };
    expect(modesOf(said, [rule('16:30', '17:30')], MONDAY).peaks).toEqual([
      { kind: 'dismissal', from: '2026-11-23T07:00:00.000Z', to: '2026-11-23T07:40:00.000Z' },
    ]);
  });
});
