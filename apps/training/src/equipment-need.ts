/** What the guards must have (E5): seven things for each person on duty, two forks for each guard room. Pure. */
import type { EquipmentItem, EquipmentKind, EquipmentShortage } from '@anyuan/contracts';
import { addMonths } from './dates.ts';

const EQUIPMENT_RULE: Record<EquipmentKind, { perPerson: number; perRoom: number }> = {
  helmet: { perPerson: 1, perRoom: 0 },
  shield: { perPerson: 1, perRoom: 0 },
  stabVest: { perPerson: 1, perRoom: 0 },
  gloves: { perPerson: 1, perRoom: 0 },
  baton: { perPerson: 1, perRoom: 0 },
  torch: { perPerson: 1, perRoom: 0 },
  spray: { perPerson: 1, perRoom: 0 },
  fork: { perPerson: 0, perRoom: 2 },
};

export const equipmentNeeds = (onDuty: number, guardRooms: number): { kind: EquipmentKind; needed: number }[] =>
  kinds().map((kind) => {
    const { perPerson, perRoom } = EQUIPMENT_RULE[kind];
    return { kind, needed: perPerson * onDuty + perRoom * guardRooms };
  });

export const equipmentShortage = (
  needs: readonly { kind: EquipmentKind; needed: number }[],
  items: readonly Pick<EquipmentItem, 'kind' | 'state'>[],
): EquipmentShortage[] =>
  needs.map(({ kind, needed }) => {
    const usable = items.filter((item) => item.kind === kind && item.state === 'usable').length;
    return { kind, needed, usable, short: Math.max(0, needed - usable) };
  });

export interface Kept {
  expiresOn: string | null;
  retired: boolean;
  inspectEveryMonths: number;
  boughtOn: string | null;
  lastInspectedOn: string | null;
  lastInspectionOk: boolean | null;
}

/** It holds on its last day still; what failed is out of use until it passes. */
export function stateOf(item: Kept, today: string): EquipmentItem['state'] {
  if (item.retired) return 'retired';
  if (item.expiresOn && item.expiresOn < today) return 'expired';
  return item.lastInspectionOk === false ? 'failedInspection' : 'usable';
}

/** Counted from the last inspection, else from the day it was bought; null: nobody knows, so it is due now. */
export function nextInspection({ lastInspectedOn, boughtOn, inspectEveryMonths }: Kept): string | null {
  const since = lastInspectedOn ?? boughtOn;
  return since && addMonths(since, inspectEveryMonths);
}

/** What was counted against what must be there; kinds that nobody counted are not judged. */
export const checkGaps = (
  expected: readonly { kind: EquipmentKind; needed: number }[],
  counts: Partial<Record<EquipmentKind, number>>,
): { kind: EquipmentKind; expected: number; counted: number }[] =>
  expected.flatMap(({ kind, needed }) => {
    const counted = counts[kind];
    return counted !== undefined && counted < needed ? [{ kind, expected: needed, counted }] : [];
  });

const kinds = () => Object.keys(EQUIPMENT_RULE) as EquipmentKind[];
