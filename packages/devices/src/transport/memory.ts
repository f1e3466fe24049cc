/**
 * A cable in memory, for tests: one end is a transport, the other the device. It can be unplugged in the middle of a
 * frame, refuse to open and fall silent, as a real one does.
 */
import type { ControlLines, Transport, TransportEvents } from './transport.ts';

export class MemoryCable {
  plugged = true;
  /** Control lines; undefined for a path that has none. */
  lines: ControlLines | undefined;
  /** How often the host opened this path. */
  opened = 0;
  /** What the host wrote, chunk by chunk. */
  readonly written: Uint8Array[] = [];
  /** The device: called with each chunk that the host writes. */
  onWrite: (bytes: Uint8Array) => void = () => {};
  #host: TransportEvents | undefined;

  get isOpen(): boolean {
    return this.#host !== undefined;
  }

  /** The device sends. Without a host the bytes fall on the floor. */
  send(bytes: Uint8Array): void {
    this.#host?.bytes(bytes);
  }

  unplug(): void {
    this.plugged = false;
    const host = this.#host;
    this.#host = undefined;
    host?.lost();
  }

  plug(): void {
    this.plugged = true;
  }

  readonly transport = (): Transport => {
    let mine: TransportEvents | undefined;
    const isMine = () => mine !== undefined && this.#host === mine;
    return {
      open: async (events) => {
        if (!this.plugged) throw new Error('not plugged in');
        this.opened++;
        mine = events;
        this.#host = events;
      },
      write: async (bytes) => {
        if (!isMine()) throw new Error('not open');
        this.written.push(bytes);
        this.onWrite(bytes);
      },
      lines: async () => {
        if (!isMine()) throw new Error('not open');
        if (!this.lines) throw new Error('no lines');
        return { ...this.lines };
      },
      close: async () => {
        if (isMine()) this.#host = undefined;
        mine = undefined;
      },
    };
  };
}
