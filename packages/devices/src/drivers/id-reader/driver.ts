/** Runs the conversation's effects on a port. Decides nothing. */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import type { Driver, DriverContext } from '../../driver.ts';
import { type Framed, readFrames } from '../../framing.ts';
import type { Port } from '../../port.ts';
import { type Effect, type Health, type Input, initial, next } from './conversation.ts';
import { SdtFramer, SILENCE_MS } from './frame.ts';
import { decodeReply, encodeCommand } from './message.ts';

export function idReader(device: Extract<GateDevice, { driver: 'sdt' }>, port: Port, context: DriverContext): Driver {
  const { clock, tell, health, counters } = context;
  const timer = new Alarm(clock, () => take({ type: 'timer' }));
  let state = initial;
  let lastByteAt = 0;

  function take(input: Input): void {
    const [after, effects] = next(state, input, device.pollMs);
    state = after;
    for (const effect of effects) run(effect);
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        // A write that fails is answered by the port's `lost`, and one that hangs by the deadline.
        port.write(encodeCommand(effect.command)).catch(() => {});
        break;
      case 'arm':
        timer.set(effect.ms);
        break;
      case 'disarm':
        timer.clear();
        break;
      case 'health':
        note(effect.health);
        break;
      case 'reading':
        tell({ type: 'reading' });
        break;
      case 'document':
        tell({ type: 'document', document: effect.document, receivedAt: lastByteAt });
        break;
      case 'unreadable':
        tell({ type: 'documentUnreadable', reason: effect.reason });
        break;
      case 'gone':
        tell({ type: 'documentGone' });
        break;
    }
  }

  function note(heard: Health): void {
    if (heard === 'ok') health('ok');
    else if (heard === 'moduleFault') health('fault', 'moduleFault');
    else {
      health('silent', 'noAnswer');
      port.suspect();
    }
  }

  function onFramed(framed: Framed<Uint8Array>[]): void {
    for (const item of framed) {
      if (item.kind === 'frame') {
        counters.frames++;
        lastByteAt = item.at;
        take({ type: 'reply', reply: decodeReply(item.frame) });
      } else {
        counters.discardedBytes += item.count;
        if (item.reason !== 'noise') take({ type: 'broken' });
      }
    }
  }

  const stopFrames = readFrames(port, new SdtFramer(), { clock, silenceMs: SILENCE_MS, onFramed });
  const unsubscribe = port.subscribe({
    opened: () => take({ type: 'opened' }),
    lost: () => take({ type: 'lost' }),
  });
  return {
    stop: async () => {
      timer.clear();
      stopFrames();
      unsubscribe();
    },
  };
}
