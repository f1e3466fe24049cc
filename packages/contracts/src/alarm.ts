/**
 * The one-key alarm 一键式报警 (C1, G8, G9). Owner: `alarm`.
 * `raised` adds an incident to a device's set, only `state` takes one away, `reported` is the proof.
 */
import { z } from 'zod';
import { type Actor, PersonRef, permissionsOf } from './actors.ts';
import { Instant, Token, Uuid } from './ids.ts';

export const INCIDENT_KINDS = ['intrusion', 'fire', 'earthquake', 'help'] as const;
export const IncidentKind = z.enum(INCIDENT_KINDS);
export type IncidentKind = z.infer<typeof IncidentKind>;

/** The five action words of the Standard Response Protocol: 紧急疏散 锁门躲避 就地掩蔽 原地等候 关闭校门. */
export const ACTIONS = ['evacuate', 'lockdown', 'shelter', 'hold', 'secure'] as const;
export const Action = z.enum(ACTIONS);
export type Action = z.infer<typeof Action>;

/** 真实警情, 演练, 测试: never to be mistaken for one another. */
export const MODES = ['actual', 'exercise', 'test'] as const;
export const Mode = z.enum(MODES);
export type Mode = z.infer<typeof Mode>;

export const Place = z.object({ zone: z.string().max(64), name: z.string().max(100) });
/** Not a zone of any school: nobody said where. A room that no plan and no guard knows would be worse. */
export const UNKNOWN_PLACE = { zone: 'unknown', name: '地点不明' } as const;

export const AlarmRaised = z.object({
  incident: Uuid,
  kind: IncidentKind,
  action: Action,
  mode: Mode,
  audibility: z.enum(['audible', 'silent']),
  place: Place,
  /** Who or what pressed: the guard on duty, a signed-in person, a button without a name. */
  raisedBy: PersonRef,
  via: z.enum(['screen', 'button', 'commandLine', 'console']),
  /** Gate whose agent published it; absent from the console. */
  gate: Token.optional(),
  /** The raiser's own clock: a claim, kept as such. */
  raisedAt: Instant,
  /** How often the same button was pressed for this incident so far. */
  presses: z.number().int().min(1).default(1),
});
export type AlarmRaised = z.infer<typeof AlarmRaised>;

export const OpenIncident = AlarmRaised.pick({
  incident: true,
  kind: true,
  action: true,
  mode: true,
  place: true,
  raisedAt: true,
});
export type OpenIncident = z.infer<typeof OpenIncident>;

/**
 * The alarm service's word, on change and every 2 s. A device drops an incident only when it stands in `closed`, or when
 * it is not in `open` and was raised before `closedSince` (its tombstone has gone by then). An incident that is merely
 * missing from `open` stays: the service may not have heard of it yet.
 */
export const AlarmState = z.object({
  /** Rises with every change; a device ignores an older one. */
  version: z.number().int(),
  at: Instant,
  open: z.array(OpenIncident),
  closed: z.array(Uuid),
  closedSince: Instant,
});
export type AlarmState = z.infer<typeof AlarmState>;

export const DOINGS = ['sounding', 'flashing', 'showing', 'quiet', 'fault'] as const;
export const Doing = z.enum(DOINGS);
export type Doing = z.infer<typeof Doing>;

/** What a device is doing about one incident, by its own clock. `fault`: it was told, and can't. */
export const DeviceReported = z.object({
  incident: Uuid,
  doing: Doing,
  mode: Mode,
  at: Instant,
  /** Counts the device's reports since it started. */
  seq: z.number().int(),
  fault: z.string().max(64).optional(),
});
export type DeviceReported = z.infer<typeof DeviceReported>;

export const DEVICE_KINDS = [
  'siren',
  'strobe',
  'lamp',
  'display',
  'phone',
  'idReader',
  'cardReader',
  'qrScanner',
  'button',
  'door',
  'printer',
  /** A gate's own computer: its agent, its disk, what it could not deliver. */
  'kiosk',
] as const;
export const DeviceKind = z.enum(DEVICE_KINDS);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** Every 10 s; offline after 3 misses (G12). */
export const DeviceHealth = z.object({
  at: Instant,
  ok: z.boolean(),
  /** What it does now, one entry an open incident. */
  doing: z.array(z.object({ incident: Uuid, doing: Doing })).default([]),
  fault: z.string().max(64).optional(),
});
export type DeviceHealth = z.infer<typeof DeviceHealth>;
export const HEALTH_EVERY_MS = 10_000;
export const HEALTH_MISSES = 3;

