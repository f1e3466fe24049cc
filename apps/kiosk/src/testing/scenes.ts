/** Every screen as a short story: what the agent says, then what the guard touches (a button's words, or text to type). */
import type { KioskEvent, KioskStatus } from '@anyuan/contracts';
import { AgentError } from '../lib/agent-client.ts';
import { bookedScenes } from './booked-data.ts';
import {
  agreed,
  alarm,
  at,
  atPost,
  attended,
  child,
  cutOff,
  drill,
  id,
  missingEight,
  NOW,
  no,
  presented,
  status,
  stranger,
  takingAttendance,
  visit,
  yes,
} from './data.ts';
import { forgottenScenes } from './forgotten.ts';
import { modeScenes } from './mode-scenes.ts';
import { badgeScenes } from './scenes-badge.ts';
import type { Answers } from './scripted-agent.ts';
import { shiftScenes } from './shifts.ts';
import { vehicleScenes } from './vehicle-scenes.ts';
import { visitScenes } from './visit-scenes.ts';
import { watchScenes } from './watch.ts';

export interface Scene {
  now?: number;
  status?: KioskStatus;
  events?: KioskEvent[];
  touch?: string[];
  type?: string;
  /** Said after the touches. */
  after?: KioskEvent[];
  answers?: Answers;
  /** Cut the stream and let so many seconds pass. */
  cut?: boolean;
  wait?: number;
  language?: 'en';
}

const PICKUP = Date.parse('2026-11-23T08:42:30.000Z');
const show = (p = presented()): KioskEvent => ({ type: 'presented', presented: p });
const verdict = (v: ReturnType<typeof yes> | ReturnType<typeof no>): KioskEvent => ({ type: 'verdict', verdict: v });
const alarms = (...incidents: ReturnType<typeof alarm>[]): KioskEvent => ({ type: 'alarms', incidents });
const afternoon = status({}, PICKUP);
const sounding = status({ siren: 'sounding' });
const testing = status({ siren: 'test' });
const known = presented().recognition;
const inside = presented(
  known ? { recognition: { ...known, onSite: visit({ security: { result: 'held', items: ['刀具'] } }) } } : {},
);
const readerAway = status({
  devices: status().devices.map((d) => (d.driver === 'sdt' ? { ...d, state: 'away' as const, since: at(180_000) } : d)),
});
const unnamed = status({
  devices: [...readerAway.devices, ...readerAway.devices.slice(3), ...readerAway.devices.slice(3)].map((d, i) => ({
    ...d,
    id: `${d.id}${i}`,
    name: `${d.id}${i}`,
  })),
});
const twins = yes(
  {
    children: [
      child(),
      child({ id: 'linyiming', name: '林一鸣', className: '一(1)班' }),
      child({
        id: 'linxia',
        name: '林夏',
        className: '五(1)班',
        collected: { by: '林建军', at: at(1_200_000, PICKUP) },
      }),
    ],
  },
  PICKUP,
);
const gone = (by: string) =>
  yes(
    {
      children: [
        child({ collected: { by, at: at(1_200_000, PICKUP) } }),
        child({ id: 'linyiming', name: '林一鸣', className: '一(1)班', collected: { by, at: at(900_000, PICKUP) } }),
      ],
    },
    PICKUP,
  );
const conflict = async () => ({
  results: [{ child: 'linyinuo', result: 'conflict' as const, by: '林建军', at: at(1_200_000, PICKUP) }],
});
const never = () => new Promise<never>(() => {});

