/** Invented people, cards and alarms, for tests and for the pictures of the screens. */
import {
  type Host,
  type HostQuestion,
  type IncidentView,
  type KioskAlarm,
  type KioskEvent,
  type KioskStatus,
  type MissingDevice,
  type Mode,
  type PersonRef,
  type PickupVerdict,
  type Presented,
  type ResponseStep,
  type SessionToday,
  VisitView,
} from '@anyuan/contracts';
import type { HelpContact } from '../lib/agent-client.ts';
import type { AskInput } from '../lib/visit-client.ts';

type No = Extract<PickupVerdict, { verdict: 'no' }>;
type Yes = Extract<PickupVerdict, { verdict: 'yes' }>;
type Child = Yes['children'][number];

/** 08:12:30 in Shanghai on a Monday. */
export const NOW = Date.parse('2026-11-23T00:12:30.000Z');
export const at = (beforeMs: number, now = NOW): string => new Date(now - beforeMs).toISOString();
let made = 0;
export const id = (): string => `019ab000-0000-7000-8000-${String(++made).padStart(12, '0')}`;

const MIN = 60_000;
const guard: PersonRef = { id: 'wang', name: '王建国' };
export const guards: PersonRef[] = [guard, { id: 'li', name: '李志强' }, { id: 'zhao', name: '赵铁柱' }];
export const contacts: HelpContact[] = [
  { name: '陈立新', title: '校长', phone: '13800000001' },
  { name: '周敏', title: '安全管理员', phone: '13800000002' },
  { name: '刘芳', title: '三(2)班班主任', phone: '13800000003' },
  { name: '保卫处', title: '值班室', phone: '8001' },
];
export const liuFang: Host = { id: 'liufang', name: '刘芳', department: '三(2)班', title: '班主任' };
export const hosts: Host[] = [
  liuFang,
  { id: 'linli', name: '林丽', department: '三(1)班', title: '班主任' },
  { id: 'luoqiang', name: '罗强', department: '总务处', title: '主任' },
  { id: 'lijuan', name: '李娟', department: '语文组', title: '教师' },
  { id: 'liuyang', name: '刘洋', department: '体育组', title: '教师' },
  { id: 'lumei', name: '陆梅', department: '财务室', title: '会计' },
  { id: 'longfei', name: '龙飞', department: '信息中心', title: '教师' },
];
export const departments = [
  '一(1)班',
  '一(2)班',
  '二(1)班',
  '二(2)班',
  '三(1)班',
  '三(2)班',
  '五(1)班',
  '校长室',
  '教务处',
  '总务处',
  '财务室',
  '信息中心',
  '体育组',
];

export function status(change: Partial<KioskStatus> = {}, now = NOW): KioskStatus {
  return {
    gate: { id: 'east', name: '东门', nameEn: 'East Gate', mark: '东' },
    now: at(0, now),
    server: { bus: 'up', services: 'up', since: at(300 * MIN, now) },
    lists: [
      { list: 'staff', asOf: at(2 * MIN + 5000, now), limitMs: 24 * 60 * MIN, fault: null },
      { list: 'pickup', asOf: at(2 * MIN, now), limitMs: 24 * 60 * MIN, fault: null },
      { list: 'bookings', asOf: at(2 * MIN, now), limitMs: 24 * 60 * MIN, fault: null },
    ],
    siren: 'ok',
    duty: guard,
    devices: [
      { id: 'id-1', driver: 'sdt', name: '身份证阅读器', state: 'ok', since: at(300 * MIN, now), fault: null },
      { id: 'card-1', driver: 'rdm6300', name: '接送卡读卡器', state: 'ok', since: at(300 * MIN, now), fault: null },
      { id: 'qr-1', driver: 'qr-scanner', name: '扫码器', state: 'ok', since: at(300 * MIN, now), fault: null },
      { id: 'siren-1', driver: 'modbus-relay', name: '东门警号', state: 'ok', since: at(300 * MIN, now), fault: null },
      {
        id: 'button-1',
        driver: 'panic-button',
        name: '岗亭报警按钮',
        state: 'ok',
        since: at(300 * MIN, now),
        fault: null,
      },
    ],
    counts: { onSite: 7, overstay: 1, longestOverMin: 25, handedOver: 12, leftOver: 0, held: 0 },
    attendance: null,
    modes: { night: { from: '18:30', to: '06:30' }, peaks: [] },
    pending: 0,
    refused: 0,
    storage: { state: 'ok', since: at(300 * MIN, now) },
    clockJump: null,
    demo: false,
    ...change,
  };
}

