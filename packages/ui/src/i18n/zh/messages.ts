/** What reaches people by message channels: person, kind, date, and never a number of a person or a pupil's name. */
import type { DrillView } from '@anyuan/contracts';

const drillMark = '【演练】';

export const messages = {
  certificate: {
    text: (name: string, kind: string, date: string, days: number) =>
      days > 0
        ? `${name}的${kind}还有 ${days} 天到期（${date}）。`
        : days === 0
          ? `${name}的${kind}今天到期（${date}）。`
          : `${name}的${kind}已过期 ${-days} 天（${date}）。`,
    title: '证件到期提醒',
  },
  digest: (n: number) => `安园：${n} 条提醒`,
  drill: {
    begun: `${drillMark}演练开始`,
    begunText: (kind: string, mode: DrillView['mode']) =>
      mode === 'test' ? `${kind}开始。这是测试，不是真实警情。` : `${kind}开始。这是演练，不是真实警情。`,
    due: `${drillMark}演练提醒`,
    dueText: (kind: string, date: string, time: string, lead: string) => `${date} ${time} ${kind}，负责人：${lead}。`,
    ended: `${drillMark}演练结束`,
    endedText: (kind: string) => `${kind}已结束，恢复正常秩序。`,
    whole: (seconds: number, met: boolean) => `全校疏散用时 ${seconds} 秒，${met ? '达标' : '未达标'}。`,
  },
  hazard: {
    late: '隐患逾期',
    lateText: (number: string, days: number, owner: string, date: string) =>
      `隐患 ${number} 逾期 ${days} 天，责任人：${owner}，期限 ${date}。`,
    urged: '隐患催办',
    urgedText: (number: string, owner: string, date: string) =>
      `请尽快整改隐患 ${number}，责任人：${owner}，期限 ${date}。`,
  },
  test: {
    text: (school: string, who: string) => `${school}的安园系统，由${who}发出。看到这条，说明通道可用。`,
    title: '测试消息',
  },
};
