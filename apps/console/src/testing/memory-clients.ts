/** A school in memory, behind the same interface as the real one; what a scene leaves out is empty. */
import {
  AppError,
  type BookingView,
  type CardView,
  type Contradiction,
  type DeviceStatus,
  type DrillBoard,
  type HandOverView,
  type HazardView,
  type HistoryEntry,
  type IncidentView,
  type LiveEvent,
  newId,
  type Role,
  rolePermissions,
  type VisitView,
} from '@anyuan/contracts';
import { type Language, setLanguage } from '@anyuan/ui';
import { putIncident } from '../lib/alarm/incidents.ts';
import type { AtTheGate } from '../lib/clients/confirm.ts';
import type { Clients, LiveListener, RaiseRequest, SignInResult } from '../lib/clients.ts';
import { type ChannelsScene, noChannels } from './channels-fixtures.ts';
import { type DayBookScene, noDayBook } from './day-book-fixtures.ts';
import { type DrillsScene, noDrills } from './drills-fixtures.ts';
import { memoryBookings } from './memory-bookings.ts';
import { memoryChannels } from './memory-channels.ts';
import { memoryConfirm, nobodyAtTheGate } from './memory-confirm.ts';
import { memoryContradictions } from './memory-contradictions.ts';
import { memoryDayBook } from './memory-day-book.ts';
import { memoryDrills } from './memory-drills.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryPermits } from './memory-permits.ts';
import { memoryShifts } from './memory-shifts.ts';
import { memoryTraining } from './memory-training.ts';
import { memoryWatchlist, noWatchlist, type WatchlistScene } from './memory-watchlist.ts';
import { noPermits, type PermitsScene } from './permits-fixtures.ts';
import { noTraining, type TrainingScene } from './training-fixtures.ts';

export interface Scene {
  role: Role | null;
  demo: boolean;
  incidents: IncidentView[];
  history: HistoryEntry[];
  devices: DeviceStatus[];
  visits: VisitView[];
  dayBook: DayBookScene;
  handOvers: HandOverView[];
  cards: CardView[];
  bookings: BookingView[];
  drills: DrillsScene;
  hazards: HazardView[];
  channels: ChannelsScene;
  contradictions: Contradiction[];
  permits: PermitsScene;
  training: TrainingScene;
  atTheGate: AtTheGate;
  watchlist: WatchlistScene;
  /** `silent`: one tick, then nothing more. `noAlarms`: the alarm service says nothing. */
  stream: 'ticking' | 'silent' | 'noAlarms';
  refusing: boolean;
  /** No question is ever answered. */
  slow: boolean;
  away: boolean;
  signIn: SignInResult;
}

export const emptyScene: Scene = {
  role: 'administrator',
  demo: false,
  incidents: [],
  history: [],
  devices: [],
  visits: [],
  dayBook: noDayBook,
  handOvers: [],
  cards: [],
  bookings: [],
  drills: noDrills,
  hazards: [],
  channels: noChannels,
  contradictions: [],
  permits: noPermits,
  training: noTraining(Date.now()),
  atTheGate: nobodyAtTheGate,
  watchlist: noWatchlist,
  stream: 'ticking',
  refusing: false,
  slow: false,
  away: false,
  signIn: 'ok',
};

/** What a test does from outside: the school goes on, the line breaks, a press is looked at. */
export interface Hand {
  tell(event: LiveEvent): void;
  /** The stream says nothing more until it is mended. */
  cut(): void;
  mend(): void;
  refuse(on: boolean): void;
  /** The page goes on in the other language. */
  speak(language: Language): void;
  /** Only the press itself does not get through. */
  refuseRaise(on: boolean): void;
  board(drill: string): Promise<DrillBoard>;
  raised: RaiseRequest[];
  /** Every command that the drills service got, by name. */
  sent: [name: string, input: unknown][];
  /** Runs before a press is answered, with the incident's id. */
  whenRaised: ((incident: string) => void) | null;
}

