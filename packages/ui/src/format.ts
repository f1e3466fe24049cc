/**
 * Times as the school reads them, always in Asia/Shanghai, whatever the machine's own zone. Moments come in as ISO text or
 * milliseconds; "now" is an argument. Words come from the catalogue.
 */
import type { Catalogue } from './i18n/catalogue.ts';

type Moment = string | number | Date;
type TimeWords = Catalogue['common']['time'];

const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** China has had no summer time since 1991: a day is always 24 h, and the offset a constant. */
const OFFSET = 8 * HOUR;

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const ms = (at: Moment): number => (typeof at === 'number' ? at : new Date(at).getTime());
const two = (n: number): string => String(n).padStart(2, '0');

/** `08:14:06` */
export const clockSeconds = (at: Moment): string => parts.format(ms(at));
/** `08:14` */
export const clock = (at: Moment): string => clockSeconds(at).slice(0, 5);

/** `02:14`, from an hour on `1:02:14`; never below zero. */
export function duration(milliseconds: number): string {
  const s = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(s / 60);
  return minutes < 60
    ? `${two(minutes)}:${two(s % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(s % 60)}`;
}

/** `14 分钟`, `1 小时 42 分`, `3 天` */
export function span(milliseconds: number, words: TimeWords): string {
  const d = Math.max(0, milliseconds);
  if (d < MINUTE) return words.seconds(Math.floor(d / 1000));
  if (d < HOUR) return words.minutes(Math.floor(d / MINUTE));
  if (d < 2 * DAY) return words.hours(Math.floor(d / HOUR), Math.floor((d % HOUR) / MINUTE));
  return words.days(Math.floor(d / DAY));
}

/** `刚刚`, `2 分钟前`, `1 小时 42 分前`. A clock that runs behind the server's shows 刚刚, never a minus. */
export function ago(at: Moment, now: Moment, words: TimeWords): string {
  const d = ms(now) - ms(at);
  return d < MINUTE ? words.justNow : words.ago(span(d, words));
}

const dayNumber = (at: Moment): number => Math.floor((ms(at) + OFFSET) / DAY);

/** `11 月 6 日` */
export function date(at: Moment, words: TimeWords): string {
  const civil = new Date(ms(at) + OFFSET);
  return words.date(civil.getUTCMonth() + 1, civil.getUTCDate());
}

/** `今天 06:30`, `昨天 22:10`, `11 月 6 日 22:10` */
export function dayClock(at: Moment, now: Moment, words: TimeWords): string {
  const days = dayNumber(now) - dayNumber(at);
  const day = days === 0 ? words.today : days === 1 ? words.yesterday : date(at, words);
  return `${day} ${clock(at)}`;
}

/** A class's round brackets full-width, to be shown with the style `cls`: 三(2)班 → 三（2）班. */
export const className = (name: string): string => name.replaceAll('(', '（').replaceAll(')', '）');
