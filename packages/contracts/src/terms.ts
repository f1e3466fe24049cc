/**
 * The school's term and what must be drilled in it (D2, G10). Owner: `drills`.
 * Days are civil dates of the school. A year whose public holidays nobody has published is `unknown`, never guessed.
 */
import { z } from 'zod';
import { CivilDate, ClockTime, Instant, Uuid } from './ids.ts';

export const DRILL_KINDS = [
  'violence',
  'earthquake',
  'fire',
  'dormitory',
  'bus',
  'stampede',
  'food',
  'weather',
  'buttonTest',
] as const;
export const DrillKind = z.enum(DRILL_KINDS);
export type DrillKind = z.infer<typeof DrillKind>;

const Name = z.string().trim().min(1).max(60);

/** A stretch of days, both ends included. */
export const Period = z
  .object({ from: CivilDate, to: CivilDate })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'ends before it begins' });
export type Period = z.infer<typeof Period>;

/** The days of a term that lie in a year: what a person looks at who confirms that its holidays are entered. */
export const partOf = ({ from, to }: Period, year: number): Period => ({
  from: from < `${year}-01-01` ? `${year}-01-01` : from,
  to: to > `${year}-12-31` ? `${year}-12-31` : to,
});

const MAX_TERM_DAYS = 240;
export const SaveTerm = z
  .object({ id: Uuid, name: Name, from: CivilDate, to: CivilDate })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'ends before it begins' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_TERM_DAYS * 86_400_000, {
    path: ['to'],
    message: 'longer than a term can be',
  });
export type SaveTerm = z.infer<typeof SaveTerm>;

export const Term = z.object({ id: Uuid, name: z.string(), from: CivilDate, to: CivilDate });
export type Term = z.infer<typeof Term>;

/** No drill on a day of exams. */
export const SaveExam = z.object({ id: Uuid, term: Uuid, name: Name, from: CivilDate, to: CivilDate });
export type SaveExam = z.infer<typeof SaveExam>;

/** The school's own word on a day, stronger than the national data: its sports day, its make-up day. */
export const OwnDay = z.object({
  date: CivilDate,
  kind: z.enum(['schoolDay', 'holiday']),
  name: z.string().trim().max(60).default(''),
});
export type OwnDay = z.infer<typeof OwnDay>;

