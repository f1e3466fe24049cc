/**
 * Whom a visitor means by the words that he typed. Only a sure answer counts: one person of that name, or one of them in that
 * department; everything else is the office's to find. Pure, and silent outside: the visitor's answer is the same.
 */
import type { Host } from '@anyuan/contracts';

/** 刘芳老师 is 刘芳. */
const POST = /(老师|主任|校长|园长|书记|医生|会计)$/;
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·.]/g, '')
    .toLowerCase();

export function meantHost<H extends Host>(
  hosts: readonly H[],
  wanted: { department: string; person: string },
): H | undefined {
  const name = plain(wanted.person);
  const names = new Set([name, name.replace(POST, '')]);
  const same = hosts.filter((host) => names.has(plain(host.name)));
  const department = plain(wanted.department);
  const fitting = department === '' ? [] : same.filter((host) => fits(plain(host.department), department));
  const [only, ...others] = same.length > 1 ? fitting : same;
  return others.length === 0 ? only : undefined;
}

const fits = (department: string, typed: string): boolean =>
  department !== '' && (department.includes(typed) || typed.includes(department));
