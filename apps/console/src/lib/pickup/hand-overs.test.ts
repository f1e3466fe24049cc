import { describe, expect, it } from 'vitest';
import { handOvers } from '../../testing/fixtures.ts';
import { byClass, classesOf, handOverCounts, ofClass, putHandOver } from './hand-overs.ts';

const NOW = Date.parse('2026-11-24T08:30:00.000Z');

describe("the day's hand-overs", () => {
  const list = handOvers(NOW);

  it('counts children and not records, and the refusals apart', () => {
    expect(handOverCounts(list)).toEqual({ children: 6, refused: 3, conflicts: 1, offline: 2 });
    const again = list.map((h) => ({ ...h, id: `${h.id}-again` }));
    expect(handOverCounts([...list, ...again]).children).toBe(6);
  });

  it('lists classes as a school says them', () => {
    expect(classesOf(list)).toEqual(['一(3)班', '二(1)班', '三(2)班', '四(1)班']);
    expect(['二(10)班', '中一班', '二(2)班', '一(1)班'].sort(byClass)).toEqual([
      '一(1)班',
      '二(2)班',
      '二(10)班',
      '中一班',
    ]);
  });

  it('filters by class, with every child of a family', () => {
    expect(ofClass(list, '四(1)班').map((h) => h.children.length)).toEqual([2, 1]);
    expect(ofClass(list, null)).toBe(list);
  });

  it('takes a repeat of a record as the same record, newest first', () => {
    const first = list[0] as (typeof list)[number];
    const told = putHandOver(putHandOver(list, { ...first, conflict: true }), { ...first, conflict: true });
    expect(told).toHaveLength(list.length);
    expect(told[0]?.conflict).toBe(true);
  });
});
