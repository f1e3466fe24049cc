import { describe, expect, it } from 'vitest';
import { ago, className, clock, clockSeconds, date, dayClock, duration, span } from './format.ts';
import { catalogues } from './i18n/catalogue.ts';

const zh = catalogues.zh.common.time;
const en = catalogues.en.common.time;
const now = '2026-11-23T00:12:00.000Z'; // 08:12 in Shanghai

describe('times on the screen', () => {
  it('shows the school clock, not the machine clock', () => {
    expect(clock(now)).toBe('08:12');
    expect(clockSeconds('2026-11-22T16:00:05.900Z')).toBe('00:00:05');
  });

  it('counts a duration up and never below zero', () => {
    expect([0, 134_999, 3_599_000, 3_734_000, -5].map(duration)).toEqual([
      '00:00',
      '02:14',
      '59:59',
      '1:02:14',
      '00:00',
    ]);
  });

  it.each([
    ['2026-11-23T00:11:30.000Z', '刚刚', 'just now'],
    ['2026-11-23T00:13:00.000Z', '刚刚', 'just now'],
    ['2026-11-23T00:10:00.000Z', '2 分钟前', '2 min ago'],
    ['2026-11-22T22:30:00.000Z', '1 小时 42 分前', '1 h 42 min ago'],
    ['2026-11-22T22:12:00.000Z', '2 小时前', '2 h ago'],
    ['2026-11-20T00:12:00.000Z', '3 天前', '3 d ago'],
  ])('says how old %s is', (at, chinese, english) => {
    expect(ago(at, now, zh)).toBe(chinese);
    expect(ago(at, now, en)).toBe(english);
  });

  it('names the day by the school calendar', () => {
    expect(dayClock('2026-11-22T22:30:00.000Z', now, zh)).toBe('今天 06:30');
    expect(dayClock('2026-11-22T14:10:00.000Z', now, zh)).toBe('昨天 22:10');
    expect(dayClock('2026-11-06T02:00:00.000Z', now, zh)).toBe('11 月 6 日 10:00');
    expect(date('2026-11-22T16:00:00.000Z', zh)).toBe('11 月 23 日');
    expect(span(14 * 60_000, zh)).toBe('14 分钟');
  });

  it('writes class brackets full-width', () => {
    expect(className('三(2)班')).toBe('三（2）班');
  });
});