export const DAY_KINDS = ['schoolDay', 'makeUp', 'weekend', 'holiday', 'exam', 'unknown', 'outside'] as const;
/** `unknown`: a working day of the week in a year without national data, which nobody has confirmed. */
export const DayKind = z.enum(DAY_KINDS);
export type DayKind = z.infer<typeof DayKind>;
export const CalendarDay = z.object({
  date: CivilDate,
  kind: DayKind,
  name: z.string(),
  nameEn: z.string(),
  /** By the school's own word on this day, which it may take back; else by the national table or the week. */
  own: z.boolean(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** What the rules and the staffing depend on. Numbers of persons; floors above ground of the tallest teaching building. */
const KeptFacts = z.object({
  kind: z.enum(['kindergarten', 'primary', 'middle']),
  pupils: z.number().int().min(0).max(50_000),
  staff: z.number().int().min(0).max(10_000),
  boarders: z.number().int().min(0).max(50_000),
  buses: z.number().int().min(0).max(1_000),
  /** Pupils who are new at the school this term. */
  newPupils: z.number().int().min(0).max(50_000),
  floors: z.number().int().min(1).max(40),
});
/** As they are given. Those kept from before this was asked of them are still shown. */
export const SchoolFacts = KeptFacts.refine((f) => f.boarders <= f.pupils, {
  path: ['boarders'],
  message: 'more boarders than pupils',
}).refine((f) => f.newPupils <= f.pupils, { path: ['newPupils'], message: 'more new pupils than pupils' });
export type SchoolFacts = z.infer<typeof SchoolFacts>;

/** A duty as data. `within`: days after the first day of term by which it must be done; absent, the end of its period. */
export const Rule = z.object({
  id: z.string().max(64),
  /** A drill of any of these counts. */
  kinds: z.array(DrillKind).min(1),
  per: z.enum(['term', 'month', 'quarter']),
  count: z.number().int().min(1).max(31),
  when: z
    .object({
      school: z.array(SchoolFacts.shape.kind).optional(),
      boarders: z.literal(true).optional(),
      buses: z.literal(true).optional(),
      newPupils: z.literal(true).optional(),
    })
    .default({}),
  within: z.number().int().min(1).max(240).optional(),
  /** law: a public notice asks for it; guide: a ministry's guide; school: the school asks it of itself. */
  force: z.enum(['law', 'guide', 'school']),
  /** Notice, guide or person that it comes from. */
  source: z.string().max(200),
  name: z.string().max(60),
});
export type Rule = z.infer<typeof Rule>;

/** Switched off with a reason that stays on record, or an own rule of the school. */
export const ChangeRule = z.object({
  rule: z.string().max(64),
  enabled: z.boolean(),
  reason: z.string().trim().min(2).max(200),
});
export const AddRule = z.object({
  id: Uuid,
  name: Name,
  kinds: z.array(DrillKind).min(1).max(DRILL_KINDS.length),
  per: Rule.shape.per,
  count: Rule.shape.count,
  within: Rule.shape.within,
});
export type AddRule = z.infer<typeof AddRule>;

export const DUTY_STATES = ['notScheduled', 'scheduled', 'done', 'overdue'] as const;
/** 未安排, 已安排, 已完成, 已逾期. */
export const DutyState = z.enum(DUTY_STATES);
export type DutyState = z.infer<typeof DutyState>;

/** A rule in one of its periods, with the drills that prove it. Never `done` without a drill that took place. */
export const Duty = z.object({
  rule: z.string(),
  period: z.object({ from: CivilDate, to: CivilDate }),
  /** Last day on which it is in time. */
  latest: CivilDate,
  count: z.number().int(),
  state: DutyState,
  done: z.array(Uuid),
  scheduled: z.array(Uuid),
  /** In its period, but after its last day. */
  scheduledLate: z.array(Uuid),
  /** Days late, 0 unless overdue. */
  late: z.number().int(),
});
export type Duty = z.infer<typeof Duty>;

export const RuleState = z.object({
  rule: Rule,
  enabled: z.boolean(),
  /** Why it is off. */
  reason: z.string().nullable(),
  state: DutyState,
  duties: z.array(Duty),
  /** Months or quarters that owe nothing since too few school days of the term lie in them. */
  exempt: z.array(z.object({ from: CivilDate, to: CivilDate, schoolDays: z.number().int() })),
});
export type RuleState = z.infer<typeof RuleState>;

export const ProposedDrill = z.object({
  kind: DrillKind,
  date: CivilDate,
  time: ClockTime,
  /** The rules that it serves. */
  rules: z.array(z.string()),
  /** Those of them whose last day it misses: no day was left in time. */
  late: z.array(z.string()),
});
export type ProposedDrill = z.infer<typeof ProposedDrill>;

export const UNMET_REASONS = ['past', 'noSchoolDay', 'exams', 'calendarUnknown', 'crowded'] as const;
/**
 * Why a duty can't be met: its days are over; it has no school day; exams take all of them; the year's holidays are not
 * known; more drills are owed than there are days left for them.
 */
export const UnmetReason = z.enum(UNMET_REASONS);
export type UnmetReason = z.infer<typeof UnmetReason>;

export const TermPlan = z.object({
  drills: z.array(ProposedDrill),
  unmet: z.array(
    z.object({
      rule: z.string(),
      period: z.object({ from: CivilDate, to: CivilDate }),
      missing: z.number().int(),
      why: UnmetReason,
    }),
  ),
});
export type TermPlan = z.infer<typeof TermPlan>;

/** Why a drill can't be on a day. */
export const CONFLICTS = ['outsideTerm', 'holiday', 'weekend', 'exam', 'unknown', 'past', 'anotherDrill'] as const;
export const Conflict = z.enum(CONFLICTS);
export type Conflict = z.infer<typeof Conflict>;

/** A planned drill whose day was taken from it after it was planned. It counts for no duty until it is moved. */
export const Clash = z.object({ drill: Uuid, why: Conflict });
export type Clash = z.infer<typeof Clash>;

/** Everything that the term's page shows. */
export const TermView = z.object({
  term: Term,
  exams: z.array(SaveExam),
  days: z.array(CalendarDay),
  /** Years of the term without national data, of which it has days that nobody has confirmed. */
  unknownYears: z.array(z.number().int()),
  facts: KeptFacts,
  rules: z.array(RuleState),
  clashes: z.array(Clash),
  today: CivilDate,
  at: Instant,
});
export type TermView = z.infer<typeof TermView>;
