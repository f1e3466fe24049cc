/** Visitors at the gate (A1, G2, G4, G5). Owner: `gate`. */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { Instant, Token, Uuid } from './ids.ts';
import { Host } from './staff.ts';

/** The eight usual reasons, in the order of the kiosk's tiles. */
export const VISIT_REASONS = [
  'parentTalk',
  'parentMeeting',
  'dropOff',
  'delivery',
  'repair',
  'inspection',
  'jobInterview',
  'other',
] as const;
export const VisitReason = z.enum(VISIT_REASONS);
export type VisitReason = z.infer<typeof VisitReason>;

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
  z.object({ result: z.literal('held'), items: z.array(z.string().trim().min(1).max(100)).min(1).max(20) }),
]);
export type SecurityCheck = z.infer<typeof SecurityCheck>;

export const REFUSAL_REASONS = ['dangerousItems', 'hostDeclined', 'identityDoubt', 'noPurpose', 'other'] as const;
export const RefusalReason = z.enum(REFUSAL_REASONS);
export type RefusalReason = z.infer<typeof RefusalReason>;

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

export const SignOutVisitor = z.object({ command: Uuid, visit: Uuid, decision: GateDecision });
export type SignOutVisitor = z.infer<typeof SignOutVisitor>;

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
  status: z.enum(['onSite', 'left', 'refused']),
  refusal: RefusalReason.nullable(),
  gate: z.string(),
  guard: PersonRef,
  admittedAt: Instant,
  leftAt: Instant.nullable(),
  offline: z.boolean(),
});
export type VisitView = z.infer<typeof VisitView>;

/** What the gate already knows of a person, so that nothing is asked twice. */
export const Recognition = z.object({
  visits: z.number().int(),
  lastVisitAt: Instant.nullable(),
  lastReason: VisitReason.nullable(),
  lastHost: Host.nullable(),
  onSite: VisitView.nullable(),
});
export type Recognition = z.infer<typeof Recognition>;
