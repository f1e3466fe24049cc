import { describe, expect, it } from 'vitest';
import { asNineKeys, isNineKeys } from './nine-keys.ts';

describe('nine keys', () => {
  it('know on which key each letter lies', () => {
    expect(asNineKeys('abcdefghijklmnopqrstuvwxyz')).toBe('22233344455566677778889999');
    expect(asNineKeys('Lü 3')).toBe('5Ü 3');
  });
  it('tell touches from letters', () => {
    expect([isNineKeys('53'), isNineKeys('lf'), isNineKeys('')]).toEqual([true, false, false]);
  });
});
