/**
 * What the screens ask of the school's server, in the words of the contracts; the drills, training and ledger services
 * each in a file of `clients/`. `api.ts` speaks tRPC behind it, the fixtures answer from memory. Every call rejects with an `AppError` and nothing else: `unavailable` when nobody answered.
 */
import type {
  Action,
  CardView,
  DeviceStatus,
  HandOverView,
  HistoryEntry,
  IncidentKind,
  IncidentView,
  LiveEvent,
  Mode,
  Permission,
  PersonActor,
  StandDown,
  VisitView,
} from '@anyuan/contracts';
import type { Place } from './alarm/places.ts';
import type { BookingsClient } from './clients/bookings.ts';
import type { ChannelsClient } from './clients/channels.ts';
import type { ConfirmClient } from './clients/confirm.ts';
import type { ContradictionsClient } from './clients/contradictions.ts';
import type { DayBookClient } from './clients/day-book.ts';
import type { DrillsClient } from './clients/drills.ts';
import type { LedgerClient } from './clients/ledger.ts';
import type { PermitsClient } from './clients/permits.ts';
import type { ShiftsClient } from './clients/shifts.ts';
import type { TrainingClient } from './clients/training.ts';
import type { WatchlistClient } from './clients/watchlist.ts';

export interface Me {
  actor: PersonActor | null;
  permissions: readonly Permission[];
  school: { id: string; name: string };
  demo: boolean;
}

export type SignInResult = 'ok' | 'wrong' | 'tooMany' | 'unavailable';

export interface SessionClient {
  me(): Promise<Me>;
  signIn(username: string, password: string): Promise<SignInResult>;
  signOut(): Promise<void>;
}

export interface LiveListener {
  /** The stream stands, for the first time or again after a cut. */
  onOpen(): void;
  onEvent(event: LiveEvent): void;
  /** The stream is broken and tries by itself (`cut`), or has given up (`ended`). */
  onLost(how: 'cut' | 'ended'): void;
}

export interface LiveClient {
  subscribe(listener: LiveListener): () => void;
}

export interface GateClient {
  today(): Promise<VisitView[]>;
}

export interface PickupClient {
  today(): Promise<{ handOvers: HandOverView[]; children: number }>;
  cards(search: string): Promise<CardView[]>;
  reportLost(card: string): Promise<void>;
  reinstate(card: string): Promise<void>;
}

export interface RaiseRequest {
  mode: Mode;
  kind: IncidentKind;
  action: Action;
  /** Chosen by whoever must not raise it twice; left out, the server chooses. */
  incident?: string;
  /** A zone of the school; left out, nobody knows. */
  place?: Place;
}

export interface AlarmClient {
  incidents(): Promise<IncidentView[]>;
  history(incident: string): Promise<HistoryEntry[]>;
  devices(): Promise<DeviceStatus[]>;
  /** Where an alarm may be. */
  zones(): Promise<Place[]>;
  /** @returns the incident's id */
  raise(request: RaiseRequest): Promise<string>;
  acknowledge(incident: string): Promise<void>;
  arrived(incident: string, who: 'guard' | 'police'): Promise<void>;
  askAgain(incident: string): Promise<void>;
  standDown(command: Omit<StandDown, 'person'>): Promise<void>;
}

export interface Clients {
  session: SessionClient;
  live: LiveClient;
  gate: GateClient;
  dayBook: DayBookClient;
  bookings: BookingsClient;
  contradictions: ContradictionsClient;
  pickup: PickupClient;
  alarm: AlarmClient;
  drills: DrillsClient;
  ledger: LedgerClient;
  channels: ChannelsClient;
  permits: PermitsClient;
  shifts: ShiftsClient;
  training: TrainingClient;
  confirm: ConfirmClient;
  watchlist: WatchlistClient;
}
