/** What can come in, flow by flow: touches, answers of the agent, and what it tells by itself. */
import type {
  Host,
  HostResult,
  HostSearch,
  KioskEvent,
  PickupVerdict,
  RefusalReason,
  SessionToday,
  VisitReason,
  VisitView,
} from '@anyuan/contracts';
import type { Admitted, AgentErrorCode, ChildResult, HelpContact, Sex, StandDownAnswer } from './agent-client.ts';
import type { BadgeInput } from './badge.ts';
import type { BookingInput } from './booking-types.ts';
import type { Effect } from './effects.ts';
import type { ForgottenInput } from './forgotten.ts';
import type { GiveBackInput } from './give-back.ts';
import type { ShiftInput } from './handover.ts';
import type { KeptVisitsInput } from './kept-visits.ts';
import type { PeakInput } from './peak.ts';
import type { Item, MoreScreen, StandDownReason, VisitsScreen } from './state.ts';
import type { VehicleFlowInput } from './vehicles.ts';
import type { LifeInput } from './visit-life.ts';
import type { WatchInput } from './watch.ts';

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
