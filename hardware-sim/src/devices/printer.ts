/**
 * A receipt printer with cutter and near-end sensor (ESC/POS). It answers DLE EOT at once, whatever it does; everything else
 * waits in its buffer and is printed line by line, so paper can run out in the middle of a badge. Off line it keeps what came
 * and goes on when its cover is shut and paper is in; a jammed cutter wants DLE ENQ besides. Stuck, it is deaf and dumb.
 */
import type { Clock } from '../clock.ts';
import type { Line } from '../line.ts';
import type { Slip } from './printer/paper.ts';
import { Reader } from './printer/parse.ts';

/** About 150 mm a second. */
const ROW_MS = 25;
/** A printer's buffer; what does not fit is lost. */
const BUFFER = 4096;
const KEPT = 6;
const DLE = 0x10;

export const PRINTER_FAULTS = ['paperLow', 'paperOut', 'coverOpen', 'cutterJam'] as const;
export type PrinterFault = (typeof PRINTER_FAULTS)[number];

export class Printer {
  /** Newest last; the last one may not be cut yet. */
  slips: Slip[] = [];
  cuts = 0;
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #reader = new Reader();
  readonly #faults = new Set<PrinterFault>();
  #buffer = new Uint8Array();
  #order: number[] = [];
  #cancel: (() => void) | undefined;
  #stuck = false;
  /** The cutter was jammed while it should cut, and nobody has told it to go on. */
  #cutterError = false;
  #n = 0;

  constructor(line: Line, clock: Clock, changed: () => void) {
    this.#line = line;
    this.#clock = clock;
    this.#changed = changed;
    line.toDevice = (bytes) => this.#hear(bytes);
  }

  get stuck(): boolean {
    return this.#stuck;
  }

  set stuck(stuck: boolean) {
    this.#stuck = stuck;
    this.#goOn();
  }

  get faults(): PrinterFault[] {
    return [...this.#faults];
  }

  fault(fault: PrinterFault): void {
    this.#faults.add(fault);
    this.#changed();
  }

  /** New roll, cover shut, cutter free. */
  mend(): void {
    this.#faults.clear();
    this.#goOn();
    this.#changed();
  }

  stop(): void {
    this.#cancel?.();
  }

  get #offline(): boolean {
    return this.#faults.has('paperOut') || this.#faults.has('coverOpen') || this.#cutterError;
  }

  #hear(bytes: Uint8Array): void {
    if (this.#stuck) return;
    const ordinary: number[] = [];
    for (const byte of bytes) {
      if (this.#order.length === 0 && byte !== DLE) ordinary.push(byte);
      else this.#realTime(byte);
    }
    this.#buffer = Uint8Array.from([...this.#buffer, ...ordinary]).slice(0, BUFFER);
    this.#goOn();
  }

  #realTime(byte: number): void {
    this.#order.push(byte);
    const [, order, n = 0] = this.#order;
    if (this.#order.length < 3) return;
    this.#order = [];
    if (order === 0x04) this.#line.send(Uint8Array.of(0x12 | this.#status(n)));
    if (order !== 0x05 || !this.#cutterError || this.#faults.has('cutterJam')) return;
    this.#cutterError = false;
    if (n === 2) this.#empty();
  }

  #empty(): void {
    this.#buffer = new Uint8Array();
    this.#reader.reset();
  }

  #status(n: number): number {
    const { paperOut, coverOpen } = {
      paperOut: this.#faults.has('paperOut'),
      coverOpen: this.#faults.has('coverOpen'),
    };
    const low = paperOut || this.#faults.has('paperLow');
    switch (n) {
      case 1:
        return this.#offline ? 0x08 : 0;
      case 2:
        return (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (this.#cutterError ? 0x40 : 0);
      case 3:
        return this.#cutterError ? 0x08 : 0;
      case 4:
        return (low ? 0x0c : 0) | (paperOut ? 0x60 : 0);
      default:
        return 0;
    }
  }

  #goOn(): void {
    if (this.#stuck || this.#cancel) return;
    while (!this.#offline && this.#buffer.length > 0) {
      const done = this.#reader.next(this.#buffer);
      if (!done) return;
      if (done.did === 'cut' && this.#faults.has('cutterJam')) {
        this.#cutterError = true;
        this.#changed();
        return;
      }
      this.#buffer = this.#buffer.slice(done.took);
      if (done.did === 'asked') this.#line.send(Uint8Array.of(this.#faults.has('paperLow') ? 0x03 : 0));
      if (done.did === 'cut') this.#cut();
      if (done.did !== 'row') continue;
      this.#slip().rows.push(done.row);
      this.#changed();
      this.#cancel = this.#clock.after(ROW_MS, () => {
        this.#cancel = undefined;
        this.#goOn();
      });
      return;
    }
  }

  #slip(): Slip {
    const last = this.slips.at(-1);
    if (last && !last.cut) return last;
    const slip: Slip = { n: ++this.#n, rows: [], cut: false };
    this.slips = [...this.slips, slip].slice(-KEPT);
    return slip;
  }

  #cut(): void {
    const last = this.slips.at(-1);
    if (!last || last.cut) return;
    last.cut = true;
    this.cuts += 1;
    this.#changed();
  }
}
