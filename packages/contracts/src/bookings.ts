/**
 * 访客预约 (G1, A1): a visit that is agreed before anybody stands at the gate. Owner: `gate`. A host or the office books, or a
 * visitor applies by the school's link and the host, or the office, approves. What is approved for today and tomorrow goes
 * to every gate as the signed list `bookings`, so that a QR code is checked without a network.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, ClockTime, Instant, Uuid } from './ids.ts';
import { Plate } from './plates.ts';
import { Host } from './staff.ts';
import { VisitorType, VisitReason } from './visit-types.ts';

/** Before this much of its window a booking opens at the gate, ms: nobody waits outside because he was punctual. */
export const BOOKING_EARLY_MS = 30 * 60_000;
/** So far ahead may be booked, days. */
export const BOOKING_AHEAD_DAYS = 90;

const Line = (max: number) => z.string().trim().min(1).max(max);
const Phone = z
  .string()
  .max(32)
  .transform((s) => s.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\+?\d{5,15}$/));
/** One day and its hours: a window over two days can't be said, and is booked as two. */
const When = { day: CivilDate, from: ClockTime, until: ClockTime };

export const BookingDetails = z.object({
  name: Line(100),
  type: VisitorType,
  reason: VisitReason,
  note: z.string().trim().max(200).default(''),
  ...When,
  /** How many come, he himself included. */
  party: z.int().min(1).max(99),
  phone: Phone.nullable().default(null),
  plate: Plate.nullable().default(null),
});
export type BookingDetails = z.infer<typeof BookingDetails>;

/** By a host for himself, or by the office for anybody; `booking` makes a repeat harmless. */
export const BookVisit = BookingDetails.extend({ booking: Uuid, host: z.string().min(1).max(64) });
export type BookVisit = z.infer<typeof BookVisit>;

/** `revision`: the one that was looked at; who changes an older one is told and loses nothing. `phone: null` leaves it. */
export const ChangeBooking = BookingDetails.extend({ booking: Uuid, revision: z.int() });
export type ChangeBooking = z.infer<typeof ChangeBooking>;

export const CancelBooking = z.object({ booking: Uuid, reason: Line(200) });
export type CancelBooking = z.infer<typeof CancelBooking>;

export const DecideBooking = z.object({
  booking: Uuid,
  decision: z.enum(['approve', 'decline']),
  /** Whom the office has found: an application whose words fit nobody, or two people, belongs to nobody yet. */
  host: z.string().min(1).max(64).optional(),
  /** As what he comes, when the host knows better than the usual type of the reason. */
  type: VisitorType.optional(),
  reason: z.string().trim().max(200).default(''),
});
export type DecideBooking = z.infer<typeof DecideBooking>;

/** By a visitor without sign-in. Whom he wants to see is typed: nobody is shown a list of the school's people. */
export const ApplyForVisit = z.object({
  /** Chosen by the page; known to nobody else, so that a second press is the same application. */
  request: Uuid,
  name: Line(100),
  phone: Phone,
  department: z.string().trim().max(100).default(''),
  person: Line(100),
  reason: VisitReason,
  note: z.string().trim().max(200).default(''),
  ...When,
  party: z.int().min(1).max(99),
  plate: Plate.nullable().default(null),
});
export type ApplyForVisit = z.infer<typeof ApplyForVisit>;

export const BOOKING_STATES = ['waiting', 'approved', 'declined', 'cancelled'] as const;
export const BookingState = z.enum(BOOKING_STATES);
export type BookingState = z.infer<typeof BookingState>;

/**
 * What does not add up about a use: a second one, or one that a gate allowed by a list that was older than the cancellation.
 * Kept and shown, never put right silently.
 */
export const USE_DOUBTS = ['again', 'notApproved', 'unknown'] as const;
export const BookingUse = z.object({
  visit: Uuid,
  gate: z.string(),
  at: Instant,
  offline: z.boolean(),
  doubt: z.enum(USE_DOUBTS).nullable(),
});
export type BookingUse = z.infer<typeof BookingUse>;

/** A booking as its host and the office see it. */
export const BookingView = z.object({
  booking: Uuid,
  state: BookingState,
  revision: z.int(),
  source: z.enum(['host', 'visitor']),
  name: z.string(),
  type: VisitorType,
  reason: VisitReason,
  note: z.string(),
  /** Null: an application that waits for the office to find whom it means. */
  host: Host.nullable(),
  /** As the visitor typed it. */
  wanted: z.object({ department: z.string(), person: z.string() }).nullable(),
  from: Instant,
  until: Instant,
  party: z.int(),
  phoneLast4: z.string().nullable(),
  plate: z.string().nullable(),
  /** No school on that day: said, not forbidden. */
  dayOff: z.boolean(),
  createdAt: Instant,
  decidedBy: PersonRef.nullable(),
  decidedAt: Instant.nullable(),
  /** Why it was declined or cancelled. */
  closing: z.string(),
  uses: z.array(BookingUse),
});
export type BookingView = z.infer<typeof BookingView>;

