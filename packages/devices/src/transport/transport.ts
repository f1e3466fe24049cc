/**
 * One connection to a device: bytes in, bytes out, gone. A transport lives once; `Port` makes a new one to come back.
 * Bytes are handed over in the tick in which they arrive, because a card's way to its verdict is measured from there.
 */
export interface TransportEvents {
  bytes(chunk: Uint8Array): void;
  /** Called at most once, and only after a successful open: unplugged, reset, hung up. Not after `close()`. */
  lost(): void;
}

export interface ControlLines {
  cts: boolean;
  dsr: boolean;
}

export interface Transport {
  /** Rejects when the path is absent, refused or taken. */
  open(events: TransportEvents): Promise<void>;
  /** Resolves when the system has the bytes; rejects when they can't leave. */
  write(bytes: Uint8Array): Promise<void>;
  /** Only where there are such lines (serial ports, not pseudo-terminals or TCP). */
  lines?(): Promise<ControlLines>;
  /** Never rejects, also when it is not open. */
  close(): Promise<void>;
}

export interface TransportSpec {
  path: string;
  baudRate: number;
}

export type OpenTransport = (spec: TransportSpec) => Transport;
