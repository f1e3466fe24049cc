/**
 * Everything the gate's screen can be; `inputs.ts` is what can come in, `effects.ts` what it may ask for. One screen is
 * one value of `Screen`; an open alarm lies over it and leaves it untouched, so that it is there again afterwards.
 */
import type {
  Action,
  BadgeEvent,
  ExpectedVisit,
  Host,
  IncidentKind,
  KioskAlarm,
  KioskEvent,
  KioskStatus,
  Mode,
  PickupRefusal,
  PickupVerdict,
  Presented,
  RefusalReason,
  SecurityCheck,
  SessionToday,
  StandDown,
  VisitReason,
  VisitView,
} from '@anyuan/contracts';
import type { Admitted, AgentErrorCode, ChildResult, HelpContact, Sex, TypedIdentity } from './agent-client.ts';
import type { Booked, BookingScreen } from './booking-types.ts';
import type { Command, Effect } from './effects.ts';
import type { ForgottenScreen } from './forgotten.ts';
import type { GiveBackScreen, HeldScreen } from './give-back.ts';
import type { ShiftScreen } from './handover.ts';
import type { KeptVisit, KeptVisitsScreen } from './kept-visits.ts';
import type { Leaving } from './leaving.ts';
import type { PeakLayer } from './peak.ts';
import type { PermitScreen } from './permits.ts';
import type { VehicleScreen } from './vehicles.ts';
import type { LifePane, VisitDetails } from './visit-life.ts';
import type { WatchLayer, WatchWaitScreen } from './watch.ts';

type YesVerdict = Extract<PickupVerdict, { verdict: 'yes' }>;
export const ITEMS = ['knife', 'flame', 'explosives', 'alcohol', 'other'] as const;
/** What no guard may keep in his room while its owner walks in. */
export const NEVER_HELD: readonly (typeof ITEMS)[number][] = ['explosives'];
export type Item = (typeof ITEMS)[number];
export type StandDownReason = StandDown['reason'];

export type Who = { by: 'card'; presented: Presented } | { by: 'word'; typed: TypedIdentity };

export type VisitorPane =
  | { pane: 'main' }
  | {
      pane: 'hosts';
      query: string;
      department: string | null;
      departments: string[] | null;
      /** Null until the answer to this very search is there. */
      hosts: Host[] | null;
    }
  | { pane: 'items'; items: Item[] }
  | { pane: 'refuse' }
  | LifePane;

export interface VisitorScreen extends VisitDetails {
  at: 'visitor';
  who: Who;
  reason: VisitReason | null;
  host: Host | null;
  security: SecurityCheck | null;
  pane: VisitorPane;
  booked?: Booked;
  /** He has waited so long that the agent has forgotten his document. */
  cardAgain?: true;
}

export interface TypedScreen {
  at: 'typed';
  name: string;
  sex: Sex;
  kind: 'idNumber' | 'phone';
  idNumber: string;
  phone: string;
  /** Whom it is typed for, without a document. */
  booked?: ExpectedVisit;
}

export interface OnSiteScreen {
  at: 'onSite';
  visit: VisitView;
  presented: Presented;
  leaving: Leaving;
}

export interface VisitsScreen {
  at: 'visits';
  /** 访客离校 shows the number pad first, 访客在校 the list, 停留最久 the longest first, 超时未离校 those alone. */
  sort: 'number' | 'onSite' | 'longest' | 'overdue' | 'leftOver';
  visits: VisitView[] | null;
  digits: string;
  page: number;
  chosen: string | null;
  leaving: Leaving;
  /** A slip was scanned before the list was there. */
  wanted: string | null;
}

export interface SignInScreen {
  at: 'signIn';
  /** Today's trainings, until one is open at this gate (`status.attendance`). */
  sessions: SessionToday[] | null;
  /** The card that was tapped last. */
  last: Extract<KioskEvent, { type: 'attended' }> | null;
}

/** Who was signed in at his post by his card, for a few seconds. */
export type AtPost = Extract<KioskEvent, { type: 'atPost' }>;

export interface MoreScreen {
  at: 'more';
  pane: 'menu' | 'alarm' | 'devices';
  mode: Mode;
  kind: IncidentKind;
  action: Action | null;
}

/** What was shown: his card, or an ID card in its place. */
export type ShownBy = 'card' | 'document';

export type RefusedPickup = {
  at: 'pickupRefused';
  by: ShownBy;
  reason: PickupRefusal | 'notThisPerson';
  verdict: PickupVerdict;
};

/** Every child of this card has gone already today. */
export type CollectedPickup = { at: 'collected'; by: ShownBy; verdict: YesVerdict };

/** The same adult once more, after the hand-over: nothing to clear up. */
export const takenByThemselves = ({ guardian, children }: YesVerdict): boolean =>
  children.every((child) => child.collected?.by === guardian.name);

