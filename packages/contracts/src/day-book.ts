/**
 * The office's view of the gate: the day book 登记簿, people who came before, the register on paper, who looked at what, how
 * long visits are kept and what proves that they are gone, and the roll of an evacuation (A1, G2, G4, G5, H15). Owner: `gate`.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { DocumentKind, Sex, VisitView } from './gate.ts';
import { CivilDate, Instant, Token, Uuid } from './ids.ts';
import { VISITOR_TYPES } from './visit-types.ts';

// ── Day book ──────────────────────────────────────────────────────────────────────────────────────

/** `overdue`: on site beyond the time until which he wanted to stay. */
export const DAY_BOOK_STATES = ['onSite', 'overdue', 'left', 'refused', 'undone'] as const;
export type DayBookState = (typeof DAY_BOOK_STATES)[number];

/** School days, both included. */
export const DayBookFilter = z
  .object({
    from: CivilDate,
    to: CivilDate,
    gate: Token.optional(),
    state: z.enum(DAY_BOOK_STATES).optional(),
    type: z.enum(VISITOR_TYPES).optional(),
    /** Part of the host's name or department. */
    host: z.string().trim().min(1).max(64).optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'] });
export type DayBookFilter = z.infer<typeof DayBookFilter>;

/** Where a page ended; the next one begins below it. */
export const DayBookPlace = z.object({ at: Instant, visit: Uuid });
export type DayBookPlace = z.infer<typeof DayBookPlace>;

/** A line of the day book: the visit, and who it was. */
export const DayBookVisit = VisitView.extend({
  visitor: Uuid,
  note: z.string().nullable(),
  /** Carried by somebody who was refused. */
  items: z.array(z.string()),
});
export type DayBookVisit = z.infer<typeof DayBookVisit>;

/** The newest first. */
export const DayBookPage = z.object({
  visits: z.array(DayBookVisit),
  /** Of the whole span under this filter. */
  total: z.int(),
  /** Of the whole span under this filter but for its state. `onSite` counts the overdue too. */
  counts: z.record(z.enum(DAY_BOOK_STATES), z.int()),
  more: DayBookPlace.nullable(),
});
export type DayBookPage = z.infer<typeof DayBookPage>;

// ── People who came before ────────────────────────────────────────────────────────────────────────

/** Pinyin, its initials, Hanzi, last four, a visit's number, or a whole ID number. Never in a URL. */
export const FindVisitors = z.object({ text: z.string().trim().min(1).max(64) });
export type FindVisitors = z.infer<typeof FindVisitors>;

export const VisitorFound = z.object({
  visitor: Uuid,
  name: z.string(),
  document: DocumentKind,
  idLast4: z.string().nullable(),
  visits: z.int(),
  refused: z.int(),
  lastAt: Instant.nullable(),
  onSite: z.boolean(),
});
export type VisitorFound = z.infer<typeof VisitorFound>;

export const VisitorsFound = z.object({
  people: z.array(VisitorFound),
  /** By their number. */
  visits: z.array(DayBookVisit),
  /** There are more than these: say more of him. */
  more: z.boolean(),
});
export type VisitorsFound = z.infer<typeof VisitorsFound>;

/** One person as the gate knows him: how often, when refused. */
export const VisitorFile = z.object({
  visitor: Uuid,
  name: z.string(),
  sex: Sex,
  birthDate: CivilDate.nullable(),
  document: DocumentKind,
  idLast4: z.string().nullable(),
  /** Held sealed; shown in clear by `showIdNumber` only. */
  hasIdNumber: z.boolean(),
  firstAt: Instant.nullable(),
  count: z.object({ visits: z.int(), refused: z.int() }),
  /** The newest first, at most 500. */
  visits: z.array(DayBookVisit),
});
export type VisitorFile = z.infer<typeof VisitorFile>;

// ── Who looked ────────────────────────────────────────────────────────────────────────────────────

export const ACCESS_KINDS = [
  'idNumber',
  'file',
  'register',
  'vehicleRegister',
  'siteRoll',
  'erasure',
  'retention',
] as const;
export const AccessKind = z.enum(ACCESS_KINDS);
export type AccessKind = z.infer<typeof AccessKind>;

/** Why a register leaves the system. Closed, since it stands in an address. */
export const EXPORT_PURPOSES = ['filing', 'inspection', 'police', 'ownCheck'] as const;
export const ExportPurpose = z.enum(EXPORT_PURPOSES);
export type ExportPurpose = z.infer<typeof ExportPurpose>;

export const AccessEntry = z.object({
  id: Uuid,
  at: Instant,
  kind: AccessKind,
  by: PersonRef,
  /** In his own words, or a word of a closed list; empty for a look at a person's page. */
  purpose: z.string(),
  visit: Uuid.nullable(),
  number: z.string().nullable(),
  visitor: Uuid.nullable(),
  /** Null when the person is no longer kept. */
  name: z.string().nullable(),
  /** `2026-11-01 2026-11-30 pdf 214` of a register: span, form, rows; else empty. */
  detail: z.string(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

// ── Retention (H15) ───────────────────────────────────────────────────────────────────────────────

export const RETENTION_DAYS = { least: 30, usual: 180, most: 1095 } as const;

export const SetRetention = z.object({
  command: Uuid,
  days: z.int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most),
});
export type SetRetention = z.infer<typeof SetRetention>;

/** On whose wish one person goes (PIPL art. 47). Closed, so that a proof can't name anybody. */
export const ERASURE_REASONS = ['ownRequest', 'guardianRequest', 'wrongPerson', 'noConsent'] as const;
export const ErasureReason = z.enum(ERASURE_REASONS);
export type ErasureReason = z.infer<typeof ErasureReason>;

export const DELETED_CLASSES = [
  'visit',
  'visitor',
  'signOut',
  'items',
  'rollMark',
  'booking',
  'bookingUse',
  'bookingLog',
  'vehiclePass',
  'permitTap',
  /** Whose hit it was; that there was one stays. */
  'watchHit',
  'delivery',
  /** Of the host, and what he answered; the rule is a day. */
  'question',
] as const;
export const DeletedClass = z.enum(DELETED_CLASSES);
export type DeletedClass = z.infer<typeof DeletedClass>;

/** One link of the proof: something is gone, how much, of when and why. Nothing in it says whose it was. */
export const DeletionProof = z.object({
  seq: z.int().min(1),
  at: Instant,
  class: DeletedClass,
  count: z.int().min(1),
  /** The span of school days that they were of. */
  from: CivilDate,
  to: CivilDate,
  why: z.enum(['retention', ...ERASURE_REASONS]),
  /** The rule that stood then. */
  days: z.int(),
  /** HMAC-SHA-256 over the sorted ids: whoever holds the key can show that a given set of ids is meant. */
  digest: z.string(),
  /** The `hash` of the link before; 64 zeros before the first. */
  previous: z.string(),
  /** SHA-256 over everything above. */
  hash: z.string(),
});
export type DeletionProof = z.infer<typeof DeletionProof>;

export const ProofState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('whole'), links: z.int(), head: z.string() }),
  /** The first link that does not hold. */
  z.object({ state: z.literal('broken'), seq: z.int() }),
]);
export type ProofState = z.infer<typeof ProofState>;

