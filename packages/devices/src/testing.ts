/** For tests only: a clock that moves when told, and a cable in memory. */
import type { Clock } from './clock.ts';
import { withCrc } from './modbus/rtu.ts';
import type { MemoryCable } from './transport/memory.ts';

export { MemoryCable } from './transport/memory.ts';

export class TestClock implements Clock {
  #now: number;
  readonly #startedAt: number;
  #next = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  constructor(now = Date.UTC(2026, 10, 23, 8)) {
    this.#now = now;
    this.#startedAt = now;
  }

  now = (): number => this.#now;
  monotonic = (): number => this.#now - this.#startedAt;

  after = (ms: number, run: () => void): (() => void) => {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + ms, run });
    return () => this.#timers.delete(id);
  };

  /** Lets promises settle that wait for nothing outside. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves the time forward and runs what falls due, in order. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.settle();
    for (;;) {
      const due = [...this.#timers].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due || due[1].at > until) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
      await this.settle();
    }
    this.#now = until;
  }
}

/** A seeded random source (mulberry32): a failure of a fuzz loop can be run again. Returns 0 ≤ x < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A relay board with inputs, for the end of a memory cable: coils, flash timers, and the ways in which a real one fails.
 * It answers in whole frames; a test that wants them torn takes `onReply`.
 */
export class TestBoard {
  readonly coils = new Map<number, boolean>();
  readonly inputs = new Map<number, boolean>();
  readonly #clock: TestClock;
  readonly #cable: MemoryCable;
  readonly address: number;
  /** Every request that was for this board, in hex. */
  readonly asked: string[] = [];
  dead = false;
  canFlash = true;
  hasInputs = true;
  /** Coils that no longer move. */
  stuck = false;
  /** Time from request to reply, ms. */
  takes = 20;
  onReply: (reply: Uint8Array) => void;

  constructor(clock: TestClock, cable: MemoryCable, address = 1) {
    this.#clock = clock;
    this.#cable = cable;
    this.address = address;
    this.onReply = (reply) => cable.send(reply);
    const before = cable.onWrite;
    cable.onWrite = (bytes) => {
      before(bytes);
      this.#take(Buffer.from(bytes));
    };
  }

  #take(request: Buffer): void {
    if (request[0] !== this.address || this.dead) return;
    this.asked.push(request.toString('hex'));
    const reply = withCrc(this.#answer(request));
    this.#clock.after(this.takes, () => {
      if (this.#cable.isOpen) this.onReply(reply);
    });
  }

  #answer(request: Buffer): Uint8Array {
    const code = request.readUInt8(1);
    const register = request.readUInt16BE(2);
    const value = request.readUInt16BE(4);
    const refuse = (exception: number) => Uint8Array.of(this.address, code | 0x80, exception);
    if (code === 1) return this.#bits(code, this.coils, register, value);
    if (code === 2) return this.hasInputs ? this.#bits(code, this.inputs, register, value) : refuse(1);
    if (code !== 5) return refuse(1);
    if (register >= 0x0200 && !this.canFlash) return refuse(2);
    if (register >= 0x0200) {
      this.#set(register & 0xff, true);
      this.#clock.after(value * 100, () => this.#set(register & 0xff, false));
    } else this.#set(register, value === 0xff00);
    return request.subarray(0, 6);
  }

  #set(coil: number, closed: boolean): void {
    if (!this.stuck) this.coils.set(coil, closed);
  }

  #bits(code: number, from: Map<number, boolean>, start: number, count: number): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(count / 8));
    for (let i = 0; i < count; i++) if (from.get(start + i)) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
    return Uint8Array.of(this.address, code, bytes.length, ...bytes);
  }
}
