import { createHmac } from 'node:crypto';
import { type BookingList, type Host, type ListedBooking, newId } from '@anyuan/contracts';
import { bookingCode } from '@anyuan/service';
import { beforeEach, expect, test } from 'vitest';
import { BookingDesk } from './booking-desk.ts';
import type { KeptList } from './kept-lists.ts';

const cardKey = Buffer.from('ab'.repeat(32), 'hex');
const mac = (key: Buffer) => (text: string) => createHmac('sha256', key).update(text).digest('hex');
const codeOf = (booking: string, key = cardKey) => bookingCode(mac(key), booking);
const liu: Host = { id: 's-liu', name: '刘芳', department: '三（2）班', title: '班主任' };
const at = (time: string, day = '2026-11-23') => new Date(`${day}T${time}:00+08:00`).toISOString();
type Approved = Extract<ListedBooking, { state: 'approved' }>;
const approved = (change: Partial<Approved> = {}): Approved => ({
  ...{ state: 'approved', booking: newId(), name: '赵敏', initials: 'zm', type: 'parent', reason: 'parentTalk' },
  ...{ host: 's-liu', from: at('10:00'), until: at('11:00'), party: 2, by: { id: 's-liu', name: '刘芳' } },
  ...{ at: at('08:00'), ...change },
});

let bookings: ListedBooking[];
let now: number;
/** What the owner says; null: it does not answer. */
let owner: ListedBooking[] | null;
let kept: Map<string, unknown>;
beforeEach(() => {
  bookings = [];
  owner = null;
  now = Date.parse(at('10:05'));
  kept = new Map();
});

function open(): BookingDesk {
  const list = (): KeptList<BookingList> => ({
    ...{ name: 'bookings', fault: null, value: { bookings } },
    head: { list: 'bookings', school: 's', version: 1, asOf: at('10:04'), sha256: '' },
  });
  return new BookingDesk({
    ...{ gate: 'main', cardKey, clock: { now: () => now }, list },
    journal: {
      get: <T>(key: string) => kept.get(key) as T | undefined,
      set: (key, value) => void kept.set(key, value),
    },
    host: (id) => (id === liu.id ? liu : null),
    ask: async (booking) => {
      if (!owner) throw new Error('away');
      return owner.find((one) => one.booking === booking) ?? null;
    },
  });
}

test('a booked visitor is expected, with all that was agreed', async () => {
  const booking = approved({ plate: '京A12345' });
  bookings = [booking];
  expect(await open().scanned(` ${codeOf(booking.booking)}\r`)).toEqual({
    verdict: 'expected',
    visit: {
      ...{ booking: booking.booking, name: '赵敏', type: 'parent', reason: 'parentTalk', host: liu, party: 2 },
      ...{
        from: at('10:00'),
        until: at('11:00'),
        plate: '京A12345',
        by: { id: 's-liu', name: '刘芳' },
        at: at('08:00'),
      },
    },
  });
});

test.each([
  ['used', '10:05', approved({ used: { gate: 'north', at: at('10:01') } })],
  ['expired', '11:01', approved()],
  ['tooEarly', '09:29', approved()],
  ['otherDay', '10:05', approved({ from: at('10:00', '2026-11-24'), until: at('11:00', '2026-11-24') })],
  ['expired', '10:05', approved({ from: at('10:00', '2026-11-22'), until: at('11:00', '2026-11-22') })],
  ['cancelled', '10:05', { state: 'cancelled', booking: newId(), from: at('10:00'), until: at('11:00') }],
] as const)('a code is refused as %s at %s', async (refusal, time, booking) => {
  bookings = [booking];
  now = Date.parse(at(time));
  const verdict = await open().scanned(codeOf(booking.booking));
  expect(verdict).toMatchObject({ verdict: 'refused', refusal, window: { from: booking.from }, asOf: at('10:04') });
});

