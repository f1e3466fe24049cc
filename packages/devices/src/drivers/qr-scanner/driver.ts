/** Code scanner on a serial line: each code is told as it was scanned, also the same one again. */
import type { Driver, DriverContext } from '../../driver.ts';
import { readFrames } from '../../framing.ts';
import type { Port } from '../../port.ts';
import { CodeFramer, SILENCE_MS } from './frame.ts';

export function qrScanner(port: Port, context: DriverContext): Driver {
  const { clock, tell, health, counters } = context;
  const stopFrames = readFrames(port, new CodeFramer(), {
    clock,
    silenceMs: SILENCE_MS,
    onFramed: (framed) => {
      for (const item of framed) {
        if (item.kind === 'frame') {
          counters.frames++;
          tell({ type: 'code', text: item.frame });
        } else {
          counters.discardedBytes += item.count;
        }
      }
    },
  });
  const unsubscribe = port.subscribe({ opened: () => health('ok') });
  return {
    stop: async () => {
      stopFrames();
      unsubscribe();
    },
  };
}
