import { expect, test } from 'vitest';
import { SchoolFacts } from './index.ts';

test('no school has more boarders, or more new pupils, than pupils', () => {
  const facts = { kind: 'primary', pupils: 1_200, staff: 86, boarders: 1_200, buses: 0, newPupils: 1_200, floors: 4 };
  expect(SchoolFacts.safeParse(facts).success).toBe(true);
  const wrong = SchoolFacts.safeParse({ ...facts, boarders: 5_000, newPupils: 1_201 });
  expect(wrong.error?.issues.map(({ path }) => path)).toEqual([['boarders'], ['newPupils']]);
});
