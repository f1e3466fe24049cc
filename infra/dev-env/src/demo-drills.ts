/** Plans, posts, drills and findings of the demo school, each made by the command that a person would give. */
import { type DrillKind, newId, type PlanBody, type RollMark } from '@anyuan/contracts';
import { alarmHeard } from '@anyuan/drills';
import { chen, type DemoCallers, zhou } from './demo-callers.ts';
import { demoClasses } from './demo-roster.ts';

const lead = { id: 's-zhou', name: '周敏' };
const sunHao = { id: 's-sunh', name: '孙浩' };

const body = (steps: string[]): PlanBody => ({
  lead,
  duties: [
    { role: '总指挥', who: '校长 陈立新', duty: '下令疏散，对外报告' },
    { role: '现场指挥', who: '安全管理员 周敏', duty: '按报警按钮，看表，听各班上报' },
    { role: '班级疏散', who: '各班班主任', duty: '带队走指定路线，到集合点点名上报' },
    { role: '楼道引导', who: '各楼层值班教师', duty: '站楼梯转角，控制快慢，最后离开' },
    { role: '校门', who: '门卫 王建国', duty: '开东门，拦住来人，接应消防和民警' },
  ],
  steps,
  places: [
    { class: '*', place: '操场东侧', route: '就近楼梯' },
    ...demoClasses.map((c) => ({
      class: c.id,
      place: `操场东侧 ${c.grade} 号点`,
      route: c.grade > 3 ? '北楼梯' : '南楼梯',
    })),
  ],
});

const PLANS: readonly { kind: DrillKind; title: string; steps: string[] }[] = [
  {
    kind: 'earthquake',
    title: '地震应急预案',
    steps: ['听到警报，就地掩蔽 20 秒', '按路线撤到操场', '班主任点名上报'],
  },
  { kind: 'fire', title: '消防疏散预案', steps: ['听到警报，捂口鼻弯腰撤离', '避开起火楼梯', '到集合点点名上报'] },
  { kind: 'violence', title: '反恐防暴预案', steps: ['锁门躲避，关灯离窗', '保安持叉到校门', '等解除口令再开门'] },
];

export async function plans({ clock, drills }: DemoCallers, from: string): Promise<void> {
  clock.set(from, '09:00');
  for (const { kind, title, steps } of PLANS) {
    const [plan, version] = [newId(), newId()];
    await drills(zhou).plans.createPlan({ id: plan, kind, level: 'general', title, version, body: body(steps) });
    await approve({ clock, drills }, plan, version);
  }
}

async function approve(
  { drills }: Pick<DemoCallers, 'clock' | 'drills'>,
  plan: string,
  version: string,
): Promise<void> {
  const { plan: view } = await drills(chen).plans.plan({ plan });
  if (view.draft) await drills(chen).plans.approvePlanVersion({ version, draftedAt: view.draft.draftedAt });
}

export async function posts({ drills }: DemoCallers): Promise<void> {
  const days = [1, 2, 3, 4, 5];
  const admin = drills(zhou);
  const guards = [{ id: 's-guard-1', name: '王建国' }];
  await admin.patrols.savePost({
    ...{
      id: newId(),
      name: '上学护学岗',
      place: '正门斑马线',
      gate: 'main',
      duty: '护送学生过马路，劝离停车',
      days,
      code: 'GD-0101',
    },
    ...{ from: '07:20', to: '08:10', people: [...guards, { id: 's-liu', name: '刘芳' }] },
  });
  await admin.patrols.savePost({
    ...{
      id: newId(),
      name: '放学护学岗',
      place: '正门家长等候区',
      gate: 'main',
      duty: '分班放行，拦住外来人员',
      days,
      code: 'GD-0102',
    },
    ...{ from: '16:20', to: '17:40', people: guards },
  });
  const windows = [
    ['06:30', '07:10'],
    ['09:30', '10:10'],
    ['12:30', '13:10'],
    ['15:00', '15:40'],
    ['18:00', '18:40'],
    ['21:30', '22:10'],
  ];
  await admin.patrols.saveRoute({
    ...{ id: newId(), name: '校园一圈', days: [1, 2, 3, 4, 5, 6, 7] },
    points: ['正门', '综合楼', '实验楼药品柜', '食堂后门', '操场西墙'].map((name, i) => ({
      ...{ id: newId(), name, code: `PT-010${i + 1}` },
    })),
    rounds: windows.map(([from = '', to = '']) => ({ id: newId(), from, to })),
  });
}

interface Past {
  id: string;
  date: string;
}

export interface DemoDrill {
  kind: DrillKind;
  date: string;
  verifies?: string[];
}

