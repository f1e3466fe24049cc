/**
 * What of the screen depends on the hour: the night's colours and the peaks of the day (高峰). Pure. A school that says nothing
 * of its dismissal has said it all the same: it is the window in which most of its adults may fetch today.
 */
import { type GateFile, type KioskModes, type PickupList, startOfSchoolDay } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { schoolTime } from './pickup-decision.ts';

/** They stand at the gate before they may fetch. */
const EARLY_MS = 10 * 60_000;
/** Who may fetch at any time of the day makes no rush. */
const LONGEST_MS = 3 * 3600_000;

function at(now: number, clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return startOfSchoolDay(now) + (hours * 60 + minutes) * 60_000;
}

/** The window that most rules have today; the earlier of two that are as common. */
function commonest(rules: PickupList['rules'], day: number): { from: string; to: string } | null {
  const counted = new Map<string, number>();
  for (const rule of rules) {
    if (!rule.days.includes(day)) continue;
    const key = `${rule.from}-${rule.to}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const [most] = [...counted].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  if (!most) return null;
  const [from = '', to = ''] = most[0].split('-');
  return { from, to };
}

export function modesOf(gate: Pick<GateFile, 'night' | 'peaks'>, rules: PickupList['rules'], now: number): KioskModes {
  const { day } = schoolTime(now);
  const said = gate.peaks
    .filter((peak) => peak.days.includes(day))
    .map(({ kind, from, to }) => ({ kind, from: iso(at(now, from)), to: iso(at(now, to)) }));
  const window = gate.peaks.some(({ kind }) => kind === 'dismissal') ? null : commonest(rules, day);
  if (!window || at(now, window.to) - at(now, window.from) > LONGEST_MS) return { night: gate.night, peaks: said };
  const from = iso(at(now, window.from) - EARLY_MS);
  return { night: gate.night, peaks: [...said, { kind: 'dismissal', from, to: iso(at(now, window.to)) }] };
}
