import { describe, expect, it } from 'vitest';
import { visits } from '../../testing/fixtures.ts';
import { onSite, overstays, putVisit, visitCounts } from './visits.ts';

/** Noon in China. */
const NOW = Date.parse('2026-11-24T04:00:00.000Z');
const HOUR = 3_600_000;

describe('who is on site', () => {
  const today = visits(NOW);

  it('counts those inside, those who stay too long, and the day', () => {
    expect(visitCounts(today, NOW)).toEqual({ onSite: 3, overstay: 1, today: 5, left: 2, refused: 2 });
  });

  it('puts whoever has been inside longest on top', () => {
    expect(onSite(today).map((v) => v.number)).toEqual(['E1124-005', 'E1124-008', 'E1124-009']);
  });

  it('flags an overstay after two hours and not a moment before', () => {
    const visit = { ...onSite(today)[0], admittedAt: new Date(NOW - 2 * HOUR).toISOString() } as (typeof today)[number];
    expect(overstays(visit, NOW)).toBe(false);
    expect(overstays(visit, NOW + 1)).toBe(true);
    expect(overstays({ ...visit, status: 'left' }, NOW + HOUR)).toBe(false);
  });

  it('moves a visitor who leaves out of the list of those inside, once, however often it is told', () => {
    const inside = onSite(today)[0] as (typeof today)[number];
    const gone = { ...inside, status: 'left' as const, leftAt: new Date(NOW).toISOString() };
    const after = putVisit(putVisit(today, gone), gone);
    expect(after).toHaveLength(today.length);
    expect(visitCounts(after, NOW)).toMatchObject({ onSite: 2, left: 3 });
  });

  it('keeps counting someone of yesterday as inside, but not as a visitor of today', () => {
    const late = {
      ...(today[0] as (typeof today)[number]),
      visit: 'y',
      admittedAt: new Date(NOW - 20 * HOUR).toISOString(),
    };
    expect(visitCounts(putVisit(today, late), NOW)).toMatchObject({ onSite: 4, overstay: 2, today: 5 });
  });
});
