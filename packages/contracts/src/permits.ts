/**
 * Permits 出入证 for people and vehicles who come every day: staff, contractors, suppliers, the school's own vehicles (A2, A3).
 * Owner: `gate`. Travels to every gate as the signed list `permits`, together with the deliveries that are expected, so that
 * a gate decides by itself. Cards are keyed hashes, as on the list `staff`; a card's number is nowhere stored.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CardForgotten } from './forgotten.ts';
import { GateDecision } from './gate.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';
import { Plate } from './plates.ts';

export const PERMIT_KINDS = ['staff', 'contractor', 'supplier', 'school'] as const;
export const PermitKind = z.enum(PERMIT_KINDS);
export type PermitKind = z.infer<typeof PermitKind>;

/** When and where a permit opens. Both dates and both times are included; `gates` empty: every gate. */
export const PermitTerms = z.object({
  validFrom: CivilDate,
  validTo: CivilDate,
  /** 1 Monday to 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: ClockTime,
  to: ClockTime,
  gates: z.array(Token).max(32),
});
export type PermitTerms = z.infer<typeof PermitTerms>;

/** What a gate knows of a permit. */
export const PermitEntry = PermitTerms.extend({
  permit: Uuid,
  kind: PermitKind,
  /** A person, or what the vehicle is called: 校车 1 号. */
  name: z.string(),
  firm: z.string(),
  cardHash: z.string().nullable(),
  cardLast4: z.string().nullable(),
  plates: z.array(z.string()),
  suspended: z.object({ at: Instant, reason: z.string() }).nullable(),
});
export type PermitEntry = z.infer<typeof PermitEntry>;

/** A delivery that is expected 送货预约: by whom, when, and with which plate if that is known. */
export const GoodsDelivery = z.object({
  delivery: Uuid,
  supplier: z.string(),
  goods: z.string(),
  plate: z.string().nullable(),
  date: CivilDate,
  from: ClockTime,
  to: ClockTime,
});
export type GoodsDelivery = z.infer<typeof GoodsDelivery>;

export const PermitList = z.object({ permits: z.array(PermitEntry), deliveries: z.array(GoodsDelivery) });
export type PermitList = z.infer<typeof PermitList>;

/** Of the moment: `valid` also outside its hours. */
export const PERMIT_STATES = ['valid', 'notYet', 'expired', 'suspended'] as const;
export type PermitState = (typeof PERMIT_STATES)[number];

/** @param today civil date of the school */
export function permitState(
  permit: Pick<PermitEntry, 'validFrom' | 'validTo' | 'suspended'>,
  today: string,
): PermitState {
  if (permit.suspended) return 'suspended';
  if (today < permit.validFrom) return 'notYet';
  return today > permit.validTo ? 'expired' : 'valid';
}

/** Why a gate says no. `noList`: it has no list yet; `alarm`: an alarm is open, the gate serves nobody. */
export const PERMIT_REFUSALS = [
  'suspended',
  'expired',
  'notYet',
  'wrongDay',
  'wrongHours',
  'otherGate',
  'unknown',
  'noList',
  'alarm',
] as const;
export const PermitRefusal = z.enum(PERMIT_REFUSALS);
export type PermitRefusal = z.infer<typeof PermitRefusal>;

export const PASS_OUTCOMES = ['in', 'out', 'refused'] as const;
export const PassOutcome = z.enum(PASS_OUTCOMES);
export type PassOutcome = z.infer<typeof PassOutcome>;

/** Sent by an agent at least once; `tap` makes a repeat harmless. `cardHash` only of a card that nobody knows. */
export const LogPermitTap = z.object({
  tap: Uuid,
  permit: Uuid.nullable(),
  outcome: PassOutcome,
  refusal: PermitRefusal.nullable(),
  cardLast4: z.string().max(8).nullable(),
  cardHash: z.string().max(128).nullable(),
  decision: GateDecision,
  /** How old the list was that decided; null without one. */
  listAsOf: Instant.nullable(),
  /** No card was tapped: a member of staff had left it at home. Without a permit of his own `permit` is null. */
  forgotten: CardForgotten.optional(),
});
export type LogPermitTap = z.infer<typeof LogPermitTap>;

/** As its owner stored it and tells the other gates. */
export const PermitTapView = LogPermitTap.omit({ decision: true, cardHash: true }).extend({
  forgotten: CardForgotten.nullable(),
  name: z.string().nullable(),
  firm: z.string().nullable(),
  gate: Token,
  guard: PersonRef,
  at: Instant,
  offline: z.boolean(),
});
export type PermitTapView = z.infer<typeof PermitTapView>;

/** Ten hex digits as the reader gives them, or a tap at a gate of a card that nobody knew. `keep`: as it is; `none`: no card. */
export const PermitCard = z.discriminatedUnion('by', [
  z.object({ by: z.literal('keep') }),
  z.object({ by: z.literal('none') }),
  z.object({
    by: z.literal('number'),
    number: z
      .string()
      .max(64)
      .transform((s) => s.normalize('NFKC').replace(/\s/g, '').toUpperCase())
      .pipe(z.string().regex(/^[0-9A-F]{10}$/)),
  }),
  z.object({ by: z.literal('tap'), tap: Uuid }),
]);
export type PermitCard = z.infer<typeof PermitCard>;

/**
 * The numbers that a card may have on which this is printed: ten decimal digits are its last four bytes, so any first byte may
 * stand before them; ten hex digits are the number as a reader gives it. Empty: no card bears this.
 */
export function printedCard(typed: string): string[] {
  const text = typed.slice(0, 64).normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[0-9A-F]{10}$/.test(text)) return [];
  const value = /^\d{10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 0xffffffff)) return [text];
  const low = value.toString(16).toUpperCase().padStart(8, '0');
  return [text, ...Array.from({ length: 256 }, (_, i) => i.toString(16).toUpperCase().padStart(2, '0') + low)];
}

