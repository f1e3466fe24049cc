/**
 * The demo school's people who carry something: ID cards and RFID cards. All invented: area code 110000 is no district,
 * the photos are noise, the numbers only satisfy the check digit. The school's database is seeded from the same lists.
 * Every key is a short word for the command line.
 */
import type { Role } from '@anyuan/contracts';
import { demoFamilyCards } from './demo-families.ts';
import { demoPermitCards } from './demo-permits.ts';
import { withCheckDigit } from './devices/id-number.ts';

export interface DemoDocument {
  key: string;
  /** What the panel says about it. */
  note: string;
  noteEn: string;
  document: 'resident' | 'hkMacaoTaiwan' | 'foreigner2017' | 'foreigner2023';
  name: string;
  englishName?: string;
  sex: 'male' | 'female';
  /** GB/T 3304 code on a resident's card. */
  nation?: string;
  nationality?: string;
  /** `1984-05-15` */
  birth: string;
  address?: string;
  number: string;
  passNumber?: string;
  issuer?: string;
  validFrom: string;
  /** A date, or 长期. */
  validTo: string;
  /** The guardian of the pickup list whose card this is. */
  guardianId?: string;
}

export interface DemoCard {
  key: string;
  /** Two or three words for the panel's tile. */
  title: string;
  note: string;
  noteEn: string;
  /** Ten hex digits, as on the wire. */
  number: string;
  /** Ten decimal digits, as printed on the card: the last four bytes. */
  printed: string;
  kind: 'pickup' | 'staff' | 'permit' | 'unknown';
  status: 'active' | 'lost' | 'expired';
  guardianId?: string;
  staffId?: string;
  lostAt?: string;
  lostBy?: string;
}

export interface DemoStaff {
  id: string;
  name: string;
  role: Role;
  department: string;
  title: string;
  pinyin: string;
  initials: string;
  host: boolean;
  mayStandDown: boolean;
  cardKey?: string;
}

/** @param version the customer code in front of the printed number, two hex digits */
export function demoCardNumber(printed: string, version = '0B'): string {
  return version + Number(printed).toString(16).toUpperCase().padStart(8, '0');
}

type Resident = Pick<DemoDocument, 'key' | 'note' | 'noteEn' | 'name' | 'sex' | 'birth'> & Partial<DemoDocument>;

const resident = (sequence: string, person: Resident): DemoDocument => ({
  document: 'resident',
  nation: '01',
  address: '北京市青禾区安园路 1 号演示小区',
  issuer: '青禾市公安局演示分局',
  validFrom: '2018-03-01',
  validTo: '2038-03-01',
  number: withCheckDigit(`110000${person.birth.replaceAll('-', '')}${sequence}`),
  ...person,
});

