/**
 * A Modbus RTU board with eight relays and eight contacts (Waveshare's map): FC01 and FC02 read, FC05 and FC0F write,
 * FC05 to 0200+n closes a relay for a while and to 0400+n opens it for a while. Times are in 100 ms and run for real.
 *
 * A frame with a wrong CRC or for another slave gets no answer at all; a bad function, address or value gets exception
 * 01, 02 or 03. A stuck relay is the dangerous kind: the board confirms the write, and the coil stays as it was.
 */
import type { Clock } from '../clock.ts';
import type { Line } from '../line.ts';

const SILENCE_MS = 20;
const COILS = 8;
const INPUTS = 8;

export function crc16(bytes: ArrayLike<number>): number {
  let crc = 0xffff;
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes[i] ?? 0;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

export function withCrc(bytes: readonly number[]): number[] {
  const crc = crc16(bytes);
  return [...bytes, crc & 0xff, crc >> 8];
}

export interface RelayState {
  on: boolean;
  /** How often it has closed and opened, so that a short pulse can't be missed. */
  switched: number;
  since: number;
  stuck: boolean;
}

class Refused extends Error {
  override readonly name = 'Refused';
  readonly exception: 1 | 2 | 3;
  constructor(exception: 1 | 2 | 3) {
    super(`Modbus exception ${exception}`);
    this.exception = exception;
  }
}

const word = (bytes: readonly number[], at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** Undefined: not enough bytes yet, or a function whose length only silence can tell. */
function lengthOf(bytes: readonly number[]): number | undefined {
  const fc = bytes[1] ?? 0;
  if (fc >= 1 && fc <= 6) return 8;
  return fc === 0x0f && bytes.length > 6 ? 9 + (bytes[6] ?? 0) : undefined;
}

function packed(bits: readonly boolean[]): number[] {
  const bytes = new Array<number>(Math.ceil(bits.length / 8)).fill(0);
  bits.forEach((bit, i) => {
    if (bit) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return bytes;
}

export class RelayBoard {
  stuck = false;
  readonly relays: RelayState[];
  readonly inputs: boolean[] = new Array<boolean>(INPUTS).fill(false);
  readonly address: number;
  #pending: number[] = [];
  #silence: (() => void) | undefined;
  readonly #flashes = new Map<number, () => void>();
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #changed: () => void;

  constructor(line: Line, clock: Clock, changed: () => void, address = 1) {
    this.#line = line;
    this.#clock = clock;
    this.#changed = changed;
    this.address = address;
    const since = clock.now();
    this.relays = Array.from({ length: COILS }, () => ({ on: false, switched: 0, since, stuck: false }));
    line.toDevice = (bytes) => this.#hear(bytes);
  }

  setInput(input: number, closed: boolean): void {
    this.inputs[input] = closed;
    this.#changed();
  }

  #hear(bytes: Uint8Array): void {
    if (this.stuck) return;
    this.#silence?.();
    this.#pending.push(...bytes);
    for (;;) {
      const length = lengthOf(this.#pending);
      if (length === undefined || this.#pending.length < length) break;
      const frame = this.#pending.slice(0, length);
      // After a false start the next good frame may begin at any later byte.
      const whole = crc16(frame) === 0;
      this.#pending.splice(0, whole ? length : 1);
      if (whole) this.#take(frame.slice(0, -2));
    }
    this.#silence = this.#clock.after(SILENCE_MS, () => {
      const rest = this.#pending;
      this.#pending = [];
      if (rest.length >= 4 && crc16(rest) === 0) this.#take(rest.slice(0, -2));
    });
  }

  #take(request: number[]): void {
    const [slave = 0, fc = 0] = request;
    if (slave !== this.address && slave !== 0) return;
    let reply: number[];
    try {
      reply = this.#execute(fc, request);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply = [slave, fc | 0x80, error.exception];
    }
    // A broadcast is obeyed in silence, but for the question after the board's own address.
    if (slave !== 0 || fc === 3) this.#line.send(Uint8Array.from(withCrc(reply)));
  }

  #execute(fc: number, request: number[]): number[] {
    const [slave = 0] = request;
    const [at, value] = [word(request, 2), word(request, 4)];
    switch (fc) {
      case 1:
        return this.#bits(
          request,
          this.relays.map((r) => r.on),
        );
      case 2:
        return this.#bits(request, this.inputs);
      case 3:
        if (value !== 1) throw new Refused(3);
        if (at === 0x4000) return [slave, fc, 2, 0, this.address];
        if (at === 0x8000) return [slave, fc, 2, 0, 0xc8];
        throw new Refused(2);
      case 5:
        this.#writeOne(at, value);
        return request;
      case 0x0f:
        if (value === 0 || (request[6] ?? 0) !== Math.ceil(value / 8)) throw new Refused(3);
        if (at + value > COILS) throw new Refused(2);
        for (let i = 0; i < value; i++) this.#set(at + i, (((request[7 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1);
        return request.slice(0, 6);
      default:
        throw new Refused(1);
    }
  }

  #bits(request: number[], bits: readonly boolean[]): number[] {
    const [slave = 0, fc = 0] = request;
    const [from, count] = [word(request, 2), word(request, 4)];
    if (count === 0) throw new Refused(3);
    if (from + count > bits.length) throw new Refused(2);
    const bytes = packed(bits.slice(from, from + count));
    return [slave, fc, bytes.length, ...bytes];
  }

  #writeOne(at: number, value: number): void {
    const base = at & 0xff00;
    const coil = at & 0xff;
    const coils = coil === 0xff ? this.relays.map((_, i) => i) : [coil];
    if (coil !== 0xff && coil >= COILS) throw new Refused(2);
    if (base === 0x0200 || base === 0x0400) {
      if (value === 0 || value > 0x7fff) throw new Refused(3);
      for (const c of coils) this.#flash(c, base === 0x0200, value * 100);
    } else if (base === 0) {
      if (value !== 0xff00 && value !== 0 && value !== 0x5500) throw new Refused(3);
      for (const c of coils) this.#set(c, value === 0x5500 ? this.relays[c]?.on !== true : value === 0xff00);
    } else {
      throw new Refused(2);
    }
  }

  #flash(coil: number, on: boolean, ms: number): void {
    this.#set(coil, on);
    this.#flashes.set(
      coil,
      this.#clock.after(ms, () => this.#set(coil, !on)),
    );
  }

  #set(coil: number, on: boolean): void {
    this.#flashes.get(coil)?.();
    this.#flashes.delete(coil);
    const relay = this.relays[coil];
    if (relay === undefined || relay.stuck || relay.on === on) return;
    relay.on = on;
    relay.switched += 1;
    relay.since = this.#clock.now();
    this.#changed();
  }
}
