import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import { openHardware } from '../../hardware.ts';
import { MemoryCable, TestClock } from '../../testing.ts';

async function scanner() {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const events: DeviceEvent[] = [];
  const hardware = openHardware({
    devices: [{ id: 'qr-1', driver: 'qr-scanner', path: '/dev/qr', baudRate: 9600 }],
    clock,
    openTransport: cable.transport,
    onEvent: (event) => events.push(event),
  });
  await clock.advance(10);
  events.splice(0);
  return {
    clock,
    cable,
    hardware,
    send: (text: string | Uint8Array) => cable.send(Buffer.from(text)),
    codes: () => events.splice(0).map((e) => (e.type === 'code' ? e.text : e.type)),
  };
}

describe('a code', () => {
  it.each(['\r', '\n', '\r\n'])('ends with %j, in the tick of its last byte', async (end) => {
    const { send, codes } = await scanner();
    send(`E1123-007${end}`);
    expect(codes()).toEqual(['E1123-007']);
  });

  it('ends with 40 ms of silence when the scanner sends no terminator', async () => {
    const { clock, send, codes } = await scanner();
    send('E1123');
    await clock.advance(39);
    send('-007');
    await clock.advance(39);
    expect(codes()).toEqual([]);
    await clock.advance(1);
    expect(codes()).toEqual(['E1123-007']);
  });

  it('two in a chunk, one in two chunks, CR and LF apart, byte by byte', async () => {
    const { send, codes } = await scanner();
    send('one\r\ntwo\r\nthr');
    send('ee\r');
    send('\n');
    for (const byte of Buffer.from('four\r\n')) send(Uint8Array.of(byte));
    expect(codes()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('scanned twice is told twice', async () => {
    const { send, codes } = await scanner();
    send('again\ragain\r');
    expect(codes()).toEqual(['again', 'again']);
  });

  it('may be Chinese, split inside a character', async () => {
    const { send, codes } = await scanner();
    const bytes = Buffer.from('安园\r');
    send(bytes.subarray(0, 2));
    send(bytes.subarray(2));
    expect(codes()).toEqual(['安园']);
  });

  it('loses control characters, a byte-order mark and what is no UTF-8', async () => {
    const { send, codes } = await scanner();
    send(Buffer.concat([Buffer.from('\uFEFFa\x00\x1b[31mb\x7f\u0085'), Buffer.of(0xff, 0x63, 0x0d)]));
    expect(codes()).toEqual(['a[31mbc']);
  });

  it('that is empty is none', async () => {
    const { send, codes, hardware } = await scanner();
    send('\r\n\r\n\x00\r');
    expect(codes()).toEqual([]);
    expect(hardware.status()[0]?.counters.discardedBytes).toBe(1);
  });

  it('of 512 bytes passes, a longer one is dropped whole, and the next one passes', async () => {
    const { send, codes, hardware } = await scanner();
    send(`${'a'.repeat(512)}\r${'b'.repeat(513)}\r`);
    send('c'.repeat(100_000));
    send('c\rnext\r');
    expect(codes()).toEqual(['a'.repeat(512), 'next']);
    expect(hardware.status()[0]?.counters).toEqual({ frames: 2, discardedBytes: 513 + 100_001 });
  });

  it('too long without an end is over with the silence', async () => {
    const { clock, send, codes } = await scanner();
    send('c'.repeat(600));
    await clock.advance(40);
    send('next\r');
    expect(codes()).toEqual(['next']);
  });

  it('cut in the middle is not joined with what comes after', async () => {
    const { clock, cable, send, codes } = await scanner();
    send('half');
    cable.unplug();
    cable.plug();
    await clock.advance(300);
    send('whole\r');
    expect(codes()).toEqual(['port', 'port', 'port', 'whole']);
  });
});
