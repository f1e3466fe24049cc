/**
 * What protects the demo school's gate, and who is on duty this week and the next (A4, A5): so that a newcomer sees these screens
 * filled. Ids are counted, so a second start adds nothing and changes nothing that a person changed. One look is over due.
 */
import { type DutyCell, type PersonRef, type SaveFacility, schoolDate } from '@anyuan/contracts';
import type { Db, GateTables } from '@anyuan/db';
import { lookAt, saveFacility, setDuty } from '@anyuan/gate';
import { demoStaff } from '@anyuan/hardware-sim';

const DAY_MS = 86_400_000;
const BY: PersonRef = { id: 's-zhou', name: '周敏' };
const uuid = (kind: number, n: number): string =>
  `0199e1a4-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;

type Demo = Pick<SaveFacility, 'kind' | 'place' | 'count' | 'distanceM'> & { lookedDaysAgo: number; note?: string };
const FACILITIES: readonly Demo[] = [
  { kind: 'bollards', place: '东门外人行道两侧', count: 8, distanceM: 3, lookedDaysAgo: 4, note: '升降两遍，正常' },
  { kind: 'barrier', place: '东门外机动车道边', count: 2, distanceM: 5, lookedDaysAgo: 4 },
  { kind: 'speedBump', place: '校门前路，南北各一道', count: 2, distanceM: 30, lookedDaysAgo: 11 },
  { kind: 'waitingArea', place: '东门北侧家长等候区', count: 1, distanceM: 12, lookedDaysAgo: 4 },
  {
    kind: 'sign',
    place: '路口“前方学校”标志',
    count: 2,
    distanceM: 48,
    lookedDaysAgo: 40,
    note: '南边的被树叶挡住一半，已修剪',
  },
];

const named = (...ids: string[]): PersonRef[] =>
  demoStaff.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));

/** Cells of one school day; who stands at the gate changes by the day. */
function dutyOn(weekday: number): Omit<DutyCell, 'date'>[] {
  const teachers = weekday % 2 === 0 ? named('s-liu') : named('s-guo');
  return [
    { window: 'day', role: 'leader', people: weekday === 2 ? [BY] : named('s-chen') },
    { window: 'arrival', role: 'teacher', people: teachers },
    { window: 'dismissal', role: 'teacher', people: named('s-liu', 's-guo') },
  ];
}

export async function seedGate(db: Db<GateTables>, now: number): Promise<void> {
  const at = (ms: number) => ({ db, clock: { now: () => ms } });
  for (const [n, { lookedDaysAgo, note = '', ...facility }] of FACILITIES.entries()) {
    const id = uuid(5001, n);
    const known = await db.kysely.selectFrom('facilities').select('id').where('id', '=', id).executeTakeFirst();
    if (known) continue;
    const looked = at(now - lookedDaysAgo * DAY_MS);
    await saveFacility(looked, BY, { ...facility, id, gate: 'main', everyMonths: 1 });
    await lookAt(looked, BY, { id: uuid(5002, n), facility: id, condition: 'ok', note });
  }
  const monday = now - ((new Date(now + 8 * 3_600_000).getUTCDay() + 6) % 7) * DAY_MS;
  for (const day of [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]) {
    const date = schoolDate(monday + day * DAY_MS);
    const number = Number(date.replaceAll('-', ''));
    const known = await db.kysely.selectFrom('dutyPeople').select('date').where('date', '=', date).executeTakeFirst();
    if (known) continue;
    for (const [n, cell] of dutyOn(day % 7).entries())
      await setDuty(at(now), BY, { ...cell, date, command: uuid(5003, number * 10 + n) });
  }
}