test.each(['09:30', '11:00'])('it opens half an hour before its window, and until its end: %s', async (time) => {
  const booking = approved();
  bookings = [booking];
  now = Date.parse(at(time));
  expect(await open().scanned(codeOf(booking.booking))).toMatchObject({ verdict: 'expected' });
});

test('a code of another key, of another school or cut in two is forged; any other text is no code', async () => {
  const id = newId();
  const good = codeOf(id);
  for (const text of [
    codeOf(id, Buffer.alloc(32)),
    good.slice(0, -1),
    `${good}.x`,
    'AY1..',
    'AY1',
    good.replace('AY1.', 'AY1.A'),
  ])
    expect(await open().scanned(text)).toMatchObject({ verdict: 'refused', refusal: 'forged', visit: null });
  for (const text of ['E1123-007', 'https://example.org/AY1.x', '', 'x'.repeat(512)])
    expect(open().scanned(text)).toBeUndefined();
});

test('what no list has is asked for; nobody knows it, or nobody answers: unknown', async () => {
  const booking = approved({ from: at('10:00', '2026-12-01'), until: at('11:00', '2026-12-01') });
  const code = codeOf(booking.booking);
  expect(await open().scanned(code)).toMatchObject({ refusal: 'unknown', window: null });
  owner = [];
  expect(await open().scanned(code)).toMatchObject({ refusal: 'unknown' });
  owner = [booking];
  expect(await open().scanned(code)).toMatchObject({
    refusal: 'otherDay',
    window: { from: at('10:00', '2026-12-01') },
  });
  const fresh = approved();
  owner = [fresh];
  const desk = open();
  expect(await desk.scanned(codeOf(fresh.booking))).toMatchObject({ verdict: 'expected' });
  expect(desk.agreed(fresh.booking)).toMatchObject({
    ...{ booking: fresh.booking, until: at('11:00'), party: { count: 2 } },
    confirmation: { how: 'confirmed', via: 'booking', by: { name: '刘芳' } },
  });
});

test('what was let in here is used before any list says so, over a restart, and free again when it was taken back', async () => {
  const booking = approved();
  bookings = [booking];
  const visit = newId();
  open().used(booking.booking, visit);
  now += 60_000;
  const verdict = await open().scanned(codeOf(booking.booking));
  expect(verdict).toMatchObject({ refusal: 'used', used: { gate: 'main', at: at('10:05') } });
  expect(open().expected('')).toEqual([]);
  open().undone(visit);
  expect(await open().scanned(codeOf(booking.booking))).toMatchObject({ verdict: 'expected' });
});

test('who is still expected today is found by initials, the next one first', () => {
  bookings = [
    approved({ name: '钱进', initials: 'qj', from: at('14:00'), until: at('15:00') }),
    approved({ name: '赵敏', initials: 'zm' }),
    approved({ name: '赵明', initials: 'zm', from: at('09:00'), until: at('10:00') }),
    approved({ name: '周杰', initials: 'zj', from: at('10:00', '2026-11-24'), until: at('11:00', '2026-11-24') }),
    approved({ name: '张三', initials: 'zs', used: { gate: 'main', at: at('10:00') } }),
    { state: 'cancelled', booking: newId(), from: at('10:00'), until: at('11:00') },
  ];
  const names = (initials: string) =>
    open()
      .expected(initials)
      .map((visit) => visit.name);
  expect(names('')).toEqual(['赵敏', '钱进']);
  expect(names('Z')).toEqual(['赵敏']);
  expect(names('q')).toEqual(['钱进']);
  expect(names('x')).toEqual([]);
});

test('a host who has left the school is nobody; a booking that nobody approved confirms nothing', async () => {
  const booking = approved({ host: 's-gone' });
  bookings = [booking];
  expect(await open().scanned(codeOf(booking.booking))).toMatchObject({ visit: { host: null } });
  expect(() => open().agreed(newId())).toThrow();
});
