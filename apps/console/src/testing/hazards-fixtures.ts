/** Invented hazards, one at each step; 600 and 601 are those that the findings name. */
import { type HazardView, schoolDate } from '@anyuan/contracts';
import { idOf, zhou } from './drills-fixtures.ts';

const DAY = 86_400_000;
const sun = { id: 'p-sun', name: '孙浩' };
const ma = { id: 'p-ma', name: '马超' };
export const hazardIds = {
  reported: idOf(602),
  late: idOf(601),
  dueToday: idOf(603),
  fixed: idOf(604),
  ownFix: idOf(605),
};

export function hazards(now: number): HazardView[] {
  const ago = (days: number) => new Date(now - days * DAY).toISOString();
  const day = (days: number) => schoolDate(now + days * DAY);
  const blank: Omit<HazardView, 'id' | 'number' | 'what' | 'place' | 'reportedAt'> = {
    details: '',
    source: { kind: 'inspection' },
    reportedBy: ma,
    status: 'reported',
    level: null,
    owner: null,
    deadline: null,
    measure: '',
    stopgap: '',
    fixedAt: null,
    fixedBy: null,
    evidence: '',
    verifiedAt: null,
    verifiedBy: null,
    reason: '',
    late: 0,
    escalated: 0,
    urgedAt: null,
  };
  const assigned = { status: 'assigned', level: 'byDate', owner: sun } as const;
  return [
    {
      ...blank,
      ...{ id: hazardIds.reported, number: 'Y-1112', what: '操场东侧围栏松动', place: '操场', reportedAt: ago(0.1) },
      source: { kind: 'report', by: ma },
    },
    {
      ...blank,
      ...assigned,
      ...{
        id: hazardIds.dueToday,
        number: 'Y-1110',
        what: '二楼灭火器压力不足',
        place: '教学楼二楼',
        reportedAt: ago(6),
      },
      ...{ deadline: day(0), measure: '换三只灭火器', level: 'mendNow' },
    },
    {
      ...blank,
      ...assigned,
      ...{ id: hazardIds.late, number: 'Y-1107', what: '食堂后门闭门器损坏', place: '食堂后门', reportedAt: ago(12) },
      source: { kind: 'finding', finding: idOf(502), drill: idOf(4) },
      ...{ deadline: day(-3), late: 3, escalated: 2, measure: '换闭门器', stopgap: '保安看守后门，一小时巡一次' },
    },
    {
      ...blank,
      ...assigned,
      ...{ id: hazardIds.fixed, number: 'Y-1104', what: '北门减速带螺丝外露', place: '北门', reportedAt: ago(15) },
      ...{
        status: 'fixed',
        deadline: day(2),
        measure: '重新固定',
        fixedAt: ago(1),
        fixedBy: sun,
        evidence: '换了六颗螺丝，敲平',
      },
    },
    {
      ...blank,
      ...assigned,
      ...{
        id: hazardIds.ownFix,
        number: 'Y-1102',
        what: '一楼疏散指示灯不亮',
        place: '综合楼一楼',
        reportedAt: ago(18),
      },
      ...{ status: 'fixed', deadline: day(4), measure: '换灯', fixedAt: ago(2), fixedBy: zhou, evidence: '换了两只灯' },
    },
    {
      ...blank,
      ...assigned,
      ...{ id: idOf(600), number: 'Y-0931', what: '北楼梯口拥堵', place: '北楼梯', reportedAt: ago(75) },
      source: { kind: 'finding', finding: idOf(501), drill: idOf(2) },
      ...{ status: 'verified', deadline: day(-60), measure: '分流通行', fixedAt: ago(61), fixedBy: sun },
      ...{ evidence: '低年级改走南楼梯', verifiedAt: ago(60), verifiedBy: zhou },
    },
  ];
}
