/**
 * A second-generation ID-card reader (SDT protocol, SAM_A module). Per card a host asks find → select → read.
 *
 * Like the real module it never speaks unasked, answers a broken request with its reason (10 checksum, 11 length,
 * 21 command), and forgets a request that stays unfinished. Stuck, it takes bytes and says nothing.
 */
import type { Clock } from '../clock.ts';
import type { DemoDocument } from '../demo-people.ts';
import type { Line } from '../line.ts';
import { idPhoto, idText } from './id-text.ts';

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69];
/** The longest request has no more than a few parameters; a larger length is a broken one. */
const LONGEST_REQUEST = 64;
const REQUEST_SILENCE_MS = 200;
const SW = {
  ok: 0x90,
  absent: 0x91,
  found: 0x9f,
  checksum: 0x10,
  length: 0x11,
  command: 0x21,
  readFailed: 0x41,
  findFailed: 0x80,
  selectFailed: 0x81,
} as const;
/** 05.03-20261101-10000001-2718281828 as the number is printed. */
const SAM_ID = Buffer.from('0500030065272d01819698001459039f', 'hex');

type Reply = [status: number, data?: Uint8Array];

export interface SdtCapabilities {
  /** After a good read, find answers 80 until the card has left the field, as most modules do. */
  findOncePerCard: boolean;
}

export function sdtFrame(payload: Uint8Array): Uint8Array {
  const length = payload.length + 1;
  const body = [length >> 8, length & 0xff, ...payload];
  return Uint8Array.from([...PREAMBLE, ...body, body.reduce((a, b) => a ^ b, 0)]);
}

export class SdtReader {
  stuck = false;
  reads = 0;
  #card: DemoDocument | null = null;
  #stage: 'away' | 'found' | 'selected' = 'away';
  #done = false;
  #pending: number[] = [];
  #heardAt = 0;
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #capabilities: SdtCapabilities;
  readonly #changed: () => void;

  constructor(
    line: Line,
    clock: Clock,
    changed: () => void,
    capabilities: SdtCapabilities = { findOncePerCard: true },
  ) {
    this.#line = line;
    this.#clock = clock;
    this.#changed = changed;
    this.#capabilities = capabilities;
    line.toDevice = (bytes) => this.#hear(bytes);
  }

  /** @param document null: the field is empty again */
  lay(document: DemoDocument | null): void {
    this.#card = document;
    this.#stage = 'away';
    this.#done = false;
    this.#changed();
  }

  get lying(): string | null {
    return this.#card?.key ?? null;
  }

  #hear(bytes: Uint8Array): void {
    if (this.stuck) return;
    if (this.#clock.now() - this.#heardAt > REQUEST_SILENCE_MS) this.#pending = [];
    this.#heardAt = this.#clock.now();
    this.#pending.push(...bytes);
    while (this.#takeRequest());
  }

  /** @returns false when more bytes are needed */
  #takeRequest(): boolean {
    const pending = this.#pending;
    while (pending.length > 0 && !PREAMBLE.every((b, i) => i >= pending.length || pending[i] === b)) pending.shift();
    if (pending.length < 7) return false;
    const length = (pending[5] ?? 0) * 256 + (pending[6] ?? 0);
    if (length < 3 || length > LONGEST_REQUEST) {
      pending.splice(0, PREAMBLE.length);
      this.#say([SW.length]);
      return true;
    }
    if (pending.length < 7 + length) return false;
    const frame = pending.splice(0, 7 + length);
    const whole = frame.slice(5).reduce((a, b) => a ^ b, 0) === 0;
    this.#say(whole ? this.#answer(((frame[7] ?? 0) << 8) | (frame[8] ?? 0)) : [SW.checksum]);
    return true;
  }

  #answer(command: number): Reply {
    switch (command) {
      case 0x10ff:
        this.#stage = 'away';
        return [SW.ok];
      case 0x11ff:
        return [SW.ok];
      case 0x12ff:
        return [SW.ok, SAM_ID];
      case 0x2001:
        return this.#find();
      case 0x2002:
        if (this.#stage !== 'found') return [SW.selectFailed];
        this.#stage = 'selected';
        return [SW.ok, new Uint8Array(8)];
      case 0x3001:
        return this.#read([1, 0, 4, 0]);
      case 0x3003:
        return [this.#stage === 'selected' ? SW.absent : SW.readFailed];
      case 0x3010:
        // No invented person has fingerprints on the card: the third length is 0.
        return this.#read([1, 0, 4, 0, 0, 0]);
      default:
        return [command >= 0x6000 && command <= 0x6004 ? SW.ok : SW.command];
    }
  }

  #find(): Reply {
    const visible = this.#card !== null && !(this.#done && this.#capabilities.findOncePerCard);
    this.#stage = visible ? 'found' : 'away';
    return visible ? [SW.found, new Uint8Array(4)] : [SW.findFailed];
  }

  #read(lengths: number[]): Reply {
    const card = this.#card;
    if (card === null || this.#stage !== 'selected') return [SW.readFailed];
    this.#done = true;
    this.reads += 1;
    this.#changed();
    return [SW.ok, Uint8Array.from([...lengths, ...idText(card), ...idPhoto(card.number)])];
  }

  #say([status, data = new Uint8Array()]: Reply): void {
    this.#line.send(sdtFrame(Uint8Array.from([0, 0, status, ...data])));
  }
}
