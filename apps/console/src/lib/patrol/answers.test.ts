import { describe, expect, it } from 'vitest';
import { type Answered, beginningOf, counts, isTooOld, withAnswer } from './answers.ts';

const answered = (id: string): Answered => ({ id, code: 'X', at: '', answer: { result: 'unknownCode' } });

describe('answers to sign-ins', () => {
  it('stand newest first, each once, and not for ever', () => {
    const all = ['a', 'b', 'a', 'c', 'd', 'e', 'f'].reduce<Answered[]>(
      (list, id) => withAnswer(list, answered(id)),
      [],
    );
    expect(all.map(({ id }) => id)).toEqual(['f', 'e', 'd', 'c', 'a']);
  });

  it('know what counts, and what is too old to be sent', () => {
    expect(counts({ result: 'point', name: '', route: '', left: 0 })).toBe(true);
    expect(counts({ result: 'tooOld' })).toBe(false);
    const now = Date.parse('2026-11-24T08:00:00Z');
    expect(isTooOld({ at: '2026-11-23T08:00:00Z' }, now)).toBe(false);
    expect(isTooOld({ at: '2026-11-23T07:59:59Z' }, now)).toBe(true);
  });

  it('let the next code begin as the last one did', () => {
    expect(['PT-0101', 'GD0101', '0101', 'EAST'].map(beginningOf)).toEqual(['PT-', 'GD', '', '']);
  });
});
