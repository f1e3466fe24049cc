/** Visitors at the gate (A1, G2, G4, G5). Owner: `gate`. */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { AskedAs } from './host-questions.ts';
import { Instant, Token, Uuid } from './ids.ts';
import { Host } from './staff.ts';
import { VisitorType, VisitReason, Work } from './visit-types.ts';

/** What a person shows. The four layouts of the second-generation card, or nothing but his word. */
export const DOCUMENT_KINDS = ['resident', 'hkMacaoTaiwan', 'foreigner2017', 'foreigner2023', 'typed'] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const Sex = z.enum(['male', 'female', 'unknown']);

/** 18 characters of GB 11643 (or 15 of a 2017 permit) in upper case; full-width digits and `x` are normalised. */
export const IdNumber = z
  .string()
  .max(64)
  .transform((s) => s.normalize('NFKC').replace(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^(\d{17}[\dX]|[A-Z]{3}\d{12})$/));

/** Who stands at the gate. `idNumber` is encrypted by the owner before it is stored and never leaves it again in clear. */
export const VisitorIdentity = z.object({
  document: DocumentKind,
  name: z.string().trim().min(1).max(200),
  sex: Sex,
  birthDate: z.iso.date().optional(),
  idNumber: IdNumber.optional(),
  phone: z
    .string()
    .max(32)
    .transform((s) => s.normalize('NFKC').replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\+?\d{5,15}$/))
    .optional(),
});
export type VisitorIdentity = z.infer<typeof VisitorIdentity>;

/** 安检 (A1): nothing found; items kept by the guard until he leaves; turned away. */
export const SecurityCheck = z.discriminatedUnion('result', [
  z.object({ result: z.literal('clear') }),
  z.object({
    result: z.literal('held'),
    items: z.array(z.string().trim().min(1).max(100)).min(1).max(20),
    /** 寄存号: what the visitor gets for his things, given by the gate: `E1123-K02`. */
    ticket: z.string().min(3).max(24).optional(),
  }),
]);
export type SecurityCheck = z.infer<typeof SecurityCheck>;

export const REFUSAL_REASONS = [
  'dangerousItems',
  'documentExpired',
  'hostDeclined',
  'identityDoubt',
  'noPurpose',
  'other',
] as const;
export const RefusalReason = z.enum(REFUSAL_REASONS);
export type RefusalReason = z.infer<typeof RefusalReason>;

/** Several who come as one: one entry, one count. The one who shows his card is among the counted. */
export const Party = z.object({
  count: z.int().min(1).max(99),
  names: z.array(z.string().trim().min(1).max(200)).max(99).default([]),
});
export type Party = z.infer<typeof Party>;

/** Why a guard lets somebody in for whom nobody has said yes. */
export const OVERRIDE_REASONS = ['phoned', 'knowsHim', 'hostIsHere', 'otherReason'] as const;
export const OverrideReason = z.enum(OVERRIDE_REASONS);
export type OverrideReason = z.infer<typeof OverrideReason>;

/** How it came that he was let in (G1). `unrecorded`: in journals from before this was kept. */
export const Confirmation = z.discriminatedUnion('how', [
  z.object({ how: z.literal('unrecorded') }),
  z.object({ how: z.literal('notNeeded') }),
  z.object({
    how: z.literal('confirmed'),
    /** By an answer to the gate's question, or beforehand by approving the booking. */
    via: z.enum(['question', 'booking']),
    by: PersonRef,
    as: AskedAs.default('host'),
    at: Instant,
  }),
  z.object({
    how: z.literal('override'),
    reason: OverrideReason,
    /** Had the question gone out? Off line it can't. */
    asked: z.boolean(),
  }),
]);
export type Confirmation = z.infer<typeof Confirmation>;

/** How a decision came about: by whom, where, when by the gate's clock, and how old the lists were. */
export const GateDecision = z.object({
  gate: Token,
  guard: PersonRef,
  at: Instant,
  /** True when the school server could not be reached at that moment. */
  offline: z.boolean(),
});
export type GateDecision = z.infer<typeof GateDecision>;

/** Sent by an agent at least once; `visit` makes a repeat harmless. */
export const AdmitVisitor = z.object({
  visit: Uuid,
  /** Given by the gate so that it works off line: gate's letter, month and day, running number: `E1123-007`. */
  number: z.string().min(3).max(24),
  identity: VisitorIdentity,
  reason: VisitReason,
  note: z.string().max(200).optional(),
  host: Host,
  security: SecurityCheck,
  type: VisitorType.default('guest'),
  party: Party.default({ count: 1, names: [] }),
  /** When he means to leave; without it the usual stay of his type. */
  until: Instant.optional(),
  confirmation: Confirmation.default({ how: 'unrecorded' }),
  /** 证件号 of an official, as typed. */
  certificate: z.string().trim().min(1).max(40).optional(),
  work: Work.optional(),
  firm: z.string().trim().min(1).max(100).optional(),
  /** Made beforehand (G1). */
  booking: Uuid.optional(),
  /** With which he drove in (A2). */
  plate: z.string().trim().min(1).max(16).optional(),
  decision: GateDecision,
});
export type AdmitVisitor = z.infer<typeof AdmitVisitor>;

