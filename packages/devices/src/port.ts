/**
 * A path that is kept open. Promise: whoever subscribes hears of every chunk, of each loss and of each return; a path
 * that comes back is open again within 5 s (back-off 250 ms doubling to 2 s, jittered so that the ports of a hub do not
 * storm it together, and an attempt is given up after 2 s). Several devices of a gate may subscribe to one port.
 */
import { Alarm, type Clock } from './clock.ts';
import { DeviceError } from './device-error.ts';
import type { ControlLines, OpenTransport, Transport, TransportSpec } from './transport/transport.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 2000;
const OPEN_DEADLINE_MS = 2000;

export type LinkState = 'opening' | 'open' | 'away';

export interface PortListener {
  opened?(): void;
  /** Nothing that was sent will be answered any more, and half a frame stays half. `opened` follows when it is back. */
  lost?(): void;
  /** The path is away: lost, or not there when tried. Called at each try while it stays so. */
  away?(): void;
  /** `at`: monotonic time of arrival. */
  bytes?(chunk: Uint8Array, at: number): void;
}

export class Port {
  readonly spec: TransportSpec;
  readonly #clock: Clock;
  readonly #openTransport: OpenTransport;
  readonly #random: () => number;
  readonly #listeners = new Set<PortListener>();
  readonly #retry: Alarm;
  readonly #deadline: Alarm;
  #transport: Transport | undefined;
  #link: LinkState = 'opening';
  #delay = FIRST_RETRY_MS;
  #stopped = false;

  constructor(
    spec: TransportSpec,
    options: { clock: Clock; openTransport: OpenTransport; random?: (() => number) | undefined },
  ) {
    this.spec = spec;
    this.#clock = options.clock;
    this.#openTransport = options.openTransport;
    this.#random = options.random ?? Math.random;
    this.#retry = new Alarm(this.#clock, () => this.start());
    this.#deadline = new Alarm(this.#clock, () => this.#giveUp());
  }

  get link(): LinkState {
    return this.#link;
  }

  subscribe(listener: PortListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#stopped) return;
    const transport = this.#openTransport(this.spec);
    this.#transport = transport;
    const current = () => this.#transport === transport;
    this.#deadline.set(OPEN_DEADLINE_MS);
    transport
      .open({
        bytes: (chunk) => {
          if (!current()) return;
          const at = this.#clock.monotonic();
          for (const listener of this.#listeners) listener.bytes?.(chunk, at);
        },
        lost: () => {
          if (current()) this.#away();
        },
      })
      .then(
        () => {
          if (current()) this.#opened();
        },
        () => {
          if (current()) this.#away();
        },
      );
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#stopped) throw new DeviceError('closed');
    if (this.#link !== 'open' || !this.#transport) throw new DeviceError('portLost');
    try {
      await this.#transport.write(bytes);
    } catch (cause) {
      throw new DeviceError('portLost', { cause });
    }
  }

  async lines(): Promise<ControlLines> {
    if (this.#link !== 'open' || !this.#transport) throw new DeviceError('portLost');
    if (!this.#transport.lines) throw new DeviceError('refused');
    return this.#transport.lines().catch((cause) => {
      throw new DeviceError('refused', { cause });
    });
  }

  /**
   * Nothing has answered for long. A serial server that was switched off leaves a socket that TCP would keep for
   * minutes, so a TCP path is dialled anew. A serial port is left alone: opening it toggles DTR, which restarts some
   * readers.
   */
  suspect(): void {
    if (this.#link !== 'open' || !this.spec.path.startsWith('tcp:')) return;
    this.#release();
    for (const listener of this.#listeners) listener.lost?.();
    this.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retry.clear();
    this.#deadline.clear();
    const transport = this.#transport;
    this.#transport = undefined;
    this.#link = 'away';
    await transport?.close();
  }

  #opened(): void {
    this.#deadline.clear();
    this.#delay = FIRST_RETRY_MS;
    this.#link = 'open';
    for (const listener of this.#listeners) listener.opened?.();
  }

  #giveUp(): void {
    this.#release();
    this.#away();
  }

  #release(): void {
    void this.#transport?.close();
    this.#transport = undefined;
  }

  #away(): void {
    const wasOpen = this.#link === 'open';
    this.#deadline.clear();
    this.#transport = undefined;
    this.#link = 'away';
    if (!this.#stopped) {
      this.#retry.set(this.#delay * (0.5 + this.#random() / 2));
      this.#delay = Math.min(this.#delay * 2, LAST_RETRY_MS);
    }
    if (wasOpen) for (const listener of this.#listeners) listener.lost?.();
    for (const listener of this.#listeners) listener.away?.();
  }
}
