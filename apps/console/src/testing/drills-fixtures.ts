/** An invented term whose thirteenth week is this one, its drills, findings and plans. Ids are fixed, so that a test may open them. */
import {
  type CalendarDay,
  type ChainStep,
  type ClassCount,
  type ClassRoll,
  type DrillBoard,
  type DrillKind,
  type DrillView,
  type Duty,
  type FindingView,
  type PersonRef,
  type PlanDetail,
  type PlanVersion,
  type Rule,
  type RuleState,
  type SchoolClass,
  type SkillRecord,
  schoolDate,
  startOfSchoolDay,
  type TermView,
} from '@anyuan/contracts';
import type { DrillPage, EvacuationTimes, TermPage } from '../lib/clients/drills.ts';
import { noPatrols, type PatrolsScene, patrolsScene } from './patrol-fixtures.ts';

const DAY = 86_400_000;
const WEEKS = 21;
const NOW_WEEK = 13;
const iso = (at: number) => new Date(at).toISOString();
const person = (id: string, name: string) => ({ id, name });
export const zhou = person('p-zhou', '周敏');
const ma = person('p-ma', '马超');
const he = person('p-he', '何静');

/** Fixed ids: `idOf(1)` … are the drills below, in their order. */
export const idOf = (n: number): string => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
export const ids = {
  term: idOf(900),
  plan: idOf(700),
  planned: idOf(1),
  running: idOf(13),
  ended: idOf(6),
  finding: idOf(500),
  draft: idOf(702),
};

/** A day by week and weekday of the term, week 13 being this week. */
export function termDay(now: number, week: number, weekday: number): string {
  const monday = now - ((new Date(startOfSchoolDay(now) + 8 * 3_600_000).getUTCDay() + 6) % 7) * DAY;
  return schoolDate(monday + ((week - NOW_WEEK) * 7 + weekday - 1) * DAY);
}
const at = (date: string, time: string) => iso(Date.parse(`${date}T${time}+08:00`));

function days(now: number): CalendarDay[] {
  const list: CalendarDay[] = [];
  for (let week = 1; week <= WEEKS; week++)
    for (let weekday = 1; weekday <= 7; weekday++) {
      const date = termDay(now, week, weekday);
      const off = (week === 5 && weekday >= 4) || (week === 6 && weekday <= 3);
      const outside = (week === 1 && weekday === 1) || (week === WEEKS && weekday > 5);
      const worked = week === 6 && weekday === 6;
      const free = off ? 'holiday' : worked ? 'makeUp' : weekday > 5 ? 'weekend' : null;
      const kind = outside ? 'outside' : (free ?? (week === 20 ? 'exam' : 'schoolDay'));
      list.push({
        date,
        kind,
        name: off || worked ? '国庆放假' : kind === 'exam' ? '期末考试' : '',
        nameEn: off || worked ? 'National Day holiday' : kind === 'exam' ? 'Final exams' : '',
        own: false,
      });
    }
  return list;
}

const rules: Rule[] = [
  {
    id: 'violence-term',
    kinds: ['violence'],
    per: 'term',
    count: 1,
    when: {},
    force: 'law',
    source: '教督厅函〔2017〕9 号',
    name: '反恐防暴演练',
  },
  {
    id: 'evacuation-month',
    kinds: ['earthquake'],
    per: 'month',
    count: 1,
    when: {},
    force: 'guide',
    source: '教基一厅〔2014〕2 号',
    name: '地震避险演练',
  },
  {
    id: 'fire-term',
    kinds: ['fire'],
    per: 'term',
    count: 1,
    when: {},
    force: 'law',
    source: '公安部令第 61 号',
    name: '消防疏散演练',
  },
  {
    id: 'bus-term',
    kinds: ['bus'],
    per: 'term',
    count: 1,
    when: { buses: true },
    within: 60,
    force: 'law',
    source: '国务院令第 617 号',
    name: '校车应急演练',
  },
  {
    id: 'stampede-term',
    kinds: ['stampede'],
    per: 'term',
    count: 1,
    when: {},
    force: 'guide',
    source: '教基一厅〔2014〕2 号',
    name: '防踩踏演练',
  },
  {
    id: 'button-month',
    kinds: ['buttonTest'],
    per: 'month',
    count: 1,
    when: {},
    force: 'school',
    source: '周敏',
    name: '报警按钮月测',
  },
];

