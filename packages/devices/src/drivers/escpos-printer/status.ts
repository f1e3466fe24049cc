/** The four real-time status bytes of DLE EOT, and what they come to. Pure. */
import type { DeviceFault } from '../../device-events.ts';

export const ASKED = [1, 2, 3, 4] as const;
export type Asked = (typeof ASKED)[number];

export const askStatus = (n: Asked): Uint8Array => Uint8Array.of(0x10, 0x04, n);
/** GS r 1: answered only when the printer has come to it, after all that stands before it. */
export const IN_ORDER = Uint8Array.of(0x1d, 0x72, 1);
/** DLE ENQ 2: out of an error that was put right, and what waited is thrown away. Without an error it does nothing. */
export const RECOVER = Uint8Array.of(0x10, 0x05, 2);

/** Fixed bits tell the two kinds of answer apart, and both from XON, XOFF and status that comes unasked. */
export const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12;
export const isInOrder = (byte: number): boolean => (byte & 0x90) === 0;

export type Condition =
  | { ready: true; low: boolean }
  /** `busy`: off line for no reason that it names. */
  | { ready: false; fault: DeviceFault; busy: boolean };

/** @param bytes answers to n = 1 printer, 2 cause of being off line, 3 error, 4 paper */
export function conditionOf([printer = 0, cause = 0, error = 0, paper = 0]: readonly number[]): Condition {
  const bad = (fault: DeviceFault, busy = false): Condition => ({ ready: false, fault, busy });
  // An open cover also says that the paper is out: the cover is what the guard can see.
  if (cause & 0x04) return bad('coverOpen');
  if (paper & 0x60 || cause & 0x20) return bad('paperOut');
  if (error & 0x08) return bad('cutterFault');
  if (error & 0x60 || cause & 0x40) return bad('printerFault');
  if (printer & 0x08) return bad('printerFault', true);
  return { ready: true, low: (paper & 0x0c) !== 0 };
}
