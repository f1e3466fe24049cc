/**
 * The demo school's thirty classes of forty pupils. The children who are fetched at the gate sit in their own classes; the
 * others are counted off from lists of names, the same on every machine.
 */
import type { ImportedClass } from '@anyuan/drills';
import { demoChildren } from '@anyuan/hardware-sim';

const GRADES = ['一', '二', '三', '四', '五', '六'];
const CLASSES = 5;
const PUPILS = 40;
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡'.split('');
const FIRST = '子梓雨思佳浩俊欣嘉晨奕诗宇明若安可书景语'.split('');
const SECOND = '轩涵桐辰怡航然睿萱彤泽阳琪昊妍宁博霖瑶悦'.split('');
const TEACHERS = '秀英丽娟敏静芳燕红梅霞玲洁莉萍艳琴云倩雪'.split('');

const pick = (from: readonly string[], n: number): string => from[n % from.length] ?? '';
const nameOf = (n: number): string => pick(SURNAMES, n * 7) + pick(FIRST, n * 3 + 1) + pick(SECOND, n * 11 + 5);

export const demoClasses: readonly ImportedClass[] = GRADES.flatMap((grade, g) =>
  Array.from({ length: CLASSES }, (_, c): ImportedClass => {
    const name = `${grade}（${c + 1}）班`;
    const known = demoChildren.filter((child) => child.className === name);
    const serial = g * CLASSES + c;
    return {
      id: `class-${g + 1}-${c + 1}`,
      name,
      grade: g + 1,
      teacher: known[0]?.teacher ?? {
        id: `s-t${serial}`,
        name: pick(SURNAMES, serial * 5 + 3) + pick(TEACHERS, serial * 3),
      },
      pupils: Array.from({ length: PUPILS }, (_, p) => ({
        id: known[p]?.id ?? `p-${g + 1}-${c + 1}-${p + 1}`,
        number: p + 1,
        name: known[p]?.name ?? nameOf(serial * PUPILS + p),
      })),
    };
  }),
);
