/** Today's hand-overs and refusals. A child counts once, however many records a cut line has left. */
import type { HandOverView } from '@anyuan/contracts';

export function putHandOver(items: readonly HandOverView[], item: HandOverView): readonly HandOverView[] {
  return [item, ...items.filter((i) => i.id !== item.id)].sort((a, b) => b.at.localeCompare(a.at));
}

/** Classes in the order a school says them: 一（2）班 before 二（1）班. */
const NUMERALS = '一二三四五六七八九';
const gradeOf = (className: string): number => {
  const at = NUMERALS.indexOf(className.charAt(0));
  return at < 0 ? NUMERALS.length : at;
};
export const byClass = (a: string, b: string): number =>
  gradeOf(a) - gradeOf(b) || a.localeCompare(b, 'zh-CN', { numeric: true });

export const classesOf = (items: readonly HandOverView[]): string[] =>
  [...new Set(items.flatMap((i) => i.children.map((c) => c.className)))].sort(byClass);

export const ofClass = (items: readonly HandOverView[], className: string | null): readonly HandOverView[] =>
  className === null ? items : items.filter((i) => i.children.some((c) => c.className === className));

export interface HandOverCounts {
  children: number;
  refused: number;
  conflicts: number;
  offline: number;
}

export function handOverCounts(items: readonly HandOverView[]): HandOverCounts {
  const fetched = items.filter((i) => i.kind === 'handOver');
  return {
    children: new Set(fetched.flatMap((i) => i.children.map((c) => c.id))).size,
    refused: items.length - fetched.length,
    conflicts: items.filter((i) => i.conflict).length,
    offline: items.filter((i) => i.offline).length,
  };
}
