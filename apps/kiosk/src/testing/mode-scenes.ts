/** Peak hours and practice, as short stories. */
import { at, no, presented, status, stranger, yes } from './data.ts';
import type { Scene } from './scenes.ts';

const modes = (kind: 'arrival' | 'dismissal') => ({
  modes: { night: { from: '18:30', to: '06:30' }, peaks: [{ kind, from: at(600_000), to: at(-1_800_000) }] },
});
const peak = status(modes('arrival'));
const many = ['1', '2', '3', '4'].flatMap((n) => yes().children.map((c) => ({ ...c, id: n, name: `林一${n}` })));

export const modeScenes: Record<string, Scene> = {
  'peak-idle': { status: peak },
  'peak-ok': { status: peak, events: [{ type: 'verdict', verdict: yes() }] },
  'peak-many': { status: peak, events: [{ type: 'verdict', verdict: yes({ children: many }) }] },
  'peak-refused': { status: peak, events: [{ type: 'verdict', verdict: no() }] },
  'peak-queue': {
    status: peak,
    events: [
      { type: 'presented', presented: presented() },
      { type: 'verdict', verdict: yes() },
      { type: 'verdict', verdict: yes({ card: { last4: '0002' } }) },
      { type: 'presented', presented: stranger() },
    ],
  },
  'peak-more': { status: peak, touch: ['更多'] },
  'practice-brief': { touch: ['更多', '练习模式'] },
  'practice-first': { touch: ['更多', '练习模式', '下一位来了', '送货'] },
  'practice-right': { touch: ['更多', '练习模式', '下一位来了', '送货', '总务处', '无违禁品', '放行'] },
  'practice-wrong': { touch: ['更多', '练习模式', '下一位来了', '拒绝', '事由不清'] },
  'practice-outside': { touch: ['更多', '练习模式', '下一位来了', '返回'] },
  'practice-over': {
    touch: [
      '更多',
      '练习模式',
      ...Array.from({ length: 8 }, (_, i) => ['下一位来了', '重新开始', i < 7 ? '下一位' : '看结果']).flat(),
    ],
  },
};
