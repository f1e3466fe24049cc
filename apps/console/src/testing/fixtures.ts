/** Invented people, devices and incidents, for looking at screens and for tests. Times are relative to `now`. */
import {
  type CardView,
  type DeviceKind,
  type DeviceStatus,
  type HandOverView,
  type HistoryEntry,
  type IncidentView,
  type Mode,
  newId,
  VisitView,
} from '@anyuan/contracts';

const MINUTE = 60_000;
export const iso = (at: number): string => new Date(at).toISOString();
const person = (id: string, name: string) => ({ id, name });

const ZONES: readonly [zone: string, name: string, expected: number, slowestMs: number][] = [
  ['building-a', '教学楼 A', 24, 400],
  ['building-b', '教学楼 B', 22, 400],
  ['main-building', '综合楼', 16, 600],
  ['canteen', '食堂', 9, 700],
  ['gym', '体育馆', 8, 500],
  ['playground', '操场', 7, 800],
  ['east-gate', '东门', 6, 300],
  ['north-gate', '北门', 5, 400],
  ['west-gate', '西门', 3, 500],
];
const LACKING: readonly [
  device: string,
  kind: DeviceKind,
  name: string,
  zone: string,
  asked: number,
  online: 'online' | 'offline',
][] = [
  ['l-03', 'lamp', '北门警灯 L-03', 'north-gate', 12, 'offline'],
  ['s-31', 'siren', '食堂后厨广播 S-31', 'canteen', 12, 'online'],
  ['d-07', 'display', '体育馆显示屏 D-07', 'gym', 12, 'online'],
];
const zoneName = (zone: string) => ZONES.find(([id]) => id === zone)?.[1] ?? zone;

export interface IncidentSketch {
  mode?: Mode;
  secondsAgo?: number;
  status?: IncidentView['status'];
  missing?: number;
}

export function incident(now: number, sketch: IncidentSketch = {}): IncidentView {
  const { mode = 'actual', secondsAgo = 134, status = 'open', missing: lacking = LACKING.length } = sketch;
  const at = now - secondsAgo * 1000;
  const missing = LACKING.slice(0, lacking).map(([device, kind, name, zone, asked, online]) => ({
    device,
    kind,
    name,
    zone,
    zoneName: zoneName(zone),
    asked,
    online,
    fault: null,
  }));
  const exercise = mode === 'exercise';
  const answered = secondsAgo > 38;
  return {
    incident: newId(at),
    kind: exercise ? 'fire' : 'intrusion',
    action: exercise ? 'evacuate' : 'lockdown',
    mode,
    audibility: 'audible',
    place: exercise ? { zone: 'canteen', name: '食堂' } : { zone: 'north-gate', name: '北门' },
    raisedBy: person('p-wang', '王建国'),
    via: 'button',
    gate: 'north',
    raisedAt: iso(at),
    presses: 1,
    status,
    receivedAt: iso(at),
    reported: 100 - missing.length,
    expected: 100,
    lastReportMs: 800,
    zones: ZONES.map(([zone, name, expected, slowestMs]) => ({
      zone,
      name,
      expected,
      reported: expected - missing.filter((m) => m.zone === zone).length,
      slowestMs,
    })),
    missing,
    stillSounding: status === 'stoodDown' ? missing.slice(0, 1) : [],
    steps: [
      { step: 'pressed', state: 'done', at: iso(at), by: '王建国', due: null },
      answered
        ? { step: 'acknowledged', state: 'done', at: iso(at + 38_000), by: '周敏', due: iso(at + MINUTE) }
        : { step: 'acknowledged', state: 'now', at: null, by: null, due: iso(at + MINUTE) },
      { step: 'guardArrived', state: answered ? 'now' : 'todo', at: null, by: null, due: iso(at + 3 * MINUTE) },
      { step: 'policeArrived', state: 'todo', at: null, by: null, due: iso(at + 5 * MINUTE) },
    ],
    standDown:
      status === 'open'
        ? null
        : { at: iso(at + 300_000), by: person('p-zhou', '周敏'), reason: exercise ? 'exerciseOver' : 'handled' },
    stored: true,
  };
}

