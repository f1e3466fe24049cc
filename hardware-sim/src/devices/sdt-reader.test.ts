import { beforeEach, describe, expect, test } from 'vitest';
import { demoDocuments } from '../demo-people.ts';
import { Line } from '../line.ts';
import { type MemoryMount, memoryMount } from '../mounts/memory.ts';
import { TestClock } from '../test-clock.ts';
import { SdtReader } from './sdt-reader.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const FIND = bytes('AAAAAA96690003200122');
const SELECT = bytes('AAAAAA96690003200221');
const READ = bytes('AAAAAA96690003300132');
const READ_FINGER = bytes('AAAAAA96690003301023');
const FOUND = 'AAAAAA9669000800009F0000000097';
const NOT_FOUND = 'AAAAAA9669000400008084';
const SELECTED = 'AAAAAA9669000C00009000000000000000009C';
const NOT_SELECTED = 'AAAAAA9669000400008185';
const READ_FAILED = 'AAAAAA9669000400004145';

let clock: TestClock;
let line: Line;
let host: MemoryMount;
let reader: SdtReader;

beforeEach(() => {
  clock = new TestClock();
  line = new Line(clock);
  host = memoryMount(line);
  reader = new SdtReader(line, clock, () => {});
});

function lay(key: string): void {
  const document = demoDocuments.find((d) => d.key === key);
  if (document === undefined) throw new Error(key);
  reader.lay(document);
}

function ask(request: ArrayLike<number>): string {
  host.write(request);
  return host.heard();
}

function readText(): Buffer {
  ask(FIND);
  ask(SELECT);
  return Buffer.from(ask(READ), 'hex').subarray(14, 270);
}

const field = (text: Buffer, offset: number, length: number) =>
  text
    .subarray(offset, offset + length)
    .toString('utf16le')
    .trim();

describe('the published frames', () => {
  test('status, reset, baud, an item that is not there', () => {
    expect(ask(bytes('AAAAAA9669000311FFED'))).toBe('AAAAAA9669000400009094');
    expect(ask(bytes('AAAAAA9669000310FFEC'))).toBe('AAAAAA9669000400009094');
    expect(ask(bytes('AAAAAA96690003600063'))).toBe('AAAAAA9669000400009094');
    lay('zhang');
    readText();
    expect(ask(bytes('AAAAAA96690003300330'))).toBe('AAAAAA9669000400009195');
  });

  test('SAM number', () => {
    const reply = ask(bytes('AAAAAA9669000312FFEE'));
    expect(reply.startsWith('AAAAAA96690014000090')).toBe(true);
    expect(reply).toHaveLength(2 * (7 + 0x14));
  });

  test('find, select, read', () => {
    expect(ask(FIND)).toBe(NOT_FOUND);
    expect(ask(SELECT)).toBe(NOT_SELECTED);
    expect(ask(READ)).toBe(READ_FAILED);
    lay('zhang');
    expect(ask(FIND)).toBe(FOUND);
    expect(ask(SELECT)).toBe(SELECTED);
    const reply = Buffer.from(ask(READ), 'hex');
    expect(reply).toHaveLength(1295);
    expect(reply.subarray(0, 14).toString('hex')).toBe('aaaaaa966905080000900100' + '0400');
    expect(reply.subarray(5).reduce((a, b) => a ^ b, 0)).toBe(0);
  });

  test('with fingerprints: none on the card', () => {
    lay('zhang');
    ask(FIND);
    ask(SELECT);
    const reply = Buffer.from(ask(READ_FINGER), 'hex');
    expect(reply).toHaveLength(1297);
    expect(reply.subarray(0, 16).toString('hex')).toBe('aaaaaa9669050a000090' + '010004000000');
  });

  test('broken requests are answered with their reason', () => {
    expect(ask(bytes('AAAAAA96690003200123'))).toBe('AAAAAA9669000400001014');
    expect(ask(bytes('AAAAAA96690001200122'))).toBe('AAAAAA9669000400001115');
    expect(ask(bytes('AAAAAA9669000320EFCC'))).toBe('AAAAAA9669000400002125');
  });
});

describe('how it hears', () => {
  test('byte by byte, two in one go, noise before, half a request forgotten', () => {
    for (const byte of FIND) host.write([byte]);
    expect(host.heard()).toBe(NOT_FOUND);
    expect(ask([...FIND, ...SELECT])).toBe(NOT_FOUND + NOT_SELECTED);
    expect(ask([0xaa, 0x00, 0xaa, 0xaa, ...FIND])).toBe(NOT_FOUND);
    expect(ask(FIND.subarray(0, 8))).toBe('');
    clock.advance(1000);
    expect(ask(FIND)).toBe(NOT_FOUND);
  });
});

