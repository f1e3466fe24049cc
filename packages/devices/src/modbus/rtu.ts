/**
 * Modbus RTU, the function codes of relay boards: address, function, data, CRC-16 with the low byte first. Pure.
 * A reply carries no number and no length of its own, so it can only be found by what was asked: `findReply` looks for
 * the one answer that fits the request, at any offset, past garbage and past an adapter's echo of our own bytes.
 */
export type ModbusRequest =
  | { kind: 'readCoils' | 'readInputs'; address: number; start: number; count: number }
  /** `register`: the coil, or one of the board's special addresses. `value`: FF00, 0000 or a time. */
  | { kind: 'writeCoil'; address: number; register: number; value: number };

export type ModbusReply =
  | { kind: 'bits'; bits: boolean[] }
  | { kind: 'written' }
  /** The board understood and refuses: 1 unknown function, 2 unknown address, 3 value not allowed. */
  | { kind: 'exception'; code: number };

export const COIL_ON = 0xff00;
export const COIL_OFF = 0x0000;

const functionCodes = { readCoils: 0x01, readInputs: 0x02, writeCoil: 0x05 } as const;
const EXCEPTION = 0x80;

/** CRC-16/MODBUS: start FFFF, polynomial A001 reflected. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

export function withCrc(bytes: Uint8Array): Uint8Array {
  const crc = crc16(bytes);
  return Uint8Array.from([...bytes, crc & 0xff, crc >> 8]);
}

export function encodeRequest(request: ModbusRequest): Uint8Array {
  const [register, value] =
    request.kind === 'writeCoil' ? [request.register, request.value] : [request.start, request.count];
  const head = [request.address, functionCodes[request.kind]];
  return withCrc(Uint8Array.from([...head, register >> 8, register & 0xff, value >> 8, value & 0xff]));
}

export function findReply(bytes: Uint8Array, request: ModbusRequest): ModbusReply | undefined {
  for (let start = 0; start < bytes.length; start++) {
    const reply = replyAt(bytes.subarray(start), request);
    if (reply) return reply;
  }
  return undefined;
}

function replyAt(bytes: Uint8Array, request: ModbusRequest): ModbusReply | undefined {
  if (bytes[0] !== request.address) return undefined;
  const code = functionCodes[request.kind];
  if (bytes[1] === (code | EXCEPTION)) {
    return whole(bytes, 5) ? { kind: 'exception', code: bytes[2] ?? 0 } : undefined;
  }
  if (bytes[1] !== code) return undefined;
  // A write is answered by itself; anything else is not the answer to it.
  if (request.kind === 'writeCoil') {
    return startsWith(bytes, encodeRequest(request)) ? { kind: 'written' } : undefined;
  }
  const size = Math.ceil(request.count / 8);
  if (bytes[2] !== size || !whole(bytes, 5 + size)) return undefined;
  const bits = Array.from({ length: request.count }, (_, i) => (((bytes[3 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1);
  return { kind: 'bits', bits };
}

function whole(bytes: Uint8Array, length: number): boolean {
  if (bytes.length < length) return false;
  const crc = crc16(bytes.subarray(0, length - 2));
  return bytes[length - 2] === (crc & 0xff) && bytes[length - 1] === crc >> 8;
}

const startsWith = (bytes: Uint8Array, expected: Uint8Array): boolean =>
  bytes.length >= expected.length && expected.every((byte, i) => bytes[i] === byte);
