/** Courses, sessions, attendance and assessment of staff (E3, E4), and the pupils' safety lessons (E4). Owner: `training`. */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CardForgotten } from './forgotten.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';
import { CertificateKind, MatrixCell, StaffMember, StaffRef, StaffRole } from './training.ts';
import { Day, FileUpload, LongText, Month, ShortText, Worded } from './training-fields.ts';

/** `code` is what requirements name; `periodMonths` null: once; `passMark` null: to be there is enough. */
export const SaveCourse = z.object({
  id: Uuid,
  code: Token,
  title: ShortText,
  roles: z.array(StaffRole).min(1),
  periodMonths: z.number().int().min(1).max(120).nullable(),
  passMark: z.number().int().min(0).max(100).nullable(),
});
export type SaveCourse = z.infer<typeof SaveCourse>;
export const CourseView = SaveCourse.extend({ retired: z.boolean() });
export type CourseView = z.infer<typeof CourseView>;

/** The months of a year in which this course is to be held. */
export const PlanCourse = z.object({
  course: Uuid,
  year: z.number().int().min(2000).max(2200),
  months: z.array(z.number().int().min(1).max(12)).max(12),
});
export type PlanCourse = z.infer<typeof PlanCourse>;
export const YearPlan = z.object({
  year: z.number().int(),
  rows: z.array(
    z.object({
      course: CourseView,
      /** Twelve, January first; null: neither planned nor held. */
      months: z.array(z.enum(['planned', 'done', 'late']).nullable()).length(12),
    }),
  ),
});
export type YearPlan = z.infer<typeof YearPlan>;

export const SaveSession = z.object({
  id: Uuid,
  course: Uuid,
  date: Day,
  from: ClockTime,
  hours: z.number().min(0.5).max(24),
  place: ShortText,
  trainer: ShortText,
  topic: LongText,
});
export type SaveSession = z.infer<typeof SaveSession>;
export const CancelSession = z.object({ session: Uuid, reason: ShortText });
export const SessionView = SaveSession.extend({
  title: z.string(),
  passMark: z.number().int().nullable(),
  cancelled: z.boolean(),
  attended: z.number().int(),
  passed: z.number().int(),
});
export type SessionView = z.infer<typeof SessionView>;
/** What a reader's screen may know. */
export const SessionToday = SessionView.pick({ id: true, title: true, from: true, hours: true, place: true });
export type SessionToday = z.infer<typeof SessionToday>;

/** `vouched`: at a gate, without his card. */
export const ATTENDED_VIA = ['card', 'name', 'vouched'] as const;
/** From an agent, at least once; `attendance` makes a repeat harmless. The card's number is hashed with the card key. */
export const AttendByCard = z.object({
  attendance: Uuid,
  session: Uuid,
  /** Null: he has none, and is here by `forgotten`. */
  cardHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  at: Instant,
  /** Without his card. */
  forgotten: CardForgotten.optional(),
});
export type AttendByCard = z.infer<typeof AttendByCard>;
export const AttendByName = z.object({ attendance: Uuid, session: Uuid, person: Token, at: Instant });
export type AttendByName = z.infer<typeof AttendByName>;
export const Attended = z.discriminatedUnion('result', [
  z.object({ result: z.literal('recorded'), person: PersonRef }),
  z.object({ result: z.literal('already'), person: PersonRef, at: Instant }),
  z.object({ result: z.literal('unknownCard') }),
  /** The session is another day's, or was called off. */
  z.object({ result: z.literal('notToday') }),
]);
export type Attended = z.infer<typeof Attended>;

export const RecordAssessment = z.object({
  id: Uuid,
  session: Uuid,
  person: Token,
  score: z.number().int().min(0).max(100),
  at: Instant,
});
export type RecordAssessment = z.infer<typeof RecordAssessment>;
/** `notThere`: nobody is assessed on what he did not attend; `noMark`: the course is not assessed. */
export const Assessed = z.discriminatedUnion('result', [
  z.object({ result: z.literal('recorded'), passed: z.boolean(), attempt: z.number().int() }),
  z.object({ result: z.literal('notThere') }),
  z.object({ result: z.literal('noMark') }),
]);
export type Assessed = z.infer<typeof Assessed>;

