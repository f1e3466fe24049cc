/**
 * What the notices ask of whom, as data. A school adds its own (table `requirements`); these can't be taken away.
 * Periods that no source gives are the usual ones of the trade and marked so: a school that must do more adds a stricter row. Rows E2 (papers), E3 and E4 (courses), B3 (buses), H12 (practice).
 */
import type { Need, Requirement, StaffRole, Worded } from '@anyuan/contracts';

const row = (
  id: string,
  zh: string,
  en: string,
  roles: StaffRole[],
  need: Need,
  source: Worded,
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
    { zh: '公开通知：持证上岗', en: 'public notices: certified before duty' },
    true,
  ),
  row(
    'guard-vetting',
    '背景核查',
    'Background check',
    ['guard'],
    { kind: 'vetting', months: 12 },
    { zh: '公开通知：背景核查', en: 'public notices: background checks' },
    true,
  ),
  row(
    'guard-filing-education',
    '教育部门备案',
    'Filed with education',
    ['guard'],
    { kind: 'filing', what: 'education' },
    { zh: '公开通知：保安员备案', en: 'public notices: filing of guards' },
  ),
  row(
    'guard-filing-police',
    '公安机关备案',
    'Filed with police',
    ['guard'],
    { kind: 'filing', what: 'police' },
    { zh: '公开通知：保安员备案', en: 'public notices: filing of guards' },
  ),
  row(
    'guard-induction',
    '保安岗前培训',
    'Guard induction',
    ['guard'],
    { kind: 'course', what: 'guard-induction', months: null },
    { zh: '公开通知：岗前培训', en: 'public notices: induction' },
  ),
  row(
    'guard-regular',
    '保安定期培训',
    'Regular guard training',
    ['guard'],
    { kind: 'course', what: 'guard-regular', months: 6 },
    { zh: '公开通知：定期培训（周期默认 6 个月）', en: 'public notices: regular training (every 6 months by default)' },
  ),
  row(
    'guard-pressed',
    '一键报警实操',
    'Pressed the alarm',
    ['guard'],
    { kind: 'skill', what: 'pressed', months: 6 },
    { zh: '演练实操（周期默认）', en: 'practice in drills (period by default)' },
  ),
  row(
    'guard-fork',
    '防暴钢叉实操',
    'Fork drill',
    ['guard'],
    { kind: 'skill', what: 'fork', months: 6 },
    { zh: '演练实操（周期默认）', en: 'practice in drills (period by default)' },
  ),
  row(
    'lead-out',
    '带班疏散实操',
    'Led a class out',
    teaching,
    { kind: 'skill', what: 'led', months: 12 },
    { zh: '演练实操（周期默认）', en: 'practice in drills (period by default)' },
  ),
  row(
    'count-class',
    '疏散清点实操',
    'Counted a class',
    ['headTeacher'],
    { kind: 'skill', what: 'counted', months: 12 },
    { zh: '演练实操（周期默认）', en: 'practice in drills (period by default)' },
  ),
  row(
    'staff-safety',
    '教职工安全培训',
    'Staff safety training',
    everybody,
    { kind: 'course', what: 'staff-safety', months: 12 },
    {
      zh: '公开通知：教职工安全教育（周期默认 12 个月）',
      en: 'public notices: safety education of staff (every 12 months by default)',
    },
  ),
  row(
    'head-teacher',
    '班主任安全培训与考核',
    'Head teacher training and assessment',
    ['headTeacher'],
    { kind: 'course', what: 'head-teacher', months: 12 },
    { zh: '公开通知：班主任培训考核', en: 'public notices: training and assessment of head teachers' },
  ),
  row(
    'law-course',
    '法治副校长履职培训',
    'Vice-principal for law: training',
    ['legalVicePrincipal'],
    { kind: 'course', what: 'law', months: 12 },
    { zh: '公开通知：法治副校长', en: 'public notices: vice-principals for law' },
  ),
  row(
    'staff-vetting',
    '教职工准入查询',
    'Staff background check',
    everybody.filter((role) => role !== 'guard'),
    { kind: 'vetting', months: null },
    { zh: '公开通知：资格审查', en: 'public notices: vetting of staff' },
  ),
  row(
    'bus-driver',
    '校车驾驶资格',
    'School bus driving licence',
    ['driver'],
    { kind: 'certificate', what: 'busDriver' },
    { zh: '公开通知：校车', en: 'public notices: school buses' },
  ),
  row(
    'cook-health',
    '食品从业健康证',
    'Food worker health certificate',
    ['cook'],
    { kind: 'certificate', what: 'health' },
    { zh: '公开通知：持证上岗', en: 'public notices: certified before duty' },
  ),
];
