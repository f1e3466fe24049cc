import { expect, test } from 'vitest';
import { afterDeath, firstStart } from './restart-policy.ts';

function delays(lives: number[]): number[] {
  let now = 0;
  let state = firstStart(now);
  return lives.map((lived) => {
    now += lived;
    const next = afterDeath(state, now);
    state = next.state;
    now += next.delayMs;
    return next.delayMs;
  });
}

test('the pause doubles with every quick death and stays at fifteen seconds', () => {
  expect(delays([100, 100, 100, 100, 100, 100, 100, 100])).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ]);
});

test('a calm minute forgives what was before', () => {
  expect(delays([100, 100, 60_000, 100])).toEqual([250, 500, 250, 500]);
});
