/**
 * What the alarm service knows at this moment, in memory: incidents, the roster, who is alive.
 *
 * It is fed straight from the bus and never waits for the database; after a restart it is built again from the stream
 * `ALARMS`. A device that reports without being on the roster is kept in the history but counts for nothing.
 */
import {
  type AlarmState,
  type DeviceEntry,
  type DeviceHealth,
  type DeviceStatus,
  HEALTH_EVERY_MS,
  HEALTH_MISSES,
  type IncidentView,
  type MissingDevice,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { apply, begin, type Fact, type Incident, lastReportMs, missing, statusOf } from './incident.ts';
import type { Asked } from './repeats.ts';
import { responseSteps } from './response-clock.ts';

/** Tombstones last a day; longer than any network cut that leaves a device sounding. */
const TOMBSTONE_MS = 24 * 3600_000;
const SHOWN_MISSING = 50;

interface Alive {
  at: number;
  fault: string | null;
}

export class Board {
  readonly incidents = new Map<string, Incident>();
  readonly stored = new Set<string>();
  readonly asked = new Map<string, Map<string, Asked>>();
  readonly #roster = new Map<string, DeviceEntry>();
  readonly #alive = new Map<string, Alive>();
  /** Facts that overtook their raise on the way here. */
  readonly #early = new Map<string, Fact[]>();

  /** @returns the incident that changed */
  take(incidentId: string, fact: Fact): Incident | undefined {
    let incident = this.incidents.get(incidentId);
    if (!incident) {
      if (fact.type !== 'raised') {
        this.#wait(incidentId, fact);
        return undefined;
      }
      incident = begin(fact.raise, fact.at, fact.raise.audibility === 'audible' ? this.#mustAnswer() : []);
      this.incidents.set(incidentId, incident);
      this.asked.set(incidentId, new Map());
      for (const early of this.#early.get(incidentId) ?? []) apply(incident, early);
      this.#early.delete(incidentId);
      return incident;
    }
    return apply(incident, fact) ? incident : undefined;
  }

  /** Bounded: whatever a broken device invents, memory is not its to fill. */
  #wait(incidentId: string, fact: Fact): void {
    const facts = this.#early.get(incidentId) ?? [];
    if (facts.length >= 20_000 || (facts.length === 0 && this.#early.size >= 50)) return;
    facts.push(fact);
    this.#early.set(incidentId, facts);
  }

  #mustAnswer = (): string[] => [...this.#roster.values()].filter((d) => d.answers).map((d) => d.device);

  /** Devices put on the roster or changed; none leaves it while this process lives. */
  join(entries: readonly DeviceEntry[]): void {
    for (const entry of entries) {
      this.#roster.set(entry.device, entry);
      if (!entry.answers) continue;
      for (const incident of this.open())
        if (incident.raise.audibility === 'audible') incident.expected.add(entry.device);
    }
  }

  /** @returns whether its status changed */
  heard(device: string, health: DeviceHealth, now: number): boolean {
    const before = this.#alive.get(device);
    const fault = health.ok ? null : (health.fault ?? 'fault');
    this.#alive.set(device, { at: now, fault });
    return !before || before.fault !== fault || this.#gone(before, now);
  }

  #gone = (alive: Alive, now: number): boolean => now - alive.at > HEALTH_EVERY_MS * HEALTH_MISSES;

  online(device: string, now: number): DeviceStatus['online'] {
    const alive = this.#alive.get(device);
    if (!alive) return 'never';
    return this.#gone(alive, now) ? 'offline' : 'online';
  }

  device(device: string, now: number): DeviceStatus | undefined {
    const entry = this.#roster.get(device);
    const alive = this.#alive.get(device);
    if (!entry) return undefined;
    const lastSeen = alive ? iso(alive.at) : null;
    return { ...entry, online: this.online(device, now), lastSeen, fault: alive?.fault ?? null };
  }

  devices(now: number): DeviceStatus[] {
    return [...this.#roster.keys()].flatMap((d) => this.device(d, now) ?? []);
  }

  /** Where an alarm may be raised: the zones of the school, by the devices that hang there. */
  zones(): { zone: string; name: string }[] {
    return [...new Map([...this.#roster.values()].map((d) => [d.zone, { zone: d.zone, name: d.zoneName }])).values()];
  }

  open(): Incident[] {
    return [...this.incidents.values()].filter((i) => !i.standDown);
  }

  state(audibility: 'audible' | 'silent', version: number, now: number): AlarmState {
    const horizon = now - TOMBSTONE_MS;
    const mine = [...this.incidents.values()].filter((i) => i.raise.audibility === audibility);
    return {
      version,
      at: iso(now),
      open: mine
        .filter((i) => !i.standDown)
        .map(({ raise: { incident, kind, action, mode, place, raisedAt } }) => ({
          incident,
          kind,
          action,
          mode,
          place,
          raisedAt,
        })),
      closed: mine.filter((i) => i.standDown && i.standDown.at > horizon).map((i) => i.raise.incident),
      closedSince: iso(horizon),
    };
  }

  view(incident: Incident, now: number): IncidentView {
    const { raise, expected, answered, standDown } = incident;
    const zones = new Map<string, IncidentView['zones'][number]>();
    let reported = 0;
    for (const device of expected) {
      const entry = this.#roster.get(device);
      if (!entry) continue;
      const zone = zones.get(entry.zone) ?? {
        zone: entry.zone,
        name: entry.zoneName,
        reported: 0,
        expected: 0,
        slowestMs: null,
      };
      zones.set(entry.zone, zone);
      zone.expected += 1;
      const answer = answered.get(device);
      if (!answer) continue;
      reported += 1;
      zone.reported += 1;
      zone.slowestMs = Math.max(zone.slowestMs ?? 0, answer.at - incident.receivedAt);
    }
    return {
      ...raise,
      presses: incident.presses,
      status: statusOf(incident),
      receivedAt: iso(incident.receivedAt),
      reported,
      expected: expected.size,
      lastReportMs: lastReportMs(incident),
      zones: [...zones.values()],
      missing: this.#named(incident, missing(incident), now),
      stillSounding: standDown ? this.#named(incident, [...incident.acting], now) : [],
      steps: responseSteps(incident, now),
      standDown: standDown?.by ? { at: iso(standDown.at), by: standDown.by, reason: standDown.reason } : null,
      stored: this.stored.has(raise.incident),
    };
  }

  #named(incident: Incident, devices: string[], now: number): MissingDevice[] {
    const asked = this.asked.get(incident.raise.incident);
    const near = (d: DeviceEntry) => (d.zone === incident.raise.place.zone ? 0 : 1);
    return devices
      .flatMap((device) => this.#roster.get(device) ?? [])
      .sort((a, b) => near(a) - near(b) || a.device.localeCompare(b.device))
      .slice(0, SHOWN_MISSING)
      .map(({ device, kind, name, zone, zoneName }) => ({
        device,
        kind,
        name,
        zone,
        zoneName,
        asked: asked?.get(device)?.count ?? 0,
        online: this.online(device, now),
        fault: incident.latest.get(device)?.fault ?? this.#alive.get(device)?.fault ?? null,
      }));
  }
}
