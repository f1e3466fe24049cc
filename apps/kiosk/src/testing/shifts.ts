/** A gate's shift as stories tell it: who is expected, what is handed over, what is checked. */
import type { HandoverShown } from '@anyuan/contracts';
import type { ShiftBoardHere, ShiftClient } from '../lib/handover.ts';
import { at, cutOff, guards, id, status } from './data.ts';
import type { Scene } from './scenes.ts';

const NOTHING: HandoverShown = { visitors: [], vehicles: 0, held: [], alarms: [], points: [], children: null };
const visits = ['张伟明', '何强', '阿卜杜热合曼·买买提艾力·玉素甫', '孙丽华'].map((name, i) => ({
  ...{ name, visit: id(), number: `E1123-00${i + 1}`, since: at(7_200_000), count: i === 1 ? 6 : 1, overdue: i === 0 },
}));
export const left: HandoverShown = {
  visitors: visits.map(({ name: _, ...rest }) => rest),
  vehicles: 3,
  held: [{ visit: visits[0]?.visit ?? '', number: 'E1123-001', ticket: 'E1123-K02' }],
  alarms: [{ incident: id(), kind: 'intrusion', mode: 'test', since: at(60_000) }],
  points: [
    { checks: id(), check: 'radio' },
    { checks: id(), check: 'printer' },
  ],
  children: 3,
};
const [first = { id: 'li', name: '李志强' }, ...others] = guards;

export const board = (given: Partial<ShiftBoardHere> = {}): ShiftBoardHere => ({
  duty: { guard: { id: 'wang', name: '王建国' }, since: at(36_000_000) },
  guards: [
    { ...first, planned: { id: id(), from: '18:00', to: '06:00' }, notInDate: false },
    ...others.map((guard) => ({ ...guard, planned: null, notInDate: false })),
  ],
  asOf: at(3_600_000),
  shown: left,
  hash: 'ab'.repeat(32),
  names: Object.fromEntries(visits.map(({ visit, name }) => [visit, name])),
  checks: [
    { check: 'speaker', seen: 'guard', ok: null },
    { check: 'equipment', seen: 'guard', ok: null },
    { check: 'radio', seen: 'guard', ok: false },
    { check: 'alarm', seen: 'hardware', ok: true },
    { check: 'idReader', seen: 'hardware', ok: true },
    { check: 'cardReader', seen: 'hardware', ok: false },
    { check: 'printer', seen: 'hardware', ok: true },
  ],
  lastTest: at(3 * 86_400_000),
  wanted: (['helmet', 'shield', 'stabVest', 'gloves', 'baton', 'torch', 'spray', 'fork'] as const).map((kind) => ({
    kind,
    needed: 2,
  })),
  today: {
    duty: [
      { date: '2026-11-23', window: 'arrival', role: 'leader', people: [{ id: 'chen', name: '陈立新' }] },
      {
        ...{ date: '2026-11-23', window: 'arrival', role: 'teacher' },
        people: [
          { id: 'liu', name: '刘芳' },
          { id: 'sun', name: '孙丽华' },
        ],
      },
    ],
    posts: [
      {
        ...{ post: id(), name: '东门护学岗', place: '斑马线', from: '07:20', to: '08:10' },
        people: [
          { name: '刘芳', came: true },
          { name: '马超', came: false },
        ],
      },
    ],
  },
  ...given,
});

export function scriptedShifts(
  tell: (call: keyof ShiftClient, args: unknown[]) => void,
  answers: () => Partial<ShiftClient>,
): ShiftClient {
  const usual: ShiftClient = {
    board: async () => board(),
    begin: async () => ({ ok: true }),
    prove: async () => ({ ok: true }),
    pass: async () => ({ ok: true }),
    leave: async () => ({ ok: true }),
    check: async () => undefined,
    count: async () => ({ short: 0 }),
  };
  const say = <K extends keyof ShiftClient>(call: K): ShiftClient[K] =>
    ((...args: unknown[]) => {
      tell(call, args);
      return ((answers()[call] ?? usual[call]) as (...a: unknown[]) => unknown)(...args);
    }) as ShiftClient[K];
  return {
    board: say('board'),
    begin: say('begin'),
    prove: say('prove'),
    pass: say('pass'),
    leave: say('leave'),
    check: say('check'),
    count: say('count'),
  };
}

const noDuty = status({ duty: null });
const empty = { board: async () => board({ duty: null }) };
const PIN = ['1', '2', '3', '4'];
const out = ['交接班', '交给下一班', ...PIN, '交给下一班'];
const many = Array.from({ length: 9 }, (_, i) => ({
  ...{ id: `g${i}`, name: ['阿卜杜热合曼·买买提', '欧阳建国', '赵磊'][i % 3] ?? '', notInDate: true },
  planned: i < 3 ? { id: id(), from: '18:00', to: '06:00' } : null,
}));

export const shiftScenes: Record<string, Scene> = {
  shift: { touch: ['交接班'] },
  'shift-nothing': { touch: ['交接班'], answers: { shifts: { board: async () => board({ shown: NOTHING }) } } },
  'shift-outgoing': { touch: ['交接班', '钥匙已交', '交给下一班', '1', '2'] },
  'shift-leaving': { touch: ['交接班', '没人接班', '1'] },
  'shift-incoming': { touch: [...out, '李志强', '1', '2'] },
  'shift-changed': {
    touch: [...out, '李志强', '替班', ...PIN, '接班'],
    answers: { shifts: { pass: async () => ({ ok: false, reason: 'changed' }) } },
  },
  'shift-begin': { status: noDuty, touch: ['交接班'], answers: { shifts: empty } },
  'shift-unplanned': {
    status: { ...cutOff(), duty: null },
    touch: ['交接班', '欧阳建国', '1'],
    answers: {
      shifts: { board: async () => board({ duty: null, guards: many.map((g) => ({ ...g, planned: null })) }) },
    },
  },
  'shift-wrong': {
    status: noDuty,
    touch: ['交接班', '李志强', '替班', ...PIN, '接班'],
    answers: { shifts: { ...empty, begin: async () => ({ ok: false, reason: 'wrongPin', left: 3 }) } },
  },
  'shift-closed': {
    status: noDuty,
    touch: ['交接班', '李志强', '替班', ...PIN, '接班'],
    answers: { shifts: { ...empty, begin: async () => ({ ok: false, reason: 'tooMany', waitMs: 48_000 }) } },
  },
  'shift-many': {
    status: noDuty,
    touch: ['交接班', '欧阳建国'],
    answers: { shifts: { board: async () => board({ duty: null, guards: many }) } },
  },
  'shift-checks': { touch: ['交接班', '上岗检查'] },
  'shift-problem': { touch: ['交接班', '上岗检查', '没听到', '没声音'] },
  'shift-count': { touch: ['交接班', '上岗检查', '清点'] },
  'shift-today': { touch: ['更多', '今日值守'] },
};
