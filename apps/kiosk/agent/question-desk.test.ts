/** What a host said, and what of it lets somebody in. */
import type { Confirmation, HostQuestion } from '@anyuan/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { QuestionDesk } from './question-desk.ts';

const HOST = { id: 's-liu', name: '刘芳', department: '三（2）班', title: '班主任' };
const AT = '2026-11-23T08:00:00.000Z';
const wish = { name: '张伟明', type: 'parent', count: 1, reason: 'parentTalk', host: 's-liu' } as const;
const answer = { by: { id: 's-liu', name: '刘芳' }, as: 'host', at: AT, decline: null, note: null } as const;

let service: { state: HostQuestion['state'] | 'away' | 'lost'; withdrawn: string[] };
let told: HostQuestion[];
let offline: boolean;
let desk: QuestionDesk;
const view = (question: string, state: HostQuestion['state'], more: Partial<HostQuestion> = {}): HostQuestion => ({
  ...{
    question,
    gate: 'main',
    visitor: { name: '张伟明', type: 'parent', count: 1 },
    reason: 'parentTalk',
    host: HOST,
  },
  ...{ guard: { id: 's-wang', name: '王建国' }, askedAt: AT, asked: [], state },
  answer: state === 'yes' || state === 'no' || state === 'coming' ? answer : null,
  ...more,
});
beforeEach(() => {
  service = { state: 'open', withdrawn: [] };
  told = [];
  offline = false;
  const say = async (question: string): Promise<HostQuestion> => {
    if (service.state === 'away' || service.state === 'lost') throw new Error('not answered');
    return view(question, service.state);
  };
  desk = new QuestionDesk({
    gate: 'main',
    clock: { now: () => Date.parse(AT) },
    offline: () => offline,
    duty: () => ({ id: 's-wang', name: '王建国' }),
    host: () => HOST,
    owner: {
      ask: ({ question }) => say(question),
      withdraw: async (question) => {
        service.withdrawn.push(question);
        return view(question, 'withdrawn');
      },
      look: say,
    },
    tell: (question) => void told.push(question),
  });
});

describe('how he may go in', () => {
  const confirmed = { how: 'confirmed', via: 'question', by: answer.by, as: 'host', at: AT } as const;
  test.each<[string, HostQuestion['state'], object, Confirmation | 'conflict']>([
    ['the host said yes', 'yes', {}, confirmed],
    ['the host said no', 'no', {}, 'conflict'],
    ['nobody has answered', 'open', {}, 'conflict'],
    ['he comes to look himself', 'coming', {}, 'conflict'],
    ['the yes was for another host', 'yes', { host: 's-cao' }, 'conflict'],
    [
      'the guard says why, unanswered',
      'open',
      { override: 'phoned' },
      { how: 'override', reason: 'phoned', asked: true },
    ],
    ['a yes counts more than the guard’s word', 'yes', { override: 'phoned' }, confirmed],
    [
      'nobody was asked at all',
      'open',
      { question: 'x', override: 'phoned' },
      { how: 'override', reason: 'phoned', asked: false },
    ],
    ['nobody need be asked for a parcel', 'open', { type: 'courier', reason: 'delivery' }, { how: 'notNeeded' }],
  ])('%s', async (_, state, more, expected) => {
    service.state = state;
    const question = (await desk.ask(wish))?.question;
    const asked = { ...wish, question, ...more };
    if (expected === 'conflict') expect(() => desk.confirmation(asked)).toThrow('the host has not agreed');
    else expect(desk.confirmation(asked)).toEqual(expected);
  });
});

test('off line nothing goes out; one whose answer was lost is taken back', async () => {
  offline = true;
  expect(await desk.ask(wish)).toBeNull();
  expect(service.withdrawn).toEqual([]);
  offline = false;
  service.state = 'lost';
  expect(await desk.ask(wish)).toBeNull();
  expect(service.withdrawn).toHaveLength(1);
});

test('news is told once, never backwards, never of another gate’s question; a cut is made good by a look', async () => {
  const id = (await desk.ask(wish))?.question ?? '';
  desk.heard(view(id, 'open'));
  desk.heard(view(id, 'yes', { gate: 'west' }));
  desk.heard(view('019ab000-0000-7000-8000-000000000001', 'yes'));
  desk.heard({ nonsense: true });
  expect(told).toEqual([]);
  service.state = 'yes';
  await desk.look();
  desk.heard(view(id, 'yes'));
  desk.heard(view(id, 'open'));
  expect(told.map(({ state }) => state)).toEqual(['yes']);
});
