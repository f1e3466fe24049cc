/**
 * What protects a gate against vehicles and crowds (A5): barriers 硬质隔离, bollards 防冲撞柱, speed bumps 减速带, the parents'
 * waiting area 家长等候区 and signs, within 50 m of the gate. Owner: `gate`.
 *
 * Somebody looks at each of them from time to time. What is damaged or gone becomes a hazard of the ledger, once, until it is
 * found whole again.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { MAX_PHOTO_BYTES } from './findings.ts';
import { CivilDate, Instant, Token, Uuid } from './ids.ts';
import { ShortText } from './training-fields.ts';

export const FACILITY_KINDS = ['barrier', 'bollards', 'speedBump', 'waitingArea', 'sign'] as const;
export const FacilityKind = z.enum(FACILITY_KINDS);
export type FacilityKind = z.infer<typeof FacilityKind>;
/** 硬质隔离和防冲撞设施 stand within this distance of the gate, m. */
export const FACILITY_WITHIN_M = 50;

export const SaveFacility = z.object({
  id: Uuid,
  gate: Token,
  kind: FacilityKind,
  place: z.string().trim().min(1).max(100),
  count: z.number().int().min(1).max(999),
  distanceM: z.number().int().min(0).max(FACILITY_WITHIN_M),
  /** A look is due so many months after the last one. */
  everyMonths: z.number().int().min(1).max(24).default(1),
});
export type SaveFacility = z.infer<typeof SaveFacility>;
export const RetireFacility = z.object({ facility: Uuid, reason: ShortText });

export const FACILITY_CONDITIONS = ['ok', 'damaged', 'missing'] as const;
export const FacilityCondition = z.enum(FACILITY_CONDITIONS);
export type FacilityCondition = z.infer<typeof FacilityCondition>;
/** `id` makes a repeat harmless. */
export const LookAtFacility = z.object({
  id: Uuid,
  facility: Uuid,
  condition: FacilityCondition,
  note: z.string().trim().max(500).default(''),
});
export type LookAtFacility = z.infer<typeof LookAtFacility>;

export const PHOTOS_PER_FACILITY = 12;
/** JPEG or PNG of at most MAX_PHOTO_BYTES as base64. */
export const AddFacilityPhoto = z.object({
  id: Uuid,
  facility: Uuid,
  data: z
    .base64()
    .min(4)
    .max(Math.ceil(MAX_PHOTO_BYTES / 3) * 4),
});
export type AddFacilityPhoto = z.infer<typeof AddFacilityPhoto>;
export const FacilityPhotoResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('stored'), photo: Uuid }),
  z.object({ result: z.literal('refused'), refusal: z.enum(['notAPhoto', 'tooMany']) }),
]);
export type FacilityPhotoResult = z.infer<typeof FacilityPhotoResult>;

export const FacilityView = SaveFacility.extend({
  /** Null: nobody has looked yet. */
  condition: FacilityCondition.nullable(),
  lastLook: z.object({ at: Instant, by: PersonRef, note: z.string() }).nullable(),
  nextLook: CivilDate,
  due: z.boolean(),
  /** The ledger's hazard of the damage that stands. */
  hazard: Uuid.nullable(),
  photos: z.array(Uuid),
});
export type FacilityView = z.infer<typeof FacilityView>;

/** Event `gate.facility.damaged`; the ledger makes a hazard of it under this very id. */
export const FacilityDamaged = z.object({
  hazard: Uuid,
  facility: Uuid,
  what: z.string(),
  place: z.string(),
  details: z.string(),
  by: PersonRef,
});
export type FacilityDamaged = z.infer<typeof FacilityDamaged>;
