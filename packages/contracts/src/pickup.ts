/**
 * Who may fetch which child, when, and who did (B1, B2, G6, H2). Owner: `pickup`.
 * The list travels signed and dated to every gate, where cards are decided without a network.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';

export const CardStatus = z.enum(['active', 'lost', 'expired']);

export const PickupCard = z.object({
  /** HMAC-SHA-256 of the card's number with the school's card key, hex. The number itself is nowhere in the list. */
  hash: z.string(),
  last4: z.string(),
  guardian: z.string(),
  status: CardStatus,
  /** When and by whom it was reported lost, for the guard's screen. */
  lostAt: Instant.optional(),
  lostBy: z.string().optional(),
});

export const Guardian = z.object({
  id: z.string(),
  name: z.string(),
  /** 奶奶, 父亲 … as the family says it. */
  relation: z.string(),
  sex: z.enum(['male', 'female', 'unknown']),
  /** Keyed hash of the ID number: a forgotten card is replaced by the ID card, without a new form. */
  idHash: z.string().optional(),
});

export const Child = z.object({
  id: z.string(),
  name: z.string(),
  className: z.string(),
  teacher: PersonRef,
});
export type Child = z.infer<typeof Child>;

/** This adult may fetch this child on these days (1 Monday … 7 Sunday), between these hours and dates. */
export const PickupRule = z.object({
  guardian: z.string(),
  child: z.string(),
  days: z.array(z.number().int().min(1).max(7)),
  from: ClockTime,
  to: ClockTime,
  validFrom: CivilDate.optional(),
  validTo: CivilDate.optional(),
});

/** A court or the other parent said no: stronger than any rule (G6). */
export const PickupBar = z.object({ guardian: z.string(), child: z.string() });

export const PickupList = z.object({
  cards: z.array(PickupCard),
  guardians: z.array(Guardian),
  children: z.array(Child),
  rules: z.array(PickupRule),
  bars: z.array(PickupBar),
});
export type PickupList = z.infer<typeof PickupList>;

export const PICKUP_REFUSALS = [
  'unknownCard',
  'lostCard',
  'expiredCard',
  'notThisChild',
  'notNow',
  'barred',
  'noList',
] as const;
export const PickupRefusal = z.enum(PICKUP_REFUSALS);
export type PickupRefusal = z.infer<typeof PickupRefusal>;

export const ChildOnScreen = z.object({
  id: z.string(),
  name: z.string(),
  className: z.string(),
  teacher: PersonRef,
  /** `16:30–17:30`, today's window of this adult for this child. */
  window: z.string(),
  /** Already handed over today, to whom and when, as far as this gate knows. */
  collected: z.object({ by: z.string(), at: Instant }).nullable(),
});

/** The gate's answer to a card (B1, 逐人逐卡查验). */
export const PickupVerdict = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('yes'),
    id: Uuid,
    at: Instant,
    card: z.object({ last4: z.string() }),
    guardian: Guardian,
    children: z.array(ChildOnScreen).min(1),
    /** The list is older than the school's limit: the guard must confirm by eye. */
    byEye: z.boolean(),
  }),
  z.object({
    verdict: z.literal('no'),
    id: Uuid,
    at: Instant,
    refusal: PickupRefusal,
    card: z.object({ last4: z.string() }).nullable(),
    guardian: Guardian.nullable(),
    children: z.array(ChildOnScreen),
    lostAt: Instant.optional(),
    lostBy: z.string().optional(),
    /** For `notNow`: when this adult may come. */
    window: z.string().optional(),
  }),
]);
export type PickupVerdict = z.infer<typeof PickupVerdict>;

const Decision = z.object({ gate: Token, guard: PersonRef, at: Instant, offline: z.boolean() });

/** Sent by an agent at least once; `handOver` makes a repeat harmless. */
export const RecordHandOver = z.object({
  handOver: Uuid,
  verdict: Uuid,
  guardian: z.string(),
  child: z.string(),
  cardLast4: z.string(),
  byEye: z.boolean(),
  decision: Decision,
});
export type RecordHandOver = z.infer<typeof RecordHandOver>;

export const RecordRefusal = z.object({
  refusal: Uuid,
  /** Why the gate said no; `notThisPerson` when the guard saw another face than the card's. */
  reason: z.enum([...PICKUP_REFUSALS, 'notThisPerson']),
  guardian: z.string().nullable(),
  children: z.array(z.string()),
  cardLast4: z.string().nullable(),
  decision: Decision,
});
export type RecordRefusal = z.infer<typeof RecordRefusal>;

/** `conflict`: another hand-over of this child stands already; kept, and shown to a person. */
export const HandOverResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('recorded') }),
  z.object({ result: z.literal('conflict'), by: z.string(), at: Instant }),
]);
export type HandOverResult = z.infer<typeof HandOverResult>;

export const HandOverView = z.object({
  id: Uuid,
  at: Instant,
  gate: z.string(),
  guard: PersonRef,
  kind: z.enum(['handOver', 'refusal']),
  refusal: z.string().nullable(),
  guardian: z.object({ name: z.string(), relation: z.string() }).nullable(),
  children: z.array(z.object({ id: z.string(), name: z.string(), className: z.string() })),
  cardLast4: z.string().nullable(),
  offline: z.boolean(),
  conflict: z.boolean(),
});
export type HandOverView = z.infer<typeof HandOverView>;

export const CardView = z.object({
  id: z.string(),
  last4: z.string(),
  status: CardStatus,
  guardian: z.object({ id: z.string(), name: z.string(), relation: z.string() }),
  children: z.array(z.object({ name: z.string(), className: z.string() })),
  lostAt: Instant.nullable(),
});
export type CardView = z.infer<typeof CardView>;
