/** What a driver is given and what it gives back. A driver knows its bytes and its device, nothing of the bus or a screen. */
import type { Clock } from './clock.ts';
import type { DeviceErrorCode } from './device-error.ts';
import type { DeviceFault, DeviceNews } from './device-events.ts';
import type { PrintResult } from './drivers/escpos-printer/conversation.ts';
import type { Block } from './drivers/escpos-printer/encode.ts';

/** How often a line went right and wrong since the start. */
export interface Counters {
  frames: number;
  discardedBytes: number;
}

export interface DriverContext {
  clock: Clock;
  tell(news: Exclude<DeviceNews, { type: 'port' }>): void;
  /** What the device itself does while its port is open; saying the same twice is harmless. */
  health(health: 'ok' | 'silent' | 'fault', fault?: DeviceFault): void;
  counters: Counters;
}

export type RelayResult = { confirmed: true; closed: boolean } | { confirmed: false; code: DeviceErrorCode };

/** One coil. Every order is read back from the board; nothing here rejects. */
export interface Relay {
  /** Energises the coil and keeps it so. */
  close(): Promise<RelayResult>;
  open(): Promise<RelayResult>;
  /** Closes for `ms` (steps of 100) and opens by itself: the board counts the time, so a dead host leaves no door open. */
  flash(ms: number): Promise<RelayResult>;
}

/** A badge printer. Jobs wait for each other; each ends with the printer's own word, and nothing here rejects. */
export interface Printer {
  /** Half-width characters of ordinary size on a line. */
  readonly columns: number;
  print(blocks: readonly Block[]): Promise<PrintResult>;
}

export interface Driver {
  stop(): Promise<void>;
  relay?: Relay;
  printer?: Printer;
}
