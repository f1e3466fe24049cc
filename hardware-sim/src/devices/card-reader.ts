/**
 * A 125 kHz reader (RDM6300): says a card's number again and again while the card is near, and never listens.
 * Silence is its only way to say that the card has gone.
 */
import type { Clock } from '../clock.ts';
import type { DemoCard } from '../demo-people.ts';
import type { Line } from '../line.ts';

const REPEAT_MS = 50;
export const TAP_MS = 300;

/** `02 | 10 hex digits | XOR of the five bytes as 2 hex digits | 03` */
export function rdm6300Frame(number: string): Uint8Array {
  const checksum = Buffer.from(number, 'hex').reduce((a, b) => a ^ b, 0);
  const digits = number.toUpperCase() + checksum.toString(16).toUpperCase().padStart(2, '0');
  return Uint8Array.from([0x02, ...Buffer.from(digits, 'ascii'), 0x03]);
}

export class CardReader {
  stuck = false;
  taps = 0;
  #card: DemoCard | null = null;
  #stop: (() => void) | undefined;
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #changed: () => void;

  constructor(line: Line, clock: Clock, changed: () => void) {
    this.#line = line;
    this.#clock = clock;
    this.#changed = changed;
  }

  get near(): string | null {
    return this.#card?.key ?? null;
  }

  /** @param card null: taken away */
  hold(card: DemoCard | null): void {
    this.#stop?.();
    this.#card = card;
    if (card !== null) {
      this.taps += 1;
      this.#repeat(card);
    }
    this.#changed();
  }

  #repeat(card: DemoCard): void {
    if (!this.stuck) this.#line.send(rdm6300Frame(card.number));
    this.#stop = this.#clock.after(REPEAT_MS, () => this.#repeat(card));
  }
}
