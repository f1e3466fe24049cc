import { checkPlate, PickupList } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { demoBars, demoChildren, demoGuardians, demoRules } from './demo-families.ts';
import { demoCards, demoDocuments, demoStaff } from './demo-people.ts';
import { demoDeliveries, demoPermits } from './demo-permits.ts';

const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);

test('keys, cards and ids are unique', () => {
  unique([...demoDocuments.map((d) => d.key), ...demoCards.map((c) => c.key)]);
  unique(demoCards.map((c) => c.number));
  unique(demoChildren.map((c) => c.id));
  unique(demoChildren.map((c) => c.name));
  unique(demoGuardians.map((g) => g.id));
  unique(demoStaff.map((s) => s.id));
});

test('the lists are a pickup list', () => {
  const list = {
    cards: [],
    guardians: [...demoGuardians],
    children: [...demoChildren],
    rules: demoRules,
    bars: demoBars,
  };
  expect(PickupList.parse(list)).toEqual(list);
});

test('whatever names something names something that is there', () => {
  const guardians = new Set(demoGuardians.map((g) => g.id));
  const children = new Set(demoChildren.map((c) => c.id));
  const staff = new Set(demoStaff.map((s) => s.id));
  for (const { guardian, child } of [...demoRules, ...demoBars]) {
    expect(guardians).toContain(guardian);
    expect(children).toContain(child);
  }
  for (const { guardianId } of [...demoCards, ...demoDocuments]) {
    if (guardianId !== undefined) expect(guardians).toContain(guardianId);
  }
  for (const { teacher } of demoChildren) expect(staff).toContain(teacher.id);
  for (const { staffId } of demoCards) if (staffId !== undefined) expect(staff).toContain(staffId);
});

test('every child is fetched by somebody who is not barred', () => {
  const barred = new Set(demoBars.map((b) => `${b.guardian} ${b.child}`));
  const fetched = new Set(demoRules.filter((r) => !barred.has(`${r.guardian} ${r.child}`)).map((r) => r.child));
  expect(demoChildren.filter((c) => !fetched.has(c.id))).toEqual([]);
});

test('the stories', () => {
  const card = (key: string) => demoCards.find((c) => c.key === key);
  const classes = new Set(demoChildren.map((c) => c.className));
  expect([demoChildren.length, classes.size]).toEqual([40, 6]);
  expect(card('wang-card')?.printed).toMatch(/4417$/);
  expect(card('lost-card')).toMatchObject({ status: 'lost', guardianId: card('wang-card')?.guardianId });
  expect(demoRules.filter((r) => r.guardian === card('two-card')?.guardianId)).toHaveLength(2);
  const delegate = demoRules.find((r) => r.guardian === card('delegate-card')?.guardianId);
  expect(delegate?.validFrom).toBe(delegate?.validTo);
  expect(Date.parse(`${delegate?.validFrom}T16:00+08:00`)).toBeGreaterThan(Date.now());
  expect(demoBars[0]?.guardian).toBe(card('barred-card')?.guardianId);
  expect(card('unknown-card')?.guardianId).toBeUndefined();
});

test('permits have cards that are there, plates that can be, and each card and plate once', () => {
  const cards = new Set(demoCards.filter((c) => c.kind === 'permit').map((c) => c.key));
  const named = demoPermits.flatMap(({ cardKey }) => cardKey ?? []);
  expect(new Set(named)).toEqual(cards);
  const plates = [...demoPermits.flatMap((p) => p.plates), ...demoDeliveries.flatMap((d) => d.plate ?? [])];
  unique(plates);
  expect(plates.filter((plate) => checkPlate(plate).state === 'wrong')).toEqual([]);
});
