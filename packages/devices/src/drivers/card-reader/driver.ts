/** 125 kHz reader: it only talks. A card leaves as an event in the tick in which its last byte arrived (STX/ETX form). */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import type { Driver, DriverContext } from '../../driver.ts';
import { readFrames } from '../../framing.ts';
import type { Port } from '../../port.ts';
import { CardFramer, SILENCE_MS } from './frame.ts';
import { Presence } from './presence.ts';

/**
 * A process that stood still finds its timers due before the bytes that came meanwhile. They get this long to arrive, or
 * a card that never left would be taken for a new one.
 */
const GRACE_MS = 20;

export function cardReader(
  device: Extract<GateDevice, { driver: 'rdm6300' }>,
  port: Port,
  context: DriverContext,
): Driver {
  const { clock, tell, health, counters } = context;
  const presence = new Presence(device.idleMs);
  const idle = new Alarm(clock, () => grace.set(GRACE_MS));
  const grace = new Alarm(clock, () => {
    if (presence.expire(clock.monotonic())) tell({ type: 'cardGone' });
    watch();
  });
  const watch = () => {
    const due = presence.dueIn(clock.monotonic());
    if (due !== undefined) idle.set(Math.max(due, 0));
  };
  const stopFrames = readFrames(port, new CardFramer(), {
    clock,
    silenceMs: SILENCE_MS,
    onFramed: (framed) => {
      for (const item of framed) {
        if (item.kind === 'discarded') {
          counters.discardedBytes += item.count;
          continue;
        }
        counters.frames++;
        const isFirst = presence.dueIn(item.at) === undefined;
        if (presence.seen(item.frame, item.at)) tell({ type: 'card', number: item.frame, receivedAt: item.at });
        if (isFirst) watch();
      }
    },
  });
  // It has no answer to wait for: an open port is all that can be known.
  const unsubscribe = port.subscribe({ opened: () => health('ok') });
  return {
    stop: async () => {
      idle.clear();
      grace.clear();
      stopFrames();
      unsubscribe();
    },
  };
}
