import { LESSON_TOPICS } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { coverage, progress, topicsOf } from './plans.ts';

test.each([
  [false, '2026-11', '2026-11-30', 'planned'],
  [false, '2026-11', '2026-12-01', 'late'],
  [false, '2027-01', '2026-12-01', 'planned'],
  [true, '2026-10', '2026-12-01', 'done'],
])('held %s, month %s, on %s: %s', (done, month, today, state) => {
  expect(progress(done, month, today)).toBe(state);
});

test('drowning is taught before the summer, and every topic that the source names comes up in a year', () => {
  for (const month of ['04', '05', '06']) expect(topicsOf(`2026-${month}`)).toContain('drowning');
  const year = Array.from({ length: 12 }, (_, i) => topicsOf(`2026-${String(i + 1).padStart(2, '0')}`)).flat();
  expect(new Set(year)).toEqual(new Set(LESSON_TOPICS));
});

test('a class has its topics one by one; an extra lesson counts for its minutes', () => {
  const lessons = [
    { id: 'l-1', class: 'c-32', topic: 'fire', minutes: 40 },
    { id: 'l-2', class: 'c-32', topic: 'traffic', minutes: 10 },
  ] as const;
  expect(coverage('2026-11', '2026-12-01', lessons)).toEqual({
    cells: [
      { topic: 'fire', state: 'done', lesson: 'l-1' },
      { topic: 'antiTerror', state: 'late', lesson: null },
    ],
    minutes: 50,
  });
});

test('nothing of the summer holidays becomes late', () => {
  expect(coverage('2026-08', '2026-11-23', []).cells.map(({ state }) => state)).toEqual(['planned']);
});
