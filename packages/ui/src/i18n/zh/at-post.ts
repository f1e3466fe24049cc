/** A staff card at the gate of a guard post, large enough for who has just tapped it. Sorted. */
import type { KioskEvent } from '@anyuan/contracts';

type Result = Extract<KioskEvent, { type: 'atPost' }>['result'];

export const atPost = {
  again: '已签过到',
  asOf: (when: string) => `岗位安排是${when} 的`,
  came: (time: string, detail: string) => `${time} 签到，${detail}`,
  detail: {
    already: '不用再刷',
    changed: '岗位安排刚改过。请问安全管理员。',
    kept: '已存本机，连上后上报',
    recorded: '学校已收到',
  } satisfies Record<Result, string>,
  word: {
    already: '已签到',
    changed: '没有记上',
    kept: '已记下',
    recorded: '已到岗',
  } satisfies Record<Result, string>,
};
