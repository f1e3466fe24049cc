import { describe, expect, it } from 'vitest';
import { inView } from './in-view.ts';

const of = (rows: number, top: number, height = 570) => inView({ rows, row: 57, top, height });

describe('the rows in the page', () => {
  it('are those in view and a few beside them, and the rest keeps its room', () => {
    expect(of(300, 0)).toEqual({ from: 0, to: 18, before: 0, after: 282 * 57 });
    expect(of(300, 5700)).toEqual({ from: 92, to: 118, before: 92 * 57, after: 182 * 57 });
  });

  it('are all of a short list, and never more than there are', () => {
    expect(of(4, 0)).toEqual({ from: 0, to: 4, before: 0, after: 0 });
    expect(of(300, 290 * 57)).toMatchObject({ to: 300, after: 0 });
    expect(of(3, 290 * 57)).toMatchObject({ to: 3, after: 0 });
    expect(of(0, 0)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  });

  it('always add up to the whole', () => {
    for (let top = 0; top < 300 * 57; top += 333) {
      const { from, to, before, after } = of(300, top);
      expect(before + (to - from) * 57 + after).toBe(300 * 57);
    }
  });
});