export const demoDocuments: readonly DemoDocument[] = [
  resident('271', {
    key: 'zhang',
    note: '家长，来面谈',
    noteEn: 'parent, for a talk',
    name: '张伟明',
    sex: 'male',
    birth: '1984-05-15',
  }),
  resident('315', { key: 'he', note: '送货', noteEn: 'delivery', name: '何强', sex: 'male', birth: '1991-08-20' }),
  resident('162', {
    key: 'wu',
    note: '应聘',
    noteEn: 'job interview',
    name: '吴晓燕',
    sex: 'female',
    birth: '1996-11-03',
    nation: '11',
  }),
  resident('537', {
    key: 'qian',
    note: '证件过期',
    noteEn: 'expired card',
    name: '钱国栋',
    sex: 'male',
    birth: '1979-02-11',
    validFrom: '2004-06-01',
    validTo: '2024-06-01',
  }),
  resident('048', {
    key: 'zhou-longterm',
    note: '长期有效',
    noteEn: 'valid for life',
    name: '周桂芳',
    sex: 'female',
    birth: '1951-04-09',
    validFrom: '2016-09-01',
    validTo: '长期',
  }),
  resident('219', {
    key: 'rare',
    note: '生僻字，维修',
    noteEn: 'rare character, repair',
    name: '李𬱖',
    sex: 'male',
    birth: '1988-12-30',
  }),
  resident('515', {
    key: 'lu',
    note: '门岗应悄悄核对',
    noteEn: 'to be checked, silently',
    name: '鲁志平',
    sex: 'male',
    birth: '1982-07-14',
  }),
  resident('306', {
    key: 'du',
    note: '与名单同名，年份不同',
    noteEn: 'a namesake of another year',
    name: '杜春梅',
    sex: 'female',
    birth: '1990-02-18',
  }),
  {
    key: 'hk',
    note: '港澳台居住证 J',
    noteEn: 'Hong Kong resident (J)',
    document: 'hkMacaoTaiwan',
    name: '陈嘉欣',
    sex: 'female',
    birth: '1990-03-07',
    address: '北京市青禾区安园路 2 号演示小区',
    number: withCheckDigit('81000019900307002'),
    passNumber: 'H00000001',
    issuer: '青禾市公安局演示分局',
    validFrom: '2023-01-10',
    validTo: '2033-01-10',
  },
  {
    key: 'foreigner-old',
    note: '外国人证 2017 I',
    noteEn: 'foreign resident, 2017 card (I)',
    document: 'foreigner2017',
    name: '演示约翰',
    englishName: 'DEMO, JOHN SPECIMEN',
    sex: 'male',
    nationality: 'GBR',
    birth: '1988-02-14',
    number: 'GBR110088021401',
    validFrom: '2019-05-20',
    validTo: '2029-05-20',
  },
  {
    key: 'foreigner-new',
    note: '外国人证 2023 Y',
    noteEn: 'foreign resident, 2023 card (Y)',
    document: 'foreigner2023',
    name: '演示玛丽',
    englishName: 'DEMONSTRATION, MARIE ALEXANDRA SPECIMEN',
    sex: 'female',
    nationality: 'FRA',
    birth: '1992-05-18',
    number: withCheckDigit('91125019920518002'),
    validFrom: '2024-01-08',
    validTo: '2034-01-08',
  },
  resident('126', {
    key: 'wang',
    note: '林一诺的奶奶',
    noteEn: 'grandmother of Lin Yinuo',
    name: '王秀兰',
    sex: 'female',
    birth: '1956-07-22',
    validTo: '长期',
    guardianId: 'g-wang',
  }),
  resident('453', {
    key: 'lin',
    note: '林一诺的父亲',
    noteEn: 'father of Lin Yinuo',
    name: '林建军',
    sex: 'male',
    birth: '1986-01-19',
    guardianId: 'g-lin',
  }),
  resident('371', {
    key: 'meng',
    note: '被禁止接孩子的父亲',
    noteEn: 'barred father',
    name: '孟凡',
    sex: 'male',
    birth: '1985-10-05',
    guardianId: 'g-meng',
  }),
  resident('234', {
    key: 'luo',
    note: '两个孩子的妈妈',
    noteEn: 'mother of two',
    name: '罗文静',
    sex: 'female',
    birth: '1989-06-27',
    guardianId: 'g-luo',
  }),
];

type Story = Pick<DemoCard, 'key' | 'title' | 'note' | 'noteEn' | 'printed'> & Partial<DemoCard>;

const pickup = (card: Story): DemoCard => ({
  number: demoCardNumber(card.printed),
  kind: 'pickup',
  status: 'active',
  ...card,
});

