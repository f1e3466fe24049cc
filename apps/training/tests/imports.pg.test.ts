import { newId } from '@anyuan/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  importCertificates,
  importClasses,
  importCourses,
  importEquipment,
  importFilings,
  importGuardRooms,
  importHeadcount,
  importPeople,
  importPlan,
  importSessions,
  importShifts,
  importVettings,
} from '../src/service.ts';
import { administrator, CARD, certificate, classes, people, principal, trainingSite, vetting } from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const bring = (list = people, by?: { id: string; name: string }) =>
  site.in((trx) => importPeople(trx, list, { ...site.keys, ...(by ? { by } : {}) }, site.clock.now()));

test('the same people again change nothing and tell nothing', async () => {
  const before = await site.text('people');
  expect(await bring()).toBe(0);
  expect(await site.text('people')).toBe(before);
  expect(await site.events()).toEqual([]);
});

test('a card number is nowhere in clear', async () => {
  expect((await site.text('people')).toUpperCase()).not.toContain(CARD);
  expect(await site.text('people')).toContain(site.keys.card.hash(CARD));
});

test('what a person changed stays at the next start; a list that somebody brings is his word', async () => {
  await office().savePerson({ id: 's-li', name: '李强', roles: ['guard', 'driver'] });
  const renamed = people.map((person) => ({ ...person, name: `${person.name}甲` }));
  expect(await bring(renamed)).toBe(people.length - 1);
  const li = async () => (await site.as(principal).staffRecord({ person: 's-li' })).person;
  expect(await li()).toMatchObject({ name: '李强', roles: ['guard', 'driver'] });
  await bring(renamed, { id: 's-zhou', name: '周敏' });
  expect(await li()).toMatchObject({ name: '李强甲', roles: ['guard'] });
});

test('one bad row, or a card of somebody else, and nothing is brought at all', async () => {
  const before = await site.text('people');
  const fresh = { id: 's-new', name: '新人', roles: ['cook' as const] };
  for (const [list, code, detail] of [
    [[fresh, { id: 's-bad', name: ' ', roles: ['cook' as const] }], 'badInput', 'row 2: name'],
    [[fresh, { id: 's-bad', name: '甲', roles: [] }], 'badInput', 'row 2: roles'],
    [[fresh, { id: 's-two', name: '乙', roles: ['cook' as const], cardNumber: CARD }], 'conflict', 'card'],
  ] as const)
    await expect(site.in((trx) => importPeople(trx, list as never, site.keys))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(detail),
    });
  expect(await site.text('people')).toBe(before);
});

test('a whole school, brought twice: the second time changes nothing, also what was changed or taken away between', async () => {
  const course = newId();
  const [kept, gone] = [newId(), newId()];
  const given = {
    certificates: [certificate({ expiresOn: '2026-12-20' })],
    vettings: [vetting()],
    filings: [
      { id: newId(), person: 's-wang', authority: 'police' as const, filedOn: '2026-09-02', receipt: '公备 17' },
    ],
    courses: [
      {
        id: course,
        code: 'guard-regular',
        title: '保安定期培训',
        roles: ['guard' as const],
        periodMonths: 6,
        passMark: 80,
      },
    ],
    plan: [{ course, year: 2026, months: [5, 11] }],
    sessions: [
      {
        ...{ id: newId(), course, date: '2026-10-10', from: '09:00', hours: 2, place: '会议室', trainer: '张警官' },
        topic: '防暴器械',
        attendances: [{ person: 's-wang', via: 'card' as const, scores: [60, 90] }],
      },
    ],
    headcount: {
      id: newId(),
      headcount: { pupils: 1_086, staff: 74, boarders: 0 },
      ruleSet: 'notices' as const,
      from: '2026-09-01',
    },
    rooms: [{ gate: 'main', name: '南门门卫室' }],
    equipment: [
      {
        ...{ id: newId(), kind: 'spray' as const, place: { kind: 'guardRoom' as const, gate: 'main' }, serial: 'P-1' },
        ...{ expiresOn: '2027-05-01', inspectEveryMonths: 6, boughtOn: '2026-05-01' },
      },
    ],
    shifts: [kept, gone].map((id, i) => ({
      ...{ id, gate: 'main', date: `2026-11-2${4 + i}`, from: '07:00', to: '08:30', kind: 'arrival' as const },
      guards: ['s-wang'],
    })),
  };
  const bringAll = () =>
    site.in(async (trx) => {
      const now = site.clock.now();
      return [
        await importCertificates(trx, given.certificates, site.keys, now),
        await importVettings(trx, given.vettings, now),
        await importFilings(trx, given.filings, now),
        await importCourses(trx, given.courses, now),
        await importPlan(trx, given.plan, now),
        await importSessions(trx, given.sessions, now),
        await importClasses(trx, classes, now),
        await importHeadcount(trx, given.headcount, now),
        await importGuardRooms(trx, given.rooms, now),
        await importEquipment(trx, given.equipment, now),
        await importShifts(trx, given.shifts, now),
      ];
    });
  expect(await bringAll()).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 2]);
  const { needs } = await site.as(principal).staffRecord({ person: 's-wang' });
  expect(needs.filter(({ cell }) => cell.state === 'ok').map(({ requirement }) => requirement.id)).toEqual([
    'guard-vetting',
    'guard-filing-police',
    'guard-regular',
  ]);
  await office().retireCourse({ course });
  await office().removeShift({ shift: gone, reason: '放假' });
  await office().takeOffShift({ shift: kept, person: 's-wang', reason: '病假' });
  await office().planCourse({ course, year: 2026, months: [12] });
  const told = await site.events();
  expect(await bringAll()).toEqual(Array.from({ length: 11 }, () => 0));
  expect(await site.events()).toEqual(told);
  const shifts = await site.as(principal).shifts({ from: '2026-11-24', to: '2026-11-25' });
  expect(shifts.map(({ id, guards }) => [id, guards])).toEqual([[kept, []]]);
});
