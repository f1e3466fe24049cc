import { describe, expect, it } from 'vitest';
import { checkPlate, normalPlate, Plate, type PlateFault, type PlateForm, shownPlate } from './plates.ts';

describe('a plate', () => {
  it.each<[string, PlateForm]>([
    ['京A12345', 'ordinary'],
    ['川AB1C2D', 'ordinary'],
    ['京AD12345', 'newEnergySmall'],
    ['粤BFA1234', 'newEnergySmall'],
    ['沪AK01234', 'newEnergySmall'],
    ['京A12345D', 'newEnergyLarge'],
    ['京A12345F', 'newEnergyLarge'],
    ['京A1234警', 'police'],
    ['京O1234警', 'police'],
    ['冀R1B2C挂', 'trailer'],
    ['浙C1234学', 'trainee'],
    ['粤ZA123港', 'hongKong'],
    ['粤Z1234澳', 'macao'],
    ['沪A0023领', 'consulate'],
    ['使224578', 'embassy'],
    ['224578使', 'embassy'],
    ['WJ京1234X', 'armedPolice'],
    ['WJ12345', 'armedPolice'],
    ['VA12345', 'military'],
    ['京X0119应急', 'emergency'],
  ])('%s is %s', (plate, form) => {
    expect(checkPlate(plate)).toEqual({ state: 'ok', plate, form });
  });

  it.each<[string, PlateFault]>([
    ['', 'short'],
    ['京', 'short'],
    ['京A1234', 'short'],
    ['大A12345', 'start'],
    ['A12345', 'start'],
    ['京112345', 'office'],
    ['京AO2345', 'letterIO'],
    ['京A1I345', 'letterIO'],
    ['京O12345', 'letterIO'],
    ['京A12🚗45', 'sign'],
    ["京A1';--", 'sign'],
    ['京A<b>12', 'sign'],
    ['京ABCDEF', 'noDigit'],
    ['京AZ12345', 'form'],
    ['京A12345Z', 'form'],
    ['京A1234警警警', 'long'],
    ['粤A1234港', 'form'],
    [`京A${'1'.repeat(10_000)}`, 'long'],
    ['__proto__', 'start'],
  ])('%.12s is none: %s', (plate, why) => {
    expect(checkPlate(plate)).toMatchObject({ state: 'wrong', why });
  });

  it.each([
    ['京Ａ·１２３４５', '京A12345'],
    [' 京a-12345 ', '京A12345'],
    ['粤z a123 港', '粤ZA123港'],
  ])('%s has one spelling', (typed, plate) => {
    expect(normalPlate(typed)).toBe(plate);
    expect(Plate.parse(typed)).toBe(plate);
  });

  it.each([
    ['京A12345', '京A·12345'],
    ['WJ京1234X', 'WJ·京1234X'],
    ['使224578', '使·224578'],
    ['224578使', '224578使'],
    ['VA12345', 'VA·12345'],
  ])('%s is read as %s', (plate, shown) => {
    expect(shownPlate(plate)).toBe(shown);
  });
});
