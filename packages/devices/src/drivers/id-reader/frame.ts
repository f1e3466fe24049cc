/**
 * SDT frames on the wire: `AA AA AA 96 69 | LEN | … | CHK`, LEN big-endian and counting all bytes behind itself, CHK the
 * XOR of everything from LEN on. Promise: whatever stands before, inside or behind, a whole frame with a right checksum
 * comes out. A frame that began and does not hold (lying length, wrong checksum, cut short) costs one byte, then the
 * search goes on inside it. Pure; the caller says when the line is silent.
 */
import type { DiscardReason, Framed, Framer } from '../../framing.ts';

const PREAMBLE = Buffer.from('aaaaaa9669', 'hex');
const HEADER = PREAMBLE.length + 2;
/** A request without data. */
const SHORTEST = 0x0003;
/** The longest that is known: text, photo and fingerprints. A longer claim is a lie, and waiting for it would cost time. */
const LONGEST = 0x090a;

/**
 * A time-out of some handhelds: LEN promises five bytes, three come, and the two bytes that follow them, the next
 * frame's first, happen to make the checksum right. So it is known by its looks.
 */
const VENDOR_TIMEOUT = Buffer.from('aaaaaa96690005050505', 'hex');

/**
 * Inside a frame the bytes follow each other closely; 200 ms covers the hiccups of USB and of serial servers. Waiting
 * longer only helps a lying length.
 */
export const SILENCE_MS = 200;

/** The bytes between LEN and CHK, wrapped for the wire. Requests and replies alike. */
export function encodeFrame(body: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(HEADER + body.length + 1);
  PREAMBLE.copy(frame);
  frame.writeUInt16BE(body.length + 1, PREAMBLE.length);
  frame.set(body, HEADER);
  frame[frame.length - 1] = xor(frame.subarray(PREAMBLE.length, -1));
  return frame;
}

export class SdtFramer implements Framer<Uint8Array> {
  #buffer = Buffer.alloc(0);
  #lastByteAt = 0;

  get pending(): boolean {
    return this.#buffer.length > 0;
  }

  push(bytes: Uint8Array, at: number): Framed<Uint8Array>[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    this.#lastByteAt = at;
    return this.#take(false);
  }

  silence(): Framed<Uint8Array>[] {
    return this.#take(true);
  }

  reset(): void {
    this.#buffer = Buffer.alloc(0);
  }

  #take(silent: boolean): Framed<Uint8Array>[] {
    const out: Framed<Uint8Array>[] = [];
    const buffer = this.#buffer;
    let from = 0;
    for (;;) {
      const start = nextStart(buffer, from, silent);
      if (start > from) discard(out, start - from, 'noise');
      from = start;
      if (from === buffer.length) break;
      const seen = look(buffer, from);
      if (seen.kind === 'frame') {
        out.push({ kind: 'frame', frame: buffer.subarray(from + HEADER, seen.bodyEnd), at: this.#lastByteAt });
        from = seen.end;
      } else if (seen.kind === 'more' && !silent) {
        break;
      } else {
        discard(out, 1, seen.kind === 'more' ? 'cutShort' : seen.reason);
        from++;
      }
    }
    this.#buffer = buffer.subarray(from);
    return out;
  }
}

/** Where the next preamble begins, or where the end of the buffer might be the beginning of one. */
function nextStart(buffer: Buffer, from: number, silent: boolean): number {
  const start = buffer.indexOf(PREAMBLE, from);
  if (start >= 0) return start;
  if (silent) return buffer.length;
  const tail = Math.max(from, buffer.length - PREAMBLE.length + 1);
  for (let at = tail; at < buffer.length; at++) {
    if (PREAMBLE.subarray(0, buffer.length - at).equals(buffer.subarray(at))) return at;
  }
  return buffer.length;
}

type Look =
  | { kind: 'frame'; bodyEnd: number; end: number }
  | { kind: 'more' }
  | { kind: 'broken'; reason: DiscardReason };

function look(buffer: Buffer, start: number): Look {
  if (buffer.length < start + HEADER) return { kind: 'more' };
  const length = buffer.readUInt16BE(start + PREAMBLE.length);
  if (length < SHORTEST || length > LONGEST) return { kind: 'broken', reason: 'badLength' };
  const end = start + HEADER + length;
  const vendorEnd = start + VENDOR_TIMEOUT.length;
  if (buffer.subarray(start, vendorEnd).equals(VENDOR_TIMEOUT))
    return { kind: 'frame', bodyEnd: vendorEnd, end: vendorEnd };
  if (buffer.length < end) return { kind: 'more' };
  const sum = xor(buffer.subarray(start + PREAMBLE.length, end - 1));
  return sum === buffer[end - 1] ? { kind: 'frame', bodyEnd: end - 1, end } : { kind: 'broken', reason: 'badChecksum' };
}

/** Neighbours are told as one, under the reason of the first that looked like a frame. */
function discard(out: Framed<Uint8Array>[], count: number, reason: DiscardReason): void {
  const last = out.at(-1);
  if (last?.kind !== 'discarded') {
    out.push({ kind: 'discarded', count, reason });
    return;
  }
  last.count += count;
  if (last.reason === 'noise') last.reason = reason;
}

const xor = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);
