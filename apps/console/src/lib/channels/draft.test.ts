import type { ChannelView } from '@anyuan/contracts';
import { expect, it } from 'vitest';
import { commandOf, type Draft, draftOf, newDraft, settingsOf } from './draft.ts';

const view: ChannelView = {
  id: '0199e1a4-5e10-7000-8000-000000000001',
  kind: 'dingtalk',
  name: '值班群',
  topics: ['drills'],
  audience: 'office',
  enabled: true,
  host: 'oapi.dingtalk.com',
  tail: '9f2c',
  waiting: 0,
  lastSentAt: null,
  lastFailedAt: null,
  failing: null,
};

it('keeps what opens a channel until it is written anew', () => {
  const draft = draftOf(view);
  expect(commandOf(draft)).toMatchObject({ name: '值班群', topics: ['drills'], settings: null });
  expect(commandOf({ ...draft, anew: true })).toBeUndefined();
  const anew = {
    ...draft,
    anew: true,
    address: ' https://oapi.dingtalk.com/robot/send?access_token=1 ',
    secret: 'SEC123',
  };
  expect(commandOf(anew)?.settings).toEqual({
    ...{ kind: 'dingtalk', address: 'https://oapi.dingtalk.com/robot/send?access_token=1', secret: 'SEC123' },
  });
});

it('is not ready without a name, a topic, or what its kind needs', () => {
  const draft = { ...newDraft(), name: '群', address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' };
  expect(commandOf(draft)).toMatchObject({ settings: { kind: 'wecom' } });
  expect(commandOf({ ...draft, name: ' ' })).toBeUndefined();
  expect(commandOf({ ...draft, topics: [] })).toBeUndefined();
  expect(commandOf({ ...draft, kind: 'feishu' })).toBeUndefined();
});

it('takes recipients however they are separated', () => {
  const mail: Draft = {
    ...newDraft(),
    ...{ host: 'smtp.school.cn', user: 'a', password: 'b', from: 'a@school.cn' },
    kind: 'email',
    to: 'x@school.cn，y@school.cn; z@school.cn\n',
  };
  expect(settingsOf(mail)).toMatchObject({ port: 465, to: ['x@school.cn', 'y@school.cn', 'z@school.cn'] });
  expect(settingsOf({ ...mail, to: 'x@school.cn, nobody' })).toBeUndefined();
  expect(settingsOf({ ...mail, port: 'ssl' })).toBeUndefined();
});