/** kind, week, weekday, status, unannounced */
const SKETCH: [DrillKind, number, number, DrillView['status'], boolean?][] = [
  ['violence', 14, 4, 'planned'],
  ['earthquake', 2, 4, 'ended', true],
  ['earthquake', 7, 4, 'ended', true],
  ['earthquake', 11, 4, 'ended', true],
  ['earthquake', 15, 4, 'planned', true],
  ['fire', 13, 1, 'ended'],
  ['buttonTest', 2, 2, 'ended'],
  ['buttonTest', 6, 5, 'ended'],
  ['buttonTest', 13, 5, 'planned'],
  ['buttonTest', 15, 2, 'planned'],
  ['earthquake', 19, 4, 'planned', true],
  ['buttonTest', 19, 2, 'planned'],
];

export function drill(now: number, n: number, rest: Partial<DrillView> = {}): DrillView {
  const [kind, week, weekday, status, unannounced] = SKETCH[n - 1] ?? ['fire', NOW_WEEK, 1, 'running'];
  const date = termDay(now, week, weekday);
  const over = status === 'ended';
  return {
    id: idOf(n),
    term: ids.term,
    kind,
    date,
    time: '10:00',
    announced: !unannounced,
    targetSeconds: 120,
    lead: zhou,
    observers: [ma],
    status,
    mode: kind === 'buttonTest' ? 'test' : 'exercise',
    plan: kind === 'buttonTest' ? null : { id: ids.plan, title: '消防疏散应急预案', version: 7 },
    incident: over ? idOf(800 + n) : null,
    alarmHeardAt: over ? at(date, '10:00:01') : null,
    startedAt: over ? at(date, '10:00:00') : null,
    endedAt: over ? at(date, '10:09:00') : null,
    cancelReason: null,
    verifies: [],
    findings: over && kind !== 'buttonTest' ? 1 : 0,
    result: over
      ? { wholeSeconds: 112, met: true, expected: 1086, present: 1079, missing: 0, elsewhere: 7, unmarked: 0 }
      : null,
    lacks: null,
    ...rest,
  };
}
export const allDrills = (now: number): DrillView[] => SKETCH.map((_, i) => drill(now, i + 1));

export const runningDrill = (now: number): DrillView =>
  drill(now, 13, {
    status: 'running',
    incident: idOf(813),
    alarmHeardAt: iso(now - 96_000),
    startedAt: iso(now - 97_000),
  });

function ruleStates(now: number): RuleState[] {
  const drills = allDrills(now);
  const today = schoolDate(now);
  const month = (week: number) => {
    const start = `${termDay(now, week, 4).slice(0, 7)}-01`;
    const next = new Date(Date.parse(start));
    next.setUTCMonth(next.getUTCMonth() + 1);
    return { from: start, to: iso(next.getTime() - DAY).slice(0, 10) };
  };
  const term = { from: termDay(now, 1, 2), to: termDay(now, WEEKS, 5) };
  const latest: Partial<Record<string, string>> = {
    'bus-term': termDay(now, 9, 6),
    'stampede-term': termDay(now, 17, 5),
  };
  return rules.map((rule) => {
    const periods = rule.per === 'term' ? [term] : [2, 7, 11, 15, 19].map(month);
    const duties = periods.map((period): Duty => {
      const of = drills.filter((d) => rule.kinds.includes(d.kind) && d.date >= period.from && d.date <= period.to);
      const done = of.filter((d) => d.status === 'ended').map((d) => d.id);
      const scheduled = of.filter((d) => d.status === 'planned').map((d) => d.id);
      const last = latest[rule.id] ?? period.to;
      const state =
        done.length > 0 ? 'done' : last < today ? 'overdue' : scheduled.length > 0 ? 'scheduled' : 'notScheduled';
      const late = state === 'overdue' ? Math.round((Date.parse(today) - Date.parse(last)) / DAY) : 0;
      return { rule: rule.id, period, latest: last, count: 1, state, done, scheduled, scheduledLate: [], late };
    });
    const order = ['overdue', 'notScheduled', 'scheduled', 'done'] as const;
    const state = order.find((s) => duties.some((d) => d.state === s)) ?? 'done';
    return { rule, enabled: true, reason: null, state, duties, exempt: [] };
  });
}

