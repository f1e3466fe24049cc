/** An invented school's guards and teachers, what they can prove, their week and their equipment. Ids are fixed. */
import {
  type CertificateView,
  EQUIPMENT_KINDS,
  type EquipmentItem,
  type EquipmentView,
  type Gap,
  type Matrix,
  type MatrixCell,
  type Mine,
  type ReminderView,
  type ShiftView,
  type Staffing,
  type StaffingStep,
  type StaffMember,
  type StaffRecord,
  schoolDate,
} from '@anyuan/contracts';
import { addDays, mondayOf } from '../lib/training/cells.ts';
import { type LearningScene, learningScene, noLearning } from './learning-fixtures.ts';

export interface TrainingScene {
  matrix: Matrix;
  staffing: Staffing | null;
  shifts: ShiftView[];
  equipment: EquipmentView;
  record: StaffRecord | null;
  people: StaffMember[];
  mine: Mine;
  reminders: ReminderView[];
  learning: LearningScene;
}

export const trainingId = (n: number): string => `0199e1a4-7a10-7000-8000-${String(n).padStart(12, '0')}`;
const word = (zh: string, en: string) => ({ zh, en });
const none: MatrixCell = { state: 'missing', evidence: null, on: null, due: null, within: null, seconds: null };
const at = (now: number, days: number) => addDays(schoolDate(now), days);
const held = (now: number, days: number): MatrixCell => ({
  state: days < 0 ? 'expired' : days <= 90 ? 'expiring' : 'ok',
  evidence: trainingId(1),
  on: at(now, Math.min(-30, days - 365)),
  due: at(now, days),
  within: days >= 0 && days <= 90 ? 90 : null,
  seconds: null,
});

export const noTraining = (now: number): TrainingScene => ({
  matrix: { today: schoolDate(now), requirements: [], rows: [] },
  staffing: {
    headcount: null,
    required: [],
    employed: 0,
    inDate: 0,
    shortage: 0,
    notInDate: [],
    shifts: [],
  },
  shifts: [],
  equipment: { onDuty: 0, guardRooms: [], shortage: [], items: [], expiring: [], inspectionDue: [] },
  record: null,
  people: [],
  mine: { person: null, due: [], certificates: [], sessions: [], nextShift: null, classes: [] },
  reminders: [],
  learning: noLearning,
});

const needs = [
  word('保安员证', 'Guard certificate'),
  word('背景核查', 'Background check'),
  word('教育部门备案', 'Filed with education'),
  word('保安定期培训', 'Regular guard training'),
  word('练过钢叉', 'Used the fork'),
  word('急救证', 'First aid'),
  word('安全教育培训', 'Safety training for teachers'),
  word('消防设施操作员证', 'Fire control operator'),
];
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const given = ['强', '敏', '静', '超', '建国', '秀英', '丽', '军', '海燕', '志刚', '晓明', '玉兰', '磊', '芳', '小平'];

/** Every cell is needed, the worst that a school can have; every eighth is a gap. */
export function matrixOf(now: number, people: number, columns: number): Matrix {
  const cell = (n: number) => (n % 8 === 3 ? none : held(now, n % 11 === 5 ? -12 : n % 7 === 2 ? 21 : 400));
  const isGap = (c: MatrixCell | null) => c?.state === 'missing' || c?.state === 'expired';
  const rows = Array.from({ length: people }, (_, p) => {
    const guard = p < 4 || (people > 100 && p % 9 === 0);
    const cells = Array.from({ length: columns }, (_, c) =>
      people < 100 && (guard ? c % 8 > 5 : c % 8 < 5) ? null : cell(p * 3 + c * 5),
    );
    const name = `${surnames[p % 20]}${given[Math.floor(p / 20) % 15] ?? ''}`;
    const roles = guard ? (['guard'] as const) : (['teacher', 'headTeacher'] as const);
    return { person: { id: `s-${p + 1}`, name, roles: [...roles] }, gaps: cells.filter(isGap).length, cells };
  });
  return {
    today: schoolDate(now),
    requirements: Array.from({ length: columns }, (_, c) => ({
      id: `need-${c + 1}`,
      title: needs[c % needs.length] ?? word('', ''),
      roles: ['guard'],
      need: { kind: 'certificate', what: c % 8 === 5 ? 'firstAid' : 'guardCertificate' },
      source: word('公开通知：持证上岗', 'public notices: certified before duty'),
      forDuty: c === 0,
      own: c >= needs.length,
      gaps: rows.filter((r) => isGap(r.cells[c] ?? null)).length,
    })),
    rows,
  };
}