export const RefuseVisitor = z.object({
  visit: Uuid,
  identity: VisitorIdentity,
  reason: VisitReason.optional(),
  refusal: RefusalReason,
  note: z.string().max(200).optional(),
  items: z.array(z.string().trim().min(1).max(100)).max(20),
  decision: GateDecision,
});
export type RefuseVisitor = z.infer<typeof RefuseVisitor>;

export const SignOutVisitor = z.object({
  command: Uuid,
  visit: Uuid,
  /** How many of a group leave now; without it everybody who is left. */
  count: z.int().min(1).max(99).optional(),
  decision: GateDecision,
});
export type SignOutVisitor = z.infer<typeof SignOutVisitor>;

/** 放行 was a slip of the hand and is taken back at once: nobody came in, and nobody left. */
export const UndoAdmission = z.object({ command: Uuid, visit: Uuid, decision: GateDecision });
export type UndoAdmission = z.infer<typeof UndoAdmission>;
/** The screen offers it for 10 s; later than this it was a visit, ms. */
export const UNDO_LIMIT_MS = 60_000;

/** What became of things that were held: back with their owner, given on to the police or the school, or still here and why. */
export const RETURN_OUTCOMES = ['given', 'passedOn', 'notGiven'] as const;
export const ReturnOutcome = z.enum(RETURN_OUTCOMES);
export type ReturnOutcome = z.infer<typeof ReturnOutcome>;
export const KEPT_BECAUSE = ['forgotten', 'forPolice', 'notHis', 'otherReason'] as const;
export const KeptBecause = z.enum(KEPT_BECAUSE);
export type KeptBecause = z.infer<typeof KeptBecause>;

export const ReturnItems = z.object({
  command: Uuid,
  visit: Uuid,
  outcome: ReturnOutcome,
  /** Of `notGiven`. */
  because: KeptBecause.optional(),
  note: z.string().trim().max(200).optional(),
  decision: GateDecision,
});
export type ReturnItems = z.infer<typeof ReturnItems>;

/** Things at the gate under a ticket. Without `outcome` nobody has said anything of them yet. */
export const HeldItems = z.object({
  ticket: z.string().nullable(),
  items: z.array(z.string()),
  outcome: ReturnOutcome.nullable(),
  because: KeptBecause.nullable(),
  note: z.string().nullable(),
  at: Instant.nullable(),
  by: PersonRef.nullable(),
});
export type HeldItems = z.infer<typeof HeldItems>;
/** Are they still at the gate? */
export const stillHeld = (held: HeldItems | null): held is HeldItems =>
  held !== null && (held.outcome === null || held.outcome === 'notGiven');

/** A visit as a guard or an administrator sees it. */
export const VisitView = z.object({
  visit: Uuid,
  number: z.string(),
  name: z.string(),
  document: DocumentKind,
  idLast4: z.string().nullable(),
  reason: VisitReason.nullable(),
  host: Host.nullable(),
  security: SecurityCheck.nullable(),
  /** `undone`: 放行 was taken back at once; he was never inside. */
  status: z.enum(['onSite', 'left', 'refused', 'undone']),
  refusal: RefusalReason.nullable(),
  gate: z.string(),
  guard: PersonRef,
  admittedAt: Instant,
  leftAt: Instant.nullable(),
  offline: z.boolean(),
  // What follows is missing in what a gate kept before: it is read as of then.
  type: VisitorType.default('guest'),
  party: Party.default({ count: 1, names: [] }),
  /** How many of the party have left already; all of them once `status` is `left`. */
  gone: z.int().min(0).default(0),
  /** From then on he is overdue (G2). */
  until: Instant.nullable().default(null),
  confirmation: Confirmation.default({ how: 'unrecorded' }),
  certificate: z.string().nullable().default(null),
  work: Work.nullable().default(null),
  firm: z.string().nullable().default(null),
  booking: Uuid.nullable().default(null),
  plate: z.string().nullable().default(null),
  held: HeldItems.nullable().default(null),
});
export type VisitView = z.infer<typeof VisitView>;

/** Of visits from before a planned end was kept, ms. */
const STAY_MS = 2 * 3600_000;
/** @returns milliseconds since 1970 from which he is overdue */
export const dueAt = (visit: Pick<VisitView, 'until' | 'admittedAt'>): number =>
  visit.until === null ? Date.parse(visit.admittedAt) + STAY_MS : Date.parse(visit.until);

/** What the gate already knows of a person, so that nothing is asked twice. */
export const Recognition = z.object({
  visits: z.number().int(),
  lastVisitAt: Instant.nullable(),
  lastReason: VisitReason.nullable(),
  lastHost: Host.nullable(),
  lastType: VisitorType.nullable().default(null),
  onSite: VisitView.nullable(),
});
export type Recognition = z.infer<typeof Recognition>;