export const termView = (now: number): TermView => ({
  term: { id: ids.term, name: '2026 年秋季学期', from: termDay(now, 1, 2), to: termDay(now, WEEKS, 5) },
  exams: [{ id: idOf(910), term: ids.term, name: '期末考试', from: termDay(now, 20, 1), to: termDay(now, 20, 5) }],
  days: days(now),
  unknownYears: [2027],
  facts: { kind: 'primary', pupils: 1086, staff: 74, boarders: 0, buses: 3, newPupils: 180, floors: 4 },
  rules: ruleStates(now),
  clashes: [],
  today: schoolDate(now),
  at: iso(now),
});

export const termPage = (now: number): TermPage => {
  const view = termView(now);
  return { terms: [view.term], view, drills: allDrills(now) };
};

const step = (name: ChainStep['step'], rest: Partial<ChainStep> = {}): ChainStep => ({
  step: name,
  state: 'todo',
  at: null,
  by: null,
  label: null,
  due: null,
  late: 0,
  opens: null,
  ...rest,
});
const done = (name: ChainStep['step'], date: string, by: string, rest: Partial<ChainStep> = {}) =>
  step(name, { state: 'done', at: at(date, '15:00:00'), by, ...rest });

export function findings(now: number): FindingView[] {
  const of = (n: number) => {
    const { id, kind, date } = drill(now, n);
    return { id, kind, date };
  };
  const one = (
    n: number,
    of: FindingView['drill'],
    rest: Pick<FindingView, 'what' | 'state' | 'chain'>,
  ): FindingView => ({
    id: idOf(n),
    drill: of,
    place: '',
    by: ma,
    at: at(of.date, '10:20:00'),
    photos: [],
    dismissed: null,
    ...rest,
  });
  const hazard = (n: number) => ({ kind: 'hazard' as const, id: idOf(n) });
  return [
    one(501, of(2), {
      what: '北楼梯口拥堵',
      state: 'closed',
      chain: [
        done('found', termDay(now, 2, 4), '马超', { opens: { kind: 'drill', id: idOf(2) } }),
        done('hazard', termDay(now, 2, 5), '孙浩', { label: 'Y-0931', opens: hazard(600) }),
        done('fixed', termDay(now, 4, 5), '孙浩', { label: '分流通行', opens: hazard(600) }),
        done('plan', termDay(now, 6, 4), '周敏', { label: '7', opens: { kind: 'plan', id: ids.plan } }),
        done('redrill', termDay(now, 7, 4), '周敏', { label: '01:41', opens: { kind: 'drill', id: idOf(3) } }),
      ],
    }),
    one(502, of(4), {
      what: '食堂后门闭门器损坏',
      state: 'late',
      chain: [
        done('found', termDay(now, 11, 4), '马超', { opens: { kind: 'drill', id: idOf(4) } }),
        done('hazard', termDay(now, 11, 4), '孙浩', { label: 'Y-1107', opens: hazard(601) }),
        step('fixed', { state: 'late', due: termDay(now, 12, 5), late: 3, opens: hazard(601) }),
        step('plan'),
        step('redrill', { due: termDay(now, 15, 4), opens: { kind: 'drill', id: idOf(5) } }),
      ],
    }),
    one(500, of(6), {
      what: '综合楼三楼听不清广播',
      state: 'open',
      chain: [
        done('found', termDay(now, 13, 1), '何静', { opens: { kind: 'drill', id: idOf(6) } }),
        step('hazard', { state: 'now' }),
        step('fixed'),
        step('plan'),
        step('redrill'),
      ],
    }),
  ];
}

