import { expect, test } from 'vitest';
import { Ports } from './ports.ts';

test('a port that somebody has picked is passed over by everybody else until it is released', async () => {
  const [one, other] = [new Ports(), new Ports()];
  const port = await one.pick(34_100);
  expect(await other.pick(port)).toBeGreaterThan(port);
  expect(await one.pick(port)).toBeGreaterThan(port);
  await one.release(port);
  expect(await other.pick(port)).toBe(port);
  await Promise.all([one.releaseAll(), other.releaseAll()]);
});
