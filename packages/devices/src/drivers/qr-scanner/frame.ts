/**
 * Text of a code scanner: bytes up to CR, LF or CR LF, or up to a silence when the scanner sends no terminator. Longer
 * than LONGEST it is no code of ours, and all of it is dropped up to its end. Control characters never get through.
 */
import type { Framed, Framer } from '../../framing.ts';

const CR = 0x0d;
const LF = 0x0a;
/** In bytes. */
const LONGEST = 512;
/** A scanner sends a code in one go; at 9600 baud a byte takes 1 ms. */
export const SILENCE_MS = 40;

export class CodeFramer implements Framer<string> {
  #bytes: number[] = [];
  /** Bytes of a code that is too long, dropped so far. */
  #dropped = 0;
  #lastByteAt = 0;

  get pending(): boolean {
    return this.#bytes.length > 0 || this.#dropped > 0;
  }

  push(bytes: Uint8Array, at: number): Framed<string>[] {
    this.#lastByteAt = at;
    const out: Framed<string>[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF) out.push(...this.#end());
      else if (this.#dropped > 0) this.#dropped++;
      else if (this.#bytes.length < LONGEST) this.#bytes.push(byte);
      else {
        this.#dropped = this.#bytes.length + 1;
        this.#bytes = [];
      }
    }
    return out;
  }

  silence(): Framed<string>[] {
    return this.#end();
  }

  reset(): void {
    this.#bytes = [];
    this.#dropped = 0;
  }

  #end(): Framed<string>[] {
    const dropped = this.#dropped;
    // Controls of C0 and C1, byte-order mark and replacement character: none is part of a code that we printed.
    const text = utf8.decode(Uint8Array.from(this.#bytes)).replace(/[\p{Cc}\uFEFF\uFFFD]/gu, '');
    const noise = this.#bytes.length;
    this.reset();
    if (dropped > 0) return [{ kind: 'discarded', count: dropped, reason: 'tooLong' }];
    if (text !== '') return [{ kind: 'frame', frame: text, at: this.#lastByteAt }];
    return noise > 0 ? [{ kind: 'discarded', count: noise, reason: 'noise' }] : [];
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