/** Whose card is this? Found on the street, read from its print. */
export const PermitByCard = z.object({ number: z.string().max(64) });

/** A permit as the office writes it, new or changed; the id is the office's own. */
export const SavePermit = PermitTerms.extend({
  command: Uuid,
  permit: Uuid,
  kind: PermitKind,
  name: z.string().trim().min(1).max(200),
  firm: z.string().trim().max(200),
  card: PermitCard,
  plates: z.array(Plate).max(6),
}).refine((p) => new Set(p.days).size === p.days.length, { path: ['days'], error: 'days twice' });
export type SavePermit = z.infer<typeof SavePermit>;

export const SuspendPermit = z.object({ command: Uuid, permit: Uuid, reason: z.string().trim().min(2).max(200) });
export const GiveBackPermit = z.object({ command: Uuid, permit: Uuid });
export type SuspendPermit = z.infer<typeof SuspendPermit>;
export type GiveBackPermit = z.infer<typeof GiveBackPermit>;

/** Expected refusals of the office's form. */
export const PERMIT_PROBLEMS = [
  'endsBeforeStart',
  'hoursBeforeStart',
  'cardTaken',
  'plateTaken',
  'cardUnknown',
  'noMeans',
] as const;
export type PermitProblem = (typeof PERMIT_PROBLEMS)[number];

export const PermitView = PermitEntry.omit({ cardHash: true }).extend({
  state: z.enum(PERMIT_STATES),
  /** The newest pass in or out. */
  last: z
    .object({ outcome: z.enum(['in', 'out']), gate: z.string(), at: Instant, forgotten: CardForgotten.optional() })
    .nullable(),
  changedAt: Instant,
  changedBy: PersonRef,
});
export type PermitView = z.infer<typeof PermitView>;

export const PermitSaved = z.discriminatedUnion('result', [
  z.object({ result: z.literal('saved'), permit: PermitView }),
  /** `holder`: whose the card or the plate is. */
  z.object({
    result: z.literal('refused'),
    why: z.enum(PERMIT_PROBLEMS),
    holder: z.string().nullable(),
    plate: z.string().nullable(),
  }),
]);
export type PermitSaved = z.infer<typeof PermitSaved>;

/** Who changed what, oldest first; append-only. */
export const PermitChange = z.object({
  act: z.enum(['issued', 'changed', 'suspended', 'givenBack']),
  at: Instant,
  by: PersonRef,
  reason: z.string().nullable(),
});
export type PermitChange = z.infer<typeof PermitChange>;

/** A card that nobody knew, tapped at a gate: how the office learns its number. */
export const StrangeTap = z.object({ tap: Uuid, gate: z.string(), at: Instant, cardLast4: z.string().nullable() });
export type StrangeTap = z.infer<typeof StrangeTap>;
