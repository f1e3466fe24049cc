/**
 * What the screen asks of the agent beside it, in contracts' words. Screens depend on this interface alone; `trpc-client.ts`
 * is the one place that knows how it travels. Every call may fail: it rejects with an `AgentError`, whose code chooses the
 * text; a call that is not answered in time rejects too, so that no button stays down for ever.
 */
import type {
  Action,
  ErrorCode,
  HostResult,
  HostSearch,
  IncidentKind,
  Kept,
  KioskEvent,
  Mode,
  PickupVerdict,
  SessionToday,
  StandDown,
  VisitView,
} from '@anyuan/contracts';
import type { BadgeClient } from './badge.ts';
import type { BookingClient } from './booking-types.ts';
import type { ForgottenClient } from './forgotten.ts';
import type { ShiftClient } from './handover.ts';
import type { VehicleClient } from './vehicles.ts';
import type { VisitClient } from './visit-client.ts';
import type { WatchClient } from './watch.ts';

export type { AdmitInput, Admitted, Identity, RefuseInput, Sex, TypedIdentity } from './visit-client.ts';

export interface ChildResult {
  child: string;
  /** `conflict`: somebody else has this child already. */
  result: 'recorded' | 'kept' | 'conflict';
  by?: string | undefined;
  at?: string | undefined;
}
export interface HelpContact {
  name: string;
  title: string;
  phone: string;
  /** On duty today. */
  duty?: 'leader' | 'teacher';
}
export type StandDownAnswer =
  | { ok: true }
  | { ok: false; reason: 'offline' | 'notAllowed' | 'expired' | 'pinWanted' }
  | { ok: false; reason: 'wrongPin'; left: number }
  | { ok: false; reason: 'tooMany'; waitMs: number };
export interface PressInput {
  mode: Mode;
  action?: Action;
  kind?: IncidentKind;
}
interface Pressed {
  incident: string;
  reach: 'school' | 'gateOnly';
}

export interface AgentClient extends VisitClient {
  readonly bookings: BookingClient;
  /** One stream. `onLink(false)` when it is cut, `onLink(true)` when it is there again; it reconnects by itself. */
  events(onEvent: (event: KioskEvent) => void, onLink: (up: boolean) => void): () => void;
  hosts(search: HostSearch): Promise<HostResult>;
  onSite(): Promise<VisitView[]>;
  help(): Promise<HelpContact[]>;
  readonly watch: WatchClient;
  handOver(verdict: string, children: string[]): Promise<{ results: ChildResult[] }>;
  decline(verdict: string): Promise<Kept>;
  byDocument(presented: string): Promise<PickupVerdict>;
  readonly shifts: ShiftClient;
  readonly forgotten: ForgottenClient;
  /** Today's trainings. */
  sessions(): Promise<SessionToday[]>;
  beginSignIn(session: string): Promise<void>;
  endSignIn(): Promise<void>;
  readonly vehicles: VehicleClient;
  readonly badges: BadgeClient;
  press(input: PressInput): Promise<Pressed>;
  acknowledge(incident: string): Promise<void>;
  arrived(incident: string, who: 'guard' | 'police'): Promise<void>;
  standDown(incident: string, tap: string, reason: StandDown['reason'], pin?: string): Promise<StandDownAnswer>;
}

/** `agentAway`: nothing on this machine answers. The rest is the agent's own answer. */
export type AgentErrorCode = ErrorCode | 'agentAway';

export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  constructor(code: AgentErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
