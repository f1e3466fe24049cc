/**
 * From bytes to frames, the same for every driver. A framer is pure: it keeps the bytes that do not make a frame yet and
 * knows no clock. Bad bytes are a value, never an exception: a framer gives them back as `discarded`, and the driver
 * counts them. After a false start it goes on one byte later, so a lying length or a bad checksum never takes a good
 * frame with it.
 */
import { Alarm, type Clock } from './clock.ts';
import type { Port } from './port.ts';

/** `noise` never looked like a frame; the others did and broke. */
export type DiscardReason = 'noise' | 'badLength' | 'badChecksum' | 'cutShort' | 'tooLong';

export type Framed<T> =
  | { kind: 'frame'; frame: T /** monotonic time of its last byte */; at: number }
  | { kind: 'discarded'; count: number; reason: DiscardReason };

export interface Framer<T> {
  push(bytes: Uint8Array, at: number): Framed<T>[];
  /** The line fell silent: what waits will not be completed. Frames behind a false start come out now. */
  silence(): Framed<T>[];
  /** Bytes wait for more. */
  readonly pending: boolean;
  reset(): void;
}

/** Feeds a port's bytes to a framer and calls its `silence` in time. Frames leave in the same tick as their last byte. */
export function readFrames<T>(
  port: Port,
  framer: Framer<T>,
  options: { clock: Clock; silenceMs: number; onFramed: (framed: Framed<T>[]) => void },
): () => void {
  const { clock, silenceMs, onFramed } = options;
  const alarm = new Alarm(clock, () => deliver(framer.silence()));
  const deliver = (framed: Framed<T>[]) => {
    if (framed.length > 0) onFramed(framed);
  };
  const unsubscribe = port.subscribe({
    bytes: (chunk, at) => {
      const framed = framer.push(chunk, at);
      if (framer.pending) alarm.set(silenceMs);
      else alarm.clear();
      deliver(framed);
    },
    lost: () => {
      alarm.clear();
      framer.reset();
    },
  });
  return () => {
    alarm.clear();
    unsubscribe();
  };
}
