/**
 * What an alarm device knows: the set of open incidents. Pure; time, bus and relay are elsewhere.
 *
 * `raised` adds an incident unless it is known to be closed, and only the alarm service's state takes one away. So the
 * order of messages does not matter, a repeat changes nothing, and a device that was cut off catches up by one message.
 * When in doubt it stays loud: an incident that is merely missing from the state, or whose raiser's clock is odd, stays.
 */
import type { AlarmRaised, AlarmState, Mode, OpenIncident } from '@anyuan/contracts';

export interface DeviceState {
  /** Of the last state taken; older ones are ignored. */
  readonly version: number;
  readonly open: ReadonlyMap<string, OpenIncident>;
  /** Incidents known to be over, with their mode where the device ever held them. */
  readonly closed: ReadonlyMap<string, Mode | null>;
}

export type Told =
  | { type: 'raised'; alarm: AlarmRaised }
  | { type: 'state'; state: AlarmState }
  /** The state once more, to this device alone: it answers, whether or not anything is new. */
  | { type: 'asked'; state: AlarmState | null };

/** One incident on which the device has to report. */
export interface Due {
  incident: string;
  mode: Mode;
  open: boolean;
}

export const initialState: DeviceState = { version: Number.NEGATIVE_INFINITY, open: new Map(), closed: new Map() };

/** Tombstones that a device keeps; a school has a handful of incidents a week. */
const MOST_CLOSED = 1000;
const RANK: Record<Mode, number> = { actual: 0, exercise: 1, test: 2 };

export function tell(state: DeviceState, told: Told): { state: DeviceState; due: Due[] } {
  switch (told.type) {
    case 'raised':
      return raise(state, told.alarm);
    case 'state':
      return follow(state, told.state);
    case 'asked': {
      const next = told.state === null ? state : follow(state, told.state).state;
      return { state: next, due: [...openDues(next), ...closedDues(next, told.state?.closed ?? [])] };
    }
  }
}

/** What a lamp or display shows when several are open: a real one before an exercise before a test, then the oldest. */
export function shown(state: DeviceState): OpenIncident | undefined {
  return [...state.open.values()].sort(
    (a, b) => RANK[a.mode] - RANK[b.mode] || a.raisedAt.localeCompare(b.raisedAt),
  )[0];
}

export const openDues = (state: DeviceState): Due[] =>
  [...state.open.values()].map(({ incident, mode }) => ({ incident, mode, open: true }));

function raise(state: DeviceState, alarm: AlarmRaised): { state: DeviceState; due: Due[] } {
  if (state.closed.has(alarm.incident) || state.open.has(alarm.incident)) return { state, due: [] };
  const { incident, kind, action, mode, place, raisedAt } = alarm;
  const open = new Map(state.open).set(incident, { incident, kind, action, mode, place, raisedAt });
  return { state: { ...state, open }, due: [{ incident, mode, open: true }] };
}

function follow(state: DeviceState, word: AlarmState): { state: DeviceState; due: Due[] } {
  if (word.version < state.version) return { state, due: [] };
  const closed = new Map(state.closed);
  for (const id of word.closed) if (!closed.has(id)) closed.set(id, null);

  const named = new Set(word.open.map((i) => i.incident));
  const open = new Map<string, OpenIncident>();
  const due: Due[] = [];
  for (const held of state.open.values()) {
    const over = closed.has(held.incident);
    const forgotten = !named.has(held.incident) && Date.parse(held.raisedAt) < Date.parse(word.closedSince);
    // Only a named one is over for good: a raiser's slow clock can make a new incident look forgotten.
    if (over) closed.set(held.incident, held.mode);
    if (over || forgotten) due.push({ incident: held.incident, mode: held.mode, open: false });
    else open.set(held.incident, held);
  }
  for (const incident of word.open) {
    if (open.has(incident.incident) || closed.has(incident.incident)) continue;
    open.set(incident.incident, incident);
    due.push({ incident: incident.incident, mode: incident.mode, open: true });
  }
  const kept = [...closed].slice(-MOST_CLOSED);
  return { state: { version: word.version, open, closed: new Map(kept) }, due };
}

/** A device that never held the incident can't know its mode; it is quiet about the gravest. */
const closedDues = (state: DeviceState, ids: readonly string[]): Due[] =>
  ids
    .filter((id) => state.closed.has(id))
    .map((incident) => ({ incident, mode: state.closed.get(incident) ?? 'actual', open: false }));
