/**
 * Guard posts and patrols (D3, D4, G13). Owner: `drills`.
 *
 * A post 护学岗 has a place, a duty and a person (定点定岗定责定人) for a window of the day. A patrol route is a row of points
 * with NFC tags or QR codes, and rounds with windows; a point that was not visited is missed within a minute after its window
 * (GB/T 29315-2022: at least five rounds a day). Visits may come hours later, from a phone that had no network.
 *
 * A window goes by what was planned when it began: a change counts for the windows that begin after it, so that what was
 * proved on a past day stays as it was.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CardForgotten } from './forgotten.ts';
import { CivilDate, ClockTime, Instant, Token, Uuid } from './ids.ts';

const Name = z.string().trim().min(1).max(60);
const Window = { from: ClockTime, to: ClockTime };
const Days = z.array(z.number().int().min(1).max(7)).min(1).max(7);
/** Who comes early to a post is there when it begins, ms. */
export const POST_EARLY_MS = 15 * 60_000;
/** A code as it is compared: however it was typed or read. */
export const placeCode = (code: string): string => code.normalize('NFKC').trim().toUpperCase();
const ends = { path: ['to'], message: 'ends before it begins' };

export const SavePost = z
  .object({
    id: Uuid,
    name: Name,
    place: Name,
    /** At whose card reader its people may sign in too (D3). */
    gate: Token.nullable().default(null),
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

const unique = (values: readonly string[]) => new Set(values).size === values.length;
/** One visit must not count for two rounds. */
const apart = (rounds: readonly { from: string; to: string }[]) =>
  rounds.every((a, i) => rounds.every((b, j) => i === j || a.to <= b.from || b.to <= a.from));

export const SaveRoute = z.object({
  id: Uuid,
  name: Name,
  points: z
    .array(z.object({ id: Uuid, name: Name, code: z.string().trim().min(4).max(64) }))
    .min(1)
    .max(60)
    .refine((points) => unique(points.map(({ id }) => id)), 'the same point twice')
    .refine((points) => unique(points.map(({ code }) => placeCode(code))), 'the same code twice'),
  /** No round crosses midnight. */
  rounds: z
    .array(z.object({ id: Uuid, ...Window }).refine(({ from, to }) => from < to, ends))
    .min(1)
    .max(48)
    .refine((rounds) => unique(rounds.map(({ id }) => id)), 'the same round twice')
    .refine(apart, 'rounds of a route overlap'),
  days: Days,
});
export type SaveRoute = z.infer<typeof SaveRoute>;

export const RetirePlace = z.object({ kind: z.enum(['post', 'route']), id: Uuid });
export type RetirePlace = z.infer<typeof RetirePlace>;

/**
 * Kept, or a code hangs at another place already. `fewest`: rounds over all routes on the weekday, Monday to Friday, that
 * has the fewest; `short` when that is below `MIN_ROUNDS`: a warning.
 */
const Rounds = { fewest: z.number().int(), short: z.boolean() };
const codeTaken = z.object({ result: z.literal('codeTaken'), code: z.string(), place: z.string() });
export const PostSaved = z.discriminatedUnion('result', [z.object({ result: z.literal('saved') }), codeTaken]);
export type PostSaved = z.infer<typeof PostSaved>;
export const RouteSaved = z.discriminatedUnion('result', [
  z.object({ result: z.literal('saved'), ...Rounds }),
  codeTaken,
]);
export type RouteSaved = z.infer<typeof RouteSaved>;
export const PlaceRetired = z.object(Rounds);
export type PlaceRetired = z.infer<typeof PlaceRetired>;

/** With codes: for those who plan, to print the signs. */
export const Places = z.object({ posts: z.array(SavePost), routes: z.array(SaveRoute), ...Rounds });
export type Places = z.infer<typeof Places>;

/** Least number of rounds a day (GB/T 29315-2022). */
export const MIN_ROUNDS = 5;

/**
 * A tag or code shown at a place, by whoever is signed in on the phone. `at` by the server's time as the phone knows it; the
 * server keeps when it came.
 */
export const SignIn = z.object({
  id: Uuid,
  code: z.string().trim().min(4).max(64),
  at: Instant,
  via: z.enum(['nfc', 'qr', 'typed']),
});
export type SignIn = z.infer<typeof SignIn>;

/**
 * A staff card at the reader of the gate that the post names (D3). From that gate's agent, at least once, however late: the gate
 * kept it when it happened. `id` makes a repeat harmless; `person`: whose card it is by the gate's list.
 */
export const SignInByCard = z.object({
  ...{ id: Uuid, post: Uuid, at: Instant, person: PersonRef },
  /** Without his card. */
  forgotten: CardForgotten.optional(),
});
export type SignInByCard = z.infer<typeof SignInByCard>;

/** A post's window on a day, as its gate must know it; without the sign's code. */
export const GatePost = z.object({
  post: Uuid,
  date: CivilDate,
  name: z.string(),
  place: z.string(),
  duty: z.string(),
  ...Window,
  people: z.array(PersonRef),
});
export type GatePost = z.infer<typeof GatePost>;
/** Of today and the six days after it, so that a gate which is cut off goes on. */
export const GatePosts = z.object({ asOf: Instant, posts: z.array(GatePost) });
export type GatePosts = z.infer<typeof GatePosts>;

/** Expected refusals are results: the code is nobody's; the moment lies in no window. */
export const SignedIn = z.discriminatedUnion('result', [
  z.object({ result: z.literal('post'), name: z.string(), place: z.string(), late: z.number().int() }),
  z.object({ result: z.literal('point'), name: z.string(), route: z.string(), left: z.number().int() }),
  z.object({ result: z.literal('unknownCode') }),
  z.object({
    result: z.literal('notNow'),
    name: z.string(),
    /** The next window of this place, within two weeks. */
    next: z.object({ date: CivilDate, ...Window }).nullable(),
  }),
  z.object({ result: z.literal('notYours'), name: z.string(), people: z.array(z.string()) }),
]);
export type SignedIn = z.infer<typeof SignedIn>;

/** missed: its window is over, with twenty seconds for a visit that is on its way. */
export const VisitState = z.enum(['due', 'open', 'done', 'missed']);
/** The window of a post on a day, and who came; done as soon as one of its people signed in. */
export const PostDay = z.object({
  post: Uuid,
  name: z.string(),
  place: z.string(),
  duty: z.string(),
  ...Window,
  people: z.array(PersonRef),
  state: VisitState,
  signed: z.array(
    z.object({
      person: PersonRef,
      at: Instant,
      late: z.number().int(),
      /** The gate at whose reader the card was tapped. */
      gate: Token.nullable(),
      /** He had no card with him. */
      forgotten: CardForgotten.optional(),
    }),
  ),
});
export type PostDay = z.infer<typeof PostDay>;

export const RoundDay = z.object({
  route: Uuid,
  routeName: z.string(),
  round: Uuid,
  ...Window,
  state: VisitState,
  points: z.array(
    z.object({
      point: Uuid,
      name: z.string(),
      state: VisitState,
      at: Instant.nullable(),
      by: z.string().nullable(),
      /** When it was flagged as missed; done nevertheless: its visit came later, from a phone that had no network. */
      flaggedAt: Instant.nullable(),
    }),
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
