/**
 * One alarm device on the school's bus over MQTT: a siren, a lamp or a display. It does what the set of open incidents
 * says, reports what it really does, and tells its health every 10 s. QoS 0 both ways: the report is the proof.
 *
 * While its link is away it keeps doing what it knew, and after coming back reports afresh and waits for the state.
 * A stuck relay is reported as a fault, never as an alarm that sounds.
 */
import {
  AlarmRaised,
  AlarmState,
  type DeviceEntry,
  type DeviceHealth,
  type DeviceReported,
  type Doing,
  HEALTH_EVERY_MS,
  type Mode,
  mqttTopic,
  subjects,
} from '@anyuan/contracts';
import mqtt, { type MqttClient } from 'mqtt';
import type { Clock } from '../clock.ts';
import { type DeviceState, type Due, initialState, openDues, shown, type Told, tell } from './device-state.ts';

/** Frozen (deaf and dumb, its connection lives); cable cut; relay stuck as it is. */
export const SWARM_FAULTS = ['silent', 'cut', 'stuck'] as const;
export type SwarmFault = (typeof SWARM_FAULTS)[number];

export interface SwarmLink {
  url: string;
  school: string;
  /** Bearer JWT; absent: log in by name alone. */
  password?: string;
}

export interface SwarmDeviceView {
  device: string;
  kind: string;
  name: string;
  zone: string;
  zoneName: string;
  online: boolean;
  doing: Doing;
  /** Of the incident that it shows. */
  mode: Mode | null;
  open: number;
  faults: SwarmFault[];
}

const ACTIVE: Partial<Record<DeviceEntry['kind'], Doing>> = {
  siren: 'sounding',
  lamp: 'flashing',
  strobe: 'flashing',
  display: 'showing',
};
const BACK_OFF_MS = { first: 250, most: 3000 };

export class SwarmDevice {
  readonly entry: DeviceEntry;
  readonly #link: SwarmLink;
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #faults = new Set<SwarmFault>();
  readonly #topics: { raised: string; state: string; asked: string; reported: string; health: string };
  #client: MqttClient | undefined;
  /** The bus has confirmed the subscriptions: from here on it hears an alarm. */
  #listening = false;
  #state: DeviceState = initialState;
  #output = false;
  /** Closed incidents about which it had to report a fault: it owes a `quiet`. */
  readonly #owed = new Map<string, Due>();
  #seq = 0;
  #tries = 0;
  #stopped = false;
  #cancelRetry: (() => void) | undefined;
  #cancelHealth: (() => void) | undefined;