export const BOOKING_REFUSALS = [
  'past',
  'endBeforeStart',
  'tooFar',
  'noSuchHost',
  'hostMissing',
  'notYours',
  'changed',
  'closed',
  'used',
] as const;
export const BookingRefusal = z.enum(BOOKING_REFUSALS);
export type BookingRefusal = z.infer<typeof BookingRefusal>;

export const BookingResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done'), booking: BookingView }),
  z.object({ result: z.literal('refused'), refusal: BookingRefusal }),
]);
export type BookingResult = z.infer<typeof BookingResult>;

/** The QR code of an approved booking, and the path of the page that shows it to the visitor. */
export const BookingCode = z.object({ text: z.string(), svg: z.string(), path: z.string() });
export type BookingCode = z.infer<typeof BookingCode>;

/** What the holder of the link may see: what he gave himself, and how it stands. Never who works at the school. */
export const VisitorsBooking = z.object({
  state: z.enum([...BOOKING_STATES, 'used', 'expired']),
  name: z.string(),
  to: z.string(),
  reason: VisitReason,
  from: Instant,
  until: Instant,
  party: z.int(),
  plate: z.string().nullable(),
  code: BookingCode.pick({ text: true, svg: true }).nullable(),
});
export type VisitorsBooking = z.infer<typeof VisitorsBooking>;

/** The answer is the same whether the school knows the person or not. */
export const Applied = z.discriminatedUnion('result', [
  z.object({ result: z.literal('waiting'), token: z.string() }),
  z.object({ result: z.literal('refused'), refusal: z.enum(['past', 'endBeforeStart', 'tooFar']) }),
]);
export type Applied = z.infer<typeof Applied>;

/** As the gates hold it: the host by his id (the list `staff` has the rest), nothing that the guard need not see. */
export const ListedBooking = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('approved'),
    booking: Uuid,
    name: z.string(),
    initials: z.string(),
    type: VisitorType,
    reason: VisitReason,
    host: z.string(),
    from: Instant,
    until: Instant,
    party: z.int(),
    plate: z.string().optional(),
    /** Whose yes it is: the host is not asked again at the gate. */
    by: PersonRef,
    at: Instant,
    used: z.object({ gate: z.string(), at: Instant }).optional(),
  }),
  z.object({ state: z.literal('cancelled'), booking: Uuid, from: Instant, until: Instant }),
]);
export type ListedBooking = z.infer<typeof ListedBooking>;
export const BookingList = z.object({ bookings: z.array(ListedBooking) });
export type BookingList = z.infer<typeof BookingList>;

/** A booked visitor as the guard's screen shows him. */
export const ExpectedVisit = z.object({
  booking: Uuid,
  name: z.string(),
  type: VisitorType,
  reason: VisitReason,
  /** Null: whoever was to be visited is no longer at the school. */
  host: Host.nullable(),
  from: Instant,
  until: Instant,
  party: z.int(),
  plate: z.string().nullable(),
  by: PersonRef,
  at: Instant,
});
export type ExpectedVisit = z.infer<typeof ExpectedVisit>;

/** Each with its own words and what to do. `unknown`: signed by this school, and on no list that this gate has. */
export const CODE_REFUSALS = ['used', 'expired', 'cancelled', 'tooEarly', 'otherDay', 'unknown', 'forged'] as const;
export const CodeRefusal = z.enum(CODE_REFUSALS);
export type CodeRefusal = z.infer<typeof CodeRefusal>;

/** The gate's answer to a booking's code. */
export const BookingVerdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('expected'), visit: ExpectedVisit }),
  z.object({
    verdict: z.literal('refused'),
    refusal: CodeRefusal,
    /** Absent for what this gate does not know. */
    visit: ExpectedVisit.nullable(),
    window: z.object({ from: Instant, until: Instant }).nullable(),
    used: z.object({ gate: z.string(), at: Instant }).nullable(),
    /** How old the list is that says so; null: none has ever come. */
    asOf: Instant.nullable(),
  }),
]);
export type BookingVerdict = z.infer<typeof BookingVerdict>;
