import { beforeEach, describe, expect, test } from 'vitest';
import { Line } from '../line.ts';
import { type MemoryMount, memoryMount } from '../mounts/memory.ts';
import { TestClock } from '../test-clock.ts';
import { crc16, RelayBoard, withCrc } from './relay-board.ts';

let clock: TestClock;
let host: MemoryMount;
let board: RelayBoard;

beforeEach(() => {
  clock = new TestClock();
  const line = new Line(clock);
  host = memoryMount(line);
  board = new RelayBoard(line, clock, () => {});
});

const plain = (hex: string) => hex.replaceAll(' ', '');
function ask(hex: string): string {
  host.write(Buffer.from(plain(hex), 'hex'));
  return host.heard();
}
const askBytes = (...bytes: number[]): string => ask(Buffer.from(withCrc(bytes)).toString('hex'));
const closed = () => board.relays.flatMap((relay, i) => (relay.on ? [i] : []));

test('CRC self-tests', () => {
  expect(crc16([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])).toBe(0xc433);
  expect(crc16(Buffer.from('110100130025', 'hex'))).toBe(0x840e);
});

describe('the published vectors', () => {
  test('one relay on and off, echoed', () => {
    expect(ask('01 05 00 00 FF 00 8C 3A')).toBe(plain('01 05 00 00 FF 00 8C 3A'));
    expect(ask('01 05 00 01 FF 00 DD FA')).toBe(plain('01 05 00 01 FF 00 DD FA'));
    expect(closed()).toEqual([0, 1]);
    expect(ask('01 05 00 00 00 00 CD CA')).toBe(plain('01 05 00 00 00 00 CD CA'));
    expect(ask('01 01 00 00 00 08 3D CC')).toBe(plain('01 01 01 02 D0 49'));
    ask('01 05 00 01 00 00 9C 0A');
    expect(ask('01 01 00 00 00 08 3D CC')).toBe(plain('01 01 01 00 51 88'));
    ask('01 05 00 00 FF 00 8C 3A');
    expect(ask('01 01 00 00 00 08 3D CC')).toBe(plain('01 01 01 01 90 48'));
  });

  test('all, and masks', () => {
    ask('01 05 00 FF FF 00 BC 0A');
    expect(closed()).toHaveLength(8);
    ask('01 05 00 FF 00 00 FD FA');
    expect(closed()).toEqual([]);
    expect(ask('01 0F 00 00 00 08 01 FF BE D5')).toBe(
      Buffer.from(withCrc([1, 15, 0, 0, 0, 8]))
        .toString('hex')
        .toUpperCase(),
    );
    expect(closed()).toHaveLength(8);
    ask('01 0F 00 00 00 08 01 00 FE 95');
    expect(closed()).toEqual([]);
  });

  test('the board tells its address to a broadcast', () => {
    expect(ask('00 03 40 00 00 01 90 1B').startsWith('0003020001')).toBe(true);
  });

  test('an address that is not there', () => {
    expect(askBytes(1, 5, 0, 8, 0xff, 0)).toBe(plain('01 85 02 C3 51'));
  });
});

describe('timed relays', () => {
  test('flash-on closes for 0.7 s, then opens by itself', () => {
    expect(ask('01 05 02 00 00 07 8D B0')).toBe(plain('01 05 02 00 00 07 8D B0'));
    expect(closed()).toEqual([0]);
    clock.advance(699);
    expect(closed()).toEqual([0]);
    clock.advance(1);
    expect(closed()).toEqual([]);
    expect(board.relays[0]?.switched).toBe(2);
  });

  test('flash-off opens for a while', () => {
    askBytes(1, 5, 0, 2, 0xff, 0);
    askBytes(1, 5, 4, 2, 0, 5);
    expect(closed()).toEqual([]);
    clock.advance(500);
    expect(closed()).toEqual([2]);
  });

  test('a later write ends the flash', () => {
    askBytes(1, 5, 2, 2, 0, 5);
    askBytes(1, 5, 0, 2, 0xff, 0);
    clock.advance(5000);
    expect(closed()).toEqual([2]);
  });

  test('toggle', () => {
    askBytes(1, 5, 0, 0, 0x55, 0);
    expect(closed()).toEqual([0]);
    askBytes(1, 5, 0, 0, 0x55, 0);
    expect(closed()).toEqual([]);
  });
});

describe('refusals', () => {
  test('exceptions 01, 02, 03', () => {
    expect(askBytes(1, 6, 0, 0, 0, 1).slice(0, 6)).toBe('018601');
    expect(askBytes(1, 1, 0, 4, 0, 8).slice(0, 6)).toBe('018102');
    expect(askBytes(1, 5, 0, 0, 0x12, 0x34).slice(0, 6)).toBe('018503');
    expect(askBytes(1, 5, 2, 0, 0, 0).slice(0, 6)).toBe('018503');
    expect(askBytes(1, 1, 0, 0, 0, 0).slice(0, 6)).toBe('018103');
    expect(askBytes(1, 15, 0, 4, 0, 8, 1, 0xff).slice(0, 6)).toBe('018F02');
  });

  test('an unknown function of unknown length, known by the silence after it', () => {
    expect(askBytes(1, 0x2b, 0x0e, 1, 0)).toBe('');
    clock.advance(20);
    expect(host.heard().slice(0, 6)).toBe('01AB01');
  });

  test('no word to a wrong CRC, another slave, a broadcast', () => {
    expect(ask('01 05 00 00 FF 00 8C 3B')).toBe('');
    clock.advance(50);
    expect(askBytes(7, 5, 0, 0, 0xff, 0)).toBe('');
    expect(closed()).toEqual([]);
    expect(askBytes(0, 5, 0, 3, 0xff, 0)).toBe('');
    expect(closed()).toEqual([3]);
  });
});

describe('how it hears', () => {
  test('byte by byte, in halves, after noise', () => {
    const read = Buffer.from('0101000000083DCC', 'hex');
    for (const byte of read) host.write([byte]);
    expect(host.heard()).toBe(plain('01 01 01 00 51 88'));
    host.write(read.subarray(0, 3));
    host.write(read.subarray(3));
    expect(host.heard()).toBe(plain('01 01 01 00 51 88'));
    host.write([0x01, 0x05, 0xff, 0xff]);
    clock.advance(30);
    host.write(read);
    expect(host.heard()).toBe(plain('01 01 01 00 51 88'));
  });

  test('half a frame is forgotten after a silence', () => {
    host.write([1, 5, 0]);
    clock.advance(30);
    expect(ask('01 01 00 00 00 08 3D CC')).toBe(plain('01 01 01 00 51 88'));
  });
});

test('a stuck relay: the write is confirmed, reading back tells the truth', () => {
  const relay = board.relays[0] ?? expect.fail('no relay');
  relay.stuck = true;
  expect(ask('01 05 00 00 FF 00 8C 3A')).toBe(plain('01 05 00 00 FF 00 8C 3A'));
  expect(ask('01 01 00 00 00 08 3D CC')).toBe(plain('01 01 01 00 51 88'));
});

test('contacts are read by FC02', () => {
  board.setInput(1, true);
  expect(askBytes(1, 2, 0, 0, 0, 2)).toBe(
    Buffer.from(withCrc([1, 2, 1, 2]))
      .toString('hex')
      .toUpperCase(),
  );
});
