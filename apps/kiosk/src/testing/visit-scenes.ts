/** The life of a visit in pictures: the host's answer, groups, officials, contractors, held things. */
import type { KioskEvent } from '@anyuan/contracts';
import { agreed, at, cutOff, held, id, liuFang, presented, question, status, stranger, visit } from './data.ts';
import type { Scene } from './scenes.ts';

const show = (p = presented()): KioskEvent => ({ type: 'presented', presented: p });
const liu = { id: liuFang.id, name: liuFang.name };
/** What the gate has asked in `idle-asking`. */
export const asked = question({}, { question: id(), askedAt: at(23_000) });
const news = (change: Parameters<typeof question>[1]): KioskEvent => ({
  type: 'hostQuestion',
  question: { ...asked, ...change },
});
const said = { by: liu, as: 'host' as const, at: at(2_000), decline: null, note: null };
const asking = { events: [show()], touch: ['无违禁品'], answers: { askHost: async () => asked } };
const group = visit({ name: '周立', party: { count: 40, names: [] }, gone: 12 });
const known = { visits: 2, lastVisitAt: at(0), lastReason: null, lastHost: null, lastType: null };
const inside = presented({
  recognition: {
    ...known,
    onSite: visit({ held }),
  },
});

const late = (name: string, minutes: number) => visit({ name, until: at(minutes * 60_000) });

const namesakes = [liuFang, { ...liuFang, id: 'liufang2', title: '数学教师' }];

export const visitScenes: Record<string, Scene> = {
  'idle-asking': { answers: { askHost: async () => asked } },
  'idle-agreed': { answers: agreed },
  'idle-namesakes': {
    answers: { ...agreed, hosts: async () => ({ departments: [liuFang.department], hosts: namesakes }) },
  },
  'idle-cut': { status: cutOff(), answers: { askHost: async () => null } },
  'visitor-asked': asking,
  'visitor-asked-three': {
    ...asking,
    after: [
      news({
        asked: [
          { as: 'host', person: liu, since: at(130_000) },
          { as: 'deputy', person: { id: 'guo', name: '郭婷' }, since: at(70_000) },
          { as: 'dutyLeader', person: { id: 'chen', name: '陈立新' }, since: at(10_000) },
        ],
        askedAt: at(130_000),
      }),
    ],
  },
  'kept-idle': { ...asking, touch: ['返回'] },
  'kept-yes': { ...asking, touch: ['返回'], after: [show(stranger()), news({ state: 'yes', answer: said })] },
  'kept-behind': {
    answers: asking.answers,
    events: [show(), show(stranger())],
    touch: ['下一位'],
    after: [show(stranger({ name: '孙浩', last4: '1034' })), news({ state: 'no', answer: said })],
  },
  'kept-list': {
    answers: asking.answers,
    events: [show(), show(presented({ name: '阿卜杜热合曼·买买提艾力·玉素甫', last4: '1034' }))],
    touch: ['下一位', '返回', '等答复'],
  },
  'visitor-yes': { ...asking, after: [news({ state: 'yes', answer: said })] },
  'visitor-coming': { ...asking, after: [news({ state: 'coming', answer: said })] },
  'visitor-no': { ...asking, after: [news({ state: 'no', answer: { ...said, decline: 'unknownPerson' } })] },
  'visitor-offline': { ...asking, status: cutOff(), answers: { askHost: async () => null } },
  'visitor-override': { ...asking, touch: ['无违禁品', '不等答复'] },
  'visitor-override-call': { ...asking, touch: ['无违禁品', '不等答复', '打电话给'] },
  'visitor-overridden': { ...asking, touch: ['无违禁品', '不等答复', '打过电话了'] },
  'visitor-details': { ...asking, touch: ['更改', '+10', '+10', '+1'] },
  'visitor-certificate': { events: [show(stranger())], touch: ['公务检查', '总务处', 'Y', 'J', '2', '0'] },
  'visitor-work': { events: [show(stranger())], touch: ['维修施工', '总务处'] },
  'visitor-courier': { events: [show(stranger())], touch: ['送货', '总务处', '无违禁品'] },
  giveback: { events: [show(inside)], touch: ['签离'] },
  'giveback-because': { events: [show(inside)], touch: ['签离', '没有归还'] },
  held: { touch: ['更多', '寄存物品'], status: status({ counts: { ...status().counts, held: 2 } }) },
  'held-one': { touch: ['更多', '寄存物品', '何强'] },
  'onsite-group': {
    events: [show(presented({ recognition: { ...known, onSite: group } }))],
    touch: ['−1'],
  },
  'visits-overdue': {
    touch: ['超时未离校'],
    answers: { onSite: async () => [late('何丽华', 25), late('马超', 5), visit({ name: '孙浩' })] },
  },
  'visits-group': {
    touch: ['访客在校', '周立', '−1'],
    answers: { onSite: async () => [group, visit({ name: '孙浩', number: 'E1123-002' })] },
  },
};
