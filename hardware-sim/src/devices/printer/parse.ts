/**
 * ESC/POS as a printer reads it: one order after the other out of its buffer, with the modes that they set. Pure but for its
 * own modes. What it does not know it skips by the length that the order names, or by one byte, as printers do, so a host
 * that speaks another dialect is seen as garbage on the paper.
 */

import type { Align, Row, Run } from './paper.ts';
import { type Level, qrMatrix } from './qr-matrix.ts';

const ALIGNS: readonly Align[] = ['left', 'center', 'right'];
const LEVELS: readonly Level[] = ['L', 'M', 'Q', 'H'];

export type Done = { took: number } & (
  | { did: 'mode' }
  | { did: 'row'; row: Row }
  | { did: 'cut' }
  /** GS r: the paper sensor is asked in its turn. */
  | { did: 'asked' }
);

const fresh = () => ({ align: 'left' as Align, wide: 1, high: 1, bold: false, hanzi: false, runs: [] as Run[] });

export class Reader {
  #mode = fresh();
  #qr = { module: 3, level: 'L' as Level, data: new Uint8Array() };

  reset(): void {
    this.#mode = fresh();
  }

  /** @returns undefined: the order is not there whole yet */
  next(bytes: Uint8Array): Done | undefined {
    const [first = 0, second, third] = bytes;
    if (first === 0x0a) return { did: 'row', row: this.#line(), took: 1 };
    if (first !== 0x1b && first !== 0x1c && first !== 0x1d) return this.#text(bytes);
    if (second === undefined) return undefined;
    if (first === 0x1c) {
      this.#mode.hanzi = second === 0x26;
      return { did: 'mode', took: 2 };
    }
    if (first === 0x1b && second === 0x40) {
      this.#mode = fresh();
      return { did: 'mode', took: 2 };
    }
    if (third === undefined) return undefined;
    return first === 0x1b ? this.#escape(second, third) : this.#group(bytes, second, third);
  }

  #escape(order: number, n: number): Done {
    if (order === 0x64) return { did: 'row', row: this.#fed(n), took: 3 };
    if (order === 0x61) this.#mode.align = ALIGNS[n % 48] ?? 'left';
    if (order === 0x45) this.#mode.bold = (n & 1) === 1;
    return { did: 'mode', took: 3 };
  }

  #group(bytes: Uint8Array, order: number, n: number): Done | undefined {
    switch (order) {
      case 0x21:
        this.#mode.wide = ((n >> 4) & 7) + 1;
        this.#mode.high = (n & 7) + 1;
        return { did: 'mode', took: 3 };
      case 0x56:
        return { did: 'cut', took: 3 };
      case 0x72:
        return { did: 'asked', took: 3 };
      case 0x28:
        return this.#symbol(bytes);
      case 0x76:
        return this.#raster(bytes);
      default:
        return { did: 'mode', took: 3 };
    }
  }

  /** GS ( k pL pH 49 fn …: what is set is kept until it is printed. */
  #symbol(bytes: Uint8Array): Done | undefined {
    if (bytes.length < 5) return undefined;
    const took = 5 + (bytes[3] ?? 0) + (bytes[4] ?? 0) * 256;
    if (bytes.length < took) return undefined;
    const [fn, value] = [bytes[6], bytes[7] ?? 0];
    if (fn === 0x43) this.#qr.module = Math.min(16, Math.max(1, value));
    if (fn === 0x45) this.#qr.level = LEVELS[value - 0x30] ?? 'L';
    if (fn === 0x50) this.#qr.data = bytes.slice(8, took);
    if (fn !== 0x51) return { did: 'mode', took };
    const { data, level, module } = this.#qr;
    const matrix = qrMatrix(data, level);
    if (!matrix) return { did: 'mode', took };
    const row: Row = { kind: 'qr', align: this.#mode.align, data: new TextDecoder().decode(data), module, matrix };
    return { did: 'row', row, took };
  }

  /** GS v 0 m xL xH yL yH: x in bytes. */
  #raster(bytes: Uint8Array): Done | undefined {
    if (bytes.length < 8) return undefined;
    const across = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
    const rows = (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256;
    const took = 8 + across * rows;
    if (bytes.length < took) return undefined;
    const bits = Array.from({ length: rows }, (_, y) =>
      Array.from({ length: across * 8 }, (_, x) => ((bytes[8 + y * across + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1),
    );
    return { did: 'row', row: { kind: 'raster', align: this.#mode.align, bits }, took };
  }

  /** One character: a byte, or in Hanzi mode two or, for GB18030's rarer ones, four. */
  #text(bytes: Uint8Array): Done | undefined {
    const [first = 0, second] = bytes;
    let took = 1;
    if (this.#mode.hanzi && first >= 0x81) {
      if (second === undefined) return undefined;
      took = second >= 0x30 && second <= 0x39 ? 4 : 2;
      if (bytes.length < took) return undefined;
    }
    const char = new TextDecoder('gb18030').decode(bytes.subarray(0, took));
    const { wide, high, bold, runs } = this.#mode;
    const last = runs.at(-1);
    if (first < 0x20) return { did: 'mode', took };
    if (last && last.wide === wide && last.high === high && last.bold === bold) last.text += char;
    else runs.push({ text: char, wide, high, bold });
    return { did: 'mode', took };
  }

  #line(): Row {
    const { align, runs } = this.#mode;
    this.#mode.runs = [];
    return { kind: 'line', align, runs };
  }

  #fed(lines: number): Row {
    return this.#mode.runs.length > 0 ? this.#line() : { kind: 'feed', lines };
  }
}
