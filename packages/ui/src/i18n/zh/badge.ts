/** A visitor's badge: what stands on the paper, and what the screen says while it comes out. Sorted. */
import type { BadgeEvent } from '@anyuan/contracts';

/** What a printer may lack; the word is what the guard sees, `todo` what he does. */
type Fault = 'coverOpen' | 'cutterFault' | 'noAnswer' | 'paperOut' | 'portLost' | 'printerFault';

export const badge = {
  again: '重打访客证',
  /** After what to do. */
  cut: '。半张的作废。',
  fault: {
    coverOpen: '盖子没合上',
    cutterFault: '切刀卡住了',
    noAnswer: '打印机没有反应',
    paperOut: '打印机没纸了',
    portLost: '打印机断开了',
    printerFault: '打印机停下了',
  } satisfies Record<Fault, string>,
  idle: (name: string, what: string) => `${name}：${what}`,
  low: '访客证的纸快用完了。准备一卷新纸。',
  none: '访客证还没有打印',
  paper: {
    count: (n: number) => `一行 ${n} 人`,
    foot: '请佩戴，离校时交还门岗',
    footEn: 'Please return this badge at the gate.',
    from: '进校',
    host: '去找',
    plate: '车牌',
    reason: '事由',
    ticket: '寄存',
    title: (gate: string) => `${gate} 访客证`,
    until: '预计离校',
  },
  state: {
    failed: '访客证没有打出来',
    printed: '访客证已打印，请交给来人',
    printing: '正在打印访客证',
  } satisfies Record<BadgeEvent['state'], string>,
  todo: {
    coverOpen: '合上盖子，点“重打访客证”',
    cutterFault: '打开盖子，取出卡纸，合上后点“重打访客证”',
    noAnswer: '检查电源和连线，点“重打访客证”',
    paperOut: '装好纸，点“重打访客证”',
    portLost: '插好连线，检查电源，点“重打访客证”',
    printerFault: '关掉打印机再打开，点“重打访客证”',
  } satisfies Record<Fault, string>,
};