export const cutOff = (now = NOW): KioskStatus =>
  status(
    {
      server: { bus: 'down', services: 'down', since: at(14 * MIN, now) },
      lists: [
        { list: 'staff', asOf: at(102 * MIN, now), limitMs: 24 * 60 * MIN, fault: null },
        { list: 'pickup', asOf: at(602 * MIN, now), limitMs: 24 * 60 * MIN, fault: null },
        { list: 'bookings', asOf: at(102 * MIN, now), limitMs: 24 * 60 * MIN, fault: null },
      ],
      pending: 23,
    },
    now,
  );

export function visit(change: Partial<VisitView> = {}, now = NOW): VisitView {
  return VisitView.parse({
    visit: id(),
    number: 'E1123-007',
    name: '张伟明',
    document: 'resident',
    idLast4: '2718',
    reason: 'parentTalk',
    host: liuFang,
    security: { result: 'clear' },
    status: 'onSite',
    refusal: null,
    gate: 'east',
    guard,
    admittedAt: at(38 * MIN, now),
    leftAt: null,
    offline: false,
    ...change,
  });
}

export const visits = (now = NOW): VisitView[] =>
  ['孙浩', '何丽华', '马超', '欧阳文静', '郑国栋', '吴敏', '张伟明'].map((name, i) =>
    visit(
      { name, number: `E1123-00${i + 1}`, idLast4: `${1000 + i * 37}`, admittedAt: at((150 - i * 20) * MIN, now) },
      now,
    ),
  );

export function presented(change: Partial<Presented> = {}, now = NOW): Presented {
  return {
    id: id(),
    at: at(0, now),
    document: 'resident',
    name: '张伟明',
    sex: 'male',
    last4: '2718',
    validity: { state: 'valid', until: '2035.05.01' },
    numberHolds: true,
    recognition: {
      visits: 2,
      lastVisitAt: '2026-11-06T01:00:00.000Z',
      lastReason: 'parentTalk',
      lastHost: liuFang,
      lastType: 'parent',
      onSite: null,
    },
    ...change,
  };
}

export const stranger = (change: Partial<Presented> = {}): Presented =>
  presented({
    name: '吴桂英',
    sex: 'female',
    last4: '3049',
    recognition: { visits: 0, lastVisitAt: null, lastReason: null, lastHost: null, lastType: null, onSite: null },
    ...change,
  });

export const child = (change: Partial<Child> = {}): Child => ({
  id: 'linyinuo',
  name: '林一诺',
  className: '三(2)班',
  teacher: { id: 'liufang', name: '刘芳' },
  window: '16:30–17:30',
  collected: null,
  ...change,
});

const grandmother = { id: 'wangxiulan', name: '王秀兰', relation: '奶奶', sex: 'female' as const };

export const yes = (change: Partial<Yes> = {}, now = NOW): Yes => ({
  verdict: 'yes',
  id: id(),
  at: at(0, now),
  card: { last4: '4417' },
  guardian: grandmother,
  children: [child()],
  byEye: false,
  ...change,
});

export const no = (change: Partial<No> = {}, now = NOW): No => ({
  verdict: 'no',
  id: id(),
  at: at(0, now),
  refusal: 'lostCard',
  card: { last4: '4417' },
  guardian: grandmother,
  children: [child()],
  lostAt: at(37 * MIN, now),
  lostBy: '父亲林建军',
  ...change,
});

const missing = (name: string, kind: MissingDevice['kind'], zone: string): MissingDevice => ({
  device: `${zone}-${kind}`,
  kind,
  name,
  zone,
  zoneName: zone,
  asked: 3,
  online: 'online',
  fault: null,
});

const missingFive: MissingDevice[] = [
  missing('北门警灯 L-03', 'lamp', 'north'),
  missing('食堂后厨广播 S-31', 'siren', 'canteen'),
  missing('体育馆显示屏 D-07', 'display', 'gym'),
  missing('五（1）班 何静', 'phone', 'class51'),
  missing('体育组 马超', 'phone', 'gym'),
];
export const missingEight: MissingDevice[] = [
  ...missingFive,
  missing('图书馆广播 S-12', 'siren', 'library'),
  missing('操场警灯 L-11', 'lamp', 'field'),
  missing('宿舍显示屏 D-02', 'display', 'dorm'),
];

