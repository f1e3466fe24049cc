/** Invented channels: one that works, one whose secret is wrong, one that nobody used yet; and what went out on them. */
import type { ChannelView, DeliveryView } from '@anyuan/contracts';
import { idOf } from './drills-fixtures.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

export interface ChannelsScene {
  channels: ChannelView[];
  deliveries: DeliveryView[];
}
export const noChannels: ChannelsScene = { channels: [], deliveries: [] };
export const channelIds = { guards: idOf(950), office: idOf(951), mail: idOf(952) };

export function channelsScene(now: number): ChannelsScene {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const all = {
    topics: ['certificates', 'drills', 'hazards'],
    enabled: true,
    waiting: 0,
    lastFailedAt: null,
    failing: null,
  } as const;
  const channels: ChannelView[] = [
    {
      ...{ ...all, topics: [...all.topics], id: channelIds.guards, kind: 'wecom', name: '保安组', audience: 'group' },
      ...{ host: 'qyapi.weixin.qq.com', tail: '8d30', lastSentAt: ago(95 * MINUTE) },
    },
    {
      ...{
        ...all,
        topics: ['drills', 'hazards'],
        id: channelIds.office,
        kind: 'dingtalk',
        name: '安全办',
        audience: 'office',
      },
      ...{
        host: 'oapi.dingtalk.com',
        tail: '9f2c',
        lastSentAt: ago(2 * DAY),
        lastFailedAt: ago(3 * MINUTE),
        waiting: 2,
      },
      failing: { since: ago(130 * MINUTE), fault: 'secret', code: '310000' },
    },
    {
      ...{ ...all, topics: ['certificates'], id: channelIds.mail, kind: 'email', name: '校长邮箱', audience: 'office' },
      ...{ host: 'smtp.qinghe.example', tail: '', lastSentAt: null },
    },
  ];
  const of = (at: 0 | 1) => {
    const { id = '', name = '', kind = 'wecom' } = channels[at] ?? {};
    return { id, name, kind };
  };
  const sent = { state: 'sent', attempts: 1, fault: null, code: '', together: 1 } as const;
  const deliveries: DeliveryView[] = [
    {
      ...{ id: idOf(960), channel: of(0), topic: 'certificates', title: '证件到期提醒', at: ago(95 * MINUTE), ...sent },
      ...{ text: '王建国的保安员证还有 7 天到期（2026-11-30）。', doneAt: ago(95 * MINUTE) },
    },
    {
      ...{
        id: idOf(961),
        channel: of(1),
        topic: 'hazards',
        title: '隐患逾期',
        at: ago(130 * MINUTE),
        state: 'waiting',
      },
      ...{ text: '隐患 Y-1101 逾期 3 天，责任人：孙浩，期限 2026-11-20。', attempts: 6, doneAt: null, fault: 'secret' },
      ...{ code: '310000', together: 1 },
    },
    {
      ...{
        id: idOf(962),
        channel: of(0),
        topic: 'drills',
        title: '【演练】演练提醒',
        at: ago(DAY),
        ...sent,
        together: 18,
      },
      ...{ text: '2026-11-24 10:00 消防疏散演练，负责人：周敏。', doneAt: ago(DAY) },
    },
    {
      ...{
        id: idOf(963),
        channel: of(0),
        topic: 'hazards',
        title: '隐患催办',
        at: ago(2 * DAY),
        state: 'failed',
        attempts: 1,
      },
      ...{ text: '请尽快整改隐患 Y-1103，责任人：马超，期限 2026-11-25。', doneAt: ago(2 * DAY), fault: 'rejected' },
      ...{ code: '40008', together: 1 },
    },
  ];
  return { channels, deliveries };
}