const guards = [
  { id: 's-1', name: '王强' },
  { id: 's-2', name: '李强' },
  { id: 's-3', name: '张强' },
  { id: 's-4', name: '刘强' },
];
export const gapOf = (now: number): Gap => ({
  requirement: 'need-1',
  title: word('保安员证', 'Guard certificate'),
  state: 'expired',
  due: at(now, -12),
});
/** As the service says it: `text` holds the arithmetic, `guards` what the line adds. */
const step = (name: StaffingStep['step'], guards: number, zh: string, en: string, verified = true): StaffingStep => ({
  step: name,
  numbers: {},
  guards,
  text: word(zh, en),
  verified,
});

const PARTS = [
  { gate: 'east', kind: 'arrival', from: '07:20', to: '08:20', stand: [0, 1, 2] },
  { gate: 'east', kind: 'schoolHours', from: '08:20', to: '16:00', stand: [1] },
  { gate: 'east', kind: 'dismissal', from: '16:00', to: '17:20', stand: [0, 1, 2] },
  { gate: 'north', kind: 'schoolHours', from: '08:20', to: '16:00', stand: [] },
] as const;

export function shiftsOf(now: number): ShiftView[] {
  const monday = mondayOf(schoolDate(now));
  // This week and the next, in which nothing is over yet, whatever the day.
  return [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].flatMap((day) =>
    PARTS.map(({ gate, kind, from, to, stand }, n) => {
      const school = kind !== 'schoolHours';
      const there = stand.flatMap((g) => guards[g] ?? []);
      const needed = school ? 4 : 1;
      const short = Math.max(0, needed - there.length);
      return {
        id: trainingId(100 + day * PARTS.length + n),
        gate,
        date: addDays(monday, day),
        from,
        to,
        kind,
        guards: there.map((g, k) => ({
          ...g,
          override: k === 2 && day % 7 === 0 && n === 0 ? { reason: '无人可换', by: '周敏' } : null,
        })),
        need: {
          needed,
          onDuty: there.length,
          short,
          counted: school ? ('school' as const) : ('gate' as const),
          text: school
            ? word(
                `上下学时段全员到岗：全校应有 ${needed} 名，各校门同时在岗最少 ${there.length} 名`,
                `all guards at arrival and dismissal: ${needed} for the school, at least ${there.length} on duty at all gates together`,
              )
            : word(
                `本校门至少 ${needed} 名，同时在岗最少 ${there.length} 名`,
                `at least ${needed} at this gate, at least ${there.length} on duty`,
              ),
        },
      };
    }),
  );
}

