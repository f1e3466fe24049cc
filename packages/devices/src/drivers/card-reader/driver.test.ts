import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import { openHardware } from '../../hardware.ts';
import { MemoryCable, TestClock } from '../../testing.ts';
import { encodeCard } from './frame.ts';
import { Presence } from './presence.ts';

const A = '100086F444';
const B = '3C00CE754C';

async function reader() {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const events: DeviceEvent[] = [];
  openHardware({
    devices: [{ id: 'card-1', driver: 'rdm6300', path: '/dev/card', baudRate: 9600, idleMs: 500 }],
    clock,
    openTransport: cable.transport,
    onEvent: (event) => events.push(event),
  });
  await clock.advance(10);
  const told = () => events.splice(0).map((e) => (e.type === 'card' ? e.number : e.type === 'port' ? e.state : e.type));
  told();
  /** A card in the field repeats every 50 ms. */
  const holds = async (ms: number, ...numbers: string[]) => {
    for (let t = 0; t < ms; t += 50) {
      for (const number of numbers) cable.send(encodeCard(number));
      await clock.advance(50);
    }
  };
  return { clock, cable, events, told, holds };
}

describe('a card reader', () => {
  it('tells a card in the tick of its last byte', async () => {
    const { cable, events } = await reader();
    const bytes = encodeCard(A);
    cable.send(bytes.subarray(0, -1));
    expect(events).toEqual([]);
    cable.send(bytes.subarray(-1));
    expect(events).toMatchObject([{ type: 'card', number: A, device: 'card-1', receivedAt: 10 }]);
  });

  it('tells a card once for as long as it lies there, and when it has gone', async () => {
    const { clock, told, holds } = await reader();
    await holds(5000, A);
    expect(told()).toEqual([A]);
    await clock.advance(469);
    expect(told()).toEqual([]);
    await clock.advance(1);
    expect(told()).toEqual(['cardGone']);
  });

  it('tells the same card again after it was away', async () => {
    const { clock, told, holds } = await reader();
    await holds(200, A);
    await clock.advance(600);
    await holds(200, A);
    expect(told()).toEqual([A, 'cardGone', A]);
  });

  it('tells two cards at once, once each', async () => {
    const { clock, told, holds } = await reader();
    await holds(2000, A, B);
    await holds(1000, B);
    expect(told()).toEqual([A, B]);
    await clock.advance(1000);
    expect(told()).toEqual(['cardGone']);
  });

  it('is not deceived by its own standing still: bytes that waited count before the silence', async () => {
    const { clock, cable, told, holds } = await reader();
    await holds(100, A);
    // Nothing ran for 2 s; then the timers come first and the bytes right behind them.
    clock.after(449, () => clock.after(1, () => cable.send(encodeCard(A))));
    await clock.advance(460);
    await holds(200, A);
    expect(told()).toEqual([A]);
  });

  it('a second card right behind the first is a card', async () => {
    const { told, holds } = await reader();
    await holds(100, A);
    await holds(100, B);
    expect(told()).toEqual([A, B]);
  });

  it('tells a bare card 30 ms after its last byte', async () => {
    const { clock, cable, told, events } = await reader();
    cable.send(encodeCard(A, 'em18'));
    await clock.advance(29);
    expect(told()).toEqual([]);
    await clock.advance(1);
    expect(events).toMatchObject([{ number: A, receivedAt: 10 }]);
  });

  it('survives a cut in the middle of a card', async () => {
    const { clock, cable, told } = await reader();
    cable.send(encodeCard(A).subarray(0, 7));
    cable.unplug();
    cable.plug();
    await clock.advance(300);
    cable.send(encodeCard(B));
    expect(told()).toEqual(['away', 'opening', 'ok', B]);
  });
});

it('presence: each card has its own idle time', () => {
  const presence = new Presence(500);
  expect(presence.dueIn(0)).toBeUndefined();
  expect(presence.seen('A', 0)).toBe(true);
  expect(presence.seen('B', 400)).toBe(true);
  expect(presence.seen('A', 499)).toBe(false);
  expect(presence.dueIn(500)).toBe(400);
  expect(presence.expire(900)).toBe(false);
  expect(presence.seen('A', 950)).toBe(false);
  expect(presence.seen('B', 960)).toBe(true);
  expect(presence.expire(1459)).toBe(false);
  expect(presence.expire(1460)).toBe(true);
  expect(presence.expire(2000)).toBe(false);
});
