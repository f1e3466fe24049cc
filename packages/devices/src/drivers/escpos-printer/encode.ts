/**
 * What is to stand on the paper, as ESC/POS bytes (device-protocols, section 9). Pure.
 *
 * A character that the printer's font lacks (`codePage`) is printed as □: a name with 㛃 in it comes out on a GBK printer
 * with one box, and the number and the QR code still say who it is. Neither a bitmap nor pinyin: a bitmap needs a font of
 * every Hanzi at the gate, and the pinyin table half a second in which no alarm would be heard. A printer that declares
 * GB18030 prints them all (`codePage: 'gb18030'`).
 *
 * Text can't give orders: control characters in it become spaces, so no typed name opens a drawer or cuts the paper.
 */
import type { CodePage } from '@anyuan/contracts';
import { encodeChar } from './gb18030.ts';

export type Block =
  | { kind: 'text'; text: string; align?: Align; size?: Size; bold?: boolean }
  /** Model 2, level M; `module`: dots a square, 1–8. */
  | { kind: 'qr'; data: string; module: number; align?: Align }
  | { kind: 'feed'; lines: number }
  | { kind: 'cut' };
export type Align = 'left' | 'center' | 'right';
/** How many times as wide and high as an ordinary character. */
export type Size = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Paper {
  /** Ordinary half-width characters that fit a line: 32 on 58 mm, 48 on 80 mm. */
  columns: number;
  codePage: CodePage;
}

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const LACKING = '□';
const ALIGN: Record<Align, number> = { left: 0, center: 1, right: 2 };
/** The cutter sits above the head: what was printed last must pass it first. */
const TO_CUTTER = 4;

export const commands = {
  /** Modes back to what they are after power-on, and no status that comes unasked (some are set to send it). */
  init: [ESC, 0x40, GS, 0x61, 0],
  align: (align: Align) => [ESC, 0x61, ALIGN[align]],
  size: (size: Size) => [GS, 0x21, ((size - 1) << 4) | (size - 1)],
  bold: (on: boolean) => [ESC, 0x45, Number(on)],
  hanzi: (on: boolean) => [FS, on ? 0x26 : 0x2e],
  feed: (lines: number) => [ESC, 0x64, lines],
  /** Partial: a tongue is left, so that the badge does not fall behind the desk. */
  cut: [GS, 0x56, 1],
} as const;

const symbol = (fn: number, ...rest: number[]) => {
  const length = rest.length + 2;
  return [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, fn, ...rest];
};

/** Model, size of a square, level M, data, print. */
export const qrBytes = (data: string, module: number): number[] => [
  ...symbol(0x41, 0x32, 0),
  ...symbol(0x43, module),
  ...symbol(0x45, 0x31),
  ...symbol(0x50, 0x30, ...Buffer.from(data, 'utf8')),
  ...symbol(0x51, 0x30),
];

/** @returns one line's bytes, without its end */
export function textBytes(text: string, codePage: CodePage): number[] {
  const bytes: number[] = [];
  let hanzi = false;
  for (const char of text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')) {
    const code = encodeChar(char, codePage) ?? encodeChar(LACKING, codePage) ?? [0x3f];
    const double = code.length > 1;
    if (double !== hanzi) bytes.push(...commands.hanzi(double));
    hanzi = double;
    bytes.push(...code);
  }
  return hanzi ? [...bytes, ...commands.hanzi(false)] : bytes;
}

const widthOf = (char: string): number => ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2);

/** Lines of at most `columns` half-widths; a Hanzi is never torn. */
export function wrap(text: string, columns: number): string[] {
  const lines = [''];
  let used = 0;
  for (const char of text) {
    if (used + widthOf(char) > columns) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += char;
    used += widthOf(char);
  }
  return lines;
}

/** A whole job, from the first mode to the cut. */
export function encodeJob(blocks: readonly Block[], { columns, codePage }: Paper): Uint8Array {
  const bytes: number[] = [...commands.init];
  for (const block of blocks) {
    switch (block.kind) {
      case 'text': {
        const { align = 'left', size = 1, bold = false } = block;
        bytes.push(...commands.align(align), ...commands.size(size), ...commands.bold(bold));
        for (const line of wrap(block.text, Math.floor(columns / size))) bytes.push(...textBytes(line, codePage), 0x0a);
        break;
      }
      case 'qr':
        bytes.push(...commands.align(block.align ?? 'left'), ...qrBytes(block.data, block.module));
        break;
      case 'feed':
        bytes.push(...commands.feed(block.lines));
        break;
      case 'cut':
        bytes.push(...commands.feed(TO_CUTTER), ...commands.cut);
        break;
    }
  }
  return Uint8Array.from(bytes);
}
