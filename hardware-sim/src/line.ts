/**
 * The cable between a simulated device and its host, with everything that goes wrong on a cable. A device speaks only to
 * its line; a mount (pseudo-terminal, TCP, memory) is the host's end. With no mount plugged in, bytes are lost both ways,
 * as on a real cable that hangs in the air. Faults touch what the device says, never what it hears.
 */
import type { Clock } from './clock.ts';

export const LINE_FAULTS = ['delay', 'drop', 'corrupt', 'garbage'] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

const NOISE_EVERY_MS = 150;
/** Looks like the beginnings of frames, on purpose: a framer that trusts a start byte stalls on it. */
const NOISE = [0xaa, 0xaa, 0xaa, 0x96, 0x00, 0x02, 0x37, 0x01, 0x05, 0xff, 0x0d, 0x00, 0xaa, 0x96, 0x69, 0x7f];

export class Line {
  /** Set by the device: takes what the host wrote. */
  toDevice: (bytes: Uint8Array) => void = () => {};
  #host: ((bytes: Uint8Array) => void) | undefined;
  readonly #clock: Clock;
  readonly #faults = new Map<LineFault, number>();
  #stopNoise: (() => void) | undefined;
  #noiseAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param host takes what the device says; undefined pulls the plug */
  connect(host: ((bytes: Uint8Array) => void) | undefined): void {
    this.#host = host;
  }

  receive(bytes: Uint8Array): void {
    this.toDevice(bytes);
  }

  send(bytes: Uint8Array): void {
    if (this.#faults.has('drop')) return;
    const said = Uint8Array.from(bytes);
    const middle = said.length >> 1;
    if (this.#faults.has('corrupt')) said[middle] = (said[middle] ?? 0) ^ 0x10;
    this.#deliver(this.#faults.has('garbage') ? Uint8Array.from([...this.#noise(), ...said]) : said);
  }

  /** @param ms for `delay` only */
  fault(fault: LineFault, ms: number): void {
    this.#faults.set(fault, ms);
    if (fault === 'garbage') this.#hum();
  }

  clear(): void {
    this.#faults.clear();
    this.#stopNoise?.();
    this.#stopNoise = undefined;
  }

  faults(): LineFault[] {
    return [...this.#faults.keys()];
  }

  #deliver(bytes: Uint8Array): void {
    const delay = this.#faults.get('delay') ?? 0;
    if (delay === 0) this.#host?.(bytes);
    else this.#clock.after(delay, () => this.#host?.(bytes));
  }

  #hum(): void {
    this.#stopNoise?.();
    this.#stopNoise = this.#clock.after(NOISE_EVERY_MS, () => {
      this.#deliver(this.#noise());
      this.#hum();
    });
  }

  #noise(): Uint8Array {
    this.#noiseAt = (this.#noiseAt + 5) % NOISE.length;
    return Uint8Array.from([...NOISE.slice(this.#noiseAt), ...NOISE.slice(0, this.#noiseAt)]);
  }
}
