import { execFileSync } from 'node:child_process';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type CalendarFeed, calendarFeed } from '../../src/documents/index.ts';

const feed: CalendarFeed = {
  name: '青禾小学 演练日历',
  at: Date.parse('2026-11-23T09:00:00.000Z'),
  events: [
    {
      id: 'drill-1',
      start: '2026-11-24T01:00:00.000Z',
      end: '2026-11-24T01:30:00.000Z',
      title: '消防疏散演练；逗号, 分号; 反斜杠\\ 与🔥𬱖',
      place: '操场,东侧',
      description: `第一行\n第二行\r\n${'很长的中文说明'.repeat(40)}\u0000\ud800`,
    },
    { id: 'week-13', start: '2026-10-01', end: '2026-10-07', title: '国庆放假', allDay: true },
  ],
};

const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));

test('another library reads the same moment, in Shanghai and in UTC', () => {
  const text = calendarFeed(feed);
  const [drill, holiday] = read(text);
  expect(drill?.startDate.toJSDate().toISOString()).toBe('2026-11-24T01:00:00.000Z');
  expect(drill?.endDate.toJSDate().toISOString()).toBe('2026-11-24T01:30:00.000Z');
  expect(drill?.startDate.zone.tzid).toBe('UTC');
  const inShanghai = new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  expect(drill && inShanghai.format(drill.startDate.toJSDate())).toBe('2026/11/24 09:00');
  expect([holiday?.startDate.isDate, holiday?.startDate.toString(), holiday?.endDate.toString()]).toEqual([
    true,
    '2026-10-01',
    '2026-10-08',
  ]);
});

test('text comes back as it was, without what a line can not hold', () => {
  const [drill] = read(calendarFeed(feed));
  expect(drill?.summary).toBe('消防疏散演练；逗号, 分号; 反斜杠\\ 与🔥𬱖');
  expect(drill?.location).toBe('操场,东侧');
  expect(drill?.description).toBe(`第一行\n第二行\n${'很长的中文说明'.repeat(40)} \ufffd`);
});

test('no line is longer than 75 octets, none is cut inside a character', () => {
  const text = calendarFeed(feed);
  const lines = text.split('\r\n');
  expect(text).not.toMatch(/[^\r]\n/);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(text.isWellFormed()).toBe(true);
  for (const line of lines) expect(line.isWellFormed()).toBe(true);
});

test('a feed: published, named, fetched again each hour, the same ids each time', () => {
  const calendar = new ICAL.Component(ICAL.parse(calendarFeed(feed)));
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('青禾小学 演练日历');
  expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT1H');
  expect(calendarFeed(feed)).toBe(calendarFeed(feed));
  expect(read(calendarFeed(feed)).map((event) => event.uid)).toEqual(['drill-1@anyuan', 'week-13@anyuan']);
  expect(calendarFeed({ ...feed, events: [] })).toContain('END:VCALENDAR');
});

test('the machine of the server may stand in any zone', () => {
  const texts = ['UTC', 'Asia/Shanghai', 'America/New_York'].map((zone) => {
    const script = `
      const { calendarFeed } = await import('${new URL('../../src/documents/index.ts', import.meta.url).href}');
      process.stdout.write(calendarFeed(${JSON.stringify(feed)}));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
    });
    return String(out);
  });
  expect(new Set(texts)).toEqual(new Set([calendarFeed(feed)]));
  expect(texts[0]).toContain('DTSTART:20261124T010000Z');
  expect(texts[0]).toContain('DTSTART;VALUE=DATE:20261001');
  expect(texts[0]).not.toContain('TZID');
});
