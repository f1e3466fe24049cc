import { describe, expect, it } from 'vitest';
import { checkIdNumber, phoneHolds } from './id-number.ts';

describe('an ID number while it is typed', () => {
  it('says how many characters are missing', () => {
    expect(checkIdNumber('110105')).toEqual({ state: 'short', left: 12 });
  });

  it('knows sex and birth date of a number that holds', () => {
    expect(checkIdNumber('11010519491231002X')).toEqual({ state: 'ok', sex: 'female', birth: ['1949', '12', '31'] });
    expect(checkIdNumber('440524188001010014')).toEqual({ state: 'ok', sex: 'male', birth: ['1880', '01', '01'] });
  });

  it.each([
    ['110105194912310021', 'wrongCheck'],
    ['11010519491231012X', 'wrongCheck'],
    ['11010519490231002X', 'wrongDate'],
    ['110105194913310020', 'wrongDate'],
    ['1101051949123100XX', 'wrongCheck'],
  ])('finds the slip in %s', (text, state) => {
    expect(checkIdNumber(text).state).toBe(state);
  });

  it('takes a mobile number of eleven digits', () => {
    expect([phoneHolds('13800138000'), phoneHolds('1380013800'), phoneHolds('23800138000')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