export type Screen =
  | { at: 'idle' }
  | VisitorScreen
  | TypedScreen
  | OnSiteScreen
  | { at: 'admitted'; result: Admitted; name: string; host: Host; until: number }
  | { at: 'turnedAway'; name: string; refusal: RefusalReason; items: string[]; synced: boolean }
  | VisitsScreen
  | GiveBackScreen
  | HeldScreen
  | KeptVisitsScreen
  | { at: 'pickup'; by: ShownBy; verdict: YesVerdict; chosen: string[] }
  | { at: 'handedOver'; verdict: YesVerdict; results: ChildResult[]; until: number | null }
  | CollectedPickup
  | RefusedPickup
  | { at: 'document' }
  | ShiftScreen
  | SignInScreen
  | { at: 'atPost'; said: AtPost; until: number }
  | BookingScreen
  | WatchWaitScreen
  | PermitScreen
  | VehicleScreen
  | ForgottenScreen
  | MoreScreen;

/** Laid down while another matter was open; the newest only, and not for ever. */
export type Waiting = { at: number } & (
  | { kind: 'presented'; presented: Presented }
  | { kind: 'verdict'; verdict: PickupVerdict }
);

export type HintKey =
  | 'alreadyIn'
  | 'alarmBusy'
  | 'atPostAgain'
  | 'atPostNot'
  | 'atPostYes'
  | 'attendedAgain'
  | 'attendedNot'
  | 'attendedYes'
  | 'badgeFailed'
  | 'bookingLater'
  | 'code'
  | 'document'
  | 'exerciseBusy'
  | 'notKept'
  | 'noVisit'
  | 'permitAgain'
  | 'permitIn'
  | 'permitNo'
  | 'permitOut'
  | 'quiet'
  | 'reading'
  | 'signedOut'
  | 'staffCard'
  | 'someSignedOut'
  | 'thingsSettled'
  | 'undone'
  | 'unsupported'
  | 'vehicleBack'
  | 'vehicleIn'
  | 'vehicleOut';
export interface Hint {
  key: HintKey;
  name: string;
  until: number;
}

export type AlarmPane =
  | { pane: 'main' }
  | { pane: 'missing' }
  | { pane: 'why'; tap: string | null }
  | {
      pane: 'tap';
      reason: StandDownReason;
      sending: boolean;
      problem: 'notAllowed' | 'offline' | 'expired' | null;
      /** His card was read, and he has a PIN of his own. */
      pin?: StandDownPin;
    };

export interface StandDownPin {
  tap: string;
  digits: string;
  wrong: { left: number } | { until: number } | null;
}

export interface AlarmLayer {
  /** Those to be shown, highest mode first, newest first. */
  incidents: KioskAlarm[];
  focus: string | null;
  pane: AlarmPane;
  /** The guard has opened the test that otherwise is a ribbon over his work. */
  opened: boolean;
}

export interface Session {
  /** `cut` for a moment only; then `away`. */
  link: 'starting' | 'up' | 'cut' | 'away';
  linkSince: number;
  status: KioskStatus | null;
  screen: Screen;
  alarm: AlarmLayer;
  watch: WatchLayer;
  waiting: Waiting | null;
  /** Who waits for his host's answer while another is served; in the order in which they came. */
  keptVisits: readonly KeptVisit[];
  peak: PeakLayer;
  /** The last document that was laid down: the agent may tell it twice, first without what the server knows of it. */
  lastPresented: string | null;
  hint: Hint | null;
  /** The last word of the printer. */
  badge: BadgeEvent | null;
  touchedAt: number;
  asking: boolean;
  /** A command is on its way: no second press, no wipe. */
  busy: Command | null;
  failure: { during: Effect['run']; code: AgentErrorCode } | null;
  help: { open: boolean; wanted: string | null; contacts: HelpContact[] | null };
}

export type Step = [Session, Effect[]];

export const IDLE: Screen = { at: 'idle' };

export const start = (now: number): Session => ({
  link: 'starting',
  linkSince: now,
  status: null,
  screen: IDLE,
  alarm: { incidents: [], focus: null, pane: { pane: 'main' }, opened: false },
  watch: { notices: [], open: null },
  waiting: null,
  keptVisits: [],
  peak: { hand: null, aside: null, queue: [] },
  lastPresented: null,
  hint: null,
  badge: null,
  touchedAt: now,
  asking: false,
  busy: null,
  failure: null,
  help: { open: false, wanted: null, contacts: null },
});

export const stay = (s: Session): Step => [s, []];
export const show = (s: Session, screen: Screen, ...effects: Effect[]): Step => [{ ...s, screen }, effects];
/** A command that must be answered before the next one. */
export const command = (s: Session, effect: Effect & { run: Command }): Step =>
  s.busy === null ? [{ ...s, busy: effect.run, failure: null }, [effect]] : stay(s);
export const hinted = (s: Session, key: HintKey, now: number, name = '', ms = 6000): Session => ({
  ...s,
  hint: { key, name, until: now + ms },
});
/**
 * The gate's work stops for an alarm and for an exercise, never for a test, and goes on once a named person has ended it: one
 * dead lamp that can't say that it is quiet must not keep the gate closed.
 */
export const workStops = (s: Session): boolean =>
  s.alarm.incidents.some((a) => a.view.mode !== 'test' && a.view.status === 'open');
/** An open alarm lies over everything; a test, or what was ended and is not quiet yet, only while the guard looks at it. */
export const alarmOn = (s: Session): boolean => workStops(s) || (s.alarm.opened && s.alarm.incidents.length > 0);
export const foldTest = (s: Session): Session =>
  s.alarm.opened ? { ...s, alarm: { ...s.alarm, opened: false, pane: { pane: 'main' } } } : s;
