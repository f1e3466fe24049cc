/**
 * What the gate's agent tells its screen over one SSE stream on localhost: a `status` whenever it changes, and each thing
 * that was laid down. Masked here already: no full ID number ever reaches a browser.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { IncidentView } from './alarm.ts';
import { BookingVerdict } from './bookings.ts';
import { CardForgotten } from './forgotten.ts';
import { DocumentKind, Recognition, Sex } from './gate.ts';
import { HostQuestion } from './host-questions.ts';
import { ClockTime, Instant, Uuid } from './ids.ts';
import { ListName } from './lists.ts';
import { GatePost } from './patrols.ts';
import { PASS_OUTCOMES, PermitEntry, PermitRefusal } from './permits.ts';
import { PickupVerdict } from './pickup.ts';
import { Host } from './staff.ts';
import { Attended, SessionToday } from './training-courses.ts';
import { WatchNotice } from './watchlist.ts';

export const PortState = z.enum(['opening', 'ok', 'away', 'silent', 'fault']);
export type PortState = z.infer<typeof PortState>;

export const KioskDevice = z.object({
  id: z.string(),
  driver: z.string(),
  name: z.string(),
  state: PortState,
  since: Instant,
  /** Closed word for the text catalogue: `stuck`, `cutWire`, `relayStuck`, `noAnswer`, `portLost`; of a printer that prints, `paperLow`. */
  fault: z.string().nullable(),
});
export type KioskDevice = z.infer<typeof KioskDevice>;

/** What of the gate's screen depends on the hour. */
export const KioskModes = z.object({
  /** Clock times of this gate between which the screen is dark. */
  night: z.object({ from: ClockTime, to: ClockTime }),
  /** Today's, by the gate's file and the pickup list. */
  peaks: z.array(z.object({ kind: z.enum(['arrival', 'dismissal']), from: Instant, to: Instant })),
});
export type KioskModes = z.infer<typeof KioskModes>;

export const KioskStatus = z.object({
  gate: z.object({ id: z.string(), name: z.string(), nameEn: z.string(), mark: z.string() }),
  now: Instant,
  /** The school's bus, and whether its services answer. `bus: down` means an alarm sounds at this gate only. */
  server: z.object({ bus: z.enum(['up', 'down']), services: z.enum(['up', 'down']), since: Instant }),
  lists: z.array(
    z.object({
      list: ListName,
      asOf: Instant.nullable(),
      /** Older than this, every release must be confirmed by eye, ms. */
      limitMs: z.number(),
      /** Set when a list was refused: `badSignature`, `older`, `damaged`. */
      fault: z.string().nullable(),
    }),
  ),
  siren: z.enum(['none', 'ok', 'sounding', 'exercise', 'test', 'fault']),
  duty: PersonRef.nullable(),
  devices: z.array(KioskDevice),
  counts: z.object({
    onSite: z.number().int(),
    overstay: z.number().int(),
    longestOverMin: z.number().int(),
    handedOver: z.number().int(),
    /** 未签离: inside since before the school's last closing. */
    leftOver: z.number().int(),
    /** Visitors whose things are still at a gate. */
    held: z.number().int(),
  }),
  /** The training whose attendance is taken at this gate's reader, until when, and how many cards came. */
  attendance: z.object({ session: SessionToday, until: Instant, came: z.number().int() }).nullable(),
  modes: KioskModes,
  /** Records that stand in the journal and have not reached their owner yet. */
  pending: z.number().int(),
  /** Records that their owner will never take: they stay on this gate's disk until a person has looked at them. */
  refused: z.number().int(),
  /** This gate's own disk: `low` it still takes records, `full` and `failing` it takes none and nothing can be decided. */
  storage: z.object({ state: z.enum(['ok', 'low', 'full', 'failing']), since: Instant }),
  /** The newest jump of this gate's clock within a day, ms; records keep their order all the same. */
  clockJump: z.object({ at: Instant, byMs: z.number().int() }).nullable(),
  demo: z.boolean(),
});
export type KioskStatus = z.infer<typeof KioskStatus>;

/** A document on the reader, masked. `id` is what a later command names; the agent forgets it after 5 min. */
export const Presented = z.object({
  id: Uuid,
  at: Instant,
  document: DocumentKind,
  name: z.string(),
  sex: Sex,
  last4: z.string(),
  /** `valid`, `expired`, `notYet`; the end date as printed, `长期` included. */
  validity: z.object({ state: z.enum(['valid', 'expired', 'notYet', 'unknown']), until: z.string().nullable() }),
  /** False when the check digit or birth date does not hold (GB 11643). */
  numberHolds: z.boolean(),
  /** Null while off line. */
  recognition: Recognition.nullable(),
});
export type Presented = z.infer<typeof Presented>;