const CLASSES: [string, string, number, number][] = [
  ['三(2)班', '刘芳', 42, 101],
  ['一(1)班', '陈晓', 40, 88],
  ['一(3)班', '王芳', 41, 96],
  ['二(1)班', '赵敏', 43, 79],
  ['二(2)班', '钱进', 44, 84],
  ['四(1)班', '孙丽', 45, 90],
  ['五(2)班', '李强', 44, 112],
  ['六(1)班', '吴涛', 46, 74],
];
export const classes = (): SchoolClass[] =>
  CLASSES.map(([name, teacher, pupils], i) => ({
    id: `c-${i}`,
    name,
    grade: '零一二三四五六'.indexOf(name.charAt(0)),
    teacher: person(`t-${i}`, teacher),
    pupils,
  }));

export function classCounts(now: number, started: number, running: boolean): ClassCount[] {
  return CLASSES.map(([name, teacher, pupils, seconds], i) => {
    const waiting = running && (i === 0 || i === 6);
    const silent = running && i === 6;
    const present = silent ? 0 : waiting ? pupils - 5 : pupils - (i === 2 ? 1 : 0);
    return {
      class: `c-${i}`,
      name,
      teacher: person(`t-${i}`, teacher),
      place: '操场东侧 3 号点',
      pupils,
      present,
      missing: waiting && !silent ? 1 : 0,
      elsewhere: i === 0 && running ? 1 : i === 2 ? 1 : 0,
      seconds: waiting ? null : seconds,
      reportedAt: silent ? null : iso(Math.min(now, started + seconds * 1000)),
      reportedBy: silent ? null : teacher,
    };
  });
}

const NAMES = [
  '林一诺',
  '陈思远',
  '王梓涵',
  '何雨萱',
  '郑一鸣',
  '宋知夏',
  '赵子轩',
  '许诺',
  '孙悦',
  '黄子墨',
  '周若曦',
  '刘子涵',
];
export function classRoll(now: number, view: DrillView, schoolClass: string): ClassRoll {
  const count = classCounts(now, now - 97_000, true).find((c) => c.class === schoolClass);
  if (!count) throw new Error(`no class ${schoolClass}`);
  const states = ['present', 'present', 'present', null, null, null, 'missing', 'elsewhere'] as const;
  const pupils = Array.from({ length: count.pupils }, (_, i) => {
    const state = i < states.length ? (states[i] ?? null) : 'present';
    return {
      id: `${schoolClass}-${i + 1}`,
      number: i + 1,
      name: `${NAMES[i % NAMES.length]}${i < NAMES.length ? '' : Math.floor(i / NAMES.length)}`,
      state,
      at: state ? iso(now - 30_000) : null,
      by: state ? count.teacher.name : null,
      note: state === 'missing' ? '最后在综合楼二楼' : state === 'elsewhere' ? '医务室，校医已确认' : '',
    };
  });
  return { drill: view, class: count, pupils, at: iso(now) };
}

const skills = (now: number): SkillRecord[] => [
  {
    id: idOf(401),
    drill: ids.ended,
    person: person('p-wang', '王建国'),
    skill: 'pressed',
    seconds: null,
    at: iso(now),
    source: 'alarm',
  },
  {
    id: idOf(402),
    drill: ids.ended,
    person: person('t-0', '刘芳'),
    skill: 'counted',
    seconds: 101,
    at: iso(now),
    source: 'roll',
  },
  {
    id: idOf(403),
    drill: ids.ended,
    person: person('p-zhou', '周敏'),
    skill: 'led',
    seconds: null,
    at: iso(now),
    source: 'observer',
  },
];

export function drillPage(now: number, view: DrillView, found: readonly FindingView[]): DrillPage {
  const started = view.startedAt === null ? now : Date.parse(view.startedAt);
  const running = view.status === 'running';
  const board: DrillBoard = {
    drill: view,
    classes: view.status === 'planned' || view.mode === 'test' ? [] : classCounts(now, started, running),
    missing: running
      ? [
          {
            pupil: 'k-8',
            name: '赵子轩',
            className: '三(2)班',
            at: iso(now - 25_000),
            by: '刘芳',
            note: '最后在综合楼二楼',
          },
        ]
      : [],
    at: iso(now),
  };
  return {
    board,
    history: [{ at: iso(now - 20 * DAY), by: '周敏', type: 'scheduled' }],
    skills: view.status === 'ended' ? skills(now) : [],
    findings: found.filter((f) => f.drill.id === view.id),
  };
}

