/**
 * The demo school's children, who fetches them, when, and who must not. Data in the shape of the pickup list: the
 * families of the stories by hand, the rest counted off from lists of names, the same on every machine.
 */
import type { Child, PickupList } from '@anyuan/contracts';

interface DemoClass {
  name: string;
  teacher: { id: string; name: string };
  children: readonly string[];
}

const classes: readonly DemoClass[] = [
  {
    name: '一（1）班',
    teacher: { id: 's-sunlh', name: '孙丽华' },
    children: ['高诗远', '李沐阳', '王若溪', '张子墨', '刘雨桐', '陈奕辰'],
  },
  {
    name: '二（3）班',
    teacher: { id: 's-guo', name: '郭婷' },
    children: ['孟晓晨', '赵一鸣', '孙欣怡', '周梓涵', '吴宇航', '徐可欣', '朱皓轩'],
  },
  {
    name: '三（2）班',
    teacher: { id: 's-liu', name: '刘芳' },
    children: ['林一诺', '赵子轩', '何雨萱', '郑一鸣', '宋知夏', '许诺', '高诗涵'],
  },
  {
    name: '四（1）班',
    teacher: { id: 's-cao', name: '曹雪' },
    children: ['马天佑', '胡思远', '郭芷晴', '林语嫣', '何嘉树', '罗晨曦', '梁书瑶'],
  },
  {
    name: '五（1）班',
    teacher: { id: 's-he', name: '何静' },
    children: ['谢安然', '唐子睿', '韩雪晴', '冯俊熙', '董梦琪', '萧景行', '程亦菲'],
  },
  {
    name: '六（2）班',
    teacher: { id: 's-shan', name: '单云鹏' },
    children: ['袁浩然', '邓佳宁', '傅明轩', '沈清欢', '曾子昂', '彭思琪'],
  },
];

export const demoChildren: readonly Child[] = classes
  .flatMap(({ name, teacher, children }) => children.map((child) => ({ name: child, className: name, teacher })))
  .map((child, i) => ({ id: `c-${String(i + 1).padStart(2, '0')}`, ...child }));

export function demoChild(name: string): Child {
  const child = demoChildren.find((c) => c.name === name);
  if (child === undefined) throw new Error(`no child of this name in the demo school: ${name}`);
  return child;
}

type DemoGuardian = Omit<PickupList['guardians'][number], 'idHash'>;

const storyGuardians: readonly (DemoGuardian & { fetches: readonly string[] })[] = [
  { id: 'g-wang', name: '王秀兰', relation: '奶奶', sex: 'female', fetches: ['林一诺'] },
  { id: 'g-lin', name: '林建军', relation: '父亲', sex: 'male', fetches: ['林一诺'] },
  { id: 'g-meng', name: '孟凡', relation: '父亲', sex: 'male', fetches: ['孟晓晨'] },
  { id: 'g-mengma', name: '冯雅琴', relation: '妈妈', sex: 'female', fetches: ['孟晓晨'] },
  { id: 'g-fang', name: '方志远', relation: '代接人', sex: 'male', fetches: ['许诺'] },
  { id: 'g-luo', name: '罗文静', relation: '妈妈', sex: 'female', fetches: ['高诗涵', '高诗远'] },
];

const familyOf = new Set(['林一诺', '孟晓晨', '高诗涵', '高诗远']);
const mothers = ['李', '王', '杨', '陈', '黄', '赵', '吴', '周'];
const motherNames = ['海燕', '晓梅', '丽娟', '玉洁', '佳慧', '春兰', '红霞'];
const fatherNames = ['志刚', '文斌', '立群', '永康', '少华'];

/** Every other child is fetched by one parent: fathers carry the child's surname, mothers their own. */
const otherGuardians = demoChildren
  .filter((child) => !familyOf.has(child.name))
  .map((child, i) => {
    const father = i % 3 === 2;
    const name = father
      ? `${child.name[0]}${fatherNames[i % fatherNames.length]}`
      : `${mothers[i % mothers.length]}${motherNames[i % motherNames.length]}`;
    const number = String(i + 1).padStart(2, '0');
    return {
      id: `g-${number}`,
      name,
      relation: father ? '爸爸' : '妈妈',
      sex: father ? ('male' as const) : ('female' as const),
      fetches: [child.name],
      key: `parent-${number}`,
      printed: String(13_000_451 + i * 1_373).padStart(10, '0'),
    };
  });

const all = [...storyGuardians, ...otherGuardians];

export const demoGuardians: readonly DemoGuardian[] = all.map(({ id, name, relation, sex }) => ({
  id,
  name,
  relation,
  sex,
}));

/** All day, every day: whoever tries the demo does so at his own hour. */
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '23:59' };
/** A delegate for one day, and that day is always tomorrow: whoever tries the demo sees "not now". */
const tomorrow = new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10);
const TOMORROW = { days: [1, 2, 3, 4, 5, 6, 7], from: '16:00', to: '17:30', validFrom: tomorrow, validTo: tomorrow };

export const demoRules: PickupList['rules'] = all.flatMap(({ id, fetches }) =>
  fetches.map((name) => ({
    guardian: id,
    child: demoChild(name).id,
    ...(id === 'g-fang' ? TOMORROW : ALWAYS),
  })),
);

/** A court gave the child to the mother: stronger than the rule above, which still stands. */
export const demoBars: PickupList['bars'] = [{ guardian: 'g-meng', child: demoChild('孟晓晨').id }];

export const demoFamilyCards = otherGuardians.map(({ key, printed, id, name, fetches }) => ({
  key,
  title: name,
  note: `接${fetches[0]}`,
  noteEn: 'parent',
  printed,
  guardianId: id,
}));
