/**
 * What can't both be true 需要人工核对 (H1; architecture, promise 2). Owner: `gate`. Gates that were off line decide by themselves;
 * when their records are merged, some don't agree. Nothing is dropped or mended: each pair becomes a task for a person, who says
 * what was right. Sides hold ids, gates, guards and times; a visitor's name is joined when it is read and goes with his visit.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { Instant, Uuid } from './ids.ts';

export const CONTRADICTION_KINDS = [
  /** One visit signed out at two gates. */
  'leftTwice',
  /** One person let in while inside. */
  'insideTwice',
  /** Held things given back twice. */
  'givenTwice',
  /** One booking used at two gates. */
  'bookingTwice',
  /** A permit passed at an off-line gate after it was suspended. */
  'permitSuspended',
  /** A vehicle in, which had not gone out. */
  'vehicleInTwice',
  /** A vehicle out, which had not come in. */
  'vehicleOutOnly',
  /** Let in off line; on the watchlist, as the gate could not know. For whom and why is told to nobody here (A6). */
  'watchlisted',
] as const;
export const ContradictionKind = z.enum(CONTRADICTION_KINDS);
export type ContradictionKind = z.infer<typeof ContradictionKind>;

export const SIDE_ACTS = ['admitted', 'left', 'given', 'passedOn', 'in', 'out', 'suspended', 'listed'] as const;

/** One of the two records, as it came. */
export const ContradictionSide = z.object({
  act: z.enum(SIDE_ACTS),
  /** Of the command, visit, tap or pass. */
  record: z.string().max(64),
  /** Null: it was done at the office. */
  gate: z.string().nullable(),
  by: PersonRef.nullable(),
  at: Instant,
  offline: z.boolean(),
});
export type ContradictionSide = z.infer<typeof ContradictionSide>;

/** Which of the two sides was right, by their order. */
export const CONTRADICTION_ANSWERS = ['first', 'second', 'both', 'neither'] as const;
export const ContradictionAnswer = z.enum(CONTRADICTION_ANSWERS);
export type ContradictionAnswer = z.infer<typeof ContradictionAnswer>;

export const Contradiction = z.object({
  id: Uuid,
  kind: ContradictionKind,
  foundAt: Instant,
  /** Oldest first by the gates' own time; one alone when what should be its other side is missing. */
  sides: z.array(ContradictionSide).min(1).max(2),
  /** Of whom or what: a visitor, a permit's holder, a plate. Null: its record was deleted on schedule. */
  about: z.string().nullable(),
  visit: Uuid.nullable(),
  number: z.string().nullable(),
  /** `later`: a record that came afterwards made it whole; nobody had to settle it. */
  settled: z
    .object({
      how: z.enum([...CONTRADICTION_ANSWERS, 'later']),
      by: PersonRef.nullable(),
      at: Instant,
      note: z.string(),
    })
    .nullable(),
});
export type Contradiction = z.infer<typeof Contradiction>;

/** `command` makes a repeat harmless; the first answer counts. */
export const SettleContradiction = z.object({
  command: Uuid,
  contradiction: Uuid,
  answer: ContradictionAnswer,
  note: z.string().trim().min(2).max(200),
});
export type SettleContradiction = z.infer<typeof SettleContradiction>;
