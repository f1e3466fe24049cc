/** Attendance of a training at the gate's reader, large enough for who has just tapped his card. Sorted. */
import type { KioskEvent } from '@anyuan/contracts';

type Result = Extract<KioskEvent, { type: 'attended' }>['result'];

export const attendance = {
  came: (n: number) => `已刷 ${n} 人`,
  choose: '选一场，然后请大家刷卡',
  detail: {
    already: '不用再刷',
    kept: '已存本机，连上后上报',
    notToday: '这一场已经取消或改期。请问安全管理员。',
    recorded: '已记到这一场',
    unknownCard: '在管理台的人员里登记这张卡，再刷一次',
  } satisfies Record<Result, string>,
  end: '结束签到',
  none: '今天没有培训。请安全管理员先安排一场。',
  someone: '这张卡',
  tap: '请刷教职工卡',
  title: '培训签到',
  until: (time: string) => `${time} 自动结束`,
  untilNote: '今天的培训，教职工刷卡',
  word: {
    already: '已签过',
    kept: '已记下',
    notToday: '没有记上',
    recorded: '已签到',
    unknownCard: '不认识这张卡',
  } satisfies Record<Result, string>,
};
