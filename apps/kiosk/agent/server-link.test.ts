import type { Bus } from '@anyuan/bus';
import { expect, test, vi } from 'vitest';
import { ServerLink } from './server-link.ts';

const START = Date.parse('2026-11-23T08:00:00+08:00');

function link() {
  let now = START;
  let change = () => {};
  const bus = {
    connected: true,
    onChange(tell: () => void) {
      change = tell;
      return () => {};
    },
  };
  const services = { answer: true };
  const back = vi.fn();
  const made = new ServerLink({
    ...{ bus: bus as unknown as Bus, clock: { now: () => now } },
    ...{ answer: async () => services.answer, onChange: () => {}, onBack: back },
  });
  const end = made.start();
  return {
    ...{ made, back, end },
    async bus(up: boolean, afterMs: number) {
      now += afterMs;
      bus.connected = up;
      change();
      await vi.waitFor(() => expect(made.status.bus === 'up').toBe(up));
    },
  };
}

test('a cut counts from the cut, not from the start; each return is told once', async () => {
  const { made, back, end, bus } = link();
  await vi.waitFor(() => expect(made.reachable).toBe(true));
  await bus(false, 24 * 60_000);
  expect(made.status).toEqual({ bus: 'down', services: 'down', since: new Date(START + 24 * 60_000).toISOString() });
  await bus(true, 60_000);
  await vi.waitFor(() => expect(made.reachable).toBe(true));
  expect([back.mock.calls.length, Date.parse(made.status.since) - START]).toEqual([2, 25 * 60_000]);
  end();
});
