/**
 * 被访人确认 (G1): the gate asks whoever is to be visited, before anybody walks in. Nobody answers in time: the deputy is asked
 * besides, then the duty leader 值班领导. Owner: `gate`. A question is for now only: what came of it stands in the visit.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { ClockTime, Instant, Token, Uuid } from './ids.ts';
import { Host } from './staff.ts';
import { VisitorType, VisitReason } from './visit-types.ts';

/** As whom somebody is asked, in the order of asking. */
export const ASKED_AS = ['host', 'deputy', 'dutyLeader'] as const;
export const AskedAs = z.enum(ASKED_AS);
export type AskedAs = z.infer<typeof AskedAs>;

/** What a host may say when he says no. */
export const DECLINE_REASONS = ['notExpected', 'unknownPerson', 'noTime', 'otherReason'] as const;
export const DeclineReason = z.enum(DECLINE_REASONS);
export type DeclineReason = z.infer<typeof DeclineReason>;

/** By the gate's agent, as soon as the host is known. `question` makes a repeat harmless. */
export const AskHost = z.object({
  question: Uuid,
  gate: Token,
  /** What the host needs to know him by; no number of any document. */
  visitor: z.object({ name: z.string().trim().min(1).max(200), type: VisitorType, count: z.int().min(1).max(99) }),
  reason: VisitReason,
  host: Host,
  guard: PersonRef,
  at: Instant,
});
export type AskHost = z.infer<typeof AskHost>;

/** Whoever was asked: come in, or no and why, or "I come to the gate" (he is let in when the host stands there). */
export const AnswerHost = z
  .object({
    /** Makes a repeat harmless. */
    command: Uuid,
    question: Uuid,
    answer: z.enum(['yes', 'coming', 'no']),
    decline: DeclineReason.optional(),
    note: z.string().trim().max(200).optional(),
  })
  .refine((a) => (a.answer === 'no') === (a.decline !== undefined), 'a no says why, nothing else does');
export type AnswerHost = z.infer<typeof AnswerHost>;

export const HostQuestion = z.object({
  question: Uuid,
  gate: Token,
  visitor: AskHost.shape.visitor,
  reason: VisitReason,
  host: Host,
  guard: PersonRef,
  askedAt: Instant,
  /** Everybody who was asked so far, and since when; each of them may answer. */
  asked: z.array(z.object({ as: AskedAs, person: PersonRef, since: Instant })),
  /** `withdrawn`: the gate no longer waits for an answer. */
  state: z.enum(['open', 'yes', 'coming', 'no', 'withdrawn']),
  answer: z
    .object({
      by: PersonRef,
      as: AskedAs,
      at: Instant,
      decline: DeclineReason.nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
});
export type HostQuestion = z.infer<typeof HostQuestion>;

/** `answered`: somebody else was quicker, or the same person thought again too late. */
export const HostAnswered = z.object({
  result: z.enum(['taken', 'answered', 'withdrawn']),
  question: HostQuestion,
});
export type HostAnswered = z.infer<typeof HostAnswered>;

/** Who stands in for whom, and how long each is waited for. Kept by the administrator. */
export const ConfirmPolicy = z.object({
  waitSeconds: z.int().min(15).max(600),
  deputies: z.array(z.object({ host: z.string().max(64), deputy: z.string().max(64) })).max(5_000),
  dutyLeader: z.string().max(64).nullable(),
  /** From then on whoever is still inside stands in the list for the next shift 未签离. */
  closing: ClockTime,
});
export type ConfirmPolicy = z.infer<typeof ConfirmPolicy>;

/** `cannotAnswer`: they don't work here, or are guards. */
export const SavedPolicy = z.discriminatedUnion('result', [
  z.object({ result: z.literal('saved') }),
  z.object({ result: z.literal('cannotAnswer'), people: z.array(z.string()) }),
]);
export type SavedPolicy = z.infer<typeof SavedPolicy>;