export function pastIncidents(now: number): IncidentView[] {
  const day = 24 * 3600;
  return [
    incident(now, { mode: 'test', status: 'quiet', secondsAgo: 3 * 3600, missing: 0 }),
    incident(now, { mode: 'exercise', status: 'quiet', secondsAgo: 2 * day, missing: 2 }),
    incident(now, { mode: 'test', status: 'quiet', secondsAgo: 8 * day, missing: 1 }),
    incident(now, { mode: 'actual', status: 'quiet', secondsAgo: 41 * day, missing: 1 }),
  ];
}

export function history(now: number): HistoryEntry[] {
  const at = now - 134_000;
  const entry = (
    seq: number,
    offset: number,
    type: HistoryEntry['type'],
    rest: Partial<HistoryEntry> = {},
  ): HistoryEntry => ({
    seq,
    at: iso(at + offset),
    type,
    actor: null,
    device: null,
    detail: {},
    ...rest,
  });
  return [
    entry(1, 0, 'raised', { actor: person('p-wang', '王建国') }),
    ...Array.from({ length: 97 }, (_, i) => entry(2 + i, 250 + i * 5, 'reported', { device: `s-${i}` })),
    entry(99, 38_000, 'acknowledged', { actor: person('p-zhou', '周敏') }),
  ];
}

export function devices(now: number): DeviceStatus[] {
  const kinds: DeviceKind[] = ['siren', 'lamp', 'display', 'strobe'];
  const status = (device: string, kind: DeviceKind, name: string, zone: string): DeviceStatus => ({
    device,
    kind,
    name,
    zone,
    zoneName: zoneName(zone),
    answers: kind !== 'idReader' && kind !== 'cardReader' && kind !== 'button',
    online: 'online',
    lastSeen: iso(now - 4000),
    fault: null,
  });
  const list = ZONES.flatMap(([zone, , expected], z) =>
    Array.from({ length: Math.min(5, expected) }, (_, i) => {
      const kind = kinds[i % kinds.length] ?? 'siren';
      const word = { siren: '广播', lamp: '警灯', display: '显示屏', strobe: '频闪灯' }[kind as 'siren'];
      return status(`${zone}-${i}`, kind, `${word} ${kind.charAt(0).toUpperCase()}-${z}${i}`, zone);
    }),
  );
  /** As a gate announces what nobody named. */
  const gate = (id: string, kind: DeviceKind) => ({
    ...status(`east-${id}`, kind, `东门 ${id}`, 'east-gate'),
    gate: 'east',
  });
  return [
    gate('id-1', 'idReader'),
    gate('card-1', 'cardReader'),
    { ...gate('kiosk', 'kiosk'), name: '东门', answers: false, fault: 'diskFull refused:3' },
    { ...gate('button-1', 'button'), fault: 'stuck' },
    { ...gate('qr-1', 'qrScanner'), online: 'never', lastSeen: null },
    ...list.map((d, i): DeviceStatus => {
      if (d.zone === 'north-gate' && i % 5 === 1)
        return { ...d, online: 'offline', lastSeen: iso(now - 23 * 60 * MINUTE) };
      return d;
    }),
    { ...status('gym-d7', 'display', '显示屏 D-07', 'gym'), fault: 'noAnswer' },
  ];
}

const host = (name: string, department: string) => ({ id: name, name, department, title: '班主任' });