describe('a card on the reader', () => {
  test('is found once until it has left', () => {
    lay('zhang');
    readText();
    expect(ask(FIND)).toBe(NOT_FOUND);
    reader.lay(null);
    expect(ask(FIND)).toBe(NOT_FOUND);
    lay('zhang');
    expect(ask(FIND)).toBe(FOUND);
  });

  test('is found again and again by a module of the other kind', () => {
    reader = new SdtReader(line, clock, () => {}, { findOncePerCard: false });
    lay('zhang');
    readText();
    expect(ask(FIND)).toBe(FOUND);
  });

  test('taken away between select and read: read fails', () => {
    lay('zhang');
    ask(FIND);
    ask(SELECT);
    reader.lay(null);
    expect(ask(READ)).toBe(READ_FAILED);
  });
});

describe('the four layouts', () => {
  test('resident, with a date that never comes', () => {
    lay('zhou-longterm');
    const text = readText();
    expect(text).toHaveLength(256);
    expect([field(text, 0, 30), field(text, 30, 2), field(text, 32, 4), field(text, 36, 16)]).toEqual([
      '周桂芳',
      '2',
      '01',
      '19510409',
    ]);
    expect(field(text, 122, 36)).toMatch(/^110000195104090484$/);
    expect([field(text, 188, 16), field(text, 204, 16), field(text, 248, 2)]).toEqual(['20160901', '长期', '']);
  });

  test('a character outside the basic plane stays whole', () => {
    lay('rare');
    expect(field(readText(), 0, 30)).toBe('李𬱖');
  });

  test('J: pass number and issue count', () => {
    lay('hk');
    const text = readText();
    expect([field(text, 122, 36), field(text, 220, 18), field(text, 238, 4), field(text, 248, 2)]).toEqual([
      '810000199003070023',
      'H00000001',
      '01',
      'J',
    ]);
  });

  test('I: English name first', () => {
    lay('foreigner-old');
    const text = readText();
    expect([field(text, 0, 120), field(text, 120, 2), field(text, 122, 30), field(text, 152, 6)]).toEqual([
      'DEMO, JOHN SPECIMEN',
      '1',
      'GBR110088021401',
      'GBR',
    ]);
    expect([field(text, 158, 30), field(text, 204, 16), field(text, 220, 16), field(text, 248, 2)]).toEqual([
      '演示约翰',
      '20290520',
      '19880214',
      'I',
    ]);
  });

  test('Y: English name in two parts', () => {
    lay('foreigner-new');
    const text = readText();
    const english = text.subarray(52, 122).toString('utf16le') + text.subarray(220, 242).toString('utf16le');
    expect(english.trim()).toBe('DEMONSTRATION, MARIE ALEXANDRA SPECIMEN');
    expect([field(text, 0, 30), field(text, 122, 36), field(text, 242, 6), field(text, 248, 2)]).toEqual([
      '演示玛丽',
      '911250199205180027',
      'FRA',
      'Y',
    ]);
  });
});

describe('faults', () => {
  test('stuck: silence', () => {
    reader.stuck = true;
    expect(ask(FIND)).toBe('');
  });

  test('drop, corrupt, garbage, delay', () => {
    line.fault('drop', 0);
    expect(ask(FIND)).toBe('');
    line.clear();
    line.fault('corrupt', 0);
    const broken = ask(FIND);
    expect(broken).toHaveLength(NOT_FOUND.length);
    expect(broken).not.toBe(NOT_FOUND);
    line.clear();
    line.fault('garbage', 0);
    expect(ask(FIND)).toMatch(new RegExp(`^.{32}${NOT_FOUND}$`));
    clock.advance(500);
    expect(host.heard().length).toBeGreaterThan(0);
    line.clear();
    clock.advance(500);
    host.heard();
    line.fault('delay', 700);
    expect(ask(FIND)).toBe('');
    clock.advance(700);
    expect(host.heard()).toBe(NOT_FOUND);
  });

  test('unplugged: nothing either way', async () => {
    await host.unplug();
    expect(ask(FIND)).toBe('');
    await host.plug();
    expect(ask(FIND)).toBe(NOT_FOUND);
  });
});