export const demoCards: readonly DemoCard[] = [
  pickup({
    key: 'wang-card',
    title: '王秀兰',
    note: '奶奶，接林一诺',
    noteEn: 'grandmother of Lin Yinuo',
    printed: '0012764417',
    guardianId: 'g-wang',
  }),
  pickup({
    key: 'lost-card',
    title: '挂失的卡',
    note: '王秀兰，已挂失',
    noteEn: 'the same person’s card, reported lost',
    printed: '0012762093',
    status: 'lost',
    guardianId: 'g-wang',
    lostAt: '2026-11-20T08:05:00.000Z',
    lostBy: '林建军',
  }),
  pickup({
    key: 'lin-card',
    title: '林建军',
    note: '父亲，接林一诺',
    noteEn: 'father of Lin Yinuo',
    printed: '0012765180',
    guardianId: 'g-lin',
  }),
  pickup({
    key: 'barred-card',
    title: '孟凡',
    note: '父亲，被禁止接孩子',
    noteEn: 'barred father',
    printed: '0012768835',
    guardianId: 'g-meng',
  }),
  pickup({
    key: 'delegate-card',
    title: '方志远',
    note: '仅明天可接',
    noteEn: 'delegate, tomorrow only',
    printed: '0012769026',
    guardianId: 'g-fang',
  }),
  pickup({
    key: 'two-card',
    title: '罗文静',
    note: '妈妈，接两个孩子',
    noteEn: 'mother of two children',
    printed: '0012766652',
    guardianId: 'g-luo',
  }),
  pickup({
    key: 'expired-card',
    title: '停用的卡',
    note: '罗文静，已停用',
    noteEn: 'expired card',
    printed: '0012761379',
    status: 'expired',
    guardianId: 'g-luo',
  }),
  pickup({
    key: 'unknown-card',
    title: '陌生卡',
    note: '谁的也不是',
    noteEn: 'nobody’s card',
    printed: '0049907731',
    number: demoCardNumber('0049907731', '3C'),
    kind: 'unknown',
  }),
  pickup({
    key: 'chen-card',
    title: '陈立新',
    note: '校长，工作卡',
    noteEn: 'principal’s staff card',
    printed: '0012700101',
    kind: 'staff',
    staffId: 's-chen',
  }),
  pickup({
    key: 'zhou-card',
    title: '周敏',
    note: '安全管理员，工作卡',
    noteEn: 'administrator’s staff card',
    printed: '0012700102',
    kind: 'staff',
    staffId: 's-zhou',
  }),
  pickup({
    key: 'guard-card',
    title: '王建国',
    note: '保安，无权解除',
    noteEn: 'guard’s staff card, may not stand down',
    printed: '0012700110',
    kind: 'staff',
    staffId: 's-guard-1',
  }),
  ...demoPermitCards.map((card) => pickup({ ...card, kind: 'permit' })),
  ...demoFamilyCards.map((card) => pickup(card)),
];

export const demoStaff: readonly DemoStaff[] = [
  {
    id: 's-chen',
    name: '陈立新',
    role: 'principal',
    department: '校长室',
    title: '校长',
    pinyin: 'chenlixin',
    initials: 'clx',
    host: true,
    mayStandDown: true,
    cardKey: 'chen-card',
  },
  {
    id: 's-zhou',
    name: '周敏',
    role: 'administrator',
    department: '安全办',
    title: '安全管理员',
    pinyin: 'zhoumin',
    initials: 'zm',
    host: true,
    mayStandDown: true,
    cardKey: 'zhou-card',
  },
  {
    id: 's-guard-1',
    name: '王建国',
    role: 'guard',
    department: '保安队',
    title: '保安',
    pinyin: 'wangjianguo',
    initials: 'wjg',
    host: false,
    mayStandDown: false,
    cardKey: 'guard-card',
  },
  {
    id: 's-guard-2',
    name: '李志强',
    role: 'guard',
    department: '保安队',
    title: '保安',
    pinyin: 'lizhiqiang',
    initials: 'lzq',
    host: false,
    mayStandDown: false,
  },
  {
    id: 's-liu',
    name: '刘芳',
    role: 'teacher',
    department: '三（2）班',
    title: '班主任',
    pinyin: 'liufang',
    initials: 'lf',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-he',
    name: '何静',
    role: 'teacher',
    department: '五（1）班',
    title: '班主任',
    pinyin: 'hejing',
    initials: 'hj',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-sunlh',
    name: '孙丽华',
    role: 'teacher',
    department: '一（1）班',
    title: '班主任',
    pinyin: 'sunlihua',
    initials: 'slh',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-guo',
    name: '郭婷',
    role: 'teacher',
    department: '二（3）班',
    title: '班主任',
    pinyin: 'guoting',
    initials: 'gt',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-cao',
    name: '曹雪',
    role: 'teacher',
    department: '四（1）班',
    title: '班主任',
    pinyin: 'caoxue',
    initials: 'cx',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-shan',
    name: '单云鹏',
    role: 'teacher',
    department: '六（2）班',
    title: '班主任',
    pinyin: 'shanyunpeng',
    initials: 'syp',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-ma',
    name: '马超',
    role: 'teacher',
    department: '体育组',
    title: '体育老师',
    pinyin: 'machao',
    initials: 'mc',
    host: true,
    mayStandDown: false,
  },
  {
    id: 's-sunh',
    name: '孙浩',
    role: 'administrator',
    department: '总务处',
    title: '总务主任',
    pinyin: 'sunhao',
    initials: 'sh',
    host: true,
    mayStandDown: false,
  },
];