export function visits(now: number): VisitView[] {
  const visit = (n: number, minutesAgo: number, rest: Partial<VisitView>): VisitView =>
    VisitView.parse({
      visit: newId(now - minutesAgo * MINUTE),
      number: `E1124-${String(n).padStart(3, '0')}`,
      name: '赵磊',
      document: 'resident',
      idLast4: '4017',
      reason: 'repair',
      host: host('孙浩', '总务处'),
      security: { result: 'clear' },
      status: 'onSite',
      refusal: null,
      gate: 'east',
      guard: person('g-1', '王建国'),
      admittedAt: iso(now - minutesAgo * MINUTE),
      leftAt: null,
      offline: false,
      ...rest,
    });
  return [
    visit(9, 12, {
      ...{ name: '陈静', reason: 'parentTalk', host: host('刘芳', '三(2)班'), idLast4: '2286', type: 'parent' },
      confirmation: {
        ...{ how: 'confirmed', via: 'question', as: 'deputy', by: person('s-guo', '郭婷') },
        at: iso(now - 13 * MINUTE),
      },
    }),
    visit(8, 48, {
      security: { result: 'held', items: ['美工刀', '打火机 2 个'], ticket: 'E1124-K02' },
      ...{ type: 'contractor', confirmation: { how: 'override', reason: 'phoned', asked: true } },
    }),
    visit(7, 61, {
      name: '何强',
      reason: 'delivery',
      host: host('李梅', '食堂'),
      status: 'left',
      leftAt: iso(now - 40 * MINUTE),
      offline: true,
    }),
    visit(6, 95, {
      name: '吴伟',
      status: 'refused',
      refusal: 'dangerousItems',
      reason: 'other',
      host: null,
      idLast4: '0913',
    }),
    visit(5, 154, {
      name: '阿卜杜热合曼·买买提江',
      reason: 'inspection',
      host: host('陈立新', '校长室'),
      idLast4: '661X',
    }),
    visit(4, 171, {
      name: '林晓',
      party: { count: 3, names: ['陈建国', '周桂英'] },
      document: 'typed',
      idLast4: null,
      reason: 'jobInterview',
      host: host('陈立新', '校长室'),
      status: 'left',
      leftAt: iso(now - 100 * MINUTE),
    }),
    visit(3, 180, {
      name: '黄海',
      status: 'refused',
      refusal: 'hostDeclined',
      reason: 'parentTalk',
      host: host('马超', '体育组'),
    }),
  ];
}

export function handOvers(now: number): HandOverView[] {
  const one = (
    secondsAgo: number,
    child: [string, string],
    adult: [string, string],
    rest: Partial<HandOverView> = {},
  ): HandOverView => ({
    id: newId(now - secondsAgo * 1000),
    at: iso(now - secondsAgo * 1000),
    gate: 'east',
    guard: person('g-1', '王建国'),
    kind: 'handOver',
    refusal: null,
    guardian: { name: adult[0], relation: adult[1] },
    children: [{ id: child[0], name: child[0], className: child[1] }],
    cardLast4: String(1000 + ((secondsAgo * 37) % 9000)),
    offline: false,
    conflict: false,
    ...rest,
  });
  return [
    one(20, ['刘子涵', '二(1)班'], ['刘大伟', '父亲']),
    one(75, ['林一诺', '三(2)班'], ['周桂英', '奶奶'], { kind: 'refusal', refusal: 'lostCard' }),
    one(110, ['王梓轩', '一(3)班'], ['张丽', '母亲'], {
      children: [
        { id: 'k1', name: '王梓轩', className: '一(3)班' },
        { id: 'k2', name: '王梓萱', className: '四(1)班' },
      ],
    }),
    one(190, ['陈思远', '三(2)班'], ['陈国强', '爷爷'], { offline: true }),
    one(240, ['赵雨桐', '二(1)班'], ['赵磊', '父亲'], { conflict: true, offline: true }),
    one(320, ['孙悦', '一(3)班'], ['', ''], { kind: 'refusal', refusal: 'unknownCard', guardian: null, children: [] }),
    one(350, ['黄子墨', '四(1)班'], ['黄海', '父亲']),
    one(420, ['周若曦', '一(3)班'], ['周敏', '母亲'], { kind: 'refusal', refusal: 'notThisPerson' }),
  ];
}

export function cards(now: number): CardView[] {
  const card = (
    id: string,
    name: string,
    relation: string,
    children: [string, string][],
    rest: Partial<CardView> = {},
  ): CardView => ({
    id,
    last4: String(3000 + id.charCodeAt(1) * 61).slice(-4),
    status: 'active',
    guardian: { id: `a-${id}`, name, relation },
    children: children.map(([child, className]) => ({ name: child, className })),
    lostAt: null,
    ...rest,
  });
  return [
    card('c1', '刘大伟', '父亲', [['刘子涵', '二(1)班']]),
    card('c2', '周桂英', '奶奶', [['林一诺', '三(2)班']], { status: 'lost', lostAt: iso(now - 26 * 60 * MINUTE) }),
    card('c3', '张丽', '母亲', [
      ['王梓轩', '一(3)班'],
      ['王梓萱', '四(1)班'],
    ]),
    card('c4', '陈国强', '爷爷', [['陈思远', '三(2)班']], { status: 'expired' }),
  ];
}