export function memoryClients(scene: Scene): { clients: Clients; hand: Hand } {
  let silent = scene.stream === 'silent';
  let { refusing } = scene;
  let refusingRaise = false;
  const raised: RaiseRequest[] = [];
  let role = scene.role;
  let incidents = [...scene.incidents];
  let { cards } = scene;
  const listeners = new Set<LiveListener>();
  const answer = async <T>(value: T): Promise<T> => {
    if (scene.slow) await new Promise(() => undefined);
    if (scene.away || refusing) throw new AppError('unavailable', 'scene');
    return value;
  };
  const tell = (changed: IncidentView) => {
    incidents = [...putIncident(incidents, changed)];
    for (const l of listeners) l.onEvent({ type: 'incident', incident: changed });
  };
  const change = async (id: string, to: (i: IncidentView) => IncidentView) => {
    const found = incidents.find((i) => i.incident === id);
    if (found) tell(await answer(to(found)));
  };
  const setCard = async (id: string, to: Partial<CardView>) => {
    cards = await answer(cards.map((c) => (c.id === id ? { ...c, ...to } : c)));
  };
  const reach = (id: string, step: 'acknowledged' | 'guardArrived' | 'policeArrived') =>
    change(id, (i) => ({
      ...i,
      steps: i.steps.map((s) =>
        s.step === step ? { ...s, state: 'done', at: new Date().toISOString(), by: '周敏' } : s,
      ),
    }));

  const say = (event: LiveEvent) => {
    for (const l of listeners) l.onEvent(event);
  };
  const drills = memoryDrills(scene.drills, answer, say);
  const hand: Hand = {
    tell: say,
    cut: () => {
      silent = true;
    },
    mend: () => {
      silent = false;
    },
    refuse: (on) => {
      refusing = on;
    },
    speak: setLanguage,
    refuseRaise: (on) => {
      refusingRaise = on;
    },
    board: async (drill) => (await drills.client.drill(drill)).board,
    raised,
    sent: drills.sent,
    whenRaised: null,
  };
  const clients: Clients = {
    session: {
      me: async () => {
        if (scene.away) throw new AppError('unavailable', 'scene');
        return {
          actor: role ? { kind: 'person', id: 'p-zhou', name: '周敏', role } : null,
          permissions: role ? rolePermissions[role] : [],
          school: { id: 'qinghe', name: '青禾小学' },
          demo: scene.demo,
        };
      },
      signIn: async () => {
        if (scene.signIn === 'ok') role = 'administrator';
        return scene.signIn;
      },
      signOut: async () => {
        role = null;
      },
    },
    live: {
      subscribe(listener) {
        listeners.add(listener);
        const tick = () =>
          listener.onEvent({ type: 'tick', at: new Date().toISOString(), alarms: scene.stream !== 'noAlarms' });
        queueMicrotask(() => {
          listener.onOpen();
          tick();
        });
        const timer = setInterval(() => silent || tick(), 2000);
        return () => {
          clearInterval(timer);
          listeners.delete(listener);
        };
      },
    },
    gate: { today: () => answer(scene.visits) },
    pickup: {
      today: () => answer({ handOvers: scene.handOvers, children: 318 }),
      cards: (search) =>
        answer(
          cards.filter((c) => c.guardian.name.includes(search) || c.children.some((k) => k.name.includes(search))),
        ),
      reportLost: (card) => setCard(card, { status: 'lost', lostAt: new Date().toISOString() }),
      reinstate: (card) => setCard(card, { status: 'active', lostAt: null }),
    },
    alarm: {
      incidents: () => answer(incidents),
      history: () => answer(scene.history),
      devices: () => answer(scene.devices),
      zones: () =>
        answer([...new Map(scene.devices.map((d) => [d.zone, { zone: d.zone, name: d.zoneName }])).values()]),
      raise: async (request) => {
        await answer(undefined);
        if (refusingRaise) throw new AppError('unavailable', 'scene');
        raised.push(request);
        const id = request.incident ?? newId();
        hand.whenRaised?.(id);
        return id;
      },
      acknowledge: (id) => reach(id, 'acknowledged'),
      arrived: (id, who) => reach(id, who === 'guard' ? 'guardArrived' : 'policeArrived'),
      askAgain: (id) => change(id, (i) => ({ ...i, missing: i.missing.map((m) => ({ ...m, asked: m.asked + 1 })) })),
      standDown: ({ incident, reason }) =>
        change(incident, (i) => ({
          ...i,
          status: 'quiet',
          standDown: { at: new Date().toISOString(), by: { id: 'p-zhou', name: '周敏' }, reason },
        })),
    },
    dayBook: memoryDayBook(scene.dayBook, scene.visits, answer, say, drills.sent),
    drills: drills.client,
    bookings: memoryBookings(scene.bookings, answer, say, drills.sent),
    ledger: memoryLedger(scene.hazards, answer, say, drills.sent),
    channels: memoryChannels(scene.channels, answer, drills.sent),
    contradictions: memoryContradictions(scene.contradictions, answer, drills.sent),
    permits: memoryPermits(scene.permits, answer, drills.sent),
    shifts: memoryShifts(answer, drills.sent),
    training: memoryTraining(scene.training, answer, say, drills.sent),
    confirm: memoryConfirm(scene.atTheGate, answer, drills.sent),
    watchlist: memoryWatchlist(scene.watchlist, () => role, answer, drills.sent),
  };
  return { clients, hand };
}
