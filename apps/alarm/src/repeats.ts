/**
 * Whom to ask again, and when. The state goes to everybody every 2 s; a device that has not answered is asked by name as
 * well, sooner at first (a lost packet) and slower later (a dead device), never stopping while the alarm is on.
 */
import { type Incident, missing, statusOf } from './incident.ts';

export interface Asked {
  count: number;
  at: number;
}

const FIRST_MS = 1_000;
const SLOWEST_MS = 10_000;

export const pauseAfter = (count: number): number => Math.min(FIRST_MS * 2 ** Math.max(0, count - 1), SLOWEST_MS);

/** Devices due at `now`: those that must still sound, or after the stand-down those that must still fall silent. */
export function due(incident: Incident, asked: ReadonlyMap<string, Asked>, now: number): string[] {
  const status = statusOf(incident);
  if (status === 'quiet') return [];
  const since = incident.standDown?.at ?? incident.receivedAt;
  return (status === 'open' ? missing(incident) : [...incident.acting]).filter((device) => {
    const before = asked.get(device);
    return before ? now - before.at >= pauseAfter(before.count) : now - since >= FIRST_MS;
  });
}
