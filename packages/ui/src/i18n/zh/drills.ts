/** Terms, drills, findings and plans on the console: one word for each value first, then by screen, sorted. */
import type {
  Conflict,
  DayKind,
  DrillKind,
  DrillView,
  DutyState,
  PlanView,
  Rule,
  SchoolFacts,
  Skill,
  UnmetReason,
} from '@anyuan/contracts';

export const drills = {
  conflict: {
    anotherDrill: '那天已有演练',
    exam: '那天考试',
    holiday: '那天放假',
    outsideTerm: '不在学期内',
    past: '那天已经过去',
    unknown: '那天放不放假还不知道',
    weekend: '那天是周末',
  } satisfies Record<Conflict, string>,
  dayKind: {
    exam: '考试',
    holiday: '放假',
    makeUp: '补课',
    outside: '不在学期',
    schoolDay: '上课',
    unknown: '未确认',
    weekend: '周末',
  } satisfies Record<DayKind, string>,
  dutyState: {
    done: '已完成',
    notScheduled: '未安排',
    overdue: '已逾期',
    scheduled: '已安排',
  } satisfies Record<DutyState, string>,
  force: { guide: '指南', law: '规定', school: '本校' } satisfies Record<Rule['force'], string>,
  kind: {
    bus: '校车应急演练',
    buttonTest: '报警按钮月测',
    dormitory: '宿舍夜间疏散演练',
    earthquake: '地震避险演练',
    fire: '消防疏散演练',
    food: '食品安全演练',
    stampede: '防踩踏演练',
    violence: '反恐防暴演练',
    weather: '恶劣天气演练',
  } satisfies Record<DrillKind, string>,
  level: { general: '一般', major: '较大', severe: '重大' } satisfies Record<PlanView['level'], string>,
  per: { month: '每月', quarter: '每季度', term: '每学期' } satisfies Record<Rule['per'], string>,
  schoolKind: { kindergarten: '幼儿园', middle: '中学', primary: '小学' } satisfies Record<SchoolFacts['kind'], string>,
  skill: { counted: '点过名', fork: '练过钢叉', led: '带过疏散', pressed: '按过报警' } satisfies Record<Skill, string>,
  status: { cancelled: '已取消', ended: '已结束', planned: '已安排', running: '进行中' } satisfies Record<
    DrillView['status'],
    string
  >,
  unmet: {
    calendarUnknown: '放假安排还没公布或没录入',
    crowded: '要做的演练太多，日子排不下',
    exams: '上课日都在考试',
    noSchoolDay: '这段时间没有上课日',
    past: '日子已经过去',
  } satisfies Record<UnmetReason, string>,
};
