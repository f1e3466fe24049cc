/**
 * People of the school, what they must be able to prove, and what they can prove (E2, E3, E4, H12). Owner: `training`.
 * A certificate, a vetting and a filing are never changed: a renewal or a correction is a new row beside the old one.
 */
import { z } from 'zod';
import { Skill } from './drills.ts';
import { CivilDate, Instant, Token, Uuid } from './ids.ts';
import { Day, FileUpload, ShortText, Worded } from './training-fields.ts';

/** What somebody is at the school; several for one person. Not the log-in's role, which says what he may see. */
export const STAFF_ROLES = [
  'guard',
  'teacher',
  'headTeacher',
  'administrator',
  'principal',
  'legalVicePrincipal',
  'driver',
  'busAttendant',
  'cook',
  'nurse',
  'other',
] as const;
export const StaffRole = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof StaffRole>;

const phone = z
  .string()
  .max(32)
  .transform((s) => s.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\+?\d{3,15}$/));
/** As the reader gives it: ten hex digits. Hashed before it is stored. */
const cardNumber = z.string().regex(/^[0-9a-f]{10}$/i);
/** Ids are those of the school's staff list: `s-liu`. */
const person = {
  id: Token,
  name: ShortText,
  roles: z.array(StaffRole).min(1).max(STAFF_ROLES.length),
  phone: phone.nullable().default(null),
  employedFrom: Day.nullable().default(null),
  leftOn: Day.nullable().default(null),
};
const leavesAfterComing = ({ employedFrom, leftOn }: { employedFrom: string | null; leftOn: string | null }) =>
  !employedFrom || !leftOn || employedFrom <= leftOn;
const leftOnIsWrong = { path: ['leftOn'], message: 'left before coming' };

/** `cardNumber` absent: the card stays; null: it is taken away. */
export const SavePerson = z
  .object({ ...person, cardNumber: cardNumber.nullable().optional() })
  .refine(leavesAfterComing, leftOnIsWrong);
export type SavePerson = z.infer<typeof SavePerson>;
/** As a list brings a person: what it leaves out is unknown. */
export type ImportedStaff = z.input<typeof SavePerson>;

export const StaffRef = z.object({ id: z.string(), name: z.string(), roles: z.array(StaffRole) });
export type StaffRef = z.infer<typeof StaffRef>;
export const StaffMember = StaffRef.extend({
  phone: z.string().nullable(),
  hasCard: z.boolean(),
  employedFrom: CivilDate.nullable(),
  leftOn: CivilDate.nullable(),
});
export type StaffMember = z.infer<typeof StaffMember>;

export const CERTIFICATE_KINDS = [
  'guardCertificate',
  'fireControl',
  'firstAid',
  'driver',
  'busDriver',
  'health',
  'teacher',
  'electrician',
  'other',
] as const;
export const CertificateKind = z.enum(CERTIFICATE_KINDS);
export type CertificateKind = z.infer<typeof CertificateKind>;

/** `supersedes`: the certificate that this one renews or corrects. `expiresOn` null: it never ends. */
export const AddCertificate = z
  .object({
    id: Uuid,
    person: Token,
    kind: CertificateKind,
    number: z.string().trim().min(1).max(64),
    issuer: ShortText,
    issuedOn: Day,
    expiresOn: Day.nullable(),
    supersedes: Uuid.nullable().default(null),
  })
  .refine((c) => !c.expiresOn || c.expiresOn >= c.issuedOn, {
    path: ['expiresOn'],
    message: 'expires before its issue',
  });
export type AddCertificate = z.infer<typeof AddCertificate>;

export const WithdrawCertificate = z.object({ certificate: Uuid, reason: ShortText });
export type WithdrawCertificate = z.infer<typeof WithdrawCertificate>;
export const AddScan = z.object({ certificate: Uuid, file: FileUpload });
export type AddScan = z.infer<typeof AddScan>;
export const ShowCertificateNumber = z.object({ certificate: Uuid, purpose: z.string().trim().min(2).max(200) });

/** Who had the number or the scan shown, and why. */
export const CertificateReading = z.object({
  at: Instant,
  what: z.enum(['number', 'scan']),
  by: z.object({ id: z.string(), name: z.string() }),
  purpose: z.string(),
});
export type CertificateReading = z.infer<typeof CertificateReading>;

export const CertificateView = z.object({
  id: Uuid,
  person: z.string(),
  kind: CertificateKind,
  /** The whole number is sealed; `showCertificateNumber` opens it, on record. */
  last4: z.string(),
  issuer: z.string(),
  issuedOn: CivilDate,
  expiresOn: CivilDate.nullable(),
  /** `current` counts; the others are history. */
  status: z.enum(['current', 'superseded', 'withdrawn']),
  withdrawnFor: z.string().nullable(),
  hasScan: z.boolean(),
  recordedBy: z.string(),
  recordedAt: Instant,
});
export type CertificateView = z.infer<typeof CertificateView>;