export function alarm(
  change: Partial<IncidentView> = {},
  now = NOW,
  reach: KioskAlarm['reach'] = 'school',
): KioskAlarm {
  const pressed = now - 134_000;
  const iso = (ms: number) => new Date(ms).toISOString();
  const steps: ResponseStep[] = [
    { step: 'pressed', state: 'done', at: iso(pressed), by: '王建国', due: null },
    { step: 'acknowledged', state: 'done', at: iso(pressed + 38_000), by: '周敏', due: iso(pressed + 60_000) },
    { step: 'guardArrived', state: 'now', at: null, by: null, due: iso(pressed + 180_000) },
    { step: 'policeArrived', state: 'todo', at: null, by: null, due: iso(pressed + 300_000) },
  ];
  return {
    reach,
    own: reach === 'gateOnly',
    view: {
      incident: id(),
      kind: 'intrusion',
      action: 'lockdown',
      mode: 'actual',
      audibility: 'audible',
      place: { zone: 'north', name: '北门' },
      raisedBy: guard,
      via: 'button',
      gate: 'north',
      raisedAt: iso(pressed),
      presses: 1,
      status: 'open',
      receivedAt: iso(pressed),
      reported: 97,
      expected: 100,
      lastReportMs: 840,
      zones: [],
      missing: missingFive,
      stillSounding: [],
      steps,
      standDown: null,
      stored: true,
      ...change,
    },
  };
}

const DRILL: Record<Exclude<Mode, 'actual'>, Partial<IncidentView>> = {
  exercise: { mode: 'exercise', kind: 'fire', action: 'evacuate', place: { zone: 'main', name: '综合楼' } },
  test: { mode: 'test', kind: 'help', action: 'hold', place: { zone: 'east', name: '东门' } },
};
export const drill = (mode: Exclude<Mode, 'actual'>, now = NOW): KioskAlarm => alarm(DRILL[mode], now);

export const sessions: SessionToday[] = [
  { id: '0199e1a4-5e10-7000-8000-000000000301', title: '保安定期培训', from: '14:00', hours: 2, place: '综合楼 201' },
  { id: '0199e1a4-5e10-7000-8000-000000000302', title: '教职工安全培训', from: '15:30', hours: 2, place: '会议室' },
];
export const takingAttendance = (came = 0): KioskStatus => {
  const [session] = sessions;
  return status(session ? { attendance: { session, until: at(-28 * MIN), came } } : {});
};
export const attended = (result: Attended['result'], name: string | null = '刘芳'): Attended => ({
  ...{ type: 'attended', at: at(0), result, name },
});
type Attended = Extract<KioskEvent, { type: 'attended' }>;

export const atPost = (result: AtPost['result'], name = '王建国', post = '东门护学岗'): AtPost => ({
  ...{ type: 'atPost', at: at(result === 'already' ? 55 * MIN : 0), result, person: { id: 'wang', name } },
  post: {
    ...{ post: id(), date: '2026-11-23', name: post, place: '东门斑马线' },
    ...{ duty: '护送学生过马路，劝离停车', from: '07:20', to: '08:30' },
  },
  asOf: at(25 * MIN),
});
type AtPost = Extract<KioskEvent, { type: 'atPost' }>;

/** What the gate asks, answered or not. */
export function question(
  { type = 'parent', count = 1, reason = 'parentTalk', host = liuFang.id }: Partial<AskInput> = {},
  change: Partial<HostQuestion> = {},
  now = NOW,
): HostQuestion {
  const asked = hosts.find((h) => h.id === host) ?? liuFang;
  return {
    question: id(),
    gate: 'east',
    visitor: { name: '张伟明', type, count },
    reason,
    host: asked,
    guard,
    askedAt: at(0, now),
    asked: [{ as: 'host', person: { id: asked.id, name: asked.name }, since: at(0, now) }],
    state: 'open',
    answer: null,
    ...change,
  };
}

export const held: NonNullable<VisitView['held']> = {
  ...{ ticket: 'E1123-K02', items: ['刀具', '打火机'] },
  ...{ outcome: null, because: null, note: null, at: null, by: null },
};
export const heldVisits = (now = NOW): VisitView[] => [
  visit({ name: '何强', number: 'E1122-031', status: 'left', admittedAt: at(26 * 60 * MIN, now), held }, now),
  visit({ name: '孙浩', number: 'E1123-002', held: { ...held, ticket: 'E1123-K01', items: ['刀具'] } }, now),
];

/** A host who has always said yes already. */
export const agreed = {
  askHost: async (input: AskInput): Promise<HostQuestion> => {
    const by = { id: liuFang.id, name: liuFang.name };
    const answer = { by, as: 'host' as const, at: at(1_000), decline: null, note: null };
    return question(input, { state: 'yes', answer });
  },
};