export const staff = (): PersonRef[] => [zhou, ma, he, person('p-wang', '王建国'), person('t-0', '刘芳')];

export const evacuations = (now: number): EvacuationTimes[] =>
  [2, 3, 4, 6].map((n, i) => ({
    drill: idOf(n),
    kind: drill(now, n).kind,
    date: drill(now, n).date,
    targetSeconds: 120,
    wholeSeconds: 139 - 9 * i,
    classes: CLASSES.map(([name, , , seconds], c) => ({ class: `c-${c}`, name, seconds: seconds + 24 - 8 * i })),
  }));

export function planDetails(now: number): PlanDetail[] {
  const version = (id: string, plan: string, number: number, rest: Partial<PlanVersion> = {}): PlanVersion => ({
    id,
    plan,
    number,
    status: 'approved',
    body: {
      lead: zhou,
      duties: [
        { role: '总指挥', who: '校长 陈立新', duty: '下令疏散，宣布结束' },
        { role: '疏散引导', who: '各楼层值班教师', duty: '守住楼梯口，低年级先走，不跑不推' },
        { role: '清点', who: '班主任', duty: '到集合点后用手机点名，上报人数' },
      ],
      steps: ['听到警报，全班按路线疏散到操场', '班主任走在最后，确认教室没有人', '到集合点整队，马上点名上报'],
      places: [
        { class: '*', place: '操场东侧', route: '就近楼梯' },
        { class: '三(2)班', place: '操场东侧 3 号点', route: '南楼梯' },
      ],
    },
    why: '北楼梯口拥堵，低年级改走南楼梯',
    findings: [idOf(501)],
    draftedBy: zhou,
    draftedAt: iso(now - 48 * DAY),
    approvedBy: person('p-chen', '陈立新'),
    approvedAt: iso(now - 46 * DAY),
    ...rest,
  });
  const current = version(idOf(701), ids.plan, 7);
  const first = version(idOf(710), idOf(709), 1, {
    status: 'draft',
    why: '新预案',
    findings: [],
    approvedBy: null,
    approvedAt: null,
  });
  const reader = (id: string, name: string, read: boolean) => ({
    person: person(id, name),
    at: read ? iso(now - 30 * DAY) : null,
  });
  return [
    {
      plan: {
        id: ids.plan,
        kind: 'fire',
        level: 'major',
        title: '消防疏散应急预案',
        current,
        draft: null,
        versions: 7,
        read: 4,
        readers: 6,
      },
      versions: [
        current,
        version(idOf(703), ids.plan, 6, {
          why: '新建综合楼启用',
          findings: [],
          draftedAt: iso(now - 300 * DAY),
          approvedAt: iso(now - 298 * DAY),
        }),
      ],
      reads: [
        reader('p-ma', '马超', true),
        reader('p-he', '何静', true),
        reader('t-0', '刘芳', true),
        reader('p-wang', '王建国', true),
        reader('p-zhou', '周敏', false),
        reader('t-3', '赵敏', false),
      ],
    },
    {
      plan: {
        id: idOf(709),
        kind: 'violence',
        level: 'severe',
        title: '反恐防暴应急预案',
        current: null,
        draft: first,
        versions: 1,
        read: 0,
        readers: 0,
      },
      versions: [first],
      reads: [],
    },
  ];
}

export interface DrillsScene {
  page: TermPage;
  findings: FindingView[];
  running: DrillView | null;
  plans: PlanDetail[];
  patrols: PatrolsScene;
}
export const noDrills: DrillsScene = {
  page: { terms: [], view: null, drills: [] },
  findings: [],
  running: null,
  plans: [],
  patrols: noPatrols,
};
export const drillsScene = (now: number): DrillsScene => ({
  page: termPage(now),
  findings: findings(now),
  running: null,
  plans: planDetails(now),
  patrols: patrolsScene(now),
});