export const staffingOf = (now: number): Staffing => ({
  headcount: {
    pupils: 1236,
    staff: 96,
    boarders: 120,
    from: at(now, -80),
    by: '周敏',
    at: new Date(now).toISOString(),
  },
  required: [
    {
      ruleSet: 'notices',
      version: '2019',
      source: word('公开通知（专职保安员配备）', 'Public notices on school guards'),
      guards: 4,
      steps: [
        step('count', 0, '1,236 学生 + 96 教职工 = 1,332 人', '1,236 pupils + 96 staff = 1,332 people'),
        step('base', 2, '1000 人以内 2 名', 'up to 1000 people: 2 guards'),
        step(
          'excess',
          1,
          '超过部分 332 人按每 500 人增 1 名（不足 500 人按 500 人计） → 1 名',
          '332 above 1000, one more for each 500 begun → 1',
        ),
        step(
          'boarders',
          1,
          '寄宿生 120 人，每 300 人另增 1 名（不足 300 人按 300 人计） → 1 名',
          '120 boarders, one more for each 300 begun → 1',
        ),
        step('total', 0, '共 4 名', '4 in all'),
      ],
    },
    {
      ruleSet: 'gbt29315',
      version: '2022',
      source: word(
        'GB/T 29315-2022（依公开摘要，未核对原文）',
        'GB/T 29315-2022 (by public summaries, not checked against its text)',
      ),
      guards: 4,
      steps: [
        step('count', 0, '1,236 学生', '1,236 pupils'),
        step('base', 2, '不足 1000 人部分 2 名', 'the first 999 people: 2 guards'),
        step(
          'excess',
          1,
          '达到 1000 人增 1 名，其后每满 500 人再增 1 名（超出 236 人） → 1 名',
          'one more at 1000, then one for each full 500 beyond (236 beyond) → 1',
        ),
        step(
          'boarders',
          1,
          '寄宿生 120 人，每 300 人另增 1 名（不足 300 人按 300 人计） → 1 名',
          '120 boarders, one more for each 300 begun → 1',
          false,
        ),
        step('total', 0, '共 4 名', '4 in all'),
      ],
    },
  ],
  employed: 4,
  inDate: 3,
  shortage: 1,
  notInDate: [{ person: { id: 's-4', name: '刘强' }, gaps: [gapOf(now)] }],
  shifts: [],
});

const item = (now: number, n: number, more: Partial<EquipmentItem>): EquipmentItem => ({
  id: trainingId(200 + n),
  kind: 'shield',
  place: { kind: 'guardRoom', gate: 'east' },
  serial: `QH-${String(n).padStart(3, '0')}`,
  expiresOn: null,
  inspectEveryMonths: 6,
  boughtOn: at(now, -700),
  lastInspectedOn: at(now, -120),
  nextInspectionOn: at(now, 60),
  state: 'usable',
  ...more,
});

export function equipmentOf(now: number): EquipmentView {
  const items = [
    item(now, 1, {}),
    item(now, 2, { kind: 'helmet', nextInspectionOn: at(now, -5) }),
    item(now, 3, { kind: 'spray', expiresOn: at(now, -20), state: 'expired' }),
    item(now, 4, { kind: 'spray', expiresOn: at(now, 40), place: { kind: 'person', person: 's-1' } }),
    item(now, 5, { kind: 'fork' }),
    item(now, 6, { kind: 'baton', state: 'failedInspection' }),
    item(now, 7, { kind: 'torch', state: 'retired' }),
  ];
  const onDuty = 4;
  const guardRooms = [
    { gate: 'east', name: '东门保安室', lastCheck: null },
    { gate: 'north', name: '北门保安室', lastCheck: null },
  ];
  const shortage = EQUIPMENT_KINDS.map((kind) => {
    const needed = kind === 'fork' ? 2 * guardRooms.length : onDuty;
    const usable = items.filter((one) => one.kind === kind && one.state === 'usable').length;
    return { kind, needed, usable, short: Math.max(0, needed - usable) };
  });
  return {
    onDuty,
    guardRooms,
    shortage,
    items,
    expiring: [trainingId(203), trainingId(204)],
    inspectionDue: [trainingId(202)],
  };
}

const ago = (now: number, days: number) => new Date(now - days * 86_400_000).toISOString();
const certificate = (now: number, n: number, more: Partial<CertificateView>): CertificateView => ({
  id: trainingId(n),
  person: 's-1',
  kind: 'guardCertificate',
  last4: '4821',
  issuer: '青禾市公安局',
  issuedOn: '2024-06-01',
  expiresOn: null,
  status: 'current',
  withdrawnFor: null,
  hasScan: false,
  recordedBy: '周敏',
  recordedAt: ago(now, 60),
  ...more,
});

