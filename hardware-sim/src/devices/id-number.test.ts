import { expect, test } from 'vitest';
import { demoDocuments } from '../demo-people.ts';
import { withCheckDigit } from './id-number.ts';

test.each(['11010519491231002X', '440524188001010014', '810000199003070015', '911156199003070017'])('%s', (number) => {
  expect(withCheckDigit(number.slice(0, 17))).toBe(number);
});

test('every invented number holds, is unique and plainly invented', () => {
  const numbers = demoDocuments.map((d) => d.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const { number, document, birth, sex } of demoDocuments) {
    if (document === 'foreigner2017') continue;
    expect(withCheckDigit(number.slice(0, 17))).toBe(number);
    expect(number.slice(6, 14)).toBe(birth.replaceAll('-', ''));
    expect(Number(number[16]) % 2).toBe(sex === 'male' ? 1 : 0);
    expect(number).toMatch(/^(110000|810000|911)/);
  }
});

test('the visitor of the tour', () => {
  expect(demoDocuments.find((d) => d.key === 'zhang')).toMatchObject({
    name: '张伟明',
    sex: 'male',
    number: expect.stringMatching(/2718$/),
  });
});
