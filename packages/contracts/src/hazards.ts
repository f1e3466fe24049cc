/**
 * Hazards 隐患 and their ledger 四清单: hazard, measure, who is answerable, by when (F2; F1, F3, H10 in part). Owner: `ledger`.
 *
 * reported → assigned → fixed → verified; a fix that does not hold is reopened, what is no hazard is rejected. Nobody
 * verifies what he fixed himself. Every event carries the whole hazard as it stood then.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { MAX_PHOTO_BYTES } from './findings.ts';
import { CivilDate, Instant, Uuid } from './ids.ts';

/** 立即整改, 限期整改, 挂牌督办. */
export const HAZARD_LEVELS = ['mendNow', 'byDate', 'supervised'] as const;
export const HazardLevel = z.enum(HAZARD_LEVELS);
export type HazardLevel = z.infer<typeof HazardLevel>;

export const HAZARD_STATUSES = ['reported', 'assigned', 'fixed', 'verified', 'reopened', 'rejected'] as const;
export const HazardStatus = z.enum(HAZARD_STATUSES);
export type HazardStatus = z.infer<typeof HazardStatus>;

const Title = z.string().trim().min(2).max(200);
const Place = z.string().trim().max(100);
const Reason = z.string().trim().min(2).max(500);
const Text = z.string().trim().max(2_000);

/** Found by a drill, by an inspection, or told by anybody. */
const FoundBy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), finding: Uuid, drill: Uuid }),
  z.object({ kind: z.literal('inspection') }),
  z.object({ kind: z.literal('report') }),
]);

/** `id` is the hazard's own; a repeat answers with the hazard that is there. */
export const ReportHazard = z.object({
  id: Uuid,
  what: Title,
  place: Place.default(''),
  details: Text.default(''),
  source: FoundBy.default({ kind: 'report' }),
});
export type ReportHazard = z.infer<typeof ReportHazard>;

const OfHazard = z.object({ command: Uuid, hazard: Uuid });

/** Also again, with another owner or measure; a later deadline needs `ExtendDeadline`. */
export const AssignHazard = OfHazard.extend({
  level: HazardLevel,
  owner: PersonRef.extend({ id: z.string().min(1).max(64), name: z.string().trim().min(1).max(60) }),
  deadline: CivilDate,
  measure: z.string().trim().min(2).max(2_000),
  /** What keeps people safe until it is mended (C6). */
  stopgap: Text.default(''),
});
export type AssignHazard = z.infer<typeof AssignHazard>;

export const ExtendDeadline = OfHazard.extend({ deadline: CivilDate, reason: Reason });
export type ExtendDeadline = z.infer<typeof ExtendDeadline>;

/** What was done; photos are sent before it. */
export const FixHazard = OfHazard.extend({ evidence: z.string().trim().min(2).max(2_000) });
export type FixHazard = z.infer<typeof FixHazard>;

export const VerifyHazard = OfHazard.extend({ note: Text.default('') });
export type VerifyHazard = z.infer<typeof VerifyHazard>;

export const ReopenHazard = OfHazard.extend({
  reason: Reason,
  /** Without it the old one stands. */
  deadline: CivilDate.optional(),
});
export type ReopenHazard = z.infer<typeof ReopenHazard>;

/** It is no hazard. */
export const RejectHazard = OfHazard.extend({ reason: Reason });
export type RejectHazard = z.infer<typeof RejectHazard>;

/** 催办, to whom is answerable. */
export const UrgeHazard = OfHazard.extend({ note: z.string().trim().max(200).default('') });
export type UrgeHazard = z.infer<typeof UrgeHazard>;

export const PHOTOS_PER_HAZARD = 12;
/** JPEG or PNG of at most MAX_PHOTO_BYTES as base64: of the hazard itself, or of its fix. */
export const AddHazardPhoto = z.object({
  id: Uuid,
  hazard: Uuid,
  of: z.enum(['hazard', 'fix']),
  data: z
    .base64()
    .min(4)
    .max(Math.ceil(MAX_PHOTO_BYTES / 3) * 4),
});
export type AddHazardPhoto = z.infer<typeof AddHazardPhoto>;

