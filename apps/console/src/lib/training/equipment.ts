/** Guards' equipment as the office reads it (E5): what is needed and why, and what lies where. Pure. */
import type { EquipmentItem, EquipmentShortage, EquipmentView } from '@anyuan/contracts';

/** What the need was multiplied from: so many for each guard on duty, or for each guard room. */
export interface Sum {
  of: 'person' | 'room';
  each: number;
  count: number;
}
export function sumOf({ kind, needed }: EquipmentShortage, { onDuty, guardRooms }: EquipmentView): Sum {
  const of = kind === 'fork' ? 'room' : 'person';
  const count = of === 'room' ? guardRooms.length : onDuty;
  return { of, count, each: count > 0 ? needed / count : 0 };
}

export const shortInAll = ({ shortage }: EquipmentView): number => shortage.reduce((sum, { short }) => sum + short, 0);

/** Nobody knows yet how many stand there, or where: then nothing short is no comfort. */
export const isUnknown = (view: EquipmentView): boolean =>
  shortInAll(view) === 0 && (view.onDuty === 0 || view.guardRooms.length === 0);

export interface Room {
  gate: string;
  name: string;
  lastCheck: EquipmentView['guardRooms'][number]['lastCheck'];
  items: EquipmentItem[];
  forks: { needed: number; usable: number; short: number };
}
export interface Places {
  rooms: Room[];
  /** By the person's id. */
  persons: { person: string; items: EquipmentItem[] }[];
  retired: EquipmentItem[];
}

/** What lies where; a retired thing lies nowhere. A room that is no longer in the books is still a place. */
export function placesOf(view: EquipmentView): Places {
  const standing = view.items.filter(({ state }) => state !== 'retired');
  const known = view.guardRooms.map(({ gate }) => gate);
  const gates = standing.flatMap(({ place }) => (place.kind === 'guardRoom' ? [place.gate] : []));
  const forks = view.shortage.find(({ kind }) => kind === 'fork');
  const each = forks ? sumOf(forks, view).each : 0;
  const rooms = [...new Set([...known, ...gates])].map((gate) => {
    const room = view.guardRooms.find((one) => one.gate === gate);
    const items = standing.filter(({ place }) => place.kind === 'guardRoom' && place.gate === gate);
    const usable = items.filter(({ kind, state }) => kind === 'fork' && state === 'usable').length;
    const needed = room ? each : 0;
    return {
      gate,
      name: room?.name ?? gate,
      lastCheck: room?.lastCheck ?? null,
      items,
      forks: { needed, usable, short: Math.max(0, needed - usable) },
    };
  });
  const carried = Map.groupBy(
    standing.filter(({ place }) => place.kind === 'person'),
    ({ place }) => (place.kind === 'person' ? place.person : ''),
  );
  return {
    rooms,
    persons: [...carried].map(([person, items]) => ({ person, items })),
    retired: view.items.filter(({ state }) => state === 'retired'),
  };
}

/** Different things that a person carries and may use, of those that each guard must have. */
export const carriedKinds = (items: readonly EquipmentItem[]): number =>
  new Set(items.flatMap(({ kind, state }) => (state === 'usable' && kind !== 'fork' ? [kind] : []))).size;
