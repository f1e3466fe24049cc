/**
 * GB18030 as bytes, by the table that the runtime has for reading it: `TextDecoder` knows every code, so decoding them all
 * once gives the way back, and no second table has to agree with the first.
 */
import type { CodePage } from '@anyuan/contracts';

const SUPPLEMENTARY = 0x10000;
/** Four-byte codes count in base 126·10·126·10; those of the supplementary planes begin at 90308130. */
const FIRST_SUPPLEMENTARY = 189_000;
const BMP_FOUR_BYTE = 39_420;

/** Bytes of the n-th four-byte code. */
const four = (n: number): number[] => [
  0x81 + Math.floor(n / 12_600),
  0x30 + (Math.floor(n / 1260) % 10),
  0x81 + (Math.floor(n / 10) % 126),
  0x30 + (n % 10),
];

let table: Map<string, readonly number[]> | undefined;

function read(): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('gb18030');
  const add = (code: readonly number[]) => {
    const char = decoder.decode(Uint8Array.from(code));
    if ([...char].length === 1 && char !== '\ufffd' && !found.has(char)) found.set(char, code);
  };
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail]);
  for (let n = 0; n < BMP_FOUR_BYTE; n++) add(four(n));
  return found;
}

/** gb2312: rows 1–87 of 94; gbk: every two-byte code; gb18030: four bytes too. */
function prints([lead = 0, trail = 0, ...more]: readonly number[], page: CodePage): boolean {
  if (page === 'gb18030') return true;
  if (more.length > 0) return false;
  return page === 'gbk' || (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1);
}

/** @returns undefined: the printer's font has no such character */
export function encodeChar(char: string, page: CodePage): readonly number[] | undefined {
  const point = char.codePointAt(0) ?? 0;
  if (point < 0x80) return [point];
  if (point >= SUPPLEMENTARY) return page === 'gb18030' ? four(point - SUPPLEMENTARY + FIRST_SUPPLEMENTARY) : undefined;
  table ??= read();
  const code = table.get(char);
  return code && prints(code, page) ? code : undefined;
}
