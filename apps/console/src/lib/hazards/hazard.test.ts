import { schoolDate } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { hazardIds, hazards } from '../../testing/hazards-fixtures.ts';
import { actionsOf, isLate, stopsOf } from './hazard.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');
const all = hazards(NOW);
const of = (id: string) => {
  const hazard = all.find((h) => h.id === id);
  if (!hazard) throw new Error('no such hazard in the scene');
  return hazard;
};
const keeper = { id: 'p-zhou', writes: true };
const owner = { id: 'p-sun', writes: false };

describe('what may be done about a hazard', () => {
  it('is named first by what comes next', () => {
    expect(actionsOf(of(hazardIds.reported), keeper)[0]).toBe('assign');
    expect(actionsOf(of(hazardIds.late), keeper)[0]).toBe('fix');
    expect(actionsOf(of(hazardIds.fixed), keeper)[0]).toBe('verify');
  });

  it('is never to verify what one fixed oneself', () => {
    expect(actionsOf(of(hazardIds.ownFix), keeper)).toEqual(['reopen']);
  });

  it('leaves to whoever is answerable that it is mended, and nothing else', () => {
    expect(actionsOf(of(hazardIds.late), owner)).toEqual(['fix']);
    expect(actionsOf(of(hazardIds.fixed), owner)).toEqual([]);
    expect(actionsOf(of(hazardIds.late), { id: 'p-ma', writes: false })).toEqual([]);
  });
});

describe('the way of a hazard', () => {
  const states = (id: string) => stopsOf(of(id), null).map((s) => s.state);
  it('stands where it has come to, late or not', () => {
    expect(states(hazardIds.reported)).toEqual(['done', 'now', 'todo', 'todo']);
    expect(states(hazardIds.dueToday)).toEqual(['done', 'done', 'now', 'todo']);
    expect(states(hazardIds.late)).toEqual(['done', 'done', 'late', 'todo']);
    expect(states(hazardIds.fixed)).toEqual(['done', 'done', 'done', 'now']);
  });

  it('ends after the report when it was none', () => {
    expect(stopsOf({ ...of(hazardIds.reported), status: 'rejected' }, null)).toHaveLength(1);
  });

  it('is not late any more once it is mended', () => {
    const late = of(hazardIds.late);
    expect([isLate(late), isLate({ ...late, status: 'fixed', fixedAt: schoolDate(NOW) })]).toEqual([true, false]);
  });
});
