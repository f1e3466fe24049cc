/** The demo school's permits: cards to tap at the gate, own vehicles, and two deliveries of the day. All invented. */
import type { PermitKind } from '@anyuan/contracts';

export interface DemoPermit {
  /** The last digits of its id. */
  n: number;
  kind: PermitKind;
  name: string;
  firm: string;
  /** Of `demoPermitCards`. */
  cardKey?: string;
  plates: readonly string[];
  validTo: string;
  days?: readonly number[];
  from?: string;
  to?: string;
  gates?: readonly string[];
  suspended?: string;
}

const FAR = '2027-07-31';
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

export const demoPermits: readonly DemoPermit[] = [
  {
    n: 1,
    kind: 'staff',
    name: '刘芳',
    firm: '',
    cardKey: 'liu-permit',
    plates: ['京AD08321'],
    validTo: FAR,
    days: WEEK,
  },
  { n: 2, kind: 'staff', name: '何静', firm: '', cardKey: 'he-permit', plates: ['京A61725'], validTo: FAR },
  { n: 3, kind: 'staff', name: '马超', firm: '', plates: ['京AF90216'], validTo: FAR },
  { n: 4, kind: 'staff', name: '孙浩', firm: '', plates: ['京N3K518', '京A70029'], validTo: FAR, days: WEEK },
  {
    ...{ n: 5, kind: 'contractor', name: '赵铁军', firm: '青禾保洁服务公司', cardKey: 'cleaner-permit' },
    ...{ plates: [], validTo: FAR, days: WEEK, from: '00:00', to: '23:59' },
  },
  {
    ...{ n: 6, kind: 'contractor', name: '孙大勇', firm: '安泰电梯维保', cardKey: 'suspended-permit', plates: [] },
    ...{ validTo: FAR, days: WEEK, from: '00:00', to: '23:59', suspended: '离职，卡未交回' },
  },
  {
    ...{ n: 7, kind: 'contractor', name: '钱有福', firm: '城北绿化队', cardKey: 'expired-permit', plates: [] },
    ...{ validTo: '2026-10-31' },
  },
  {
    n: 8,
    kind: 'contractor',
    name: '林师傅',
    firm: '食堂承包',
    plates: ['京B20816'],
    validTo: FAR,
    from: '04:30',
    to: '20:00',
  },
  {
    n: 9,
    kind: 'supplier',
    name: '青禾粮油',
    firm: '青禾粮油公司',
    plates: ['冀R83X52'],
    validTo: FAR,
    days: [1, 3, 5],
  },
  {
    n: 10,
    kind: 'supplier',
    name: '洁源桶装水',
    firm: '洁源饮水',
    plates: ['京G4471挂', '京GD55120'],
    validTo: '2026-12-15',
  },
  { n: 11, kind: 'school', name: '校车 1 号', firm: '', plates: ['京A83615'], validTo: FAR, days: WEEK },
  { n: 12, kind: 'school', name: '校车 2 号', firm: '', plates: ['京A83616'], validTo: FAR, days: WEEK },
];

export const demoPermitCards = [
  { key: 'liu-permit', title: '刘芳', note: '教师，出入证', noteEn: 'teacher’s permit', printed: '0012700201' },
  { key: 'he-permit', title: '何静', note: '教师，出入证', noteEn: 'teacher’s permit', printed: '0012700202' },
  { key: 'cleaner-permit', title: '赵铁军', note: '保洁，出入证', noteEn: 'cleaner’s permit', printed: '0012700203' },
  {
    ...{ key: 'suspended-permit', title: '孙大勇', note: '出入证已暂停', noteEn: 'suspended permit' },
    printed: '0012700204',
  },
  { key: 'expired-permit', title: '钱有福', note: '出入证已过期', noteEn: 'expired permit', printed: '0012700205' },
] as const;

/** Every day of the demo: one with its plate, one that may come with any. */
export const demoDeliveries = [
  { n: 1, supplier: '青禾乳业', goods: '学生奶', plate: '京B66218', from: '10:00', to: '11:00' },
  { n: 2, supplier: '文昌教材配送', goods: '练习册', plate: null, from: '14:00', to: '16:00' },
] as const;
