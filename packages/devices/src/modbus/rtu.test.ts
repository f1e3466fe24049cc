import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing.ts';
import { COIL_OFF, COIL_ON, crc16, encodeRequest, findReply, type ModbusRequest, withCrc } from './rtu.ts';
import { crcs, frames, others } from './vectors.ts';

const write = (register: number, value: number, address = 1): ModbusRequest => ({
  kind: 'writeCoil',
  address,
  register,
  value,
});
const read8: ModbusRequest = { kind: 'readCoils', address: 1, start: 0, count: 8 };
const on0 = write(0, COIL_ON);
const bytes = (...parts: Uint8Array[]) => Buffer.concat(parts);
const hex = (text: string) => Buffer.from(text, 'hex');

describe('published frames', () => {
  it.each(crcs)('CRC $crc', ({ bytes: data, crc }) => expect(crc16(data)).toBe(crc));

  it.each([...Object.values(frames), ...others])('the CRC of %o', (frame) => {
    expect(withCrc(frame.subarray(0, -2))).toEqual(new Uint8Array(frame));
  });

  it.each([
    ['on0', on0],
    ['off0', write(0, COIL_OFF)],
    ['on1', write(1, COIL_ON)],
    ['off1', write(1, COIL_OFF)],
    ['allOn', write(0xff, COIL_ON)],
    ['allOff', write(0xff, COIL_OFF)],
    ['read8', read8],
    ['flashOn0For700', write(0x0200, 7)],
    ['on0Of255', write(0, COIL_ON, 255)],
  ] as const)('%s', (name, request) => expect(encodeRequest(request)).toEqual(new Uint8Array(frames[name])));
});

describe('a reply', () => {
  const off = { kind: 'bits', bits: Array<boolean>(8).fill(false) };

  it('is told from its bytes', () => {
    expect(findReply(frames.replyAllOff, read8)).toEqual(off);
    expect(findReply(frames.replyRelay1On, read8)).toEqual({ kind: 'bits', bits: [true, ...off.bits.slice(1)] });
    expect(findReply(frames.on0, on0)).toEqual({ kind: 'written' });
    expect(findReply(frames.unknownAddress, on0)).toEqual({ kind: 'exception', code: 2 });
  });

  it('is found behind garbage, an echo and another slave’s reply, and before garbage', () => {
    expect(findReply(bytes(hex('00ff01'), frames.replyAllOff), read8)).toEqual(off);
    expect(findReply(bytes(frames.read8, frames.replyAllOff), read8)).toEqual(off);
    expect(findReply(bytes(withCrc(hex('020101ff')), frames.replyAllOff), read8)).toEqual(off);
    expect(findReply(bytes(frames.replyAllOff, hex('ff00')), read8)).toEqual(off);
  });

  it('is none while a byte is missing or one is wrong', () => {
    for (let i = 0; i < frames.replyAllOff.length; i++) {
      expect(findReply(frames.replyAllOff.subarray(0, i), read8)).toBeUndefined();
      const bad = Buffer.from(frames.replyAllOff);
      bad[i] = (bad[i] ?? 0) ^ 0x10;
      expect(findReply(bad, read8)).toBeUndefined();
    }
  });

  it('to another question is none', () => {
    expect(findReply(frames.off0, on0)).toBeUndefined();
    expect(findReply(frames.on1, on0)).toBeUndefined();
    expect(findReply(frames.replyAllOff, { ...read8, kind: 'readInputs' })).toBeUndefined();
    expect(findReply(frames.replyAllOff, { ...read8, count: 16 })).toBeUndefined();
    expect(findReply(frames.unknownAddress, read8)).toBeUndefined();
  });

  it('holds bits across bytes, lowest first', () => {
    const request: ModbusRequest = { kind: 'readInputs', address: 1, start: 0, count: 10 };
    expect(findReply(withCrc(hex('01020202'.concat('0102'))), request)).toBeUndefined();
    const bits = findReply(withCrc(hex('0102020102')), request);
    expect(bits).toMatchObject({ bits: [true, false, false, false, false, false, false, false, false, true] });
  });
});

it('no good reply is lost behind garbage (2,000 streams)', () => {
  const random = seededRandom(485);
  for (let round = 0; round < 2000; round++) {
    const garbage = Buffer.from(Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256)));
    const half = frames.replyRelay1On.subarray(0, Math.floor(random() * 6));
    const reply = findReply(bytes(garbage, half, frames.replyRelay1On), read8);
    expect(reply, `round ${round}`).toMatchObject({
      kind: 'bits',
      bits: [true, false].concat(Array<boolean>(6).fill(false)),
    });
  }
});
