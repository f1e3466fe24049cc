/** Invented bookings, and the screens that they open. */
import type { BookingVerdict, CodeRefusal, ExpectedVisit, KioskEvent } from '@anyuan/contracts';
import { at, cutOff, id, liuFang, NOW, presented } from './data.ts';
import type { Scene } from './scenes.ts';

const HOUR = 3_600_000;
const ADA = '阿卜杜热合曼·买买提艾力·玉素甫';

export const expectedVisit = (change: Partial<ExpectedVisit> = {}): ExpectedVisit => ({
  ...{ booking: id(), name: '张伟明', type: 'parent', reason: 'parentTalk', host: liuFang, party: 2, plate: null },
  ...{ from: at(-HOUR / 4), until: at(-HOUR), by: { id: 'liufang', name: '刘芳' }, at: at(20 * HOUR), ...change },
});
export const bookedVerdict = (change: Partial<ExpectedVisit> = {}): BookingVerdict => ({
  ...{ verdict: 'expected', visit: expectedVisit(change) },
});
export const refusedCode = (refusal: CodeRefusal, known = true): BookingVerdict => ({
  ...{ verdict: 'refused', refusal, asOf: at(65_000) },
  visit: known ? expectedVisit() : null,
  window: known ? { from: expectedVisit().from, until: expectedVisit().until } : null,
  used: refusal === 'used' ? { gate: 'north', at: at(120_000, NOW) } : null,
});
export const scanned = (verdict: BookingVerdict): KioskEvent => ({ type: 'booking', verdict, at: at(0) });
const laid: KioskEvent = { type: 'presented', presented: presented({ recognition: null }) };
const many = Array.from({ length: 12 }, (_, i) => expectedVisit({ name: i === 0 ? ADA : `赵敏${i}`, party: i + 1 }));
const listOf = (visits: ExpectedVisit[] | null): NonNullable<Scene['answers']> => ({
  bookings: { expected: async () => visits ?? new Promise<never>(() => {}), open: async () => bookedVerdict() },
});

export const bookedScenes: Record<string, Scene> = {
  booked: { events: [scanned(bookedVerdict())] },
  'booked-long': { events: [scanned(bookedVerdict({ name: ADA, plate: '京A12345', party: 40, host: null }))] },
  'booked-card': { events: [scanned(bookedVerdict()), laid], touch: ['无违禁品'] },
  'booked-mismatch': { events: [scanned(bookedVerdict({ name: ADA })), laid] },
  'booked-en': { language: 'en', events: [scanned(bookedVerdict())] },
  'booking-used': { events: [scanned(refusedCode('used'))] },
  'booking-expired': { events: [scanned(refusedCode('expired'))] },
  'booking-cancelled': { events: [scanned(refusedCode('cancelled', false))] },
  'booking-early': { events: [scanned(refusedCode('tooEarly'))] },
  'booking-other': { events: [scanned(refusedCode('otherDay'))] },
  'booking-unknown': { status: cutOff(), events: [scanned(refusedCode('unknown', false))] },
  'booking-forged': { events: [scanned(refusedCode('forged', false))] },
  'booking-en': { language: 'en', events: [scanned(refusedCode('used'))] },
  'bookings-list': { touch: ['今日预约'], answers: listOf(many) },
  'bookings-letter': { touch: ['今日预约', 'WXYZ'], answers: listOf(many.slice(0, 2)) },
  'bookings-none': { touch: ['今日预约'], answers: listOf([]) },
  'bookings-loading': { touch: ['今日预约'], answers: listOf(null) },
};