export const scenes: Record<string, Scene> = {
  ...vehicleScenes,
  ...modeScenes,
  ...badgeScenes,
  ...forgottenScenes,
  ...bookedScenes,
  ...visitScenes,
  idle: {},
  'idle-reader-away': { status: readerAway },
  'idle-hint': { events: [{ type: 'documentRefused', reason: 'unreadable', at: at(0) }] },
  'idle-demo': { status: status({ demo: true, duty: null, pending: 4 }) },
  offline: { status: cutOff() },
  'offline-stale': {
    status: {
      ...cutOff(),
      lists: [
        { list: 'pickup', asOf: at(100_000_000), limitMs: 86_400_000, fault: null },
        { list: 'staff', asOf: null, limitMs: 86_400_000, fault: null },
      ],
    },
  },
  'offline-day': {
    status: {
      ...cutOff(),
      server: { bus: 'down', services: 'down', since: at(22 * 3_600_000) },
      lists: (['staff', 'pickup', 'bookings', 'watchlist', 'permits'] as const).map((list) => ({
        ...{ list, asOf: at(22 * 3_600_000 + 60_000), limitMs: 86_400_000, fault: null },
      })),
      pending: 1_482,
    },
  },
  'idle-full': { status: status({ storage: { state: 'full', since: at(240_000) } }) },
  'devices-own': {
    status: status({
      ...{ storage: { state: 'full', since: at(240_000) }, refused: 2 },
      clockJump: { at: at(3_600_000), byMs: -3_600_000 },
    }),
    touch: ['更多', '本门设备'],
  },
  visitor: { events: [show()], touch: ['无违禁品'], answers: agreed },
  'visitor-new': { events: [show(stranger())] },
  'visitor-hosts': { events: [show(stranger())], touch: ['送货'] },
  'visitor-hosts-letter': { events: [show(stranger())], touch: ['送货', 'JKL'] },
  'visitor-items': { events: [show()], touch: ['发现物品', '刀具'] },
  'visitor-held': { events: [show()], touch: ['发现物品', '刀具', '打火机', '代管'] },
  'visitor-refuse': { events: [show()], touch: ['拒绝'] },
  'visitor-waiting': { events: [show(), show(stranger())], touch: ['无违禁品'], answers: agreed },
  'visitor-expired': {
    events: [
      show(
        presented({
          validity: { state: 'expired', until: '2024.05.01' },
          numberHolds: false,
          recognition: null,
          name: '阿卜杜热合曼·买买提艾力·玉素甫',
        }),
      ),
    ],
    status: cutOff(),
  },
  'visitor-ask': { events: [show()], wait: 22, answers: agreed },
  'visitor-failure': {
    events: [show()],
    touch: ['无违禁品', '放行'],
    answers: { ...agreed, admit: async () => Promise.reject(new AgentError('notSignedIn')) },
  },
  onsite: { events: [show(inside)] },
  admitted: { events: [show()], touch: ['无违禁品', '放行'], answers: agreed },
  'admitted-held': { events: [show()], touch: ['发现物品', '刀具', '代管', '放行'], answers: agreed },
  turnedaway: { events: [show()], touch: ['发现物品', '刀具', '不放行'] },
  typed: {
    touch: ['忘带证件', '1', '1', '0', '1', '0', '5', '1', '9', '4', '9', '1', '2', '3', '1', '0', '0', '2', 'X'],
    type: '赵敏',
  },
  'typed-phone': { touch: ['忘带证件', ...'13812345678'], type: '赵敏' },
  visits: { touch: ['访客离校', '0', '0', '3'] },
  'visits-onsite': { touch: ['访客在校'] },
  'visits-empty': { touch: ['访客在校'], answers: { onSite: async () => [] } },
  ...shiftScenes,
  more: { touch: ['更多'] },
  'sign-in-choose': { touch: ['更多', '培训签到'] },
  'sign-in-none': { touch: ['更多', '培训签到'], answers: { sessions: async () => [] } },
  'sign-in': { status: takingAttendance(), touch: ['更多', '培训签到'] },
  'sign-in-yes': { status: takingAttendance(12), events: [attended('recorded')] },
  'sign-in-already': { status: takingAttendance(12), events: [attended('already')] },
  'sign-in-unknown': { status: takingAttendance(12), events: [attended('unknownCard', null)] },
  'sign-in-kept': { status: takingAttendance(13), events: [attended('kept', '阿卜杜热合曼·买买提艾力·玉素甫')] },
  'sign-in-en': { language: 'en', status: takingAttendance(12), events: [attended('already')] },
  'post-yes': { events: [atPost('recorded')] },
  'post-again': { events: [atPost('already')] },
  'post-kept': {
    status: cutOff(),
    events: [atPost('kept', '阿卜杜热合曼·买买提艾力·玉素甫', '东门外人行道上学时段家长接送区护学岗')],
  },
  'post-changed': { events: [atPost('changed')] },
  'post-en': { language: 'en', events: [atPost('recorded')] },
  'devices-unnamed': { status: unnamed, touch: ['更多', '本门设备'] },
  devices: { status: readerAway, touch: ['更多', '本门设备'] },
  'drill-exercise': { touch: ['更多', '报警和演练', '演练', '火警', '紧急疏散'] },
  'drill-actual': { touch: ['更多', '报警和演练', '真实警情', '火警', '紧急疏散'] },
  document: { touch: ['忘带接送卡'] },
  help: { touch: ['呼叫帮助'] },
  'pickup-ok': { now: PICKUP, status: afternoon, events: [verdict(yes({}, PICKUP))] },
  'pickup-many': { now: PICKUP, status: afternoon, events: [verdict(twins)] },
  'pickup-collected': { now: PICKUP, status: afternoon, events: [verdict(gone('林建军'))] },
  'pickup-again': { now: PICKUP, status: afternoon, events: [verdict(gone('王秀兰'))] },
  'pickup-unlisted': {
    now: PICKUP,
    status: afternoon,
    touch: ['忘带接送卡'],
    after: [show()],
    answers: {
      byDocument: async () => no({ refusal: 'unknownCard', guardian: null, children: [], card: null }, PICKUP),
    },
  },
  'pickup-document': {
    now: PICKUP,
    status: afternoon,
    touch: ['忘带接送卡'],
    after: [show()],
    answers: { byDocument: async () => no({ refusal: 'expiredCard', card: { last4: '2718' } }, PICKUP) },
  },
  'pickup-byeye': { now: PICKUP, status: afternoon, events: [verdict(yes({ byEye: true }, PICKUP))] },
  'pickup-done': { now: PICKUP, status: afternoon, events: [verdict(twins)], touch: ['是本人'] },
  'pickup-conflict': {
    now: PICKUP,
    status: afternoon,
    events: [verdict(yes({}, PICKUP))],
    touch: ['是本人'],
    answers: { handOver: conflict },
  },
  'pickup-refused': { now: PICKUP, status: afternoon, events: [verdict(no({}, PICKUP))] },
  'pickup-unknown': {
    now: PICKUP,
    status: afternoon,
    events: [verdict(no({ refusal: 'unknownCard', guardian: null, children: [], card: { last4: '0093' } }, PICKUP))],
  },
  'pickup-barred': { now: PICKUP, status: afternoon, events: [verdict(no({ refusal: 'barred' }, PICKUP))] },
  'pickup-notnow': {
    now: PICKUP,
    status: afternoon,
    events: [verdict(no({ refusal: 'notNow', window: '16:50–17:30' }, PICKUP))],
  },
  'pickup-call': { now: PICKUP, status: afternoon, events: [verdict(no({}, PICKUP))], touch: ['叫班主任'] },
  alarm: { status: sounding, events: [alarms(alarm())] },
  'alarm-many': {
    status: sounding,
    events: [alarms(alarm({ missing: missingEight, reported: 92 }), alarm({ receivedAt: at(400_000) }))],
  },
  'alarm-new': {
    status: sounding,
    events: [
      alarms(
        alarm({
          receivedAt: at(14_000),
          reported: 61,
          missing: missingEight,
          steps: [
            { step: 'pressed', state: 'done', at: at(14_000), by: '王建国', due: null },
            { step: 'acknowledged', state: 'now', at: null, by: null, due: at(-46_000) },
            { step: 'guardArrived', state: 'todo', at: null, by: null, due: at(-166_000) },
            { step: 'policeArrived', state: 'todo', at: null, by: null, due: at(-286_000) },
          ],
        }),
      ),
    ],
  },
  'alarm-gateonly': {
    status: { ...cutOff(), siren: 'sounding' },
    events: [
      alarms(
        alarm(
          { reported: 1, expected: 1, missing: [], stored: false, steps: alarm().view.steps.slice(0, 1) },
          NOW,
          'gateOnly',
        ),
      ),
    ],
  },
  'alarm-missing': {
    status: sounding,
    events: [alarms(alarm({ missing: missingEight, reported: 92 }))],
    touch: ['还没应答'],
  },
  'alarm-why': { status: sounding, events: [alarms(alarm())], touch: ['解除警报'] },
  'alarm-tap': {
    status: sounding,
    events: [alarms(alarm())],
    touch: ['解除警报', '误报'],
    after: [{ type: 'staffCard', tap: id(), person: { id: 'x', name: '刘芳' }, mayStandDown: false, at: at(0) }],
  },
  'alarm-quieting': {
    status: sounding,
    events: [
      alarms(
        alarm({
          status: 'stoodDown',
          stillSounding: missingEight.slice(0, 2),
          standDown: { at: at(4000), by: { id: 'chen', name: '陈立新' }, reason: 'handled' },
        }),
      ),
    ],
  },
  'alarm-exercise': { status: status({ siren: 'exercise' }), events: [alarms(drill('exercise'))] },
  'alarm-test': { status: status({ siren: 'test' }), events: [alarms(drill('test'))], touch: ['正在测试'] },
  test: { status: testing, events: [alarms(drill('test'))] },
  'test-offline': { status: { ...cutOff(), siren: 'test' }, events: [alarms(drill('test'))] },
  'test-visitor': { status: testing, events: [alarms(drill('test')), show()], touch: ['无违禁品'] },
  'test-held': { status: testing, events: [alarms(drill('test')), show()], touch: ['发现物品', '刀具', '代管'] },
  'test-hosts': { status: testing, events: [alarms(drill('test')), show(stranger())], touch: ['送货'] },
  'test-items': { status: testing, events: [alarms(drill('test')), show()], touch: ['发现物品', '刀具'] },
  'test-devices': {
    status: { ...unnamed, siren: 'test' },
    events: [alarms(drill('test'))],
    touch: ['更多', '本门设备'],
  },
  'test-typed': { status: testing, events: [alarms(drill('test'))], touch: ['忘带证件'] },
  'test-shift': { status: testing, events: [alarms(drill('test'))], touch: ['交接班'] },
  'test-visits': { status: testing, events: [alarms(drill('test'))], touch: ['访客在校'] },
  'test-pickup': { status: testing, events: [alarms(drill('test')), verdict(yes())] },
  'test-collected': { status: testing, events: [alarms(drill('test')), verdict(gone('林建军'))] },
  'test-refused': { status: testing, events: [alarms(drill('test')), verdict(no())] },
  'alarm-press-failed': {
    touch: ['hold'],
    answers: { press: async () => Promise.reject(new AgentError('agentAway')) },
  },
  'agent-away': { cut: true },
  'agent-away-alarm': { events: [alarms(alarm())], cut: true },
  'idle-en': { language: 'en' },
  'visitor-en': { language: 'en', events: [show()] },
  'pickup-en': { language: 'en', now: PICKUP, status: afternoon, events: [verdict(no({}, PICKUP))] },
  'alarm-en': { language: 'en', status: sounding, events: [alarms(alarm())] },
  ...watchScenes,
  'byDocument-slow': { touch: ['忘带接送卡'], after: [show()], answers: { byDocument: never } },
};
