/** All that a hand can do to the simulated hardware, and what a person is told when he names something that is not there. */
import { z } from 'zod';
import { PRINTER_FAULTS } from './devices/printer.ts';
import { LINE_FAULTS } from './line.ts';
import { SWARM_FAULTS } from './swarm/swarm-device.ts';

/** `stick`: a relay keeps its position, a button stays held, a reader hangs. `cut`: wires of a button, link of a swarm device. */
export const BENCH_FAULTS = [...LINE_FAULTS, 'stick', 'cut', ...PRINTER_FAULTS, 'unplug', 'plug'] as const;
export type BenchFault = (typeof BENCH_FAULTS)[number];
export const FAULTS = [...new Set([...BENCH_FAULTS, ...SWARM_FAULTS])] as const;

const ms = z.number().int().min(0).max(600_000);
const name = z.string().min(1).max(64);

export const Act = z.discriminatedUnion('act', [
  /** A card held to the card reader for a moment, or until `remove`. */
  z.object({ act: z.literal('tap'), card: name, holdMs: ms.optional(), keep: z.boolean().optional() }),
  /** An ID card laid on the reader for a moment, or until `remove`. */
  z.object({ act: z.literal('present'), person: name, holdMs: ms.optional(), keep: z.boolean().optional() }),
  z.object({ act: z.literal('remove') }),
  z.object({ act: z.literal('scan'), text: z.string().min(1).max(512) }),
  z.object({ act: z.literal('press'), holdMs: ms.optional(), keep: z.boolean().optional() }),
  z.object({ act: z.literal('release') }),
  z.object({ act: z.literal('unplug'), device: name }),
  z.object({ act: z.literal('plug'), device: name }),
  z.object({ act: z.literal('fault'), device: name, fault: z.enum(FAULTS), ms: ms.optional() }),
  /** Without a device: everything whole and plugged in again. */
  z.object({ act: z.literal('clear'), device: name.optional() }),
]);
export type Act = z.infer<typeof Act>;

export class UnknownName extends Error {
  override readonly name = 'UnknownName';
  readonly known: readonly string[];
  constructor(what: string, given: string, known: readonly string[]) {
    super(`no ${what} "${given}"; known: ${known.join(', ')}`);
    this.known = known;
  }
}

/** The act makes no sense now: no such fault on that device, or the gate's devices are not simulated. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}
