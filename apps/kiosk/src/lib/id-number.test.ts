import { describe, expect, it } from 'vitest';
import { checkIdNumber, phoneHolds } from './id-number.ts';

const NOW = Date.parse('2026-11-23T08:12:00+08:00');

describe('an ID number while it is typed', () => {
  it('says how many characters are missing', () => {
    expect(checkIdNumber('110105', NOW)).toEqual({ state: 'short', left: 12 });
  });

  it('knows sex and birth date of a number that holds', () => {
    expect(checkIdNumber('11010519491231002X', NOW)).toEqual({
      state: 'ok',
      sex: 'female',
      birth: ['1949', '12', '31'],
    });
    expect(checkIdNumber('440524188001010014', NOW)).toEqual({ state: 'ok', sex: 'male', birth: ['1880', '01', '01'] });
  });

  it.each([
    ['110105194912310021', 'wrongCheck'],
    ['11010519491231012X', 'wrongCheck'],
    ['11010519490231002X', 'wrongDate'],
    ['110105194913310020', 'wrongDate'],
    ['1101051949123100XX', 'wrongCheck'],
    ['110105202701010015', 'wrongDate'],
    ['110105209001010017', 'wrongDate'],
    ['999999194912310026', 'wrongPlace'],
    ['99', 'wrongPlace'],
  ])('finds the slip in %s', (text, state) => {
    expect(checkIdNumber(text, NOW).state).toBe(state);
  });

  it('takes a mobile number that is being typed for no slip', () => {
    expect(checkIdNumber('19', NOW).state).toBe('short');
  });

  it('takes a mobile number of eleven digits', () => {
    expect(['13800138000', '1380013800', '23800138000', '10000000000'].map(phoneHolds)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
