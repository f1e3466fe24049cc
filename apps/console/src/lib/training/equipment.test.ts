import type { EquipmentItem, EquipmentView } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { carriedKinds, isUnknown, placesOf, shortInAll, sumOf } from './equipment.ts';

const item = (id: string, kind: EquipmentItem['kind'], place: string, state: EquipmentItem['state'] = 'usable') => ({
  id,
  kind,
  place: place.startsWith('s-')
    ? { kind: 'person' as const, person: place }
    : { kind: 'guardRoom' as const, gate: place },
  serial: null,
  expiresOn: null,
  inspectEveryMonths: 6,
  boughtOn: null,
  lastInspectedOn: null,
  nextInspectionOn: null,
  state,
});
const view: EquipmentView = {
  onDuty: 3,
  guardRooms: [
    { gate: 'east', name: '东门保安室', lastCheck: null },
    { gate: 'north', name: '北门保安室', lastCheck: null },
  ],
  shortage: [
    { kind: 'helmet', needed: 3, usable: 1, short: 2 },
    { kind: 'fork', needed: 4, usable: 1, short: 3 },
  ],
  items: [
    item('1', 'fork', 'east'),
    item('2', 'fork', 'east', 'failedInspection'),
    item('3', 'helmet', 's-1'),
    item('4', 'helmet', 's-1'),
    item('5', 'torch', 's-1', 'expired'),
    item('6', 'baton', 'west'),
    item('7', 'torch', 'east', 'retired'),
  ],
  expiring: [],
  inspectionDue: [],
};

describe('guards’ equipment', () => {
  it('is needed once for each guard on duty, forks for each guard room', () => {
    expect(view.shortage.map((row) => sumOf(row, view))).toEqual([
      { of: 'person', each: 1, count: 3 },
      { of: 'room', each: 2, count: 2 },
    ]);
    expect(sumOf({ kind: 'fork', needed: 0, usable: 0, short: 0 }, { ...view, guardRooms: [] }).each).toBe(0);
    expect(shortInAll(view)).toBe(5);
  });

  it('is not complete while nobody knows how many stand there, or where', () => {
    expect(isUnknown(view)).toBe(false);
    expect(isUnknown({ ...view, shortage: [], onDuty: 0 })).toBe(true);
    expect(isUnknown({ ...view, shortage: [], guardRooms: [] })).toBe(true);
    expect(isUnknown({ ...view, shortage: [] })).toBe(false);
  });

  it('lies in a room or with a person; what failed does not count, what is retired lies nowhere', () => {
    const { rooms, persons, retired } = placesOf(view);
    expect(rooms.map(({ name, items, forks }) => [name, items.length, forks])).toEqual([
      ['东门保安室', 2, { needed: 2, usable: 1, short: 1 }],
      ['北门保安室', 0, { needed: 2, usable: 0, short: 2 }],
      ['west', 1, { needed: 0, usable: 0, short: 0 }],
    ]);
    expect(persons.map(({ person, items }) => [person, carriedKinds(items)])).toEqual([['s-1', 1]]);
    expect(retired.map(({ id }) => id)).toEqual(['7']);
  });
});
