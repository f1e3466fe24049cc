/**
 * Who really stood at a gate (A4): sign-in, checklist, handover, cover, teachers on duty, the day's record 值班日志.
 * Owner: `gate`. Who *shall* stand is planned by `training` (decision 0008) and comes from there as `RosterShift`.
 *
 * A handover holds numbers of visits and tickets and no visitor's name: it is kept for ever, names are not.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { IncidentKind, Mode } from './alarm.ts';
import { CardForgotten } from './forgotten.ts';
import { GateDecision } from './gate.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';
import { PassOutcome } from './permits.ts';
import { ShiftKind } from './staffing.ts';
import { Day, LongText, ShortText } from './training-fields.ts';

/** Event `training.shift.rostered`: a planned shift as it stands now, whole, so that only the newest counts. */
export const RosterShift = z.object({
  id: Uuid,
  gate: Token,
  gateName: z.string(),
  date: CivilDate,
  from: ClockTime,
  /** Not after `from`: until the next morning. */
  to: ClockTime,
  kind: ShiftKind,
  /** `notInDate`: put on the shift although something of his had run out. */
  guards: z.array(PersonRef.extend({ notInDate: z.boolean() })),
  removed: z.boolean(),
});
export type RosterShift = z.infer<typeof RosterShift>;

/** Why somebody stands whom nobody planned. */
export const UNPLANNED = ['stoodIn', 'swapped', 'overtime', 'calledIn'] as const;
export const Unplanned = z.enum(UNPLANNED);
export type Unplanned = z.infer<typeof Unplanned>;

/** `card`: a staff card says who, the PIN proves it. `demo`: nobody signed in, a demo gate mans itself. */
export const ShiftProof = z.enum(['pin', 'cardAndPin', 'demo']);
export type ShiftProof = z.infer<typeof ShiftProof>;

/** Sent by an agent at least once; `shift` makes a repeat harmless. */
export const BeginShift = z.object({
  shift: Uuid,
  gateName: z.string().min(1).max(200),
  /** Of the roster; null: not planned, then `reason` says why (a demo gate has none). */
  planned: Uuid.nullable(),
  reason: Unplanned.nullable(),
  proof: ShiftProof,
  decision: GateDecision,
});
export type BeginShift = z.infer<typeof BeginShift>;

export const SHIFT_CHECKS = ['alarm', 'speaker', 'equipment', 'radio', 'idReader', 'cardReader', 'printer'] as const;
export const ShiftCheckKind = z.enum(SHIFT_CHECKS);
export type ShiftCheckKind = z.infer<typeof ShiftCheckKind>;
export const CHECK_NOTES = ['noSound', 'tooQuiet', 'missing', 'broken', 'noPower', 'toldOffice'] as const;
export const CheckNote = z.enum(CHECK_NOTES);
export type CheckNote = z.infer<typeof CheckNote>;

/** `hardware`: read from the device itself, nobody was asked. A check that is not ok never blocks a shift. */
export const ShiftCheck = z.object({
  check: ShiftCheckKind,
  ok: z.boolean(),
  seen: z.enum(['guard', 'hardware']),
  notes: z.array(CheckNote).max(CHECK_NOTES.length).default([]),
});
export type ShiftCheck = z.infer<typeof ShiftCheck>;
/** What only a guard can say; the rest is read from the devices. */
export const GUARD_CHECKS = ['speaker', 'equipment', 'radio'] as const satisfies readonly ShiftCheckKind[];
/** What nobody has answered in this shift: said in its record, so that "all fine" is never said of what was not looked at. */
export const undoneChecks = (made: readonly Pick<ShiftCheck, 'check'>[]): ShiftCheckKind[] =>
  GUARD_CHECKS.filter((wanted) => !made.some(({ check }) => check === wanted));
export const RecordShiftChecks = z.object({
  id: Uuid,
  shift: Uuid,
  checks: z.array(ShiftCheck).min(1).max(SHIFT_CHECKS.length),
  decision: GateDecision,
});
export type RecordShiftChecks = z.infer<typeof RecordShiftChecks>;

/** What was not ok and has neither been ok since nor been closed by the office. */
export const OpenPoint = z.object({
  checks: Uuid,
  check: ShiftCheckKind,
  gate: z.string(),
  notes: z.array(CheckNote),
  at: Instant,
  by: PersonRef,
});
export type OpenPoint = z.infer<typeof OpenPoint>;
export const ClosePoint = z.object({ command: Uuid, checks: Uuid, check: ShiftCheckKind, note: ShortText });
export type ClosePoint = z.infer<typeof ClosePoint>;

export const HANDOVER_NOTES = [
  'allQuiet',
  'expectVisitor',
  'parcelWaits',
  'parentUpset',
  'childWaits',
  'keysHanded',
  'deviceWatch',
  'roadBlocked',
  'leaderKnows',
  'askOffice',
] as const;
export const HandoverNote = z.enum(HANDOVER_NOTES);
export type HandoverNote = z.infer<typeof HandoverNote>;

const count = z.number().int().min(0).max(100_000);
/** What both guards saw when they signed. `null`: this gate could not know it. */
export const HandoverShown = z.object({
  visitors: z
    .array(z.object({ visit: Uuid, number: z.string().max(24), since: Instant, count, overdue: z.boolean() }))
    .max(5_000),
  vehicles: count.nullable(),
  held: z
    .array(z.object({ visit: Uuid, number: z.string().max(24), ticket: z.string().max(24).nullable() }))
    .max(5_000),
  alarms: z.array(z.object({ incident: Uuid, kind: IncidentKind, mode: Mode, since: Instant })).max(100),
  points: z.array(OpenPoint.pick({ checks: true, check: true })).max(100),
  /** Children whom nobody has fetched yet. */
  children: count.nullable(),
});
export type HandoverShown = z.infer<typeof HandoverShown>;
/** The words that a handover's hash (SHA-256, hex) is taken of: the same on both sides. */
export const shownText = (shown: HandoverShown): string => JSON.stringify(HandoverShown.parse(shown));

