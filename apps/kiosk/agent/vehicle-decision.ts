/**
 * Whose vehicle is it, may it in, and which known plates fit what was typed? Pure functions of the signed list, of what is
 * inside and of the moment (A2). Nothing here forbids: a doubt is said, and the guard decides with a reason.
 */
import {
  type GoodsDelivery,
  type LogVehicle,
  normalPlate,
  type VehicleAs,
  type VehicleDoubt,
  type VehicleFound,
  type VehicleInside,
  type VisitView,
} from '@anyuan/contracts';
import { judgePermit, type PermitIndex } from './permit-decision.ts';
import { schoolTime } from './pickup-decision.ts';

export interface KnownVehicles {
  index: PermitIndex | undefined;
  inside: readonly VehicleInside[];
  visits: readonly VisitView[];
  gate: string;
  /** Milliseconds since 1970. */
  now: number;
}

const MATCHES = 4;
/** Province and office. */
const REGION = 2;

export function deliveryDoubt({ date, from, to }: GoodsDelivery, now: number): VehicleDoubt | null {
  const today = schoolTime(now);
  if (date !== today.date) return 'otherDay';
  if (today.time < from) return 'early';
  return today.time > to ? 'late' : null;
}

/** What is known of a whole plate; `as`: as whom the guard takes it, else as whom it is known. */
export function judgeVehicle(known: KnownVehicles, plate: string, as?: VehicleAs): VehicleFound {
  const { index, gate, now } = known;
  const stands = known.inside.find((v) => v.plate === plate);
  const found = { plate, inside: stands ? { since: stands.since, gate: stands.gate } : null };
  const nobody = { permitKind: null, label: null, firm: null, doubt: null, detail: null };
  const permit = as?.as === 'own' ? index?.byId.get(as.permit) : as ? undefined : index?.byPlate.get(plate);
  if (permit) {
    const { name: label, firm, kind: permitKind, from, to, suspended } = permit;
    const doubt = judgePermit(permit, gate, now);
    const detail = suspended ? suspended.reason : doubt === 'expired' ? permit.validTo : `${from}–${to}`;
    const by = { as: 'own', permit: permit.permit } as const;
    return { ...found, by, kind: 'own', permitKind, label, firm, doubt, detail };
  }
  const delivery = as?.as === 'delivery' ? deliveryById(index, as.delivery) : as ? undefined : due(known, plate);
  if (delivery) {
    const { supplier: label, from, to, goods } = delivery;
    const by = { as: 'delivery', delivery: delivery.delivery } as const;
    const detail = `${from}–${to}${goods === '' ? '' : ` ${goods}`}`;
    return { ...found, ...nobody, by, kind: 'delivery', label, doubt: deliveryDoubt(delivery, now), detail };
  }
  if (as?.as === 'visitor') {
    const visit = known.visits.find((v) => v.visit === as.visit);
    return { ...found, ...nobody, by: as, kind: 'visitor', label: visit?.name ?? null };
  }
  const doubt = index ? 'unknown' : 'noList';
  return {
    ...found,
    ...nobody,
    by: { as: 'other' },
    kind: stands?.kind ?? 'other',
    label: stands?.label ?? null,
    doubt,
  };
}

const deliveryById = (index: PermitIndex | undefined, id: string) => index?.deliveries.find((d) => d.delivery === id);

/** The delivery of this plate that is nearest to be right: within its window, else of this day. */
function due({ index, now }: KnownVehicles, plate: string): GoodsDelivery | undefined {
  const own = (index?.deliveries ?? []).filter((d) => d.plate === plate);
  const { date } = schoolTime(now);
  return own.find((d) => deliveryDoubt(d, now) === null) ?? own.find((d) => d.date === date) ?? own[0];
}

/** Deliveries of this day, those whose window is nearest first. */
export function expectedNow({ index, now }: Pick<KnownVehicles, 'index' | 'now'>): GoodsDelivery[] {
  const { date, time } = schoolTime(now);
  const today = (index?.deliveries ?? []).filter((d) => d.date === date);
  const far = ({ from, to }: GoodsDelivery) => Number(time > to) * 2 + Number(time < from);
  return today.sort((a, b) => far(a) - far(b) || a.from.localeCompare(b.from));
}

/**
 * Known plates that fit: the guard types two or three signs and touches the rest. Another region's plate fits too, after those
 * that begin as typed. Before anything is typed: what came in last, since it will go out.
 */
export function matching(known: KnownVehicles, typed: string): VehicleFound[] {
  const text = normalPlate(typed);
  const rest = text.slice(REGION);
  const judged = (plates: string[]) => plates.slice(0, MATCHES).map((plate) => judgeVehicle(known, plate));
  const newest = known.inside.toSorted((a, b) => b.since.localeCompare(a.since)).map(({ plate }) => plate);
  if (rest.length < 2) return judged(newest.filter((plate) => plate.startsWith(text) || rest === ''));
  const all = new Set([
    ...newest,
    ...(known.index?.byPlate.keys() ?? []),
    ...(known.index?.deliveries ?? []).flatMap(({ plate }) => plate ?? []),
  ]);
  const rank = (plate: string): number => {
    if (plate.startsWith(text)) return 0;
    if (plate.slice(REGION).startsWith(rest)) return 1;
    return plate.slice(REGION).includes(rest) ? 2 : 3;
  };
  const fitting = [...all].map((plate) => ({ plate, rank: rank(plate) })).filter((m) => m.rank < 3);
  return judged(fitting.sort((a, b) => a.rank - b.rank).map(({ plate }) => plate));
}

/** The owner's word with what it has not received from here; out of what is not known to be inside changes nothing. */
export function insideAfter(
  told: readonly VehicleInside[],
  own: readonly { command: LogVehicle; label: string | null }[],
): VehicleInside[] {
  const inside = new Map(told.map((v) => [v.plate, v]));
  for (const { command, label } of own) {
    const { pass, plate, outcome, by, decision } = command;
    const since = inside.get(plate)?.since ?? '';
    if (outcome === 'refused' || decision.at < since) continue;
    if (outcome === 'out') inside.delete(plate);
    else inside.set(plate, { pass, plate, kind: by.as, label, gate: decision.gate, since: decision.at });
  }
  return [...inside.values()].sort((a, b) => a.since.localeCompare(b.since));
}
