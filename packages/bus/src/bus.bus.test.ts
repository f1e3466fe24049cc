import { subjects } from '@anyuan/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { consume } from './index.ts';
import { startTestNats, type TestNats } from './testing.ts';

let nats: TestNats;
beforeAll(async () => {
  nats = await startTestNats('s');
});
afterAll(() => nats.stop());

test('a stored message reaches who listens now, and the stream once however often it is sent', async () => {
  const bus = await nats.connect();
  const heard: string[] = [];
  bus.subscribe(subjects.alarmRaisedAny('s'), (m) => void heard.push(new TextDecoder().decode(m.data)));
  const subject = subjects.alarmRaised('s', 'audible');
  const first = await bus.publishStored(subject, { n: 1 }, { id: 'one' });
  const again = await bus.publishStored(subject, { n: 1 }, { id: 'one' });
  expect([first.duplicate, again.duplicate]).toEqual([false, true]);
  expect(heard).toEqual(['{"n":1}', '{"n":1}']);
});

test('a batch that could not be stored is offered again, in order, and only then acknowledged', async () => {
  const bus = await nats.connect();
  const stored: number[] = [];
  let failures = 2;
  const reading = consume(bus, {
    stream: 'ALARMS',
    durable: 'reader',
    filter: [subjects.deviceReported('s', '*')],
    retryMs: 5,
    async handle(batch) {
      if (failures-- > 0) throw new Error('database away');
      stored.push(...batch.map((m) => JSON.parse(new TextDecoder().decode(m.data)).n));
    },
  });
  for (let n = 0; n < 5; n++) await bus.publishStored(subjects.deviceReported('s', `d${n}`), { n }, { id: `d${n}` });
  await vi.waitFor(() => expect(stored).toEqual([0, 1, 2, 3, 4]));
  await reading.caughtUp();
  await reading.stop();
});

test('a bus that was killed is said to be away, takes nothing, and goes on when it is back', async () => {
  const bus = await nats.connect();
  const changes: boolean[] = [];
  bus.onChange((up) => changes.push(up));
  await nats.kill();
  await vi.waitFor(() => expect(bus.connected).toBe(false));
  expect(bus.publish('x', 1)).toBe(false);
  await nats.start();
  await vi.waitFor(() => expect(bus.connected).toBe(true), { timeout: 10_000 });
  expect(changes).toEqual([false, true]);
  await bus.publishStored(subjects.alarmRaised('s', 'audible'), {}, { id: 'after' });
});