/** A device as the alarm service expects it. Only devices that `answers` count in n / m. */
export const DeviceEntry = z.object({
  device: Token,
  kind: DeviceKind,
  name: z.string().max(100),
  zone: z.string().max(64),
  zoneName: z.string().max(100),
  gate: Token.optional(),
  /** Must report when an alarm is raised (sirens, lamps, displays); readers and buttons do not. */
  answers: z.boolean(),
});
export type DeviceEntry = z.infer<typeof DeviceEntry>;

export const DeviceStatus = DeviceEntry.extend({
  online: z.enum(['online', 'offline', 'never']),
  lastSeen: Instant.nullable(),
  fault: z.string().nullable(),
});
export type DeviceStatus = z.infer<typeof DeviceStatus>;

export const HISTORY_TYPES = [
  'raised',
  'pressedAgain',
  'reported',
  'reportedQuiet',
  'deviceFault',
  'acknowledged',
  'guardArrived',
  'policeArrived',
  'stoodDown',
  'allQuiet',
] as const;
export const HistoryType = z.enum(HISTORY_TYPES);

/**
 * What a person (or the service itself) did about an incident. Kept in the stream `ALARMS` before anything else, so that
 * an alarm can be answered and ended while the database is away.
 */
export const AlarmNote = z.object({
  id: Uuid,
  incident: Uuid,
  type: z.enum(['acknowledged', 'guardArrived', 'policeArrived', 'stoodDown', 'allQuiet']),
  at: Instant,
  actor: PersonRef.nullable(),
  reason: z.string().optional(),
  note: z.string().max(200).optional(),
});
export type AlarmNote = z.infer<typeof AlarmNote>;

/** One line of an incident's append-only history. */
export const HistoryEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  type: HistoryType,
  actor: PersonRef.nullable(),
  device: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const MissingDevice = z.object({
  device: Token,
  kind: DeviceKind,
  name: z.string(),
  zone: z.string(),
  zoneName: z.string(),
  /** How often the state was repeated to it. */
  asked: z.number().int(),
  online: z.enum(['online', 'offline', 'never']),
  fault: z.string().nullable(),
});
export type MissingDevice = z.infer<typeof MissingDevice>;

/** A step of the 1-3-5 clock (C3): who, when, or until when. */
export const ResponseStep = z.object({
  step: z.enum(['pressed', 'acknowledged', 'guardArrived', 'policeArrived']),
  state: z.enum(['done', 'now', 'todo', 'late']),
  at: Instant.nullable(),
  by: z.string().nullable(),
  due: Instant.nullable(),
});
export type ResponseStep = z.infer<typeof ResponseStep>;

export const ZoneCount = z.object({
  zone: z.string(),
  name: z.string(),
  reported: z.number().int(),
  expected: z.number().int(),
  /** Slowest report after the press, ms by the server's clock. */
  slowestMs: z.number().nullable(),
});

/** An incident as kiosk and console show it, pushed while it changes. */
export const IncidentView = AlarmRaised.extend({
  status: z.enum(['open', 'stoodDown', 'quiet']),
  /** When the server learned of it: what counts. */
  receivedAt: Instant,
  reported: z.number().int(),
  expected: z.number().int(),
  /** Press to last report so far, ms by the server's clock. */
  lastReportMs: z.number().nullable(),
  zones: z.array(ZoneCount),
  /** The first 50, those nearest to the place first; `expected - reported` tells how many there are. */
  missing: z.array(MissingDevice),
  /** After the stand-down: those that have not yet reported that they are quiet. */
  stillSounding: z.array(MissingDevice),
  steps: z.array(ResponseStep),
  standDown: z.object({ at: Instant, by: PersonRef, reason: z.string() }).nullable(),
  /** False while the database is away: shown live, not yet stored. */
  stored: z.boolean(),
});
export type IncidentView = z.infer<typeof IncidentView>;

/**
 * A silent call is for those who can end it (A6): on everybody's screen it would be read over a shoulder, and at the counter
 * it was made so that nobody notices. Whom the watchlist names besides has his own notice of the hit. A gate's agent keeps
 * it from the screen itself.
 */
export const maySeeIncident = (actor: Actor, { audibility }: Pick<AlarmRaised, 'audibility'>): boolean =>
  audibility === 'audible' || actor.kind === 'agent' || permissionsOf(actor).includes('alarm.standDown');

export const STAND_DOWN_REASONS = ['handled', 'falseAlarm', 'exerciseOver', 'testOver', 'other'] as const;
export const StandDownReason = z.enum(STAND_DOWN_REASONS);
export type StandDownReason = z.infer<typeof StandDownReason>;

export const StandDown = z.object({
  command: Uuid,
  incident: Uuid,
  reason: StandDownReason,
  note: z.string().max(200).default(''),
  /** From a kiosk: the person whose staff card was tapped there. From the console the actor himself. */
  person: PersonRef.optional(),
});
export type StandDown = z.infer<typeof StandDown>;
