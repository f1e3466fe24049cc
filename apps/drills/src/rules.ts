/**
 * Which drills a school owes, as data. Version 2026-11. The notices of requirements row D2 ask for one a term against
 * violence and for disasters; row G10 adds the ministry's guide of 2014 on evacuation drills: monthly in schools, quarterly
 * in kindergartens; rows B3, C6 and G11 add the bus and the buttons. What is marked `school` is good practice that no notice of ours demands: a school may switch it off.
 */
import type { Rule, SchoolFacts } from '@anyuan/contracts';

const NOTICES = '濉溪、彭水、桂林、平顶山等通知：每学期至少一次';
const GUIDE = '教育部《中小学幼儿园应急疏散演练指南》（2014）';

export const RULES: readonly Rule[] = [
  {
    ...{ id: 'violence-term', name: '反恐防暴演练', kinds: ['violence'], per: 'term', count: 1 },
    ...{ when: {}, force: 'law', source: NOTICES },
  },
  {
    ...{ id: 'earthquake-term', name: '地震避险演练', kinds: ['earthquake'], per: 'term', count: 1 },
    ...{ when: {}, force: 'law', source: NOTICES },
  },
  {
    ...{ id: 'fire-term', name: '消防疏散演练', kinds: ['fire'], per: 'term', count: 1 },
    ...{ when: {}, force: 'law', source: NOTICES },
  },
  {
    ...{ id: 'evacuation-month', name: '应急疏散演练', kinds: ['earthquake', 'fire'], per: 'month', count: 1 },
    ...{ when: { school: ['primary', 'middle'] }, force: 'guide', source: GUIDE },
  },
  {
    ...{ id: 'evacuation-quarter', name: '应急疏散演练', kinds: ['earthquake', 'fire'], per: 'quarter', count: 1 },
    ...{ when: { school: ['kindergarten'] }, force: 'guide', source: GUIDE },
  },
  {
    ...{ id: 'bus-term', name: '校车应急演练', kinds: ['bus'], per: 'term', count: 1, within: 60 },
    ...{ when: { buses: true }, force: 'school', source: '校车逃生演练，开学两个月内' },
  },
  {
    ...{ id: 'new-pupils', name: '新生疏散演练', kinds: ['earthquake', 'fire'], per: 'term', count: 1, within: 30 },
    ...{ when: { newPupils: true }, force: 'school', source: '新生入学一个月内走一遍疏散路线' },
  },
  {
    ...{ id: 'boarders-term', name: '宿舍夜间疏散演练', kinds: ['dormitory'], per: 'term', count: 1 },
    ...{ when: { boarders: true }, force: 'school', source: '寄宿制学校每学期夜里从宿舍疏散一次' },
  },
  {
    ...{ id: 'stampede-term', name: '防踩踏演练', kinds: ['stampede'], per: 'term', count: 1 },
    ...{ when: { school: ['primary', 'middle'] }, force: 'school', source: '楼梯、通道高峰，每学期一次' },
  },
  {
    ...{ id: 'button-month', name: '报警按钮月测', kinds: ['buttonTest'], per: 'month', count: 1 },
    ...{ when: {}, force: 'law', source: '实测，每月一次，不通知 110（镇江市做法）' },
  },
];

export function applies(rule: Rule, facts: SchoolFacts): boolean {
  const { school, boarders, buses, newPupils } = rule.when;
  if (school && !school.includes(facts.kind)) return false;
  if (boarders && facts.boarders === 0) return false;
  if (buses && facts.buses === 0) return false;
  return !(newPupils && facts.newPupils === 0);
}
