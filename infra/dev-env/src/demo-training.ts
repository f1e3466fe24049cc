/**
 * The demo school's training records, on any day of the year: most are in order, one guard's certificate runs out within a
 * month, another's is over. Ids are counted, so that a second start adds nothing and changes nothing that a person changed.
 */
import {
  type AddCertificate,
  EQUIPMENT_KINDS,
  type ImportedStaff,
  type StaffRole,
  schoolDate,
} from '@anyuan/contracts';
import type { Db, FieldCipher, SearchKey, TrainingTables } from '@anyuan/db';
import { demoCards, demoStaff } from '@anyuan/hardware-sim';
import {
  importCertificates,
  importClasses,
  importCourses,
  importEquipment,
  importFilings,
  importGuardRooms,
  importPeople,
  importPlan,
  importSessions,
  importShifts,
  importVettings,
} from '@anyuan/training';
import { demoClasses } from './demo-roster.ts';

export interface TrainingSeed {
  training: Db<TrainingTables>;
  keys: { card: SearchKey; id: FieldCipher };
  now: number;
}

/** The n-th of a kind: the same on every machine and at every start. */
const uuid = (kind: number, n: number): string =>
  `0190de30-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;
const DAY_MS = 86_400_000;

export async function seedTraining({ training, keys, now }: TrainingSeed): Promise<void> {
  const day = (days: number) => schoolDate(now + days * DAY_MS);
  const people = demoPeople(day);
  await training.tx(async (trx) => {
    await importPeople(trx, people, { card: keys.card }, now);
    await importCertificates(trx, certificates(day), { id: keys.id }, now);
    await importVettings(trx, vettings(day), now);
    await importFilings(trx, filings(day), now);
    await importCourses(trx, COURSES, now);
    await importPlan(
      trx,
      COURSES.map(({ id }, i) => ({ course: id, year: Number(day(0).slice(0, 4)), months: MONTHS[i] ?? [9] })),
      now,
    );
    await importSessions(trx, sessions(day, people), now);
    await importClasses(
      trx,
      demoClasses.map(({ id, name, teacher }, position) => ({ id, name, teacher: teacher.id, position })),
      now,
    );
    await importGuardRooms(trx, [{ gate: 'main', name: '东门值班室' }], now);
    await importEquipment(trx, equipment(day), now);
    await importShifts(trx, shifts(now), now);
  });
}

const ROLES: Record<string, StaffRole[]> = {
  校长: ['principal'],
  安全管理员: ['administrator', 'teacher'],
  保安: ['guard'],
  班主任: ['teacher', 'headTeacher'],
  体育老师: ['teacher'],
  总务主任: ['teacher'],
};

const OTHERS: readonly ImportedStaff[] = [
  { id: 's-guard-3', name: '赵铁军', roles: ['guard'] },
  { id: 's-guard-4', name: '吴大勇', roles: ['guard'] },
  { id: 's-law', name: '冯卫国', roles: ['legalVicePrincipal'] },
  { id: 's-driver-1', name: '韩师傅', roles: ['driver'] },
  { id: 's-driver-2', name: '秦师傅', roles: ['driver'] },
  { id: 's-bus-1', name: '田桂兰', roles: ['busAttendant'] },
  { id: 's-cook-1', name: '龚师傅', roles: ['cook'] },
  { id: 's-nurse', name: '白晓云', roles: ['nurse'] },
];

function demoPeople(day: (days: number) => string): ImportedStaff[] {
  const staff = demoStaff.map(({ id, name, title, cardKey }): ImportedStaff => {
    const cardNumber = demoCards.find((c) => c.key === cardKey)?.number;
    return { id, name, roles: ROLES[title] ?? ['other'], ...(cardNumber ? { cardNumber } : {}) };
  });
  const known = new Set(staff.map((s) => s.id));
  const teachers = demoClasses
    .map((c) => c.teacher)
    .filter((t) => !known.has(t.id))
    .map((t): ImportedStaff => ({ ...t, roles: ['teacher', 'headTeacher'] }));
  return [...staff, ...teachers, ...OTHERS].map((p) => ({ employedFrom: day(-900), ...p }));
}

function certificates(day: (days: number) => string): AddCertificate[] {
  const rows = [
    ['s-guard-1', 'guardCertificate', 24, '青禾市公安局'],
    ['s-guard-2', 'guardCertificate', -5, '青禾市公安局'],
    ['s-guard-3', 'guardCertificate', 800, '青禾市公安局'],
    ['s-zhou', 'fireControl', 400, '青禾市消防救援支队'],
    ['s-driver-1', 'busDriver', 300, '青禾市车管所'],
    ['s-driver-2', 'busDriver', 6, '青禾市车管所'],
    ['s-nurse', 'firstAid', 200, '青禾市红十字会'],
    ['s-cook-1', 'health', 80, '青禾市疾控中心'],
  ] as const;
  return rows.map(([person, kind, days, issuer], n) => ({
    ...{ id: uuid(1, n), person, kind, issuer, number: `演示${2_026_0000 + n}`, supersedes: null },
    ...{ issuedOn: day(days - 1_090), expiresOn: day(days) },
  }));
}

const GUARDS = ['s-guard-1', 's-guard-2', 's-guard-3', 's-guard-4'];

const vettings = (day: (days: number) => string) =>
  GUARDS.slice(0, 3).map((person, n) => ({
    ...{ id: uuid(2, n), person, checkedOn: day(-120 - n), result: 'clear' as const, checkedBy: '青禾派出所' },
  }));

const filings = (day: (days: number) => string) =>
  GUARDS.slice(0, 3).flatMap((person, n) =>
    (['education', 'police'] as const)
      .filter((authority) => !(n === 1 && authority === 'police'))
      .map((authority, a) => ({
        ...{ id: uuid(3, n * 2 + a), person, authority, filedOn: day(-100), receipt: `备〔2026〕${10 + n * 2 + a} 号` },
      })),
  );

const COURSES = [
  ['guard-induction', '保安岗前培训', ['guard'], null, 80],
  ['guard-regular', '保安季度训练', ['guard'], 3, 80],
  ['staff-safety', '教职工安全培训', ['teacher', 'administrator', 'principal', 'cook', 'nurse'], 12, null],
  ['head-teacher', '班主任安全培训与考核', ['headTeacher'], 12, 60],
  ['law', '法治讲座', ['legalVicePrincipal'], 12, null],
].map(([code, title, roles, periodMonths, passMark], n) => ({
  ...{ id: uuid(4, n), code, title, roles, periodMonths, passMark },
})) as Parameters<typeof importCourses>[1];
const MONTHS = [[9], [3, 6, 9, 12], [9], [9, 11], [4, 10]];

function sessions(
  day: (days: number) => string,
  people: readonly ImportedStaff[],
): Parameters<typeof importSessions>[1] {
  const held = [
    [0, -300],
    [1, -40],
    [2, -60],
    [3, -20],
  ] as const;
  return held.map(([course, days], n) => {
    const { id = '', title = '', roles = [], passMark = null } = COURSES[course] ?? {};
    const came = people.filter((p, i) => p.roles.some((r) => roles.includes(r)) && i % 9 !== 8);
    return {
      ...{ id: uuid(5, n), course: id, date: day(days), from: '15:30', hours: 2, place: '会议室', trainer: '周敏' },
      topic: title,
      attendances: came.map((p, i) => ({
        ...{ person: p.id, via: 'card' as const, scores: passMark === null ? [] : i % 7 === 6 ? [52, 84] : [86] },
      })),
    };
  });
}

function equipment(day: (days: number) => string): Parameters<typeof importEquipment>[1] {
  return EQUIPMENT_KINDS.flatMap((kind, k) =>
    Array.from({ length: kind === 'stabVest' ? 1 : 2 }, (_, n) => ({
      ...{ id: uuid(6, k * 10 + n), kind, place: { kind: 'guardRoom' as const, gate: 'main' } },
      ...{ serial: `${kind}-${n + 1}`, boughtOn: day(-400), inspectEveryMonths: 12 },
      expiresOn: kind === 'spray' ? day(n === 0 ? 20 : 500) : null,
    })),
  );
}

/** This week and the next: two guards by day, one by night, and nobody yet on Thursday night. */
function shifts(now: number): Parameters<typeof importShifts>[1] {
  const monday = now - ((new Date(now + 8 * 3_600_000).getUTCDay() + 6) % 7) * DAY_MS;
  const kinds = [
    ['arrival', '07:00', '08:30', ['s-guard-1', 's-guard-3']],
    ['schoolHours', '08:30', '16:00', ['s-guard-1']],
    ['dismissal', '16:00', '18:00', ['s-guard-1', 's-guard-3']],
    ['night', '18:00', '07:00', ['s-guard-3']],
  ] as const;
  // By the week's own number, so that each week gets its shifts once.
  const week = Math.floor(monday / DAY_MS);
  return Array.from({ length: 14 }, (_, d) =>
    kinds
      .filter(([kind]) => d % 7 < 5 || kind === 'night')
      .map(([kind, from, to, guards], k) => ({
        ...{ id: uuid(7, (week + d) * 10 + k), gate: 'main', date: schoolDate(monday + d * DAY_MS), from, to, kind },
        guards: kind === 'night' && d % 7 === 3 ? [] : [...guards],
      })),
  ).flat();
}
