/**
 * May this permit's holder pass here now, and which way? Pure functions of the signed list, the moment and what was last known
 * (A3). The stronger reason wins: who is suspended hears that, and not that he came too early.
 */
import {
  type GoodsDelivery,
  type PermitEntry,
  type PermitList,
  type PermitRefusal,
  permitState,
} from '@anyuan/contracts';
import { schoolTime } from './pickup-decision.ts';

export interface PermitIndex {
  byCard: Map<string, PermitEntry>;
  byPlate: Map<string, PermitEntry>;
  byId: Map<string, PermitEntry>;
  deliveries: readonly GoodsDelivery[];
}

export function indexPermits({ permits, deliveries }: PermitList): PermitIndex {
  return {
    byCard: new Map(permits.flatMap((p) => (p.cardHash ? [[p.cardHash, p] as const] : []))),
    byPlate: new Map(permits.flatMap((p) => p.plates.map((plate) => [plate, p] as const))),
    byId: new Map(permits.map((p) => [p.permit, p])),
    deliveries,
  };
}

/** @returns null: it opens this gate now */
export function judgePermit(permit: PermitEntry, gate: string, now: number): PermitRefusal | null {
  const { date, time, day } = schoolTime(now);
  const state = permitState(permit, date);
  if (state !== 'valid') return state;
  if (permit.gates.length > 0 && !permit.gates.includes(gate)) return 'otherGate';
  if (!permit.days.includes(day)) return 'wrongDay';
  return time < permit.from || time > permit.to ? 'wrongHours' : null;
}

export interface LastPass {
  outcome: 'in' | 'out';
  /** Milliseconds since 1970. */
  at: number;
}

/** A card that lies on the reader, or is tapped again to be sure. */
export const AGAIN_MS = 10_000;
/** Who forgot to tap on his way out comes in anew the next day; the longest shift is shorter. */
export const STAY_MS = 16 * 3_600_000;

export function nextWay(last: LastPass | undefined, now: number): 'in' | 'out' | 'again' {
  if (!last) return 'in';
  if (Math.abs(now - last.at) < AGAIN_MS) return 'again';
  return last.outcome === 'in' && now - last.at < STAY_MS ? 'out' : 'in';
}
