import type { PickupList } from '@anyuan/contracts';
import { describe, expect, test } from 'vitest';
import { decideCard, decideDocument, indexPickup, type Moment, schoolTime, stillWaiting } from './pickup-decision.ts';

const child = (id: string, name: string) => ({ id, name, className: '三（2）班', teacher: { id: 't', name: '刘芳' } });
const guardian = (id: string, name: string, idHash?: string) => ({
  id,
  name,
  relation: '奶奶',
  sex: 'female' as const,
  ...(idHash ? { idHash } : {}),
});
const card = (hash: string, who: string, status: 'active' | 'lost' | 'expired' = 'active') => ({
  hash,
  last4: '4417',
  guardian: who,
  status,
  ...(status === 'lost' ? { lostAt: '2026-11-23T08:05:00.000Z', lostBy: '林建军' } : {}),
});
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const rule = (who: string, whom: string, more: object = {}) => ({
  guardian: who,
  child: whom,
  days: everyDay,
  from: '16:30',
  to: '17:30',
  ...more,
});

const list: PickupList = {
  children: [child('yinuo', '林一诺'), child('xiaochen', '孟晓晨')],
  guardians: [
    guardian('wang', '王秀兰', 'id-of-wang'),
    guardian('meng', '孟凡'),
    guardian('once', '方志远'),
    guardian('soon', '方志远'),
    guardian('nobody', '无关'),
  ],
  cards: [
    card('c-wang', 'wang'),
    card('c-lost', 'wang', 'lost'),
    card('c-old', 'wang', 'expired'),
    card('c-meng', 'meng'),
    card('c-once', 'once'),
    card('c-soon', 'soon'),
    card('c-nobody', 'nobody'),
  ],
  rules: [
    rule('wang', 'yinuo'),
    rule('wang', 'xiaochen', { days: [1] }),
    rule('meng', 'xiaochen'),
    rule('once', 'yinuo', { validFrom: '2026-11-20', validTo: '2026-11-20' }),
    rule('soon', 'yinuo', { validFrom: '2026-11-25', validTo: '2026-11-25' }),
  ],
  bars: [{ guardian: 'meng', child: 'xiaochen' }],
};
const index = indexPickup(list);

/** 16:42 in China on a Tuesday. */
const tuesday = Date.parse('2026-11-24T16:42:00+08:00');
const at = (now: number, more: Partial<Moment> = {}): Moment => ({
  id: '019ab000-0000-7000-8000-000000000001',
  now,
  collected: new Map(),
  byEye: false,
  ...more,
});
const refusal = (hash: string, now = tuesday) => {
  const verdict = decideCard(index, hash, at(now));
  return verdict.verdict === 'no' ? verdict.refusal : verdict.children.map((c) => c.name);
};

describe('a card at the gate', () => {
  test('names the children of this hour and day, and nobody else', () => {
    expect(refusal('c-wang')).toEqual(['林一诺']);
    expect(refusal('c-wang', tuesday - 24 * 3600_000)).toEqual(['林一诺', '孟晓晨']);
  });

  test.each([
    ['unknownCard', 'c-unheard-of'],
    ['lostCard', 'c-lost'],
    ['expiredCard', 'c-old'],
    ['barred', 'c-meng'],
    ['expiredCard', 'c-once'],
    ['notNow', 'c-soon'],
    ['notThisChild', 'c-nobody'],
  ])('is refused in plain words: %s', (word, hash) => {
    expect(refusal(hash)).toBe(word);
  });

  test('a minute before and after the window is not now; its ends are', () => {
    const minute = (time: string) => refusal('c-wang', Date.parse(`2026-11-24T${time}:00+08:00`));
    expect([minute('16:29'), minute('17:31')]).toEqual(['notNow', 'notNow']);
    expect([minute('16:30'), minute('17:30')]).toEqual([['林一诺'], ['林一诺']]);
  });

  test('the guard is told whom to keep inside and until when to wait; a lost card tells who reported it', () => {
    expect(decideCard(index, 'c-meng', at(tuesday)).children.map((c) => c.name)).toEqual(['孟晓晨']);
    expect(decideCard(index, 'c-soon', at(tuesday))).toMatchObject({ window: '11 月 25 日 16:30–17:30' });
    expect(decideCard(index, 'c-lost', at(tuesday))).toMatchObject({ lostBy: '林建军', guardian: { name: '王秀兰' } });
  });

  test('who was collected already stands there with by whom and when', () => {
    const collected = new Map([['yinuo', { by: '林建军', at: '2026-11-24T08:40:00.000Z' }]]);
    const verdict = decideCard(index, 'c-wang', at(tuesday, { collected }));
    expect(verdict.children[0]?.collected).toEqual({ by: '林建军', at: '2026-11-24T08:40:00.000Z' });
  });

  test('without a list nobody is let go; an old list asks for the guard’s eyes', () => {
    expect(decideCard(undefined, 'c-wang', at(tuesday))).toMatchObject({ refusal: 'noList' });
    expect(decideCard(index, 'c-wang', at(tuesday, { byEye: true }))).toMatchObject({ verdict: 'yes', byEye: true });
  });

  test('the ID card does in place of a forgotten one', () => {
    expect(decideDocument(index, 'id-of-wang', '0021', at(tuesday))).toMatchObject({ verdict: 'yes' });
    expect(decideDocument(index, 'id-of-stranger', '0021', at(tuesday))).toMatchObject({ refusal: 'unknownCard' });
  });
});

test('the school’s day begins at midnight in China, wherever the machine thinks it is', () => {
  expect(schoolTime(Date.parse('2026-11-22T16:30:00Z'))).toEqual({ date: '2026-11-23', time: '00:30', day: 1 });
  expect(schoolTime(Date.parse('2026-11-22T15:59:00Z'))).toEqual({ date: '2026-11-22', time: '23:59', day: 7 });
});

describe('who waits to be fetched', () => {
  const of = (time: string, collected: string[], date = '2026-11-23') =>
    stillWaiting(index, {
      ...{ id: '0199e1a4-5e10-7000-8000-000000000001', now: Date.parse(`${date}T${time}:00+08:00`), byEye: false },
      collected: new Map(collected.map((one) => [one, { by: '王秀兰', at: '' }])),
    });
  test('from the first window on, until each is fetched, and after the last window too', () => {
    expect(of('16:00', ['other'])).toBe(0);
    expect(of('16:45', ['yinuo'])).toBe(1);
    expect(of('18:30', ['yinuo'])).toBe(1);
    expect(of('18:30', ['yinuo', 'xiaochen'])).toBe(0);
  });
  test('nothing is claimed on a day on which nobody is fetched, nor without a list', () => {
    expect(of('18:30', [])).toBeNull();
    expect(
      stillWaiting(undefined, { id: '', now: 0, collected: new Map([['x', { by: '', at: '' }]]), byEye: false }),
    ).toBeNull();
  });
});
