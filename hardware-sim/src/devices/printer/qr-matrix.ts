/**
 * A QR code as a printer draws it: model 2, byte mode, versions 1–6, always mask 0 (which mask is best is a matter of looks; a
 * scanner reads any). Six versions hold 60 to 134 bytes, by level; a badge's number has nine.
 */
export type Level = 'L' | 'M' | 'Q' | 'H';

const TOTAL = [26, 44, 70, 100, 134, 172];
/** Correction words a block, and blocks, for versions 1–6. */
const BLOCKS: Record<Level, readonly (readonly [number, number])[]> = {
  L: [[7, 1], [10, 1], [15, 1], [20, 1], [26, 1], [18, 2]], // biome-ignore format: a table
  M: [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4]], // biome-ignore format: a table
  Q: [[13, 1], [22, 1], [18, 2], [26, 2], [18, 4], [24, 4]], // biome-ignore format: a table
  H: [[17, 1], [28, 1], [22, 2], [16, 4], [22, 4], [28, 4]], // biome-ignore format: a table
};
const LEVEL_BITS: Record<Level, number> = { L: 1, M: 0, Q: 3, H: 2 };

const EXP: number[] = [];
const LOG: number[] = [];
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}
const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0);

/** Remainder of the data by the generator of `count` roots. */
function correction(data: readonly number[], count: number): number[] {
  let generator = [1];
  for (let i = 0; i < count; i++) {
    const root = EXP[i] ?? 0;
    generator = [...generator, 0].map((value, j) => value ^ times(generator[j - 1] ?? 0, root));
  }
  const rest = [...data, ...Array<number>(count).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i] ?? 0;
    generator.forEach((value, j) => {
      rest[i + j] = (rest[i + j] ?? 0) ^ times(value, lead);
    });
  }
  return rest.slice(data.length);
}

/** Mode, length, data, end and padding as words. */
function words(data: Uint8Array, room: number): number[] {
  const bits = [0b0100, data.length].flatMap((value, i) => bitsOf(value, i === 0 ? 4 : 8));
  bits.push(...[...data].flatMap((byte) => bitsOf(byte, 8)), ...[0, 0, 0, 0].slice(0, room * 8 - 12 - data.length * 8));
  while (bits.length % 8 > 0) bits.push(0);
  const made: number[] = [];
  for (let i = 0; i < bits.length; i += 8) made.push(Number.parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; made.length < room; pad ^= 0xec ^ 0x11) made.push(pad);
  return made;
}
const bitsOf = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1);

/** Blocks with their correction, woven. */
function woven(data: readonly number[], [count, blocks]: readonly [number, number]): number[] {
  const short = Math.floor(data.length / blocks);
  const long = data.length % blocks;
  let at = 0;
  const parts = Array.from({ length: blocks }, (_, i) => {
    const part = data.slice(at, at + short + Number(i >= blocks - long));
    at += part.length;
    return part;
  });
  const weave = (lists: number[][]) =>
    Array.from({ length: Math.max(...lists.map((l) => l.length)) }, (_, i) => lists.flatMap((l) => l[i] ?? [])).flat();
  return [...weave(parts), ...weave(parts.map((part) => correction(part, count)))];
}

/** Format information: level and mask 0, with their own correction. */
function format(level: Level): number[] {
  const value = LEVEL_BITS[level] << 3;
  let rest = value << 10;
  for (let i = 14; i >= 10; i--) if (rest & (1 << i)) rest ^= 0x537 << (i - 10);
  return bitsOf(((value << 10) | rest) ^ 0x5412, 15);
}

/** @returns rows of 0 and 1, without the quiet zone; undefined: too long */
export function qrMatrix(data: Uint8Array, level: Level): number[][] | undefined {
  const version = TOTAL.findIndex((total, i) => {
    const [count, blocks] = BLOCKS[level][i] ?? [0, 0];
    return data.length <= total - count * blocks - 2;
  });
  const shape = BLOCKS[level][version];
  if (!shape) return undefined;
  const size = 21 + version * 4;
  const grid: (number | undefined)[][] = Array.from({ length: size }, () => Array(size).fill(undefined));
  const set = (row: number, column: number, value: number) => {
    const line = grid[row];
    if (line && column >= 0 && column < size) line[column] = value;
  };

  for (let i = 0; i < size; i++) for (const at of [[6, i], [i, 6]]) set(at[0] ?? 0, at[1] ?? 0, Number(i % 2 === 0)); // biome-ignore format: one line
  for (const [top, left] of [[0, 0], [0, size - 7], [size - 7, 0]] as const) // biome-ignore format: one line
    for (let y = -1; y <= 7; y++)
      for (let x = -1; x <= 7; x++) {
        const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3));
        set(top + y, left + x, Number(ring < 2 || ring === 3));
      }
  const centre = size - 7;
  if (version > 0)
    for (let y = -2; y <= 2; y++)
      for (let x = -2; x <= 2; x++) set(centre + y, centre + x, Number(Math.max(Math.abs(y), Math.abs(x)) !== 1));
  fillFormat(set, size, format(level));

  const total = TOTAL[version] ?? 0;
  const bits = woven(words(data, total - shape[0] * shape[1]), shape).flatMap((word) => bitsOf(word, 8));
  place(grid, size, bits);
  return grid.map((line) => line.map((value) => value ?? 0));
}

/** Both copies, and the one module that is always dark. */
function fillFormat(set: (row: number, column: number, value: number) => void, size: number, bits: number[]): void {
  bits.forEach((bit, i) => {
    if (i < 6) set(8, i, bit);
    else if (i === 6) set(8, 7, bit);
    else if (i === 7) set(8, 8, bit);
    else if (i === 8) set(7, 8, bit);
    else set(14 - i, 8, bit);
    if (i < 7) set(size - 1 - i, 8, bit);
    else set(8, size - 15 + i, bit);
  });
  set(size - 8, 8, 1);
}

/** Two columns at a time from the right, up and down, around what stands already. */
function place(grid: (number | undefined)[][], size: number, bits: readonly number[]): void {
  let next = 0;
  let up = true;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const rows = Array.from({ length: size }, (_, i) => (up ? size - 1 - i : i));
    for (const row of rows)
      for (const column of [right, right - 1]) {
        const line = grid[row];
        if (!line || line[column] !== undefined) continue;
        line[column] = (bits[next++] ?? 0) ^ Number((row + column) % 2 === 0);
      }
    up = !up;
  }
}
