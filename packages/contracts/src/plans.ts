/**
 * Emergency plans 应急预案 (D1): by kind of event and level, in versions. A version that was approved never changes; the
 * next one names the findings that caused it. Owner: `drills`.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { Instant, Uuid } from './ids.ts';
import { DrillKind } from './terms.ts';

export const PlanLevel = z.enum(['general', 'major', 'severe']);
const Line = z.string().trim().min(1).max(200);

export const PlanBody = z.object({
  lead: PersonRef,
  /** Who does what: a post or a person, and the duty. One becomes a role card. */
  duties: z.array(z.object({ role: Line, who: Line, duty: z.string().trim().min(1).max(400) })).max(40),
  steps: z.array(z.string().trim().min(1).max(400)).min(1).max(40),
  /** Assembly point of each class, or of `*` for all that are not named. */
  places: z
    .array(z.object({ class: z.string().max(64), place: Line, route: z.string().trim().max(200).default('') }))
    .max(300),
});
export type PlanBody = z.infer<typeof PlanBody>;

export const CreatePlan = z.object({
  id: Uuid,
  kind: DrillKind,
  level: PlanLevel,
  title: z.string().trim().min(1).max(100),
  version: Uuid,
  body: PlanBody,
});
export type CreatePlan = z.infer<typeof CreatePlan>;

/** A draft may be written again until it is approved. */
export const DraftVersion = z.object({
  plan: Uuid,
  version: Uuid,
  body: PlanBody,
  why: z.string().trim().min(2).max(400),
  findings: z.array(Uuid).max(50).default([]),
  /** Of the draft that this text was written over, so that no tab writes over another's; null for a new one. */
  draftedAt: Instant.nullable().default(null),
});
export type DraftVersion = z.infer<typeof DraftVersion>;

/** Whoever approves names the text that was on the screen, so that nobody approves one that was written since. */
export const ApproveVersion = z.object({ version: Uuid, draftedAt: Instant });
export type ApproveVersion = z.infer<typeof ApproveVersion>;

/** An approved version, read by whoever is signed in. Twice is once, and the first time counts. */
export const ConfirmRead = z.object({ version: Uuid });

export const PlanVersion = z.object({
  id: Uuid,
  plan: Uuid,
  /** 1, 2, 3 … */
  number: z.number().int(),
  status: z.enum(['draft', 'approved']),
  body: PlanBody,
  /** Empty for the first version. */
  why: z.string(),
  findings: z.array(Uuid),
  /** Who wrote it last; whoever wrote at any of it may not approve it. */
  draftedBy: PersonRef,
  draftedAt: Instant,
  approvedBy: PersonRef.nullable(),
  approvedAt: Instant.nullable(),
});
export type PlanVersion = z.infer<typeof PlanVersion>;

export const PlanView = z.object({
  id: Uuid,
  kind: DrillKind,
  level: PlanLevel,
  title: z.string(),
  /** The approved version that counts now. */
  current: PlanVersion.nullable(),
  draft: PlanVersion.nullable(),
  versions: z.number().int(),
  /** Of those who must have read the current version: teachers, guards, office. */
  read: z.number().int(),
  readers: z.number().int(),
});
export type PlanView = z.infer<typeof PlanView>;

export const PlanDetail = z.object({
  plan: PlanView,
  versions: z.array(PlanVersion),
  reads: z.array(z.object({ person: PersonRef, at: Instant.nullable() })),
});
export type PlanDetail = z.infer<typeof PlanDetail>;

/** Kept; or somebody else's draft is open already; or it was written since it was read; or approved in the meantime. */
export const DraftResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('drafted'), version: PlanVersion }),
  z.object({ result: z.literal('otherDraft'), draft: PlanVersion }),
  z.object({ result: z.literal('changed'), draft: PlanVersion }),
  z.object({ result: z.literal('alreadyApproved'), version: PlanVersion }),
]);
export type DraftResult = z.infer<typeof DraftResult>;

/** Approved; or by one of its writers, who may not; or the text is another one than was read. */
export const ApproveResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('approved'), version: PlanVersion }),
  z.object({ result: z.literal('ownDraft') }),
  z.object({ result: z.literal('changed'), draft: PlanVersion }),
]);
export type ApproveResult = z.infer<typeof ApproveResult>;

/** A plan that counts, for somebody who shall have read it. */
export const PlanToRead = PlanView.pick({ id: true, kind: true, level: true, title: true }).extend({
  version: PlanVersion,
  readAt: Instant.nullable(),
});
export type PlanToRead = z.infer<typeof PlanToRead>;