/** 背景核查; the newest one counts, so a bad one after a good one stands. */
export const RecordVetting = z.object({
  id: Uuid,
  person: Token,
  checkedOn: Day,
  result: z.enum(['clear', 'notClear']),
  checkedBy: ShortText,
});
export type RecordVetting = z.infer<typeof RecordVetting>;
/** 备案 with education and police. */
export const RecordFiling = z.object({
  id: Uuid,
  person: Token,
  authority: z.enum(['education', 'police']),
  filedOn: Day,
  receipt: ShortText,
});
export type RecordFiling = z.infer<typeof RecordFiling>;

const months = z.number().int().min(1).max(120).nullable();
/** What proves a requirement. `months` null: once is enough. */
export const Need = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('certificate'), what: CertificateKind }),
  z.object({ kind: z.literal('vetting'), months }),
  z.object({ kind: z.literal('filing'), what: z.enum(['education', 'police']) }),
  z.object({ kind: z.literal('course'), what: Token, months }),
  z.object({ kind: z.literal('skill'), what: Skill, months }),
]);
export type Need = z.infer<typeof Need>;

export const Requirement = z.object({
  id: Token,
  title: Worded,
  roles: z.array(StaffRole),
  need: Need,
  /** What it comes from, in words; the school's own in the words it was entered in. */
  source: Worded,
  /** Without it a guard is not put on a shift. */
  forDuty: z.boolean(),
});
export type Requirement = z.infer<typeof Requirement>;

/** One of the school's own; a built-in one can't be changed. */
export const SaveRequirement = z.object({
  id: Token,
  title: z.object({ zh: ShortText, en: ShortText }),
  roles: z.array(StaffRole).min(1),
  need: Need,
  source: ShortText,
});
export type SaveRequirement = z.infer<typeof SaveRequirement>;

/** Days before the end at which a person is reminded; 0 is the last day. */
export const THRESHOLDS = [90, 30, 7, 0] as const;

export const MatrixCell = z.object({
  state: z.enum(['ok', 'expiring', 'expired', 'missing']),
  /** The certificate, vetting, filing, session or exercise that stands behind it. */
  evidence: Uuid.nullable(),
  on: CivilDate.nullable(),
  /** Last day on which it holds; null: without end, or nothing there. */
  due: CivilDate.nullable(),
  /** For `expiring`: the narrowest of 90, 30 and 7 days that it is within. */
  within: z.union([z.literal(90), z.literal(30), z.literal(7)]).nullable(),
  /** Of a practised skill (H12). */
  seconds: z.number().nullable(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;
/** `gaps` counts expired and missing cells. A null cell: not needed of this person. */
export const Matrix = z.object({
  today: CivilDate,
  requirements: z.array(Requirement.extend({ own: z.boolean(), gaps: z.number().int() })),
  rows: z.array(z.object({ person: StaffRef, gaps: z.number().int(), cells: z.array(MatrixCell.nullable()) })),
});
export type Matrix = z.infer<typeof Matrix>;

/** Why somebody is not in date. */
export const Gap = z.object({
  requirement: z.string(),
  title: Worded,
  state: z.enum(['expired', 'missing']),
  due: CivilDate.nullable(),
});
export type Gap = z.infer<typeof Gap>;

/** Event `reminder.due`; once a certificate and threshold. With the name: who sends it on keeps no list of people. */
export const ReminderDue = z.object({
  to: z.array(z.string()),
  what: z.object({
    certificate: Uuid,
    kind: CertificateKind,
    person: z.string(),
    name: z.string(),
    expiresOn: CivilDate,
  }),
  threshold: z.number().int(),
  /** To the last day; negative: over already. */
  days: z.number().int(),
});
export type ReminderDue = z.infer<typeof ReminderDue>;
export const ReminderView = z.object({
  certificate: Uuid,
  kind: CertificateKind,
  person: StaffRef,
  expiresOn: CivilDate,
  days: z.number().int(),
  threshold: z.number().int(),
  remindedAt: Instant,
});
export type ReminderView = z.infer<typeof ReminderView>;

export const VettingView = RecordVetting.omit({ person: true }).extend({ recordedBy: z.string() });
export const FilingView = RecordFiling.omit({ person: true }).extend({ recordedBy: z.string() });
/** Timed in a drill (H12). */
export const PractisedSkill = z.object({
  id: Uuid,
  drill: Uuid,
  skill: Skill,
  seconds: z.number().nullable(),
  at: Instant,
});

/** All that is known of one person. */
export const StaffRecord = z.object({
  person: StaffMember,
  needs: z.array(z.object({ requirement: Requirement, cell: MatrixCell })),
  certificates: z.array(CertificateView),
  vettings: z.array(VettingView),
  filings: z.array(FilingView),
  skills: z.array(PractisedSkill),
});
export type StaffRecord = z.infer<typeof StaffRecord>;