export const HazardView = z.object({
  id: Uuid,
  /** Y-1107: month and serial, unique in a school year. */
  number: z.string(),
  what: z.string(),
  place: z.string(),
  details: z.string(),
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('finding'), finding: Uuid, drill: Uuid }),
    z.object({ kind: z.literal('inspection') }),
    z.object({ kind: z.literal('report'), by: PersonRef }),
  ]),
  reportedBy: PersonRef,
  reportedAt: Instant,
  status: HazardStatus,
  /** These are null or empty until it is assigned. */
  level: HazardLevel.nullable(),
  owner: PersonRef.nullable(),
  deadline: CivilDate.nullable(),
  measure: z.string(),
  stopgap: z.string(),
  /** The fix that stands; null again when it was reopened. */
  fixedAt: Instant.nullable(),
  fixedBy: PersonRef.nullable(),
  evidence: z.string(),
  verifiedAt: Instant.nullable(),
  verifiedBy: PersonRef.nullable(),
  /** Why it was rejected or reopened. */
  reason: z.string(),
  /** Days after the deadline: until it is fixed by the day of asking (of an event: its own day), then by the day of the fix. */
  late: z.number().int(),
  /** Who has been told that this deadline passed: 0 nobody, 1 the owner, 2 the administrator, 3 the principal. */
  escalated: z.number().int().min(0).max(3),
  urgedAt: Instant.nullable(),
});
export type HazardView = z.infer<typeof HazardView>;

export const HAZARD_CHANGES = [
  'reported',
  'assigned',
  'deadlineExtended',
  'photoAdded',
  'fixed',
  'verified',
  'reopened',
  'rejected',
  'urged',
  'escalated',
] as const;
export const HazardChange = z.enum(HAZARD_CHANGES);
export type HazardChange = z.infer<typeof HazardChange>;

/** One line of a hazard's append-only history; `actor` null: the clock. */
export const HazardHistoryEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  type: HazardChange,
  actor: PersonRef.nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type HazardHistoryEntry = z.infer<typeof HazardHistoryEntry>;

export const HazardFile = z.object({
  hazard: HazardView,
  history: z.array(HazardHistoryEntry),
  /** The bytes: `GET /photos/:id`. */
  photos: z.array(z.object({ id: Uuid, of: z.enum(['hazard', 'fix']), at: Instant, by: PersonRef })),
});
export type HazardFile = z.infer<typeof HazardFile>;

export const HAZARD_REFUSALS = [
  /** Somebody was quicker; the hazard as it stands comes with the answer. */
  'notNow',
  /** Whoever fixed it can't verify it. */
  'ownFix',
  'deadlinePast',
  /** An extension must be later than the deadline that stands; an assignment must not be. */
  'deadlineNotLater',
  'deadlineLater',
  /** This finding has its hazard already. */
  'alreadyRegistered',
] as const;
export const HazardRefusal = z.enum(HAZARD_REFUSALS);
export type HazardRefusal = z.infer<typeof HazardRefusal>;

export const HazardResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done'), hazard: HazardView }),
  z.object({ result: z.literal('refused'), refusal: HazardRefusal, hazard: HazardView }),
]);
export type HazardResult = z.infer<typeof HazardResult>;

export const PhotoResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('stored'), photo: Uuid }),
  z.object({ result: z.literal('refused'), refusal: z.enum(['notAPhoto', 'tooMany', 'notNow']) }),
]);
export type PhotoResult = z.infer<typeof PhotoResult>;

export const HAZARD_FILTERS = ['open', 'late', 'all'] as const;
export const HazardFilter = z.enum(HAZARD_FILTERS);
export type HazardFilter = z.infer<typeof HazardFilter>;

/** The newest first; `before` is the last page's `more`. */
export const HazardsPage = z.object({ hazards: z.array(HazardView), more: z.number().int().nullable() });
export type HazardsPage = z.infer<typeof HazardsPage>;

/** For the badge of the navigation: not verified or rejected yet; of these past their deadline. */
export const HazardCounts = z.object({ open: z.number().int(), late: z.number().int() });
export type HazardCounts = z.infer<typeof HazardCounts>;
