/** What a gate decided while its owner was away, many at once and in order (H1). Owner: `gate`. */
import { z } from 'zod';
import { AdmitVisitor, RefuseVisitor, SignOutVisitor } from './gate.ts';
import { LogVehicle } from './vehicles.ts';

export const MERGE_LIMIT = 50;

/** Each is taken as if it came alone; a repeat is harmless. */
export const MergedRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('admit'), body: AdmitVisitor }),
  z.object({ kind: z.literal('refuse'), body: RefuseVisitor }),
  z.object({ kind: z.literal('signOut'), body: SignOutVisitor }),
  z.object({ kind: z.literal('vehicle'), body: LogVehicle }),
]);
export type MergedRecord = z.infer<typeof MergedRecord>;
export const MergeRecords = z.array(MergedRecord).min(1).max(MERGE_LIMIT);

/** How many of them, from the first, are stored. Fewer than were sent: the next one has to come alone, so that it says what is wrong. */
export const Merged = z.object({ stored: z.number().int().min(0) });
