import jsqr from 'jsqr';
import { beforeEach, describe, expect, test } from 'vitest';
import { Line } from '../line.ts';
import { type MemoryMount, memoryMount } from '../mounts/memory.ts';
import { TestClock } from '../test-clock.ts';
import { type Slip, slipSvg, slipText } from './printer/paper.ts';
import { type Level, qrMatrix } from './printer/qr-matrix.ts';
import { Printer } from './printer.ts';

const decode = jsqr as unknown as typeof jsqr.default;
let clock: TestClock;
let host: MemoryMount;
let printer: Printer;

beforeEach(() => {
  clock = new TestClock();
  const line = new Line(clock);
  host = memoryMount(line);
  printer = new Printer(line, clock, () => {});
});

const send = (hex: string) => host.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const status = (n: number): string => {
  host.heard();
  send(`10 04 0${n}`);
  return host.heard();
};
const slip = (): Slip => printer.slips.at(-1) ?? expect.fail('nothing printed');
/** 张伟明 in GB18030, between FS & and FS . */
const ZHANG = '1C 26 D5C5 CEB0 C3F7 1C 2E';

/** What a scanner sees, with its quiet zone. */
function read(matrix: number[][], module: number): string | undefined {
  const side = (matrix.length + 8) * module;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [y, row] of matrix.entries())
    for (const [x, dark] of row.entries())
      for (let i = 0; dark && i < module * module; i++) {
        const at = ((y + 4) * module + Math.floor(i / module)) * side + (x + 4) * module + (i % module);
        pixels.fill(0, at * 4, at * 4 + 3);
      }
  return decode(pixels, side, side)?.data;
}

describe('on the paper', () => {
  test('Hanzi, letters, sizes and places as they were ordered', () => {
    send(`1B40 1B6101 1D2111 1B4501 ${ZHANG} 0A`);
    clock.advance(50);
    send('1B6100 1D2100 1B4500 4531 3132 332D 303037 0A');
    clock.advance(50);
    send('1B6404 1D5601');
    clock.advance(50);
    expect(slip()).toEqual({
      n: 1,
      cut: true,
      rows: [
        { kind: 'line', align: 'center', runs: [{ text: '张伟明', wide: 2, high: 2, bold: true }] },
        { kind: 'line', align: 'left', runs: [{ text: 'E1123-007', wide: 1, high: 1, bold: false }] },
        { kind: 'feed', lines: 4 },
      ],
    });
    expect(slipText(slip())).toEqual(['张伟明', 'E1123-007']);
    expect(slipSvg(slip())).toContain('>张</text>');
  });

  test('a rare Hanzi of four bytes', () => {
    send('1C26 8139EE39 1C2E 0A');
    clock.advance(50);
    expect(slipText(slip())).toEqual(['㐀']);
  });

  test('the QR code that was stored, as a scanner reads it', () => {
    send('1D286B0400314132001D286B03003143061D286B0300314531 1D286B070031503054455354 1D286B0300315130');
    clock.advance(50);
    const [row] = slip().rows;
    if (row?.kind !== 'qr') return expect.fail('no QR code');
    expect([row.data, row.module, read(row.matrix, row.module)]).toEqual(['TEST', 6, 'TEST']);
  });

  test.each<[Level, number]>([
    ['L', 9],
    ['L', 130],
    ['M', 14],
    ['M', 60],
    ['M', 100],
    ['Q', 40],
    ['Q', 58],
    ['H', 30],
    ['H', 44],
  ])('a QR code of level %s with %i bytes', (level, length) => {
    const text = 'E1123-007 '.repeat(20).slice(0, length);
    const matrix = qrMatrix(Buffer.from(text), level) ?? expect.fail('too long');
    expect(read(matrix, 4)).toBe(text);
  });

  test('a bitmap, dot by dot', () => {
    send('1D763000 0100 0200 F0 0F');
    clock.advance(50);
    expect(slip().rows).toEqual([
      {
        kind: 'raster',
        align: 'left',
        bits: [
          [1, 1, 1, 1, 0, 0, 0, 0],
          [0, 0, 0, 0, 1, 1, 1, 1],
        ],
      },
    ]);
  });
});

describe('its answers', () => {
  test('all is well; the roll is near its end; the cover is open; no paper', () => {
    expect([1, 2, 3, 4].map(status)).toEqual(['12', '12', '12', '12']);
    printer.fault('paperLow');
    expect(status(4)).toBe('1E');
    printer.fault('coverOpen');
    expect([1, 2].map(status)).toEqual(['1A', '16']);
    printer.mend();
    printer.fault('paperOut');
    expect([1, 2, 4].map(status)).toEqual(['1A', '32', '7E']);
  });

  test('an order torn between two packets is one order', () => {
    send('10');
    send('04 01');
    expect(host.heard()).toBe('12');
  });

  test('what is asked in its turn is answered when the paper is there', () => {
    send('41 0A 42 0A 1D7201');
    expect(host.heard()).toBe('');
    clock.advance(60);
    expect(host.heard()).toBe('00');
  });
});

describe('what goes wrong', () => {
  test('the paper runs out in the middle: it goes on with a new roll', () => {
    send('41 0A 42 0A 43 0A');
    printer.fault('paperOut');
    clock.advance(500);
    expect(slipText(slip())).toEqual(['A']);
    printer.mend();
    clock.advance(500);
    expect(slipText(slip())).toEqual(['A', 'B', 'C']);
  });

  test('a jammed cutter stays an error until it is free and told so; what waited is gone', () => {
    printer.fault('cutterJam');
    send('41 0A 1D5601 42 0A');
    clock.advance(100);
    expect([status(3), slip().cut]).toEqual(['1A', false]);
    printer.mend();
    expect(status(3)).toBe('1A');
    send('10 05 02');
    expect(status(3)).toBe('12');
    clock.advance(100);
    expect(slipText(slip())).toEqual(['A']);
  });

  test('stuck it is deaf and dumb', () => {
    printer.stuck = true;
    expect(status(1)).toBe('');
  });
});
