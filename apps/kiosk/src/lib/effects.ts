/** What the screen may ask for: commands of the guard's, questions, sounds. */
import type { HostSearch } from '@anyuan/contracts';
import type { AdmitInput, PressInput, RefuseInput } from './agent-client.ts';
import type { BadgeEffect } from './badge.ts';
import type { BookingEffect } from './booking-types.ts';
import type { ForgottenEffect } from './forgotten.ts';
import type { ShiftEffect } from './handover.ts';
import type { StandDownReason } from './state.ts';
import type { VehicleEffect } from './vehicles.ts';
import type { AskInput, ReturnInput } from './visit-client.ts';
import type { WatchEffect } from './watch.ts';

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
