/**
 * Everything the gate's screen can be, what can come in, and what it may ask for. One screen is one value of `Screen`; an
 * open alarm lies over it and leaves it untouched, so that it is there again afterwards.
 */
import type {
  Action,
  BadgeEvent,
  ExpectedVisit,
  Host,
  HostResult,
  HostSearch,
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
import type {
  AdmitInput,
  Admitted,
  AgentErrorCode,
  ChildResult,
  HelpContact,
  PressInput,
  RefuseInput,
  Sex,
  StandDownAnswer,
  TypedIdentity,
} from './agent-client.ts';
import type { BadgeEffect, BadgeInput } from './badge.ts';
import type { Booked, BookingEffect, BookingInput, BookingScreen } from './booking-types.ts';
import type { ForgottenEffect, ForgottenInput, ForgottenScreen } from './forgotten.ts';
import type { GiveBackInput, GiveBackScreen, HeldScreen } from './give-back.ts';
import type { ShiftEffect, ShiftInput, ShiftScreen } from './handover.ts';
import type { KeptVisit, KeptVisitsInput, KeptVisitsScreen } from './kept-visits.ts';
import type { Leaving } from './leaving.ts';
import type { PeakInput, PeakLayer } from './peak.ts';
import type { PermitScreen } from './permits.ts';
import type { VehicleEffect, VehicleFlowInput, VehicleScreen } from './vehicles.ts';
import type { AskInput, ReturnInput } from './visit-client.ts';
import type { LifeInput, LifePane, VisitDetails } from './visit-life.ts';
import type { WatchEffect, WatchInput, WatchLayer, WatchWaitScreen } from './watch.ts';

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

export type Sound = 'yes' | 'no' | 'look';
export type Command =
  | 'admit'
  | 'refuse'
  | 'signOut'
  | 'undo'
  | 'returnItems'
  | 'handOver'
  | 'decline'
  | 'byDocument'
  | 'beginShift'
  | 'proveShift'
  | 'passShift'
  | 'leaveShift'
  | 'beginSignIn'
  | 'endSignIn'
  | BadgeEffect['run']
  | 'watchAnswer'
  | 'proveForgotten'
  | 'logVehicle';

export type Effect =
  | BookingEffect
  | WatchEffect
  | VehicleEffect
  | ForgottenEffect
  | { run: 'sound'; sound: Sound }
  | { run: 'hosts'; search: HostSearch }
  | { run: 'onSite' }
  | { run: 'help' }
  | { run: 'admit'; input: AdmitInput }
  | { run: 'refuse'; input: RefuseInput }
  | { run: 'signOut'; visit: string; count?: number }
  | { run: 'undo'; visit: string }
  | { run: 'askHost'; key: string; input: AskInput }
  | { run: 'withdraw'; question: string }
  | { run: 'held' }
  | { run: 'returnItems'; input: ReturnInput }
  | { run: 'handOver'; verdict: string; children: string[] }
  | { run: 'decline'; verdict: string }
  | { run: 'byDocument'; presented: string }
  | ShiftEffect
  | { run: 'sessions' }
  | { run: 'beginSignIn'; session: string }
  | { run: 'endSignIn' }
  | BadgeEffect
  | { run: 'press'; input: PressInput }
  | { run: 'acknowledge'; incident: string }
  | { run: 'arrived'; incident: string; who: 'guard' | 'police' }
  | { run: 'standDown'; incident: string; tap: string; reason: StandDownReason; pin?: string };

export type Step = [Session, Effect[]];

export type CoreInput = { flow: 'core' } & (
  | { do: 'event'; event: KioskEvent }
  | { do: 'link'; up: boolean }
  | { do: 'tick' }
  | { do: 'touch' }
  | { do: 'back' }
  | { do: 'restart' }
  | { do: 'takeWaiting' }
  | { do: 'openHelp'; wanted: string | null }
  | { do: 'closeHelp' }
  | { do: 'contacts'; contacts: HelpContact[] }
  | { do: 'failed'; during: Effect['run']; code: AgentErrorCode }
  | { do: 'dismissFailure' }
);

export type VisitorInput = { flow: 'visitor' } & (
  | { do: 'reason'; reason: VisitReason }
  | { do: 'pickHost' }
  | { do: 'letter'; letter: string }
  | { do: 'eraseLetter' }
  | { do: 'clearSearch' }
  | { do: 'department'; department: string }
  | { do: 'hosts'; search: HostSearch; result: HostResult }
  | { do: 'host'; host: Host }
  | { do: 'clear' }
  | { do: 'found' }
  | { do: 'item'; item: Item }
  | { do: 'holdItems' }
  | { do: 'refuseItems' }
  | { do: 'refusePane' }
  | { do: 'refuse'; refusal: RefusalReason }
  | { do: 'admit' }
  | { do: 'admitted'; result: Admitted }
  | { do: 'alreadyIn'; visit: VisitView }
  | { do: 'refused'; refusal: RefusalReason; items: string[]; synced: boolean }
  | { do: 'undo' }
  | { do: 'undone' }
  | { do: 'signOut' }
  | { do: 'leaving'; by: number }
  | { do: 'signedOut'; visit: string }
  | { do: 'registerAgain' }
  | LifeInput
);

export type PickupInput = { flow: 'pickup' } & (
  | { do: 'open' }
  | { do: 'child'; child: string }
  | { do: 'handOver' }
  | { do: 'handedOver'; results: ChildResult[] }
  | { do: 'notThisPerson' }
  | { do: 'declined' }
  | { do: 'verdict'; verdict: PickupVerdict }
);

export type DeskInput = { flow: 'desk' } & (
  | { do: 'typed' }
  | { do: 'name'; name: string }
  | { do: 'sex'; sex: Sex }
  | { do: 'numberKind'; kind: 'idNumber' | 'phone' }
  | { do: 'key'; key: string }
  | { do: 'eraseKey' }
  | { do: 'typedDone' }
  | { do: 'visits'; sort: VisitsScreen['sort'] }
  | { do: 'visitsLoaded'; visits: VisitView[] }
  | { do: 'page'; by: 1 | -1 }
  | { do: 'chooseVisit'; visit: string }
  | { do: 'signIn' }
  | { do: 'sessions'; sessions: SessionToday[] }
  | { do: 'beginSignIn'; session: string }
  | { do: 'signInBegun' }
  | { do: 'endSignIn' }
  | { do: 'signInEnded' }
  | { do: 'more'; pane: MoreScreen['pane'] }
  | { do: 'drill'; change: Partial<Pick<MoreScreen, 'mode' | 'kind' | 'action'>> }
);

export type AlarmInput = { flow: 'alarm' } & (
  | { do: 'press' }
  | { do: 'startDrill' }
  | { do: 'next' }
  | { do: 'openTest' }
  | { do: 'acknowledge' }
  | { do: 'arrived'; who: 'guard' | 'police' }
  | { do: 'pane'; pane: 'main' | 'missing' | 'why' }
  | { do: 'reason'; reason: StandDownReason }
  | { do: 'stoodDown'; answer: StandDownAnswer; tap?: string }
  | { do: 'pinKey'; key: string }
  | { do: 'pinErase' }
  | { do: 'pinDone' }
);

export type Input =
  | CoreInput
  | PeakInput
  | VisitorInput
  | GiveBackInput
  | KeptVisitsInput
  | PickupInput
  | DeskInput
  | BadgeInput
  | AlarmInput
  | ShiftInput
  | BookingInput
  | WatchInput
  | ForgottenInput
  | VehicleFlowInput;

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