/**
 * `handedOver`: both proved who they are; the other one's shift begins with `next`. `notRelieved`: nobody came, and the gate
 * stands empty from then on.
 */
export const EndShift = z
  .object({
    id: Uuid,
    shift: Uuid,
    how: z.enum(['handedOver', 'notRelieved']),
    incoming: PersonRef.nullable(),
    next: Uuid.nullable(),
    notes: z.array(HandoverNote).max(HANDOVER_NOTES.length),
    shown: HandoverShown,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    decision: GateDecision,
  })
  .refine((e) => (e.how === 'handedOver') === (e.incoming !== null && e.next !== null), {
    path: ['incoming'],
    message: 'handed over to nobody',
  });
export type EndShift = z.infer<typeof EndShift>;

export const StoodShift = z.object({
  shift: Uuid,
  gate: z.string(),
  guard: PersonRef,
  planned: Uuid.nullable(),
  reason: Unplanned.nullable(),
  proof: ShiftProof,
  beganAt: Instant,
  endedAt: Instant.nullable(),
  how: EndShift.shape.how.nullable(),
  incoming: PersonRef.nullable(),
  notes: z.array(HandoverNote),
  shown: HandoverShown.nullable(),
  hash: z.string().nullable(),
  /** The newest word on each check. */
  checks: z.array(ShiftCheck),
  offline: z.boolean(),
});
export type StoodShift = z.infer<typeof StoodShift>;

/** 上学, 放学, 全天. */
export const DUTY_WINDOWS = ['arrival', 'dismissal', 'day'] as const;
export const DutyWindow = z.enum(DUTY_WINDOWS);
export type DutyWindow = z.infer<typeof DutyWindow>;
/** 带班领导, 值班教师. */
export const DUTY_ROLES = ['leader', 'teacher'] as const;
export const DutyRole = z.enum(DUTY_ROLES);
export type DutyRole = z.infer<typeof DutyRole>;
export const DutyCell = z.object({
  date: Day,
  window: DutyWindow,
  role: DutyRole,
  people: z.array(PersonRef.extend({ id: z.string().min(1).max(64), name: z.string().trim().min(1).max(60) })).max(10),
});
export type DutyCell = z.infer<typeof DutyCell>;
/** In place of whoever stood in this cell. */
export const SetDuty = DutyCell.extend({ command: Uuid });
export type SetDuty = z.infer<typeof SetDuty>;

/** For the agent: its roster from yesterday on, teachers on duty from today on, a week ahead; so it holds off line. */
export const ShiftsAtGate = z.object({
  asOf: Instant,
  roster: z.array(RosterShift),
  points: z.array(OpenPoint),
  duty: z.array(DutyCell),
});
export type ShiftsAtGate = z.infer<typeof ShiftsAtGate>;

export const GRACE_MINUTES = { usual: 10, least: 1, most: 240 };
const Minutes = z.number().int().min(GRACE_MINUTES.least).max(GRACE_MINUTES.most);
/** `always`: somebody stands there day and night (24小时值守); else while the roster says so, as at a side gate. */
export const SetCoverRule = z.object({ gate: Token, always: z.boolean() });
export const SetGrace = z.object({ minutes: Minutes });

/** A time in which nobody stood; `to` null: nobody stands now. */
export const CoverGap = z.object({ from: Instant, to: Instant.nullable() });
export type CoverGap = z.infer<typeof CoverGap>;
export const GateCover = z.object({
  gate: z.string(),
  name: z.string(),
  always: z.boolean(),
  onDuty: z.object({ guard: PersonRef, since: Instant }).nullable(),
  /** By the roster at this minute. */
  expected: z.array(PersonRef.extend({ notInDate: z.boolean() })),
  /** Since this midnight. */
  gaps: z.array(CoverGap),
  /** In the roster of the week ahead: nobody is planned. */
  ahead: z.array(CoverGap),
});
export type GateCover = z.infer<typeof GateCover>;
export const ShiftBoard = z.object({
  at: Instant,
  graceMinutes: z.number().int(),
  gates: z.array(GateCover),
  points: z.array(OpenPoint),
  /** Of the week from this Monday on. */
  duty: z.array(DutyCell),
});
export type ShiftBoard = z.infer<typeof ShiftBoard>;

/** A longer word of somebody in the office, or of a guard who has a keyboard there. */
export const AddDutyNote = z.object({ id: Uuid, gate: Token, date: Day, text: LongText });
export type AddDutyNote = z.infer<typeof AddDutyNote>;
export const DutyRecord = z.object({
  gate: z.string(),
  name: z.string(),
  date: CivilDate,
  /** Also the one that began the evening before. */
  shifts: z.array(StoodShift),
  gaps: z.array(CoverGap),
  planned: z.array(RosterShift),
  incidents: z.array(z.object({ incident: Uuid, kind: IncidentKind, mode: Mode, at: Instant })),
  visits: z.object({ admitted: z.number().int(), left: z.number().int(), refused: z.number().int() }),
  /** Staff who came or went without their card 忘带卡. */
  forgotten: z.array(CardForgotten.extend({ at: Instant, outcome: PassOutcome })),
  notes: z.array(z.object({ id: Uuid, at: Instant, by: PersonRef, text: z.string() })),
  duty: z.array(DutyCell),
});
export type DutyRecord = z.infer<typeof DutyRecord>;