export const RetentionView = z.object({
  days: z.int(),
  /** Null: the usual, which nobody has changed. */
  set: z.object({ at: Instant, by: PersonRef }).nullable(),
  /** The school day of the last clearing. */
  ranOn: CivilDate.nullable(),
  /** Older than the rule allows, and kept: still on site, with things still at the gate, or a vehicle that did not go out. */
  kept: z.object({ onSite: z.int(), held: z.int(), vehicles: z.int() }),
  chain: ProofState,
  /** The newest first, at most 200. */
  proofs: z.array(DeletionProof),
});
export type RetentionView = z.infer<typeof RetentionView>;

/** What the gateway asks of the chain's owner, to hold it against what was told to the bus. */
export const ProofHashes = z.object({ seqs: z.array(z.int().min(1)).max(20_000) });
export type ProofHashes = z.infer<typeof ProofHashes>;

/**
 * The chain in the database, held against the heads that went out on the bus, which the database can't reach: a chain that was
 * written anew from its beginning is whole in itself, and differs here.
 */
export const ProofIntegrity = z.discriminatedUnion('state', [
  /** `compared`: heads on the bus; of the last year. */
  z.object({ state: z.literal('same'), compared: z.int(), lastSeq: z.int() }),
  /** The oldest told link that is another one now, or is gone. */
  z.object({ state: z.literal('differs'), seq: z.int(), toldAt: Instant }),
]);
export type ProofIntegrity = z.infer<typeof ProofIntegrity>;

export const EraseVisitor = z.object({ command: Uuid, visitor: Uuid, reason: ErasureReason });
export type EraseVisitor = z.infer<typeof EraseVisitor>;
export const EraseResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('erased') }),
  /** He is inside, or his things are: first he leaves with them. */
  z.object({ result: z.literal('refused'), refusal: z.enum(['onSite', 'held']) }),
]);
export type EraseResult = z.infer<typeof EraseResult>;

// ── Roll of an evacuation (G4) ────────────────────────────────────────────────────────────────────

/** `incident`: the alarm that it belongs to; without one somebody simply wants to know. */
export const OpenSiteRoll = z.object({ roll: Uuid, incident: Uuid.nullable() });
export type OpenSiteRoll = z.infer<typeof OpenSiteRoll>;

export const SiteRollMark = z.object({
  id: Uuid,
  visit: Uuid,
  state: z.enum(['present', 'missing']),
  /** By the phone's clock. */
  at: Instant,
});
export type SiteRollMark = z.infer<typeof SiteRollMark>;
export const TakeSiteRoll = z.object({ roll: Uuid, marks: z.array(SiteRollMark).max(100) });
export type TakeSiteRoll = z.infer<typeof TakeSiteRoll>;

/** A visit on the roll; one line may be several people. */
export const SiteRollPerson = z.object({
  visit: Uuid,
  number: z.string(),
  name: z.string(),
  /** Heads that should be there. */
  count: z.int().min(1),
  names: z.array(z.string()),
  host: z.object({ name: z.string(), department: z.string() }).nullable(),
  gate: z.string(),
  admittedAt: Instant,
  /** He signed out after the roll was begun. */
  leftAt: Instant.nullable(),
  /** The newest mark by the phones' clocks. */
  mark: z.object({ state: z.enum(['present', 'missing']), by: PersonRef, at: Instant }).nullable(),
});
export type SiteRollPerson = z.infer<typeof SiteRollPerson>;

export const SiteRollHead = z.object({
  roll: Uuid,
  openedAt: Instant,
  openedBy: PersonRef,
  incident: Uuid.nullable(),
  closedAt: Instant.nullable(),
  closedBy: PersonRef.nullable(),
  /** Heads by their last mark; of a closed roll as they stood then. */
  tally: z.object({ present: z.int(), missing: z.int(), unmarked: z.int() }),
});
export type SiteRollHead = z.infer<typeof SiteRollHead>;

/** Whoever is inside while it is open, or was when it was closed; the ones who were never let out by a guard too. */
export const SiteRoll = SiteRollHead.extend({ people: z.array(SiteRollPerson) });
export type SiteRoll = z.infer<typeof SiteRoll>;
