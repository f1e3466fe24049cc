import { expect, test } from 'vitest';
import { thresholdOf } from './reminders.ts';

test.each([
  [91, undefined],
  [90, 90],
  [31, 90],
  [30, 30],
  [8, 30],
  [7, 7],
  [1, 7],
  [0, 0],
  [-400, 0],
])('%i days before the end the threshold %s is due', (days, threshold) => {
  expect(thresholdOf(days)).toBe(threshold);
});
