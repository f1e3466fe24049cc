/**
 * Drills 应急演练 (D2, G10, G11, H10, H12). Owner: `drills`.
 *
 * A drill runs on the real alarm path: the incident that it raises is an exercise (or a test) and carries that mark
 * everywhere. The roll is taken by class on any number of phones, off line too; each mark has an id, so that a repeat is
 * harmless, and a pupil counts once, by the latest mark.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import type { Action, IncidentKind } from './alarm.ts';
import { CivilDate, ClockTime, Instant, Uuid } from './ids.ts';
import { Conflict, DrillKind } from './terms.ts';

export const SchoolClass = z.object({
  id: z.string().max(64),
  name: z.string().max(60),
  grade: z.number().int().min(0).max(12),
  teacher: PersonRef,
  pupils: z.number().int(),
});
export type SchoolClass = z.infer<typeof SchoolClass>;

export const Pupil = z.object({
  id: z.string().max(64),
  /** Number in the class list. */
  number: z.number().int().min(1).max(200),
  name: z.string().max(200),
});
export type Pupil = z.infer<typeof Pupil>;

/** Which alarm a kind of drill sounds. */
export const drillAlarm = {
  violence: { kind: 'intrusion', action: 'lockdown' },
  earthquake: { kind: 'earthquake', action: 'shelter' },
  fire: { kind: 'fire', action: 'evacuate' },
  dormitory: { kind: 'fire', action: 'evacuate' },
  bus: { kind: 'help', action: 'evacuate' },
  stampede: { kind: 'help', action: 'hold' },
  food: { kind: 'help', action: 'hold' },
  weather: { kind: 'help', action: 'shelter' },
  buttonTest: { kind: 'help', action: 'hold' },
} as const satisfies Record<DrillKind, { kind: IncidentKind; action: Action }>;

const Note = z.string().trim().max(400);
const ofDrill = { drill: Uuid };

export const ScheduleDrill = z.object({
  id: Uuid,
  term: Uuid,
  kind: DrillKind,
  date: CivilDate,
  time: ClockTime,
  /** Unannounced drills are seen by planners only until they begin. */
  announced: z.boolean(),
  /** Whole school out, seconds (G10: 2 min under four floors). */
  targetSeconds: z.number().int().min(10).max(3_600),
  lead: PersonRef,
  observers: z.array(PersonRef).max(20).default([]),
  /** Findings that this drill shall show to be mended (H10). */
  verifies: z.array(Uuid).max(50).default([]),
});
export type ScheduleDrill = z.infer<typeof ScheduleDrill>;

export const MoveDrill = z.object({ ...ofDrill, date: CivilDate, time: ClockTime });
export type MoveDrill = z.infer<typeof MoveDrill>;
export const CancelDrill = z.object({ ...ofDrill, reason: z.string().trim().min(2).max(200) });

export const DrillStatus = z.enum(['planned', 'running', 'ended', 'cancelled']);

/** How long after the end a phone may still bring what it saw, hours. */
export const ROLL_LATE_HOURS = 24;

/** Why a drill that ended proves no duty: nobody heard its alarm, or its roll was not finished (D2). */
export const Lack = z.enum(['alarm', 'roll']);
export type Lack = z.infer<typeof Lack>;

export const DrillResult = z.object({
  /** Alarm to the last class whose roll was complete, seconds; null when a class that has pupils never reported. */
  wholeSeconds: z.number().int().nullable(),
  met: z.boolean().nullable(),
  expected: z.number().int(),
  present: z.number().int(),
  missing: z.number().int(),
  elsewhere: z.number().int(),
  unmarked: z.number().int(),
});
export type DrillResult = z.infer<typeof DrillResult>;

export const DrillView = z.object({
  id: Uuid,
  term: Uuid,
  kind: DrillKind,
  /** As planned; from the beginning on, when it really began. */
  date: CivilDate,
  time: ClockTime,
  announced: z.boolean(),
  targetSeconds: z.number().int(),
  lead: PersonRef,
  observers: z.array(PersonRef),
  status: DrillStatus,
  mode: z.enum(['exercise', 'test']),
  /** Number of the plan's version that it follows, as approved when it began. */
  plan: z.object({ id: Uuid, title: z.string(), version: z.number().int() }).nullable(),
  incident: Uuid.nullable(),
  /** The alarm service has heard the alarm of this drill; a drill without it proves nothing. */
  alarmHeardAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  verifies: z.array(Uuid),
  findings: z.number().int(),
  result: DrillResult.nullable(),
  /** Null before the end, and for a drill that counts. Marks that come late may still finish the roll. */
  lacks: Lack.nullable().default(null),
});
export type DrillView = z.infer<typeof DrillView>;