/** Scheduled, begun, heard by the alarm service, counted by thirty teachers, ended. */
export async function drillFor(callers: DemoCallers, term: string, given: DemoDrill): Promise<string> {
  const { clock, drills, db } = callers;
  const { kind, date, verifies = [] } = given;
  const [id, incident, admin] = [newId(), newId(), drills(zhou)];
  const time = kind === 'buttonTest' ? '12:30' : '10:00';
  clock.set(date, '07:30');
  await admin.schedule({
    ...{ id, term, kind, date, time, announced: kind !== 'earthquake', targetSeconds: 120, lead },
    ...{ observers: [sunHao], verifies },
  });
  clock.set(date, time);
  await admin.begin({ drill: id, incident });
  const mode = kind === 'buttonTest' ? 'test' : 'exercise';
  await db.tx((trx) => alarmHeard(trx, { incident, mode, raisedBy: lead }, new Date(clock.now())));
  if (mode === 'exercise') await counted(callers, id, date, time);
  clock.set(date, time, 300);
  await admin.end({ drill: id, note: '' });
  return id;
}

async function counted({ clock, drills }: DemoCallers, drill: string, date: string, time: string): Promise<void> {
  for (const [i, { id, grade, teacher, pupils }] of demoClasses.entries()) {
    const out = 48 + grade * 7 + ((i * 13) % 17);
    clock.set(date, time, out);
    const at = new Date(clock.now()).toISOString();
    const marks = pupils.map(
      (p, n): RollMark => ({
        ...{ id: newId(), pupil: p.id, at },
        ...(n === 28 && i % 6 === 0 ? { state: 'elsewhere', note: '医务室' } : { state: 'present', note: '' }),
      }),
    );
    await drills({ kind: 'person', ...teacher, role: 'teacher' }).takeRoll({
      ...{ drill, class: id, marks, report: { id: newId(), at } },
    });
  }
}

async function finding({ drills }: DemoCallers, drill: string, what: string, place: string): Promise<string> {
  const id = newId();
  await drills(zhou).recordFinding({ id, drill, what, place });
  return id;
}

/** Found in the first drill, mended and written into a new version before the next one. @returns the finding */
export async function mended(callers: DemoCallers, first: Past, next: string): Promise<string> {
  const { clock, drills, ledger } = callers;
  const drill = first.id;
  clock.set(first.date, '16:00');
  const before = (days: number) => new Date(Date.parse(next) - days * 86_400_000).toISOString().slice(0, 10);
  const id = await finding(callers, drill, '北楼梯口拥堵', '北楼一层');
  const hazard = newId();
  await ledger(zhou).reportHazard({
    ...{ id: hazard, what: '北楼梯口拥堵', place: '北楼一层', source: { kind: 'finding', finding: id, drill } },
  });
  await ledger(zhou).assign({
    ...{
      command: newId(),
      hazard,
      level: 'byDate',
      owner: sunHao,
      deadline: before(5),
      measure: '分流：四到六年级走北楼梯',
    },
  });
  clock.set(before(10), '15:00');
  await ledger({ kind: 'person', ...sunHao, role: 'teacher' }).fix({
    ...{ command: newId(), hazard, evidence: '已画分流线，楼梯口加一名引导' },
  });
  clock.set(before(9), '09:00');
  await ledger(chen).verify({ command: newId(), hazard });
  const plan = (await drills(zhou).plans.plans()).find((p) => p.kind === 'fire');
  if (!plan?.current) return id;
  const version = newId();
  clock.set(before(6), '10:00');
  await drills(zhou).plans.draftPlanVersion({
    ...{ plan: plan.id, version, why: '北楼梯口拥堵，改为分流', findings: [id] },
    body: { ...plan.current.body, steps: [...plan.current.body.steps, '四到六年级走北楼梯，其余走南楼梯'] },
  });
  await approve(callers, plan.id, version);
  return id;
}

export async function overdue(callers: DemoCallers, last: Past, today: string): Promise<void> {
  const { clock, ledger } = callers;
  clock.set(last.date, '16:00');
  const found = await finding(callers, last.id, '食堂后门闭门器损坏', '食堂后门');
  const hazard = newId();
  const source = { kind: 'finding', finding: found, drill: last.id } as const;
  await ledger(zhou).reportHazard({ id: hazard, what: '食堂后门闭门器损坏', place: '食堂后门', source });
  const deadline = new Date(Date.parse(today) - 3 * 86_400_000).toISOString().slice(0, 10);
  if (deadline <= last.date) return;
  await ledger(zhou).assign({
    ...{ command: newId(), hazard, level: 'byDate', owner: sunHao, deadline, measure: '换闭门器' },
  });
}