export function recordOf(now: number): StaffRecord {
  const { requirements, rows } = matrixOf(now, 30, 8);
  const row = rows[0];
  return {
    person: {
      id: 's-1',
      name: '王强',
      roles: ['guard'],
      phone: null,
      hasCard: true,
      employedFrom: '2024-09-01',
      leftOn: null,
    },
    needs: requirements.flatMap((requirement, n) => {
      const cell = row?.cells[n];
      return cell ? [{ requirement, cell }] : [];
    }),
    certificates: [
      certificate(now, 1, { expiresOn: at(now, 21), hasScan: true }),
      certificate(now, 2, { kind: 'firstAid', last4: '0176', issuer: '青禾区红十字会', expiresOn: at(now, 500) }),
      certificate(now, 3, { issuedOn: '2021-05-20', expiresOn: '2024-05-19', last4: '1107', status: 'superseded' }),
      certificate(now, 4, { kind: 'health', last4: '3320', status: 'withdrawn', withdrawnFor: '登记错人' }),
    ],
    vettings: [
      { id: trainingId(20), checkedOn: at(now, -40), result: 'clear', checkedBy: '青禾派出所', recordedBy: '周敏' },
    ],
    filings: [
      { id: trainingId(21), authority: 'education', filedOn: at(now, -30), receipt: 'QH-2026-118', recordedBy: '周敏' },
    ],
    skills: [
      { id: trainingId(22), drill: trainingId(23), skill: 'pressed', seconds: 4, at: ago(now, 20) },
      { id: trainingId(24), drill: trainingId(25), skill: 'pressed', seconds: 9, at: ago(now, 200) },
      { id: trainingId(26), drill: trainingId(25), skill: 'fork', seconds: null, at: ago(now, 200) },
    ],
  };
}

function peopleOf(now: number): StaffMember[] {
  return matrixOf(now, 30, 8).rows.map(({ person }, n) => ({
    ...person,
    phone: n % 3 === 0 ? `1380013${String(8000 + n)}` : null,
    hasCard: n % 5 !== 4,
    employedFrom: n % 2 === 0 ? '2024-09-01' : null,
    leftOn: null,
  }));
}

function mineOf(now: number): Mine {
  const { person, needs, certificates } = recordOf(now);
  return {
    person: { ...person, roles: ['guard', 'headTeacher'] },
    due: [
      ...needs.flatMap(({ requirement: { id, title }, cell: { state, on, due } }) =>
        state === 'ok' ? [] : [{ requirement: id, title, state, on, due }],
      ),
      {
        requirement: 'first-aid',
        title: word('急救证', 'First aid'),
        state: 'expiring',
        on: at(now, -300),
        due: at(now, 21),
      },
    ],
    certificates: certificates.filter(({ status }) => status === 'current'),
    sessions: [
      { id: trainingId(500), title: '保安定期培训', date: at(now, 3), from: '14:00', hours: 2, place: '会议室' },
      { id: trainingId(501), title: '教职工安全培训', date: at(now, 12), from: '15:30', hours: 1.5, place: '报告厅' },
    ],
    nextShift: { gate: 'east', place: '东门保安室', date: at(now, 1), from: '07:20', to: '08:20' },
    classes: [{ id: 'c3-1', name: '三(1)班' }],
  };
}

function remindersOf(now: number): ReminderView[] {
  const kinds = ['guardCertificate', 'health', 'firstAid', 'fireControl'] as const;
  return [-3, 6, 21, 58].map((days, n) => ({
    certificate: trainingId(400 + n),
    kind: kinds[n] ?? 'other',
    person: { id: `s-${n + 1}`, name: matrixOf(now, 30, 8).rows[n]?.person.name ?? '', roles: ['guard'] },
    expiresOn: at(now, days),
    days,
    threshold: [0, 7, 30, 90][n] ?? 90,
    remindedAt: new Date(now).toISOString(),
  }));
}

export const trainingScene = (now: number): TrainingScene => ({
  matrix: matrixOf(now, 30, 8),
  staffing: staffingOf(now),
  shifts: shiftsOf(now),
  equipment: equipmentOf(now),
  record: recordOf(now),
  people: peopleOf(now),
  mine: mineOf(now),
  reminders: remindersOf(now),
  learning: learningScene(now),
});