export const KioskAlarm = z.object({
  /** `gateOnly`: pressed here while the bus is away, so only this gate's own siren sounds. */
  reach: z.enum(['school', 'gateOnly']),
  /** The alarm service has not spoken of it: counted are this gate's own devices, and the school's are not known. */
  own: z.boolean(),
  view: IncidentView,
});
export type KioskAlarm = z.infer<typeof KioskAlarm>;

/**
 * A visitor's badge (G2): on its way, out, or not. It follows the decision and never holds it up. `fault`: the printer's word
 * (`paperOut`, `coverOpen`, `cutterFault`, `printerFault`, `noAnswer`, `portLost`); `cut`: a part of it may be on the paper.
 */
export const BadgeEvent = z.object({
  type: z.literal('badge'),
  visit: Uuid,
  at: Instant,
  state: z.enum(['printing', 'printed', 'failed']),
  fault: z.string().nullable(),
  cut: z.boolean(),
});
export type BadgeEvent = z.infer<typeof BadgeEvent>;

/** No card was tapped. */
const byWord = { forgotten: CardForgotten.optional() };

export const KioskEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), status: KioskStatus }),
  z.object({ type: z.literal('reading'), device: z.string() }),
  z.object({ type: z.literal('presented'), presented: Presented }),
  /** News of a question that this gate asked. */
  z.object({ type: z.literal('hostQuestion'), question: HostQuestion }),
  z.object({ type: z.literal('documentRefused'), reason: z.enum(['unsupported', 'unreadable']), at: Instant }),
  z.object({ type: z.literal('verdict'), verdict: PickupVerdict }),
  /** A staff card: opens what it may open (shift, stand-down). */
  z.object({ type: z.literal('staffCard'), tap: Uuid, person: PersonRef, mayStandDown: z.boolean(), at: Instant }),
  /** A card while attendance is taken. `kept`: on this gate's disk, and its owner has not answered; the name is this gate's word. */
  z.object({
    type: z.literal('attended'),
    at: Instant,
    result: z.enum([...Attended.options.map((one) => one.shape.result.value), 'kept']),
    name: z.string().nullable(),
    ...byWord,
  }),
  /**
   * A staff card of somebody whose post is here now. `at`: of the sign-in that counts; of `already`, the first. `kept`: on this
   * gate's disk, and its owner has not answered. `changed`: its owner plans otherwise by now. `asOf`: how old this gate's word is.
   */
  z.object({
    type: z.literal('atPost'),
    at: Instant,
    result: z.enum(['recorded', 'already', 'kept', 'changed']),
    person: PersonRef,
    post: GatePost.omit({ people: true }),
    asOf: Instant,
    ...byWord,
  }),
  /** Somebody at the gate agrees with an entry of the watchlist, or the answer to that; said before what it is about. */
  z.object({ type: z.literal('watch'), notice: WatchNotice }),
  /**
   * A permit's card. `again`: tapped within ten seconds, counted once. `byEye`: the list is older than the school's limit, so the
   * door stays shut and the guard looks. `asOf`: how old the list is; null without one.
   */
  z.object({
    type: z.literal('permit'),
    at: Instant,
    result: z.enum([...PASS_OUTCOMES, 'again']),
    refusal: PermitRefusal.nullable(),
    permit: PermitEntry.pick({ permit: true, kind: true, name: true, firm: true, validTo: true, from: true, to: true })
      .extend({ suspendedWhy: z.string().nullable() })
      .nullable(),
    byEye: z.boolean(),
    offline: z.boolean(),
    asOf: Instant.nullable(),
    ...byWord,
  }),
  /** A card was read, and the gate's disk did not take it. */
  z.object({ type: z.literal('notKept'), at: Instant }),
  z.object({ type: z.literal('code'), text: z.string(), at: Instant }),
  /** A booking's code was scanned. */
  z.object({ type: z.literal('booking'), verdict: BookingVerdict, at: Instant }),
  /** A visitor's slip was scanned. */
  z.object({ type: z.literal('visitCode'), visit: Uuid, at: Instant }),
  BadgeEvent,
  /** Every open incident, newest first; empty when all is over. Also while the server is away (this gate's own). */
  z.object({ type: z.literal('alarms'), incidents: z.array(KioskAlarm) }),
]);
export type KioskEvent = z.infer<typeof KioskEvent>;

/** Result of a command at the kiosk: what was decided is already on the gate's disk. */
export const Kept = z.object({
  id: Uuid,
  /** The owner has it too. */
  synced: z.boolean(),
});
export type Kept = z.infer<typeof Kept>;

export const HostSearch = z.object({ query: z.string().max(40).optional(), department: z.string().max(64).optional() });
export const HostResult = z.object({ departments: z.array(z.string()), hosts: z.array(Host) });
export type HostSearch = z.infer<typeof HostSearch>;
export type HostResult = z.infer<typeof HostResult>;
