/**
 * What the notices ask of whom, as data. A school adds its own (table `requirements`); these can't be taken away.
 * Periods that no source gives are the usual ones of the trade and marked so: a school that must do more adds a stricter row.
 */
import type { Need, Requirement, StaffRole } from '@anyuan/contracts';

const row = (
  id: string,
  zh: string,
  en: string,
  roles: StaffRole[],
  need: Need,
  source: string,
  forDuty = false,
): Requirement => ({ id, title: { zh, en }, roles, need, source, forDuty });

const teaching: StaffRole[] = ['teacher', 'headTeacher'];
const everybody: StaffRole[] = [
  ...teaching,
  ...([
    'guard',
    'administrator',
    'principal',
    'legalVicePrincipal',
    'driver',
    'busAttendant',
    'cook',
    'nurse',
  ] as const),
  'other',
];

export const REQUIREMENTS: readonly Requirement[] = [
  row(
    'guard-certificate',
    '保安员证',
    'Guard certificate',
    ['guard'],
    { kind: 'certificate', what: 'guardCertificate' },
    'E2 持证上岗',
    true,
  ),
  row('guard-vetting', '背景核查', 'Background check', ['guard'], { kind: 'vetting', months: 12 }, 'E2 背景核查', true),
  row(
    'guard-filing-education',
    '教育部门备案',
    'Filed with education',
    ['guard'],
    { kind: 'filing', what: 'education' },
    'E2 备案',
  ),
  row(
    'guard-filing-police',
    '公安机关备案',
    'Filed with police',
    ['guard'],
    { kind: 'filing', what: 'police' },
    'E2 备案',
  ),
  row(
    'guard-induction',
    '保安岗前培训',
    'Guard induction',
    ['guard'],
    { kind: 'course', what: 'guard-induction', months: null },
    'E3 岗前培训',
  ),
  row(
    'guard-regular',
    '保安定期培训',
    'Regular guard training',
    ['guard'],
    { kind: 'course', what: 'guard-regular', months: 6 },
    'E3 定期培训（周期：本校默认 6 个月）',
  ),
  row(
    'guard-pressed',
    '一键报警实操',
    'Pressed the alarm',
    ['guard'],
    { kind: 'skill', what: 'pressed', months: 6 },
    'H12',
  ),
  row('guard-fork', '防暴钢叉实操', 'Fork drill', ['guard'], { kind: 'skill', what: 'fork', months: 6 }, 'H12'),
  row('lead-out', '带班疏散实操', 'Led a class out', teaching, { kind: 'skill', what: 'led', months: 12 }, 'H12'),
  row(
    'count-class',
    '疏散清点实操',
    'Counted a class',
    ['headTeacher'],
    { kind: 'skill', what: 'counted', months: 12 },
    'H12',
  ),
  row(
    'staff-safety',
    '教职工安全培训',
    'Staff safety training',
    everybody,
    { kind: 'course', what: 'staff-safety', months: 12 },
    'E4 安全教育（周期：本校默认 12 个月）',
  ),
  row(
    'head-teacher',
    '班主任安全培训与考核',
    'Head teacher training and assessment',
    ['headTeacher'],
    { kind: 'course', what: 'head-teacher', months: 12 },
    'E4 班主任培训考核',
  ),
  row(
    'law-course',
    '法治副校长履职培训',
    'Vice-principal for law: training',
    ['legalVicePrincipal'],
    { kind: 'course', what: 'law', months: 12 },
    'E4 法治副校长',
  ),
  row(
    'staff-vetting',
    '教职工准入查询',
    'Staff background check',
    everybody.filter((role) => role !== 'guard'),
    { kind: 'vetting', months: null },
    'E2 资格审查',
  ),
  row(
    'bus-driver',
    '校车驾驶资格',
    'School bus driving licence',
    ['driver'],
    { kind: 'certificate', what: 'busDriver' },
    'B3 校车',
  ),
  row(
    'cook-health',
    '食品从业健康证',
    'Food worker health certificate',
    ['cook'],
    { kind: 'certificate', what: 'health' },
    'E2 持证上岗',
  ),
];
