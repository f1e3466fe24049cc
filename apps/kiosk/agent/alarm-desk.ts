/**
 * The one-key alarm at this gate (C1). From a press to the siren nothing is waited for:
 *
 *   1. the gate's own relays are told to close (no network at all),
 *   2. it is published: every device of the school hears it, and the stream keeps it,
 *   3. it is synced to the journal, and only then is the press answered.
 *
 * A disk can stand still for a third of a second; so it comes last, and a full one silences nobody. With the bus away 1
 * and 3 happen all the same and the screen says "this gate only"; 2 follows within a second of its return, under the same id, so it is one incident however often it is sent. One button pressed fifty times in a second
 * is one incident with fifty presses.
 */
import type { Bus } from '@anyuan/bus';
import {
  type Action,
  AlarmRaised,
  AlarmState,
  busDevice,
  type DeviceReported,
  type GateFile,
  type IncidentKind,
  type IncidentView,
  type KioskAlarm,
  LiveEvent,
  type Mode,
  newId,
  type PersonRef,
  subjects,
} from '@anyuan/contracts';
import { type Clock, iso, type Log } from '@anyuan/service';
import type { z } from 'zod';
import { placedName } from './device-names.ts';
import { type IncidentSet, loudest, noIncidents, raised, stated } from './incident-set.ts';
import type { Journal } from './journal.ts';
import { raiseId, type Sender } from './sender.ts';
import type { Sirens, Sounder, Sounding } from './siren.ts';

const SAME_PRESS_MS = 3_000;
const COUNT_MS = 400;
const HEARD_MS = 1_000;
const SET_KEY = 'incidents';

export interface Press {
  via: AlarmRaised['via'];
  source: string;
  by: PersonRef;
  mode?: Mode | undefined;
  kind?: IncidentKind | undefined;
  action?: Action | undefined;
  /** Left out: audible. Silent, this gate's own siren stays quiet as well. */
  audibility?: AlarmRaised['audibility'];
}

export interface AlarmDeskDeps {
  bus: Bus;
  school: string;
  gate: GateFile;
  journal: Journal;
  sender: Sender;
  sirens: Sirens;
  sounders: readonly Sounder[];
  clock: Clock;
  log: Log;
  onChange: () => void;
}

export class AlarmDesk {
  readonly #d: AlarmDeskDeps;
  #set: IncidentSet;
  readonly #views = new Map<string, IncidentView>();
  readonly #mine = new Map<string, AlarmRaised>();
  readonly #lastPress = new Map<string, { incident: string; at: number; presses: number; timer?: NodeJS.Timeout }>();
  readonly #reported = new Set<string>();
  /** Raises that came back from the bus: the whole school has them. */
  readonly #onBus = new Set<string>();
  #seq = 0;

  constructor(deps: AlarmDeskDeps) {
    this.#d = deps;
    this.#set = deps.journal.get<IncidentSet>(SET_KEY) ?? noIncidents();
  }