/**
 * Event `reminder.due`: on the school day before, from 08:00; once for each date that the drill is put on. Of one that is not
 * announced nobody may hear but its lead and the administrators.
 */
export const DrillReminderDue = DrillView.pick({
  kind: true,
  mode: true,
  date: true,
  time: true,
  announced: true,
  lead: true,
}).extend({ drill: Uuid });
export type DrillReminderDue = z.infer<typeof DrillReminderDue>;

/** A schedule or a move: done, or what stands against it on that day. */
export const Scheduled = z.discriminatedUnion('result', [
  z.object({ result: z.literal('scheduled'), drill: DrillView }),
  z.object({ result: z.literal('conflict'), conflicts: z.array(Conflict).min(1) }),
]);
export type Scheduled = z.infer<typeof Scheduled>;

/** The incident's id is chosen by whoever begins, so that beginning twice is beginning once. */
export const BeginDrill = z.object({ ...ofDrill, incident: Uuid });
export const EndDrill = z.object({ ...ofDrill, note: Note.default('') });

export const ROLL_STATES = ['present', 'missing', 'elsewhere'] as const;
/** 到了, 没见到, 在别处 (in the sick room, at home …). */
export const RollState = z.enum(ROLL_STATES);
export type RollState = z.infer<typeof RollState>;

export const RollMark = z.object({
  id: Uuid,
  pupil: z.string().max(64),
  state: RollState,
  /** When the teacher touched the screen, by the server's time as the phone knows it: a claim. */
  at: Instant,
  note: z.string().trim().max(100).default(''),
});
export type RollMark = z.infer<typeof RollMark>;

/** From a phone, at least once, perhaps minutes later. `report` is the teacher's 上报: this class is counted. */
export const TakeRoll = z.object({
  ...ofDrill,
  class: z.string().max(64),
  marks: z.array(RollMark).max(500),
  report: z.object({ id: Uuid, at: Instant }).nullable().default(null),
});
export type TakeRoll = z.infer<typeof TakeRoll>;

export const RollEntry = Pupil.extend({
  state: RollState.nullable(),
  at: Instant.nullable(),
  by: z.string().nullable(),
  note: z.string(),
});
export type RollEntry = z.infer<typeof RollEntry>;

export const ClassCount = z.object({
  class: z.string(),
  name: z.string(),
  teacher: PersonRef,
  place: z.string(),
  pupils: z.number().int(),
  present: z.number().int(),
  missing: z.number().int(),
  elsewhere: z.number().int(),
  /** Of the first report after which nobody of this class was unmarked. */
  seconds: z.number().int().nullable(),
  reportedAt: Instant.nullable(),
  reportedBy: z.string().nullable(),
});
export type ClassCount = z.infer<typeof ClassCount>;

/** The roll of one class, as a phone needs it to go on without a network. */
export const ClassRoll = z.object({ drill: DrillView, class: ClassCount, pupils: z.array(RollEntry), at: Instant });
export type ClassRoll = z.infer<typeof ClassRoll>;

export const MissingPupil = z.object({
  pupil: z.string(),
  name: z.string(),
  className: z.string(),
  at: Instant,
  by: z.string(),
  note: z.string(),
});

/** A running drill on the leader's screen, pushed while it changes. */
export const DrillBoard = z.object({
  drill: DrillView,
  classes: z.array(ClassCount),
  missing: z.array(MissingPupil),
  at: Instant,
});
export type DrillBoard = z.infer<typeof DrillBoard>;

export const SKILLS = ['pressed', 'led', 'counted', 'fork'] as const;
/** 按过报警, 带过疏散, 点过名, 练过钢叉: practised, not attended (H12). */
export const Skill = z.enum(SKILLS);
export type Skill = z.infer<typeof Skill>;

export const RecordSkill = z.object({
  id: Uuid,
  ...ofDrill,
  person: PersonRef,
  skill: Skill,
  /** How long it took, by the observer's watch. */
  seconds: z.number().int().min(0).max(3_600).nullable(),
});
export type RecordSkill = z.infer<typeof RecordSkill>;
export const SkillRecord = RecordSkill.extend({ at: Instant, source: z.enum(['alarm', 'roll', 'observer']) });
export type SkillRecord = z.infer<typeof SkillRecord>;