  constructor(entry: DeviceEntry, link: SwarmLink, clock: Clock, changed: () => void) {
    this.entry = entry;
    this.#link = link;
    this.#clock = clock;
    this.#changed = changed;
    const { school } = link;
    this.#topics = {
      raised: mqttTopic(subjects.alarmRaised(school, 'audible')),
      state: mqttTopic(subjects.alarmState(school, 'audible')),
      asked: mqttTopic(subjects.deviceAsked(school, entry.device)),
      reported: mqttTopic(subjects.deviceReported(school, entry.device)),
      health: mqttTopic(subjects.deviceHealth(school, entry.device)),
    };
  }

  /** @param firstHealthMs spreads the health of many devices over the ten seconds */
  start(firstHealthMs: number): void {
    this.#connect();
    this.#healthLater(firstHealthMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelHealth?.();
    this.#cancelRetry?.();
    const client = this.#client;
    this.#client = undefined;
    await client?.endAsync(true);
  }

  fault(fault: SwarmFault): void {
    this.#faults.add(fault);
    if (fault === 'cut') this.#hangUp();
    this.#changed();
  }

  clear(): void {
    const wasCut = this.#faults.has('cut');
    this.#faults.clear();
    this.#settle([]);
    if (wasCut) this.#connect();
    else this.#health();
    this.#changed();
  }

  view(): SwarmDeviceView {
    const { device, kind, name, zone, zoneName } = this.entry;
    return {
      device,
      kind,
      name,
      zone,
      zoneName,
      online: this.#listening && !this.#faults.has('silent'),
      doing: this.#doing(this.#state.open.size > 0),
      mode: shown(this.#state)?.mode ?? null,
      open: this.#state.open.size,
      faults: [...this.#faults],
    };
  }

  /** A message as it came off the wire. Exposed so that a test can tell a device something without a bus. */
  hear(topic: string, payload: string): void {
    if (this.#faults.has('silent')) return;
    const told = this.#parse(topic, payload);
    if (told === undefined) return;
    const next = tell(this.#state, told);
    this.#state = next.state;
    this.#settle(next.due);
  }

  #parse(topic: string, payload: string): Told | undefined {
    let json: unknown;
    try {
      json = JSON.parse(payload);
    } catch {
      json = null;
    }
    if (topic === this.#topics.raised) {
      const raised = AlarmRaised.safeParse(json);
      return raised.success ? { type: 'raised', alarm: raised.data } : undefined;
    }
    const state = AlarmState.safeParse(json);
    if (topic === this.#topics.asked) return { type: 'asked', state: state.success ? state.data : null };
    return state.success ? { type: 'state', state: state.data } : undefined;
  }

  /** Moves the relay, then says what it does about each incident that is due, and about all when the relay moved. */
  #settle(due: readonly Due[]): void {
    const before = this.#output;
    if (!this.#faults.has('stuck')) this.#output = this.#state.open.size > 0;
    const moved = this.#output !== before;
    const reports = new Map<string, Due>();
    for (const one of moved ? [...openDues(this.#state), ...this.#owed.values()] : []) reports.set(one.incident, one);
    for (const one of due) reports.set(one.incident, one);
    for (const one of reports.values()) this.#report(one);
    if (moved || due.length > 0) this.#changed();
  }

  #report({ incident, mode, open }: Due): void {
    const doing = this.#doing(open);
    const fault = doing === 'fault' ? { fault: 'relayStuck' } : {};
    this.#seq += 1;
    const at = new Date(this.#clock.now()).toISOString();
    this.#publish(this.#topics.reported, {
      incident,
      doing,
      mode,
      at,
      seq: this.#seq,
      ...fault,
    } satisfies DeviceReported);
    if (open || doing !== 'fault') this.#owed.delete(incident);
    else this.#owed.set(incident, { incident, mode, open });
  }

  /**
   * About an open incident: working, or unable. About a closed one: quiet, also while it still sounds for another
   * incident, but not when its relay is stuck closed.
   */
  #doing(open: boolean): Doing {
    const wanted = this.#state.open.size > 0;
    if (this.#output !== wanted) return 'fault';
    return open ? (ACTIVE[this.entry.kind] ?? 'showing') : 'quiet';
  }

  #connect(): void {
    if (this.#stopped || this.#faults.has('cut')) return;
    this.#cancelRetry?.();
    this.#hangUp();
    const { url, password } = this.#link;
    const client = mqtt.connect(url, {
      clientId: this.entry.device,
      username: this.entry.device,
      ...(password === undefined ? {} : { password }),
      protocolVersion: 4,
      clean: true,
      keepalive: 10,
      connectTimeout: 5000,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
    });
    this.#client = client;
    client.on('error', () => {});
    client.on('close', () => this.#retry(client));
    client.on('message', (topic, payload) => {
      if (client === this.#client) this.hear(topic, payload.toString('utf8'));
    });
    client.on('connect', () => {
      client.subscribe([this.#topics.raised, this.#topics.state, this.#topics.asked], { qos: 0 }, (error) => {
        // Refused or cut meanwhile: the close that follows starts the next try.
        if (error !== null && error !== undefined) {
          client.end(true);
          return;
        }
        if (client !== this.#client) return;
        this.#tries = 0;
        this.#listening = true;
        this.#health();
        this.#settle(openDues(this.#state));
        this.#changed();
      });
    });
  }

  /** Back-off with jitter, so that a hundred devices do not knock at once when the bus returns. */
  #retry(client: MqttClient): void {
    if (client !== this.#client) return;
    this.#hangUp();
    this.#changed();
    const wait = Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** this.#tries);
    this.#tries += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = this.#clock.after(wait * (0.5 + Math.random() / 2), () => this.#connect());
  }

  /** The socket goes without a word of farewell, as it does when a cable is cut. */
  #hangUp(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#listening = false;
    client?.end(true);
  }

  #healthLater(ms: number): void {
    this.#cancelHealth = this.#clock.after(ms, () => {
      this.#health();
      this.#healthLater(HEALTH_EVERY_MS);
    });
  }

  #health(): void {
    const stuck = this.#doing(false) === 'fault';
    const doing = openDues(this.#state).map(({ incident }) => ({ incident, doing: this.#doing(true) }));
    const at = new Date(this.#clock.now()).toISOString();
    this.#publish(this.#topics.health, {
      at,
      ok: !stuck,
      doing,
      ...(stuck ? { fault: 'relayStuck' } : {}),
    } satisfies DeviceHealth);
  }

  #publish(topic: string, message: DeviceReported | DeviceHealth): void {
    if (this.#faults.has('silent') || this.#client?.connected !== true) return;
    this.#client.publish(topic, JSON.stringify(message), { qos: 0 });
  }
}
