/**
 * The open incidents as this gate's own devices obey them: `raised` adds one, only the alarm service's `state` takes one
 * away (contracts, `AlarmState`). So order, repeats and restarts change nothing, and a raise that comes late for an
 * alarm that has ended stays without effect. Pure; kept on disk by its owner, because a panic alarm latches.
 */
import type { AlarmState, Mode, OpenIncident } from '@anyuan/contracts';
import { timeOfId } from '@anyuan/contracts';

export interface IncidentSet {
  /** Highest state version seen for each audibility. */
  versions: { audible: number; silent: number };
  open: (OpenIncident & { audibility: 'audible' | 'silent' })[];
  closed: string[];
}

export const noIncidents = (): IncidentSet => ({ versions: { audible: 0, silent: 0 }, open: [], closed: [] });

type Audibility = 'audible' | 'silent';

export function raised(set: IncidentSet, raise: OpenIncident, audibility: Audibility): IncidentSet {
  if (set.closed.includes(raise.incident) || set.open.some((i) => i.incident === raise.incident)) return set;
  const { incident, kind, action, mode, place, raisedAt } = raise;
  return { ...set, open: [...set.open, { incident, kind, action, mode, place, raisedAt, audibility }] };
}

export function stated(set: IncidentSet, state: AlarmState, audibility: Audibility): IncidentSet {
  if (state.version < set.versions[audibility]) return set;
  const horizon = Date.parse(state.closedSince);
  const stays = (id: string) =>
    !state.closed.includes(id) && (state.open.some((o) => o.incident === id) || timeOfId(id) >= horizon);
  const kept = set.open.filter((i) => i.audibility !== audibility || stays(i.incident));
  const added = state.open
    .filter((o) => !kept.some((i) => i.incident === o.incident))
    .map((o) => ({ ...o, audibility }));
  const closed = [...new Set([...set.closed.filter((id) => timeOfId(id) >= horizon), ...state.closed])];
  return { versions: { ...set.versions, [audibility]: state.version }, open: [...kept, ...added], closed };
}

const RANK: Record<Mode, number> = { actual: 3, exercise: 2, test: 1 };

/** What the gate's siren must do: a real alarm drowns a drill, a drill a test. */
export function loudest(set: IncidentSet): Mode | null {
  let mode: Mode | null = null;
  for (const i of set.open) if (i.audibility === 'audible' && (!mode || RANK[i.mode] > RANK[mode])) mode = i.mode;
  return mode;
}
