/**
 * Guard posts and patrols (D3, D4, G13). Owner: `drills`.
 *
 * A post 护学岗 has a place, a duty and a person (定点定岗定责定人) for a window of the day. A patrol route is a row of points
 * with NFC tags or QR codes, and rounds with windows; a point that was not visited is missed within a minute after its window
 * (GB/T 29315-2022: at least five rounds a day). Visits may come hours later, from a phone that had no network.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, ClockTime, Instant, Uuid } from './ids.ts';

const Name = z.string().trim().min(1).max(60);
const Window = { from: ClockTime, to: ClockTime };
const Days = z.array(z.number().int().min(1).max(7)).min(1).max(7);
const ends = { path: ['to'], message: 'ends before it begins' };

export const SavePost = z
  .object({
    id: Uuid,
    name: Name,
    place: Name,
    duty: z.string().trim().min(1).max(200),
    /** 1 Monday … 7 Sunday; on school days only. */
    days: Days,
    ...Window,
    people: z.array(PersonRef).min(1).max(10),
    /** What stands on the sign at the place: NFC tag or QR code. */
    code: z.string().trim().min(4).max(64),
  })
  .refine(({ from, to }) => from < to, ends);
export type SavePost = z.infer<typeof SavePost>;

export const SaveRoute = z.object({
  id: Uuid,
  name: Name,
  points: z
    .array(z.object({ id: Uuid, name: Name, code: z.string().trim().min(4).max(64) }))
    .min(1)
    .max(60),
  rounds: z
    .array(z.object({ id: Uuid, ...Window }).refine(({ from, to }) => from < to, ends))
    .min(1)
    .max(48),
  days: Days,
});
export type SaveRoute = z.infer<typeof SaveRoute>;

/** Least number of rounds a day (GB/T 29315-2022). */
export const MIN_ROUNDS = 5;

/** A card, tag or code shown at a place. `at` by the server's time as the phone knows it; the server keeps when it came. */
export const SignIn = z.object({
  id: Uuid,
  code: z.string().trim().min(4).max(64),
  at: Instant,
  via: z.enum(['nfc', 'qr', 'card', 'typed']),
  /** When the card of somebody else was shown at a reader; else it is whoever is signed in. */
  person: PersonRef.optional(),
});
export type SignIn = z.infer<typeof SignIn>;

/** Expected refusals are results: the code is nobody's; the moment lies in no window. */
export const SignedIn = z.discriminatedUnion('result', [
  z.object({ result: z.literal('post'), name: z.string(), place: z.string(), late: z.number().int() }),
  z.object({ result: z.literal('point'), name: z.string(), route: z.string(), left: z.number().int() }),
  z.object({ result: z.literal('unknownCode') }),
  z.object({ result: z.literal('notNow'), name: z.string(), next: z.string().nullable() }),
  z.object({ result: z.literal('notYours'), name: z.string(), people: z.array(z.string()) }),
]);
export type SignedIn = z.infer<typeof SignedIn>;

export const VisitState = z.enum(['due', 'open', 'done', 'missed']);
/** One window of a post or of a round on a day, and who came. */
export const PostDay = z.object({
  post: Uuid,
  name: z.string(),
  place: z.string(),
  duty: z.string(),
  ...Window,
  people: z.array(PersonRef),
  state: VisitState,
  signed: z.array(z.object({ person: PersonRef, at: Instant, late: z.number().int() })),
});
export type PostDay = z.infer<typeof PostDay>;

export const RoundDay = z.object({
  route: Uuid,
  routeName: z.string(),
  round: Uuid,
  ...Window,
  state: VisitState,
  points: z.array(
    z.object({ point: Uuid, name: z.string(), state: VisitState, at: Instant.nullable(), by: z.string().nullable() }),
  ),
});
export type RoundDay = z.infer<typeof RoundDay>;

export const PatrolDay = z.object({
  date: CivilDate,
  posts: z.array(PostDay),
  rounds: z.array(RoundDay),
  /** Of today, over all routes; fewer than `MIN_ROUNDS` is a shortage. */
  planned: z.number().int(),
  completed: z.number().int(),
  at: Instant,
});
export type PatrolDay = z.infer<typeof PatrolDay>;
