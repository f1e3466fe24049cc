import { expect, test } from 'vitest';
import { guardsRequired, staffingSentence } from './staffing-rule.ts';

const school = (pupils: number, staff = 0, boarders = 0) => ({ pupils, staff, boarders });

test.each([
  [0, 1, 1],
  [99, 1, 1],
  [100, 2, 2],
  [999, 2, 2],
  // The one point at which the notices ("above 1000") and the standard ("1000 and above") part.
  [1_000, 2, 3],
  [1_001, 3, 3],
  [1_499, 3, 3],
  [1_500, 3, 4],
  [1_501, 4, 4],
  [2_000, 4, 5],
  [2_001, 5, 5],
])('%i people: the notices ask for %i guards, the standard for %i', (pupils, notices, standard) => {
  expect(guardsRequired('notices', school(pupils)).guards).toBe(notices);
  expect(guardsRequired('gbt29315', school(pupils)).guards).toBe(standard);
});

test.each([
  [80, 0, 1],
  [80, 1, 3],
  [80, 80, 3],
  [600, 300, 3],
  [600, 301, 4],
  [1_200, 600, 5],
  [1_200, 601, 6],
])('%i pupils of whom %i board: %i guards', (pupils, boarders, guards) => {
  expect(guardsRequired('notices', school(pupils, 0, boarders)).guards).toBe(guards);
  expect(guardsRequired('gbt29315', school(pupils, 0, boarders)).guards).toBe(guards);
});

test('the notices count staff, the standard counts pupils', () => {
  expect(guardsRequired('notices', school(980, 40)).guards).toBe(3);
  expect(guardsRequired('gbt29315', school(980, 40)).guards).toBe(2);
});

test('the arithmetic says every step, in both languages', () => {
  const result = guardsRequired('notices', school(1_086, 74));
  expect(result.steps.map(({ step, guards }) => [step, guards])).toEqual([
    ['count', 0],
    ['base', 2],
    ['excess', 1],
    ['total', 0],
  ]);
  expect(result.steps[2]?.numbers).toEqual({ excess: 160, per: 500 });
  expect(staffingSentence(result, 'zh')).toBe(
    '1,086 学生 + 74 教职工 = 1,160 人；1000 人以内 2 名；超过部分 160 人按每 500 人增 1 名（不足 500 人按 500 人计） → 1 名；共 3 名',
  );
  expect(staffingSentence(result, 'en')).toBe(
    '1,086 pupils + 74 staff = 1,160 people; up to 1000 people: 2 guards; 160 above 1000, one more for each 500 begun → 1; 3 in all',
  );
});

test('the steps add up, and what was not found in a source is marked', () => {
  for (const pupils of [0, 99, 100, 1_000, 1_001, 5_000])
    for (const boarders of [0, Math.min(pupils, 301)])
      for (const rule of ['notices', 'gbt29315'] as const) {
        const { guards, steps } = guardsRequired(rule, school(pupils, 0, boarders));
        expect(steps.reduce((sum, step) => sum + step.guards, 0)).toBe(guards);
        if (rule === 'notices') expect(steps.every(({ verified }) => verified)).toBe(true);
      }
  const { steps } = guardsRequired('gbt29315', school(500, 0, 301));
  expect(steps.filter(({ verified }) => !verified).map(({ step }) => step)).toEqual(['base', 'boarders']);
});
