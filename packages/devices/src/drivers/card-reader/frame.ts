/**
 * 125 kHz card numbers: ten ASCII hex digits and two of checksum (XOR of the five bytes). Two forms of one layout:
 * RDM6300 wraps them in STX … ETX and leaves at once with the ETX; EM-18 sends them bare, so a frame ends with a CR or LF
 * if the reader sends one, else with silence. What does not check is dropped one byte at a time.
 */
import type { DiscardReason, Framed, Framer } from '../../framing.ts';

const STX = 0x02;
const ETX = 0x03;
const CR = 0x0d;
const LF = 0x0a;
/** Number and checksum, in characters. */
const DIGITS = 12;
const NUMBER = 10;
/** How far a run of bare digits is followed, and kept while it lasts. */
const LONGEST_RUN = 8 * DIGITS;

/** A bare frame takes 12 ms at 9600 baud; USB adapters hand over every 16 ms. */
export const SILENCE_MS = 30;

/** @param number ten hex digits */
export function encodeCard(number: string, form: 'rdm6300' | 'em18' = 'rdm6300'): Uint8Array {
  const digits = Buffer.from(number.toUpperCase() + checksum(number), 'ascii');
  return form === 'em18' ? digits : Buffer.from([STX, ...digits, ETX]);
}

export class CardFramer implements Framer<string> {
  #buffer = Buffer.alloc(0);
  #lastByteAt = 0;

  get pending(): boolean {
    return this.#buffer.length > 0;
  }

  push(bytes: Uint8Array, at: number): Framed<string>[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    this.#lastByteAt = at;
    return this.#take(false);
  }

  silence(): Framed<string>[] {
    return this.#take(true);
  }

  reset(): void {
    this.#buffer = Buffer.alloc(0);
  }

  #take(silent: boolean): Framed<string>[] {
    const out: Framed<string>[] = [];
    let from = 0;
    while (from < this.#buffer.length) {
      const seen = look(this.#buffer.subarray(from), silent);
      if (seen.kind === 'more') break;
      if (seen.kind === 'card') out.push({ kind: 'frame', frame: seen.number, at: this.#lastByteAt });
      else if (seen.kind === 'bad') discard(out, seen.reason);
      from += seen.length;
    }
    this.#buffer = this.#buffer.subarray(from);
    return out;
  }
}

type Look =
  | { kind: 'card'; number: string; length: number }
  | { kind: 'blank'; length: 1 }
  | { kind: 'bad'; reason: DiscardReason; length: 1 }
  | { kind: 'more' };

const bad = (reason: DiscardReason): Look => ({ kind: 'bad', reason, length: 1 });

function look(bytes: Buffer, silent: boolean): Look {
  const first = bytes[0];
  if (first === CR || first === LF) return { kind: 'blank', length: 1 };
  if (first === STX) return wrapped(bytes, silent);
  const run = runOfDigits(bytes);
  if (run === 0) return bad('noise');
  // More digits may follow, and which twelve belong together shows only when the run has ended.
  if (run === bytes.length && run < LONGEST_RUN && !silent) return { kind: 'more' };
  const number = run >= DIGITS && check(bytes.subarray(0, DIGITS));
  return number ? { kind: 'card', number, length: DIGITS } : bad(run >= DIGITS ? 'badChecksum' : 'noise');
}

function wrapped(bytes: Buffer, silent: boolean): Look {
  const run = runOfDigits(bytes.subarray(1, 1 + DIGITS));
  const whole = bytes.length >= 1 + DIGITS + 1;
  if (!whole) return run === bytes.length - 1 && !silent ? { kind: 'more' } : bad('cutShort');
  if (run < DIGITS || bytes[1 + DIGITS] !== ETX) return bad('cutShort');
  const number = check(bytes.subarray(1, 1 + DIGITS));
  return number ? { kind: 'card', number, length: 1 + DIGITS + 1 } : bad('badChecksum');
}

function runOfDigits(bytes: Buffer): number {
  let length = 0;
  const end = Math.min(bytes.length, LONGEST_RUN);
  while (length < end && /[0-9A-Fa-f]/.test(String.fromCharCode(bytes[length] ?? 0))) length++;
  return length;
}

function check(digits: Buffer): string | undefined {
  const text = digits.toString('ascii').toUpperCase();
  const number = text.slice(0, NUMBER);
  return checksum(number) === text.slice(NUMBER) ? number : undefined;
}

function checksum(number: string): string {
  const sum = Buffer.from(number, 'hex').reduce((xor, byte) => xor ^ byte, 0);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}

function discard(out: Framed<string>[], reason: DiscardReason): void {
  const last = out.at(-1);
  if (last?.kind === 'discarded') last.count++;
  else out.push({ kind: 'discarded', count: 1, reason });
}
