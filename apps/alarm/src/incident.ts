/**
 * One incident as the sum of its facts: the raise, what devices reported, what people did.
 *
 * Promise: the same facts give the same incident, in whatever order and however often they come (the bus repeats, the
 * service restarts). A panic alarm latches: only a stand-down by a named person ends it, and it is `quiet` only when
 * every device that made itself noticed has reported that it stopped (C1; GB 50394 5.2.2–5.2.4).
 *
 * No I/O and no clock in here. Facts are folded in place: copying a map of 10,000 devices for each report would stand
 * between the press and the count on the screen.
 */
import type { AlarmNote, AlarmRaised, DeviceReported, PersonRef } from '@anyuan/contracts';

export type Fact =
  | { type: 'raised'; at: number; raise: AlarmRaised }
  | { type: 'reported'; at: number; device: string; report: DeviceReported }
  | { type: 'noted'; at: number; note: AlarmNote };

interface Answer {
  doing: DeviceReported['doing'];
  at: number;
  fault: string | null;
}

export interface Incident {
  readonly raise: AlarmRaised;
  /** When the server took the raise, ms since 1970: what the clock of the response runs from. */
  receivedAt: number;
  presses: number;
  /** Devices that must answer; grows when a device joins while the alarm is on. */
  readonly expected: Set<string>;
  /** First proof of each device that it acts, by the server's clock. */
  readonly answered: Map<string, Answer>;
  /** The latest thing each device said. */
  readonly latest: Map<string, Answer>;
  /** Devices that made themselves noticed and have not said since that they stopped. */
  readonly acting: Set<string>;
  acknowledged: Done | null;
  guardArrived: Done | null;
  policeArrived: Done | null;
  standDown: (Done & { reason: string }) | null;
  allQuietAt: number | null;
}

export interface Done {
  at: number;
  by: PersonRef | null;
}

export type Status = 'open' | 'stoodDown' | 'quiet';

export function begin(raise: AlarmRaised, at: number, expected: Iterable<string>): Incident {
  return {
    raise,
    receivedAt: at,
    presses: raise.presses,
    expected: new Set(expected),
    answered: new Map(),
    latest: new Map(),
    acting: new Set(),
    acknowledged: null,
    guardArrived: null,
    policeArrived: null,
    standDown: null,
    allQuietAt: null,
  };
}

/** @returns whether anything changed */
export function apply(incident: Incident, fact: Fact): boolean {
  switch (fact.type) {
    case 'raised': {
      const earlier = Math.min(incident.receivedAt, fact.at);
      const presses = Math.max(incident.presses, fact.raise.presses);
      const changed = earlier !== incident.receivedAt || presses !== incident.presses;
      incident.receivedAt = earlier;
      incident.presses = presses;
      return changed;
    }
    case 'reported':
      return report(incident, fact);
    case 'noted':
      return note(incident, fact);
  }
}

function report(incident: Incident, { device, report, at }: Extract<Fact, { type: 'reported' }>): boolean {
  const before = incident.latest.get(device);
  if (before && (before.at > at || before.doing === report.doing)) return false;
  const answer: Answer = { doing: report.doing, at, fault: report.fault ?? null };
  incident.latest.set(device, answer);
  if (!acts(report.doing)) incident.acting.delete(device);
  else {
    incident.acting.add(device);
    if (!incident.answered.has(device)) incident.answered.set(device, answer);
  }
  return true;
}

function note(incident: Incident, { note, at }: Extract<Fact, { type: 'noted' }>): boolean {
  const done: Done = { at, by: note.actor };
  switch (note.type) {
    case 'acknowledged':
    case 'guardArrived':
    case 'policeArrived':
      if (incident[note.type]) return false;
      incident[note.type] = done;
      return true;
    case 'stoodDown':
      if (incident.standDown) return false;
      incident.standDown = { ...done, reason: note.reason ?? 'other' };
      return true;
    case 'allQuiet':
      incident.allQuietAt ??= at;
      return true;
  }
}

/** A device that says `fault` or `quiet` has spoken, but it does not sound: that is no delivery. */
const acts = (doing: DeviceReported['doing']): boolean =>
  doing === 'sounding' || doing === 'flashing' || doing === 'showing';

export function statusOf(incident: Incident): Status {
  if (!incident.standDown) return 'open';
  return incident.acting.size === 0 ? 'quiet' : 'stoodDown';
}

export function missing(incident: Incident): string[] {
  return [...incident.expected].filter((device) => !incident.answered.has(device));
}

export function lastReportMs(incident: Incident): number | null {
  let last: number | null = null;
  for (const [device, { at }] of incident.answered)
    if (incident.expected.has(device)) last = Math.max(last ?? 0, at - incident.receivedAt);
  return last;
}
