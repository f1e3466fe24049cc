/** A QR and barcode scanner on a serial line: the code's text, then CR. */
import type { Line } from '../line.ts';

export class QrScanner {
  stuck = false;
  scans = 0;
  readonly #line: Line;
  readonly #changed: () => void;

  constructor(line: Line, changed: () => void) {
    this.#line = line;
    this.#changed = changed;
  }

  scan(text: string): void {
    this.scans += 1;
    if (!this.stuck) this.#line.send(Buffer.from(`${text}\r`, 'utf8'));
    this.#changed();
  }
}
