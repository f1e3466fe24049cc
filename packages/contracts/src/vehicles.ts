/**
 * Vehicles in and out 车辆登记 (A2). Owner: `gate`. A pass is a record, and what is inside follows from the passes by the
 * gates' own time: they may arrive late, twice and in any order, from any gate. Out without in is kept and shown, as is in
 * without out: somebody looks at it, nothing is made up.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { GateDecision } from './gate.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';
import { GoodsDelivery, PASS_OUTCOMES, PassOutcome, PERMIT_REFUSALS, PermitKind } from './permits.ts';
import { Plate } from './plates.ts';

/** As whose a vehicle passes: of a permit, a visitor's, an expected delivery, or none of these. */
export const VehicleAs = z.discriminatedUnion('as', [
  z.object({ as: z.literal('own'), permit: Uuid }),
  z.object({ as: z.literal('visitor'), visit: Uuid }),
  z.object({ as: z.literal('delivery'), delivery: Uuid }),
  z.object({ as: z.literal('other') }),
]);
export type VehicleAs = z.infer<typeof VehicleAs>;
export const VEHICLE_KINDS = ['own', 'visitor', 'delivery', 'other'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];

/** What speaks against it. `early` and `late`: of a delivery's window; `barred` reasons are the permit's. */
export const VEHICLE_DOUBTS = [...PERMIT_REFUSALS, 'early', 'late', 'otherDay'] as const;
export const VehicleDoubt = z.enum(VEHICLE_DOUBTS);
export type VehicleDoubt = z.infer<typeof VehicleDoubt>;

/** Why the guard let it in all the same, or turned it back. */
export const LET_REASONS = ['hostConfirmed', 'leaderAllowed', 'emergency', 'dropOff'] as const;
export const TURN_REASONS = ['notExpected', 'permitNotValid', 'leaderForbade', 'outsideHours'] as const;
export const GuardReason = z.enum([...LET_REASONS, ...TURN_REASONS]);
export type GuardReason = z.infer<typeof GuardReason>;

/** Sent by an agent at least once; `pass` makes a repeat harmless. */
export const LogVehicle = z.object({
  pass: Uuid,
  plate: Plate,
  outcome: PassOutcome,
  by: VehicleAs,
  doubt: VehicleDoubt.nullable(),
  reason: GuardReason.nullable(),
  decision: GateDecision,
  listAsOf: Instant.nullable(),
});
export type LogVehicle = z.infer<typeof LogVehicle>;

/** A vehicle in the grounds. */
export const VehicleInside = z.object({
  pass: Uuid,
  plate: z.string(),
  kind: z.enum(VEHICLE_KINDS),
  /** Whose: the permit's name, the visitor, the supplier. Null: nobody knows. */
  label: z.string().nullable(),
  gate: z.string(),
  since: Instant,
});
export type VehicleInside = z.infer<typeof VehicleInside>;

/** Since before this day of the school began. */
export const overnight = ({ since }: Pick<VehicleInside, 'since'>, startOfDay: number): boolean =>
  Date.parse(since) < startOfDay;

/** `noEntry`: out, and was not inside by what is known. `noExit`: in, and had not gone out. */
export const VEHICLE_GAPS = ['noEntry', 'noExit'] as const;

export const VehiclePassView = z.object({
  pass: Uuid,
  plate: z.string(),
  outcome: z.enum(PASS_OUTCOMES),
  kind: z.enum(VEHICLE_KINDS),
  label: z.string().nullable(),
  doubt: VehicleDoubt.nullable(),
  reason: GuardReason.nullable(),
  gap: z.enum(VEHICLE_GAPS).nullable(),
  gate: z.string(),
  guard: PersonRef,
  at: Instant,
  offline: z.boolean(),
});
export type VehiclePassView = z.infer<typeof VehiclePassView>;

/** One day, or all days whose plate holds the text; the newest first. */
export const VehicleLogQuery = z.object({ date: CivilDate, plate: z.string().max(64).optional() });
export type VehicleLogQuery = z.infer<typeof VehicleLogQuery>;

export const PlanDelivery = GoodsDelivery.extend({
  supplier: z.string().trim().min(1).max(200),
  goods: z.string().trim().max(200),
  plate: Plate.nullable(),
  from: ClockTime,
  to: ClockTime,
});
export type PlanDelivery = z.infer<typeof PlanDelivery>;

export const GOODS_PROBLEMS = ['windowBeforeStart', 'past'] as const;
export type GoodsProblem = (typeof GOODS_PROBLEMS)[number];
export const GoodsDeliveryView = GoodsDelivery.extend({
  /** Of the first pass in; null while it is awaited. */
  cameAt: Instant.nullable(),
});
export type GoodsDeliveryView = z.infer<typeof GoodsDeliveryView>;
export const GoodsDeliveryPlanned = z.discriminatedUnion('result', [
  z.object({ result: z.literal('planned'), delivery: GoodsDeliveryView }),
  z.object({ result: z.literal('refused'), why: z.enum(GOODS_PROBLEMS) }),
]);
export type GoodsDeliveryPlanned = z.infer<typeof GoodsDeliveryPlanned>;

/** What a gate finds for a plate, or for the part of one that is typed. */
export const VehicleFound = z.object({
  plate: z.string(),
  by: VehicleAs,
  kind: z.enum(VEHICLE_KINDS),
  permitKind: PermitKind.nullable(),
  label: z.string().nullable(),
  firm: z.string().nullable(),
  doubt: VehicleDoubt.nullable(),
  /** Of the permit or the delivery: 07:00–18:00, or why it was suspended. */
  detail: z.string().nullable(),
  inside: z.object({ since: Instant, gate: Token }).nullable(),
});
export type VehicleFound = z.infer<typeof VehicleFound>;
