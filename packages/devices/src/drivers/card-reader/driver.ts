/** 125 kHz reader: it only talks. A card leaves as an event in the tick in which its last byte arrived (STX/ETX form). */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import type { Driver, DriverContext } from '../../driver.ts';
import { readFrames } from '../../framing.ts';
import type { Port } from '../../port.ts';
import { CardFramer, SILENCE_MS } from './frame.ts';
import { Presence } from './presence.ts';

export function cardReader(
  device: Extract<GateDevice, { driver: 'rdm6300' }>,
  port: Port,
  context: DriverContext,
): Driver {
  const { clock, tell, health, counters } = context;
  const presence = new Presence(device.idleMs);
  const idle = new Alarm(clock, () => {
    if (presence.expire(clock.monotonic())) tell({ type: 'cardGone' });
    else if (presence.any) idle.set(device.idleMs);
  });
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
        if (presence.seen(item.frame, item.at)) tell({ type: 'card', number: item.frame, receivedAt: item.at });
        idle.set(device.idleMs);
      }
    },
  });
  // It has no answer to wait for: an open port is all that can be known.
  const unsubscribe = port.subscribe({ opened: () => health('ok') });
  return {
    stop: async () => {
      idle.clear();
      stopFrames();
      unsubscribe();
    },
  };
}