  start(): (() => void)[] {
    const { bus, school, gate } = this.#d;
    this.#d.sirens.follow(loudest(this.#set));
    return [
      bus.subscribe(subjects.alarmRaisedAny(school), (m) => {
        const raise = read(AlarmRaised, m.data);
        if (!raise) return;
        this.#onBus.add(raise.incident);
        this.#apply(raised(this.#set, raise, raise.audibility));
        this.#d.onChange();
      }),
      bus.subscribe(subjects.alarmStateAny(school), (m) => {
        const state = read(AlarmState, m.data);
        const audibility = m.subject.endsWith('.silent') ? 'silent' : 'audible';
        if (state) this.#apply(stated(this.#set, state, audibility));
      }),
      bus.subscribe(subjects.live(school, 'alarm'), (m) => {
        const event = read(LiveEvent, m.data);
        if (event?.type === 'incident') this.show(event.incident);
      }),
      ...this.#d.sounders.map(({ id }) =>
        bus.subscribe(subjects.deviceAsked(school, busDevice(gate.gate, id)), (m) => {
          const state = read(AlarmState, m.data);
          if (state) this.#apply(stated(this.#set, state, 'audible'));
          this.#reported.clear();
          this.#reportAll();
        }),
      ),
      bus.onChange((up) => {
        if (up) this.#reportAgain();
        this.#d.onChange();
      }),
    ];
  }

  async press(press: Press): Promise<{ incident: string; reach: KioskAlarm['reach'] }> {
    const { clock, bus, journal, sender } = this.#d;
    const now = clock.now();
    const key = `${press.source} ${press.mode ?? 'actual'} ${press.action ?? ''} ${press.kind ?? ''}`;
    const last = this.#lastPress.get(key);
    const reach = bus.connected ? 'school' : 'gateOnly';
    if (last && now - last.at < SAME_PRESS_MS && !this.#set.closed.includes(last.incident)) {
      last.at = now;
      last.presses += 1;
      clearTimeout(last.timer);
      last.timer = setTimeout(() => this.#counted(last.incident, last.presses), COUNT_MS);
      return { incident: last.incident, reach };
    }
    const raise = this.#raiseOf(press, now);
    this.#lastPress.set(key, { incident: raise.incident, at: now, presses: 1 });
    this.#mine.set(raise.incident, raise);
    this.#adopt(raised(this.#set, raise, raise.audibility));
    const onStream = sender.raise(raise);
    await leftThisProcess();
    this.#changed(() => this.#keep(raise, now));
    void onStream.then((has) => (has ? this.#onDisk(() => journal.sent(raiseId(raise))) : sender.wake()));
    return { incident: raise.incident, reach };
  }

  #raiseOf(press: Press, now: number): AlarmRaised {
    const { gate } = this.#d;
    return {
      incident: newId(now),
      kind: press.kind ?? gate.alarm.kind,
      action: press.action ?? gate.alarm.action,
      mode: press.mode ?? 'actual',
      audibility: press.audibility ?? 'audible',
      place: { zone: gate.zone, name: gate.name },
      raisedBy: press.by,
      via: press.via,
      gate: gate.gate,
      raisedAt: iso(now),
      presses: 1,
    };
  }

  #counted(incident: string, presses: number): void {
    const raise = this.#mine.get(incident);
    if (!raise) return;
    this.#onDisk(() => this.#keep({ ...raise, presses }, this.#d.clock.now()));
    this.#d.sender.wake();
    this.#d.onChange();
  }

  #keep(raise: AlarmRaised, now: number): void {
    this.#mine.set(raise.incident, raise);
    this.#d.journal.keep('raise', raiseId(raise), raise, now, true);
  }

  #apply(next: IncidentSet): void {
    const ids = (set: IncidentSet) => set.open.map((i) => i.incident).join();
    const before = ids(this.#set);
    this.#adopt(next);
    if (before !== ids(next)) this.#changed();
  }

  #adopt(next: IncidentSet): void {
    if (next === this.#set) return;
    this.#set = next;
    this.#d.sirens.follow(loudest(next));
  }

  /** @param keepCause put on disk together with the set that it changed, with one sync */
  #changed(keepCause = () => {}): void {
    this.#onDisk(() => {
      keepCause();
      this.#d.journal.set(SET_KEY, this.#set);
    });
    this.#reportAll();
    this.#d.onChange();
  }

  #onDisk(work: () => void): void {
    try {
      this.#d.journal.together(work);
    } catch (error) {
      this.#d.log.error({ error }, 'the disk did not take the alarm');
    }
  }

  /** The service's view; gone from the screen once every device is quiet. */
  show(view: IncidentView): void {
    if (view.status === 'quiet') this.#views.delete(view.incident);
    else this.#views.set(view.incident, view);
    this.#sayQuiet();
    this.#d.onChange();
  }

  /** A gate that was away when an alarm ended has forgotten that it owes this word; the service's view has not. */
  #sayQuiet(): void {
    const { sounders, sirens, gate } = this.#d;
    const quiet = sounders.filter(({ id }) => sirens.get(id)?.doing === 'quiet');
    for (const { incident, status, mode, stillSounding } of this.#views.values())
      if (status === 'stoodDown')
        for (const sounder of quiet)
          if (stillSounding.some(({ device }) => device === busDevice(gate.gate, sounder.id)))
            this.#say(sounder, { incident, doing: 'quiet', mode });
  }

  alarms(): KioskAlarm[] {
    const known = [...this.#views.values()].filter((v) => v.status !== 'open' || this.#isOpen(v.incident));
    const own = this.#set.open.filter((i) => !this.#views.has(i.incident) && i.audibility === 'audible');
    return [...own.map((i) => this.#ownView(i.incident)), ...known]
      .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
      .map((view) => ({ reach: this.#reach(view), own: !this.#views.has(view.incident), view }));
  }

  /** A server that hangs keeps its connections: what was not heard back within a second has not left this gate. */
  #reach(view: IncidentView): KioskAlarm['reach'] {
    const { bus, clock } = this.#d;
    if (!bus.connected) return 'gateOnly';
    const pressedHere = this.#mine.has(view.incident) && !this.#views.has(view.incident);
    if (!pressedHere || this.#onBus.has(view.incident)) return 'school';
    return clock.now() - Date.parse(view.raisedAt) < HEARD_MS ? 'school' : 'gateOnly';
  }

  #isOpen = (id: string): boolean => this.#set.open.some((i) => i.incident === id);

  /** What this gate can vouch for by itself, until the alarm service speaks. */
  #ownView(id: string): IncidentView {
    const { sounders, sirens, gate } = this.#d;
    const open = this.#set.open.find((i) => i.incident === id);
    const raise = this.#mine.get(id) ?? {
      ...(open ?? this.#unknown(id)),
      audibility: 'audible' as const,
      raisedBy: { id: '', name: '' },
      via: 'button' as const,
      presses: 1,
    };
    const sounding = sounders.filter((s) => ['sounding', 'flashing'].includes(sirens.get(s.id)?.doing ?? ''));
    const missing = sounders.filter((s) => !sounding.includes(s));
    const zone = {
      zone: gate.zone,
      name: gate.name,
      reported: sounding.length,
      expected: sounders.length,
      slowestMs: null,
    };
    return {
      ...raise,
      status: 'open',
      receivedAt: raise.raisedAt,
      reported: sounding.length,
      expected: sounders.length,
      lastReportMs: null,
      zones: [zone],
      missing: missing.map((s) => ({
        device: busDevice(gate.gate, s.id),
        kind: s.kind,
        name: nameOf(gate, s.id),
        zone: gate.zone,
        zoneName: gate.name,
        asked: 0,
        online: 'online' as const,
        fault: sirens.get(s.id)?.fault ?? null,
      })),
      stillSounding: [],
      steps: [{ step: 'pressed', state: 'done', at: raise.raisedAt, by: raise.raisedBy.name || null, due: null }],
      standDown: null,
      stored: false,
    };
  }

  #unknown(incident: string) {
    const { gate, clock } = this.#d;
    return {
      incident,
      ...gate.alarm,
      mode: 'actual' as const,
      place: { zone: gate.zone, name: gate.name },
      raisedAt: iso(clock.now()),
    };
  }

  /** A relay confirmed or refused: that is this gate's report. */
  sounded(sounder: Sounder, sounding: Sounding): void {
    if (sounding.doing === 'quiet') {
      for (const key of [...this.#reported]) if (key.startsWith(`${sounder.id} `)) this.#quiet(sounder, key);
      this.#sayQuiet();
    } else for (const { incident, mode } of this.#set.open) this.#report(sounder, incident, mode, sounding);
    this.#d.onChange();
  }

  #quiet(sounder: Sounder, key: string): void {
    const [, incident = '', mode = 'actual'] = key.split(' ');
    this.#reported.delete(key);
    this.#say(sounder, { incident, doing: 'quiet', mode: mode as Mode });
  }

  #reportAll(): void {
    for (const sounder of this.#d.sounders) {
      const sounding = this.#d.sirens.get(sounder.id);
      for (const key of [...this.#reported]) {
        const [id, incident = ''] = key.split(' ');
        if (id === sounder.id && !this.#isOpen(incident) && sounding?.doing !== 'fault') this.#quiet(sounder, key);
      }
      if (!sounding || sounding.doing === 'quiet') continue;
      for (const { incident, mode } of this.#set.open) this.#report(sounder, incident, mode, sounding);
    }
  }

  #reportAgain(): void {
    this.#reported.clear();
    this.#reportAll();
  }

  #report(sounder: Sounder, incident: string, mode: Mode, { doing, fault }: Sounding): void {
    const key = `${sounder.id} ${incident} ${mode}`;
    if (doing !== 'fault' && this.#reported.has(key)) return;
    if (this.#say(sounder, { incident, doing, mode, ...(fault ? { fault } : {}) })) this.#reported.add(key);
  }

  #say(sounder: Sounder, report: Pick<DeviceReported, 'incident' | 'doing' | 'mode' | 'fault'>): boolean {
    const { bus, school, gate, clock } = this.#d;
    const full: DeviceReported = { ...report, at: iso(clock.now()), seq: ++this.#seq };
    return bus.publish(subjects.deviceReported(school, busDevice(gate.gate, sounder.id)), full);
  }

  async stop(): Promise<void> {
    for (const { timer } of this.#lastPress.values()) clearTimeout(timer);
  }
}

function nameOf(gate: GateFile, id: string): string {
  const device = gate.devices.find((d) => d.id === id);
  return device ? placedName(gate, device) : id;
}

/** What was published has been handed to the system: no wait for the disk can hold it back any more. */
const leftThisProcess = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function read<T extends z.ZodType>(schema: T, data: Uint8Array): z.infer<T> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Those who are named for a person of the watchlist are called, and whoever stands at the counter must not notice. */
export const silentCall = (hit: string, by: PersonRef): Press => ({
  ...{
    via: 'screen',
    source: `watch ${hit}`,
    by,
    kind: 'help',
    action: 'secure',
    mode: 'actual',
    audibility: 'silent',
  },
});
