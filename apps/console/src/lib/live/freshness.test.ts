import { expect, it } from 'vitest';
import { freshness } from './freshness.ts';

it('is connecting until something was heard, live for five seconds after, then stale and says for how long', () => {
  expect(freshness(null, 1000)).toEqual({ state: 'connecting' });
  expect(freshness(1000, 2400)).toEqual({ state: 'live', seconds: 1 });
  expect(freshness(1000, 6000)).toEqual({ state: 'live', seconds: 5 });
  expect(freshness(1000, 6001)).toEqual({ state: 'stale', seconds: 5 });
  expect(freshness(1000, 91_000)).toEqual({ state: 'stale', seconds: 90 });
});

it('never counts backwards when a clock was set back', () => {
  expect(freshness(5000, 1000)).toEqual({ state: 'live', seconds: 0 });
});
