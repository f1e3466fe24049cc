/** How many guards a school needs (E1, H11), who stands when at which gate, and what is short. Owner: `training`. */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';
import { Gap } from './training.ts';
import { Day, ShortText, Worded } from './training-fields.ts';

/** `notices`: the public notices' own table; `gbt29315`: GB/T 29315-2022. */
export const RuleSetId = z.enum(['notices', 'gbt29315']);
export type RuleSetId = z.infer<typeof RuleSetId>;

const people = z.number().int().min(0).max(100_000);
export const Headcount = z
  .object({ pupils: people, staff: people, boarders: people })
  .refine((h) => h.boarders <= h.pupils, { path: ['boarders'], message: 'more boarders than pupils' });
export type Headcount = z.infer<typeof Headcount>;

export const SetHeadcount = z.object({ id: Uuid, headcount: Headcount, ruleSet: RuleSetId, from: Day });
export type SetHeadcount = z.infer<typeof SetHeadcount>;

/** One line of the arithmetic: its numbers, and the sentence in both languages. `verified` false: the source was not read. */
export const StaffingStep = z.object({
  step: z.enum(['count', 'base', 'boardingFloor', 'excess', 'boarders', 'total']),
  numbers: z.record(z.string(), z.number()),
  guards: z.number().int(),
  text: Worded,
  verified: z.boolean(),
});
export type StaffingStep = z.infer<typeof StaffingStep>;
export const GuardsRequired = z.object({
  ruleSet: RuleSetId,
  version: z.string(),
  source: Worded,
  guards: z.number().int(),
  steps: z.array(StaffingStep),
});
export type GuardsRequired = z.infer<typeof GuardsRequired>;

export const SHIFT_KINDS = ['arrival', 'dismissal', 'schoolHours', 'night'] as const;
export const ShiftKind = z.enum(SHIFT_KINDS);
export type ShiftKind = z.infer<typeof ShiftKind>;

/** `to` not after `from`: until the next morning. */
export const PlanShift = z
  .object({ id: Uuid, gate: Token, date: Day, from: ClockTime, to: ClockTime, kind: ShiftKind })
  .refine((s) => s.from !== s.to, { path: ['to'], message: 'a shift of no length' });
export type PlanShift = z.infer<typeof PlanShift>;
export const PlanShifts = z.object({ shifts: z.array(PlanShift).min(1).max(200) });

export const PutOnShift = z.object({
  shift: Uuid,
  person: Token,
  /** On record with who gave it; only for a guard who is not in date. */
  override: z.object({ reason: z.string().trim().min(2).max(200) }).optional(),
});
export type PutOnShift = z.infer<typeof PutOnShift>;
export const TakeOffShift = z.object({ shift: Uuid, person: Token, reason: ShortText });
export type TakeOffShift = z.infer<typeof TakeOffShift>;
export const RemoveShift = z.object({ shift: Uuid, reason: ShortText });

/** How many this shift needs, and why: at arrival and dismissal all, at other times at least one at the gate. */
export const ShiftNeed = z.object({
  needed: z.number().int(),
  onDuty: z.number().int(),
  short: z.number().int(),
  counted: z.enum(['school', 'gate']),
  text: Worded,
});
export type ShiftNeed = z.infer<typeof ShiftNeed>;
export const ShiftView = z.object({
  id: Uuid,
  gate: z.string(),
  date: CivilDate,
  from: ClockTime,
  to: ClockTime,
  kind: ShiftKind,
  guards: z.array(
    PersonRef.extend({
      /** Put on the shift although not in date: why, and who said so. */
      override: z.object({ reason: z.string(), by: z.string() }).nullable(),
    }),
  ),
  need: ShiftNeed,
});
export type ShiftView = z.infer<typeof ShiftView>;

/** `gaps` of `planned` do not stand in the way of duty (filing, induction): mend them. */
export const ShiftPlanned = z.discriminatedUnion('result', [
  z.object({ result: z.literal('planned'), shift: ShiftView, gaps: z.array(Gap) }),
  z.object({ result: z.literal('notInDate'), gaps: z.array(Gap).min(1) }),
  z.object({ result: z.literal('notAGuard') }),
  z.object({ result: z.literal('busy'), gate: z.string(), date: CivilDate, from: ClockTime, to: ClockTime }),
]);
export type ShiftPlanned = z.infer<typeof ShiftPlanned>;

export const Staffing = z.object({
  headcount: z
    .object({ pupils: people, staff: people, boarders: people, from: CivilDate, by: z.string(), at: Instant })
    .nullable(),
  /** The rule set in force first, the other beside it. */
  required: z.array(GuardsRequired),
  employed: z.number().int(),
  inDate: z.number().int(),
  /** Of the rule set in force, against the guards in date. */
  shortage: z.number().int(),
  notInDate: z.array(z.object({ person: PersonRef, gaps: z.array(Gap) })),
  /** Today's and tomorrow's. */
  shifts: z.array(ShiftView),
});
export type Staffing = z.infer<typeof Staffing>;