const Attempt = z.object({ id: Uuid, score: z.number().int(), passed: z.boolean(), at: Instant });
export const SessionRecord = z.object({
  session: SessionView,
  people: z.array(z.object({ person: StaffRef, via: z.enum(ATTENDED_VIA), at: Instant, attempts: z.array(Attempt) })),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** 培训台账 of a month: a row per person and session. `score` and `passed` are of the best attempt. */
export const LedgerRow = z.object({
  date: CivilDate,
  course: z.string(),
  topic: z.string(),
  hours: z.number(),
  place: z.string(),
  trainer: z.string(),
  person: StaffRef,
  via: z.enum(ATTENDED_VIA),
  attempts: z.number().int(),
  score: z.number().int().nullable(),
  passed: z.boolean().nullable(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

export const LESSON_TOPICS = [
  'drowning',
  'traffic',
  'fraud',
  'bullying',
  'fire',
  'earthquake',
  'law',
  'food',
  'winter',
  'antiTerror',
] as const;
export const LessonTopic = z.enum(LESSON_TOPICS);
export type LessonTopic = z.infer<typeof LessonTopic>;

/** By the class's own teacher, or the office. No parent is ever asked to report that he has seen anything. */
export const RecordLesson = z.object({
  id: Uuid,
  class: Token,
  date: Day,
  topic: LessonTopic,
  minutes: z.number().int().min(1).max(600),
  material: z.object({
    title: ShortText,
    link: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
  }),
});
export type RecordLesson = z.infer<typeof RecordLesson>;
export const AddProof = z.object({ lesson: Uuid, file: FileUpload });
export type AddProof = z.infer<typeof AddProof>;
export const LessonView = RecordLesson.extend({
  className: z.string(),
  by: PersonRef,
  at: Instant,
  hasProof: z.boolean(),
});
export type LessonView = z.infer<typeof LessonView>;

/** Classes in the school's own order, never by what they did. */
export const EducationMonth = z.object({
  month: Month,
  topics: z.array(LessonTopic),
  classes: z.array(
    z.object({
      class: z.object({ id: z.string(), name: z.string(), teacher: PersonRef.nullable() }),
      cells: z.array(
        z.object({ topic: LessonTopic, state: z.enum(['done', 'planned', 'late']), lesson: Uuid.nullable() }),
      ),
      minutes: z.number().int(),
    }),
  ),
});
export type EducationMonth = z.infer<typeof EducationMonth>;

export const ImportedClass = z.object({
  id: Token,
  name: ShortText,
  teacher: Token.nullable(),
  /** Place in the school's own order of classes. */
  position: z.number().int().min(0).max(10_000),
});
export type ImportedClass = z.infer<typeof ImportedClass>;

/** What somebody may know of himself (`training.own`). */
export const Mine = z.object({
  person: StaffMember.nullable(),
  due: z.array(
    z.object({
      requirement: z.string(),
      title: Worded,
      /** What is in order is not due. */
      state: MatrixCell.shape.state.exclude(['ok']),
      on: CivilDate.nullable(),
      due: CivilDate.nullable(),
    }),
  ),
  certificates: z.array(
    z.object({
      id: Uuid,
      kind: CertificateKind,
      last4: z.string(),
      issuedOn: CivilDate,
      expiresOn: CivilDate.nullable(),
    }),
  ),
  sessions: z.array(SessionToday.extend({ date: CivilDate })),
  /** `place`: as the gate's guard room is called, or the gate's code. */
  nextShift: z
    .object({ gate: z.string(), place: z.string(), date: CivilDate, from: ClockTime, to: ClockTime })
    .nullable(),
  classes: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Mine = z.infer<typeof Mine>;
