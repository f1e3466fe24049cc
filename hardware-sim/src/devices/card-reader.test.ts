import { beforeEach, describe, expect, test } from 'vitest';
import { demoCardNumber, demoCards } from '../demo-people.ts';
import { Line } from '../line.ts';
import { type MemoryMount, memoryMount } from '../mounts/memory.ts';
import { TestClock } from '../test-clock.ts';
import { CardReader, rdm6300Frame } from './card-reader.ts';
import { QrScanner } from './qr-scanner.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

describe('RDM6300', () => {
  let clock: TestClock;
  let host: MemoryMount;
  let reader: CardReader;
  const card = demoCards[0] ?? expect.fail('no demo card');

  beforeEach(() => {
    clock = new TestClock();
    const line = new Line(clock);
    host = memoryMount(line);
    reader = new CardReader(line, clock, () => {});
  });

  test('the published vectors', () => {
    expect(hex(rdm6300Frame('100086F444'))).toBe('0231303030383646343434323603');
    expect(Buffer.from(rdm6300Frame('3C00CE755C')).subarray(1, 11).toString()).toBe('3C00CE755C');
    expect(Buffer.from(rdm6300Frame('3C00CE754C')).subarray(11, 13).toString()).toBe('CB');
    expect(Buffer.from(rdm6300Frame('62E3086CED')).subarray(11, 13).toString()).toBe('08');
    expect(demoCardNumber('0008844356', '10')).toBe('100086F444');
    expect(demoCardNumber('3808980205', '62')).toBe('62E3086CED');
  });

  test('repeats every 50 ms while the card is near, then silence', () => {
    const frame = hex(rdm6300Frame(card.number));
    reader.hold(card);
    expect(host.heard()).toBe(frame);
    clock.advance(199);
    expect(host.heard()).toBe(frame.repeat(3));
    reader.hold(null);
    clock.advance(1000);
    expect(host.heard()).toBe('');
  });

  test('stuck: the card is near and nothing is said', () => {
    reader.stuck = true;
    reader.hold(card);
    clock.advance(500);
    expect(host.heard()).toBe('');
    reader.stuck = false;
    clock.advance(50);
    expect(host.heard()).toBe(hex(rdm6300Frame(card.number)));
  });
});

test('a QR code is its text and CR', () => {
  const line = new Line(new TestClock());
  const host = memoryMount(line);
  const scanner = new QrScanner(line, () => {});
  scanner.scan('ANYUAN:预约-0042');
  expect(Buffer.from(host.heard(), 'hex').toString('utf8')).toBe('ANYUAN:预约-0042\r');
});
