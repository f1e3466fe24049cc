/**
 * What a drill showed up, and what became of it (H10): finding → hazard → fix → new plan version → re-drill, each link with
 * who and when, opened from either end. Owner: `drills`; the hazard itself is the ledger's.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, Instant, Uuid } from './ids.ts';
import { DrillKind } from './terms.ts';

export const RecordFinding = z.object({
  id: Uuid,
  drill: Uuid,
  what: z.string().trim().min(2).max(200),
  place: z.string().trim().max(100).default(''),
});
export type RecordFinding = z.infer<typeof RecordFinding>;

/** No hazard, no plan, no re-drill is needed, and why. Once a hazard is registered for it, that is what must be mended. */
export const DismissFinding = z.object({ finding: Uuid, reason: z.string().trim().min(2).max(200) });

export const MAX_PHOTO_BYTES = 300 * 1024;
/** JPEG or PNG as base64, at most 300 KiB of bytes. */
export const AddPhoto = z.object({
  id: Uuid,
  finding: Uuid,
  data: z.string().max(Math.ceil((MAX_PHOTO_BYTES * 4) / 3) + 4),
});
export type AddPhoto = z.infer<typeof AddPhoto>;

export const CHAIN_STEPS = ['found', 'hazard', 'fixed', 'plan', 'redrill'] as const;
export const ChainStep = z.object({
  step: z.enum(CHAIN_STEPS),
  state: z.enum(['done', 'now', 'todo', 'late']),
  at: Instant.nullable(),
  by: z.string().nullable(),
  /** Y-0931, version 7, 01:41. */
  label: z.string().nullable(),
  due: CivilDate.nullable(),
  /** Days late. */
  late: z.number().int(),
  /** What it opens: a drill, a hazard, a plan. */
  opens: z.object({ kind: z.enum(['drill', 'hazard', 'plan']), id: Uuid }).nullable(),
});
export type ChainStep = z.infer<typeof ChainStep>;

export const FindingView = z.object({
  id: Uuid,
  drill: z.object({ id: Uuid, kind: DrillKind, date: CivilDate }),
  what: z.string(),
  place: z.string(),
  by: PersonRef,
  at: Instant,
  photos: z.array(Uuid),
  dismissed: z.string().nullable(),
  state: z.enum(['open', 'late', 'closed', 'dismissed']),
  chain: z.array(ChainStep),
});
export type FindingView = z.infer<typeof FindingView>;

/** Dismissed; or its hazard is on record already, and nothing was changed. */
export const DismissResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('dismissed'), finding: FindingView }),
  z.object({ result: z.literal('hasHazard'), finding: FindingView }),
]);
export type DismissResult = z.infer<typeof DismissResult>;
