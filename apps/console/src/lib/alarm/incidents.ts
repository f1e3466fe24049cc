/** Incidents as the console orders and reads them. Pure: what is shown follows from the view, the history and the time. */
import type {
  Action,
  HistoryEntry,
  IncidentKind,
  IncidentView,
  MissingDevice,
  Mode,
  ResponseStep,
  StandDown,
} from '@anyuan/contracts';

const PAST = 20;
const RANK: Record<Mode, number> = { actual: 0, exercise: 1, test: 2 };

/** `stoodDown` is not over yet: a device may still be sounding. */
export const isOver = (incident: IncidentView): boolean => incident.status === 'quiet';

/** The real thing first, then the newest; what is over last. */
function inOrder(a: IncidentView, b: IncidentView): number {
  const over = Number(isOver(a)) - Number(isOver(b));
  if (over !== 0) return over;
  const newest = b.receivedAt.localeCompare(a.receivedAt);
  return isOver(a) ? newest : RANK[a.mode] - RANK[b.mode] || newest;
}

export function putIncident(incidents: readonly IncidentView[], incident: IncidentView): readonly IncidentView[] {
  const sorted = [incident, ...incidents.filter((i) => i.incident !== incident.incident)].sort(inOrder);
  const running = sorted.filter((i) => !isOver(i));
  return [...running, ...sorted.slice(running.length, running.length + PAST)];
}

/** Since the press by the server's clock; stands still once it was stood down. */
export function elapsedMs(incident: IncidentView, now: number): number {
  const until = incident.standDown ? Date.parse(incident.standDown.at) : now;
  return Math.max(0, until - Date.parse(incident.receivedAt));
}

export type StepClock = { at: number } | { left: number } | { late: number } | null;

/** When a step was reached after the press, or how long is left, or how late it is. Null: it has no deadline. */
export function stepClock(step: ResponseStep, pressedAt: string, now: number): StepClock {
  if (step.at !== null) return { at: Math.max(0, Date.parse(step.at) - Date.parse(pressedAt)) };
  if (step.due === null) return null;
  const left = Date.parse(step.due) - now;
  return left >= 0 ? { left } : { late: -left };
}

export type StepAction = 'acknowledge' | 'guard' | 'police';
const ACTION_OF: Partial<Record<ResponseStep['step'], StepAction>> = {
  acknowledged: 'acknowledge',
  guardArrived: 'guard',
  policeArrived: 'police',
};
/** What a person may still report for this step. */
export const actionOf = (step: ResponseStep): StepAction | null =>
  step.at === null ? (ACTION_OF[step.step] ?? null) : null;

/**
 * Who owes an answer, from one figure: what the head counts and what the list names can't differ. `none`: nothing in the
 * school must answer; `all`: nobody owes anything; `quiet`: all have stopped. What is owed after the end stays owed.
 */
export interface Owing {
  state: 'none' | 'all' | 'quiet' | 'owed' | 'neverAnswered' | 'sounding';
  count: number;
  named: readonly MissingDevice[];
  /** Beyond those that are named. */
  more: number;
}

export function owing(incident: IncidentView): Owing {
  const { status, reported, expected, missing, stillSounding } = incident;
  const listed = (state: Owing['state'], count: number, all: readonly MissingDevice[]): Owing => {
    const named = all.slice(0, count);
    return { state, count, named, more: count - named.length };
  };
  if (status === 'stoodDown')
    return listed(stillSounding.length === 0 ? 'quiet' : 'sounding', stillSounding.length, stillSounding);
  const count = Math.max(0, expected - reported);
  if (count > 0) return listed(status === 'open' ? 'owed' : 'neverAnswered', count, missing);
  return listed(expected === 0 ? 'none' : 'all', 0, []);
}

/** A drill can't be "handled", and a real alarm can't be "over as planned". */
export const standDownReasons: Record<Mode, readonly StandDown['reason'][]> = {
  actual: ['handled', 'falseAlarm', 'other'],
  exercise: ['exerciseOver', 'other'],
  test: ['testOver', 'other'],
};

/** The action that a kind of danger asks for first; the raiser may choose another. */
export const usualAction: Record<IncidentKind, Action> = {
  intrusion: 'lockdown',
  fire: 'evacuate',
  earthquake: 'shelter',
  help: 'hold',
};

/** A run of the same report from many devices is one line with a count; what a person did is a line each. */
export interface HistoryLine {
  key: number;
  type: HistoryEntry['type'];
  at: string;
  until: string;
  actor: string | null;
  devices: string[];
  note: string | null;
}

const RUNS = new Set<HistoryEntry['type']>(['reported', 'reportedQuiet']);

/** Newest first, so that what has just happened stands on top. */
export function historyLines(entries: readonly HistoryEntry[]): HistoryLine[] {
  const lines: HistoryLine[] = [];
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const last = lines.at(-1);
    if (last && last.type === entry.type && RUNS.has(entry.type)) {
      last.until = entry.at;
      if (entry.device !== null && !last.devices.includes(entry.device)) last.devices.push(entry.device);
      continue;
    }
    const note = entry.detail.note;
    lines.push({
      key: entry.seq,
      type: entry.type,
      at: entry.at,
      until: entry.at,
      actor: entry.actor?.name ?? null,
      devices: entry.device === null ? [] : [entry.device],
      note: typeof note === 'string' && note !== '' ? note : null,
    });
  }
  return lines.reverse();
}

/** The incident that the alarm view shows: the one asked for, else the first that is running. */
export const shownOf = (incidents: readonly IncidentView[], asked: string | null): IncidentView | null =>
  incidents.find((i) => (asked === null ? !isOver(i) : i.incident === asked)) ?? null;
