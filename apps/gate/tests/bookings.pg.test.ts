/** Bookings from both sides, with a real Postgres: hosts and office, and visitors without sign-in. */
import {
  type Actor,
  type ApplyForVisit,
  type BookingResult,
  type BookVisit,
  newId,
  type VisitorsBooking,
} from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import { readBookingCode } from '@anyuan/service';
import { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { publicBookings } from '../src/bookings-public.ts';
import { isDayOff } from '../src/bookings-rules.ts';
import { bookingsVersion, loadBookings } from '../src/bookings-store.ts';
import { importStaff } from '../src/staff.ts';
import { administrator, admission, agent, events, gateSite } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
let app: Hono<AppEnv>;
const liu: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };
const wu: Actor = { kind: 'person', id: 's-wu', name: '吴静', role: 'teacher' };
const staff = (id: string, name: string, department: string, host = true) => ({
  ...{ id, name, department, host, title: '教师', role: 'teacher' as const, mayStandDown: false },
});

beforeAll(async () => {
  site = await gateSite();
  app = new Hono<AppEnv>();
  publicBookings(app, site);
  app.onError((error, c) => c.json({ code: 'code' in error ? error.code : `${error}` }, 400));
  const people = [
    staff('s-liu', '刘芳', '三（2）班'),
    staff('s-wu', '吴静', '财务室'),
    staff('s-li-1', '李娟', '语文组'),
    staff('s-li-2', '李娟', '数学组'),
    staff('s-cook', '孙浩', '食堂', false),
  ];
  await site.db.tx((trx) => importStaff(trx, people, { card: site.keys.card }));
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(
    sql`truncate gate.bookings, gate.booking_uses, gate.booking_log, gate.visits, gate.visitors, gate.outbox`,
  );
  site.clock.set('2026-11-23T00:00:00.000Z');
});

const booked = (change: Partial<BookVisit> = {}): BookVisit => ({
  ...{ booking: newId(), host: 's-liu', name: '赵敏', type: 'guest', reason: 'parentTalk', note: '' },
  ...{ day: '2026-11-23', from: '10:00', until: '11:00', party: 2, phone: '138-1234-5678', plate: '京a·12345' },
  ...change,
});
const ofBooking = (answer: BookingResult) => {
  if (answer.result !== 'done') throw new Error(answer.refusal);
  return answer.booking;
};
const as = (actor: Actor) => site.as(actor).bookings;
const list = async () => (await loadBookings(site.db.kysely, site.clock.now())).body.bookings;

describe('a host', () => {
  test('books, and the gates know it; nobody else but the office sees it', async () => {
    const input = booked();
    const booking = ofBooking(await as(liu).book(input));
    expect(booking).toMatchObject({
      ...{ state: 'approved', source: 'host', host: { id: 's-liu', name: '刘芳' }, phoneLast4: '5678' },
      ...{ plate: '京A12345', from: '2026-11-23T02:00:00.000Z', until: '2026-11-23T03:00:00.000Z', dayOff: false },
    });
    expect(ofBooking(await as(liu).book(input))).toEqual(booking);
    expect(await as(liu).mine()).toEqual([booking]);
    expect(await as(wu).mine()).toEqual([]);
    expect(await as(administrator).all()).toEqual([booking]);
    await expect(as(wu).all()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(as(wu).code({ booking: booking.booking })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(as(wu).book({ ...input, host: 's-wu' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await list()).toEqual([
      {
        ...{
          state: 'approved',
          booking: booking.booking,
          name: '赵敏',
          initials: 'zm',
          type: 'guest',
          reason: 'parentTalk',
        },
        ...{ host: 's-liu', from: booking.from, until: booking.until, party: 2, plate: '京A12345' },
        ...{ by: { id: 's-liu', name: '刘芳' }, at: '2026-11-23T00:00:00.000Z' },
      },
    ]);
    expect(JSON.stringify(await events(site.db))).not.toContain('赵敏');
  });

  test('keeps the number sealed; reading it is on record', async () => {
    const { booking } = ofBooking(await as(liu).book(booked()));
    const row = await site.db.kysely.selectFrom('bookings').select('phone').executeTakeFirstOrThrow();
    expect(row.phone?.toString('latin1')).not.toContain('13812345678');
    expect(await as(liu).phone({ booking })).toEqual({ phone: '13812345678' });
    await expect(as(wu).phone({ booking })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const log = await site.db.kysely.selectFrom('bookingLog').select(['type', 'actorId']).orderBy('type').execute();
    expect(log).toEqual([
      { type: 'booked', actorId: 's-liu' },
      { type: 'phoneRead', actorId: 's-liu' },
    ]);
    await expect(sql`delete from booking_log`.execute(site.db.kysely)).rejects.toThrow();
  });

  test.each([
    ['past', { from: '06:00', until: '07:59' }],
    ['past', { day: '2026-11-22' }],
    ['endBeforeStart', { from: '22:00', until: '02:00' }],
    ['endBeforeStart', { from: '10:00', until: '10:00' }],
    ['tooFar', { day: '2027-06-01' }],
    ['notYours', { host: 's-wu' }],
  ] as const)('is refused with %s', async (refusal, change) => {
    expect(await as(liu).book(booked(change))).toEqual({ result: 'refused', refusal });
    expect(await list()).toEqual([]);
  });

  test('is told of a day without school and may book it; the office books for others, not for who may not be visited', async () => {
    expect(ofBooking(await as(liu).book(booked({ day: '2026-11-28' }))).dayOff).toBe(true);
    expect(['2026-10-01', '2026-10-10'].map((day) => isDayOff(new Date(`${day}T02:00:00Z`)))).toEqual([true, false]);
    expect(ofBooking(await as(administrator).book(booked({ host: 's-wu' })))).toMatchObject({
      host: { name: '吴静' },
      decidedBy: { name: '周敏' },
    });
    expect(await as(administrator).book(booked({ host: 's-cook' }))).toMatchObject({ refusal: 'noSuchHost' });
  });

  test('changes and cancels his own; two who change at once are told', async () => {
    const { host: _, ...input } = booked();
    const { booking } = ofBooking(await as(liu).book({ ...input, host: 's-liu' }));
    const later = { ...input, booking, phone: null, from: '14:00', until: '15:00', revision: 1 };
    expect(ofBooking(await as(liu).change(later))).toMatchObject({ revision: 2, phoneLast4: '5678' });
    expect(ofBooking(await as(liu).change(later))).toMatchObject({ revision: 2 });
    expect(await as(administrator).change({ ...later, party: 5 })).toMatchObject({ refusal: 'changed' });
    expect(await as(liu).change({ ...later, revision: 2, day: '2026-11-01' })).toMatchObject({ refusal: 'past' });
    await expect(as(wu).cancel({ booking, reason: '不来了' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(ofBooking(await as(liu).cancel({ booking, reason: '不来了' }))).toMatchObject({
      state: 'cancelled',
      closing: '不来了',
    });
    expect(await as(liu).change({ ...later, revision: 3 })).toMatchObject({ refusal: 'closed' });
    expect(await list()).toMatchObject([{ state: 'cancelled', booking }]);
  });
});

test.each(["Robert'); drop table gate.bookings;--", '<script>alert(1)</script>', '👩‍👩‍👧‍👦🚗', '  ع‎رب  '])(
  'words are words in every field: %s',
  async (words) => {
    const booking = ofBooking(await as(liu).book(booked({ name: words, note: words, phone: null, plate: null })));
    expect(booking).toMatchObject({ name: words.trim(), note: words.trim() });
    ofBooking(await as(liu).cancel({ booking: booking.booking, reason: words }));
    const answer = await apply({ name: words, person: words, department: words, note: words });
    const own = await look(answer.token);
    expect(own).toMatchObject({ name: words.trim(), to: `${words.trim()} ${words.trim()}` });
  },
);

test.each([
  ['name', { name: 'x'.repeat(10_000) }],
  ['name', { name: '   ' }],
  ['party', { party: 0 }],
  ['party', { party: 1e9 }],
  ['day', { day: '2026-02-30' }],
  ['from', { from: '25:00' }],
  ['phone', { phone: 'drop table' }],
  ['plate', { plate: "'; --" }],
] as const)('a malformed %s is bad input on both ways in', async (field, change) => {
  await expect(as(liu).book(booked(change))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const answer = await send(application(change));
  expect([400, 413]).toContain(answer.status);
  const told = (await answer.json()) as { code: string; fields?: string[] };
  expect(told.code === 'tooLarge' || told.fields?.includes(field)).toBe(true);
});

const application = (change: object = {}): ApplyForVisit => ({
  ...{ request: newId(), name: '钱进', phone: '13900001111', department: '三(2)班', person: '刘芳老师' },
  ...{ reason: 'parentTalk', note: '', day: '2026-11-23', from: '14:00', until: '15:00', party: 1, plate: null },
  ...change,
});
const send = (body: unknown) =>
  app.request('/public/bookings', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
async function apply(change: Partial<ApplyForVisit> = {}) {
  const response = await send(application(change));
  return (await response.json()) as { result: 'waiting'; token: string };
}
const look = async (token: string): Promise<VisitorsBooking & { code: unknown }> =>
  (await app.request(`/public/bookings/${token}`)).json() as never;

describe('a visitor without sign-in', () => {
  test('applies, waits, is approved by his host, and has his code on the same link', async () => {
    const { token } = await apply();
    expect(await look(token)).toMatchObject({ state: 'waiting', to: '三(2)班 刘芳老师', code: null });
    const [waiting] = await as(liu).mine();
    expect(waiting).toMatchObject({
      state: 'waiting',
      source: 'visitor',
      name: '钱进',
      phoneLast4: '1111',
      type: 'parent',
    });
    expect(await list()).toEqual([]);
    const approved = ofBooking(await as(liu).decide({ booking: waiting?.booking ?? '', decision: 'approve' }));
    expect(approved).toMatchObject({ state: 'approved', decidedBy: { name: '刘芳' } });
    const own = await look(token);
    expect(own).toMatchObject({ state: 'approved', code: { svg: expect.stringContaining('<svg') } });
    expect(own.code?.text.length).toBeLessThan(64);
    expect(readBookingCode((text) => site.keys.card.hash(text), own.code?.text ?? '')).toEqual({
      booking: approved.booking,
    });
    expect((await as(liu).code({ booking: approved.booking })).path).toBe(`/visit/${token}`);
    site.clock.set('2026-11-23T07:00:01.000Z');
    expect(await look(token)).toMatchObject({ state: 'expired', code: null });
  });

  test('is answered the same whether such a person works here or not, and once however often he presses', async () => {
    const known = await apply();
    const stranger = await apply({ person: '无此人' });
    expect(Object.keys(known)).toEqual(Object.keys(stranger));
    expect(known.token).toHaveLength(stranger.token.length);
    expect(Object.keys(await look(known.token))).toEqual(Object.keys(await look(stranger.token)));
    const twice = application();
    expect(await (await send(twice)).json()).toEqual(await (await send(twice)).json());
    expect(await as(administrator).all()).toHaveLength(3);
  });

  test('who means one of two of the same name waits for the office, which finds him; with the department he is found', async () => {
    const { token } = await apply({ person: '李娟', department: '' });
    const [waiting] = await as(administrator).all();
    expect(waiting).toMatchObject({ host: null, wanted: { person: '李娟' } });
    const booking = waiting?.booking ?? '';
    expect(await as(administrator).decide({ booking, decision: 'approve' })).toMatchObject({ refusal: 'hostMissing' });
    await expect(as(liu).decide({ booking, decision: 'approve', host: 's-liu' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    ofBooking(await as(administrator).decide({ booking, decision: 'approve', host: 's-li-2' }));
    expect(await look(token)).toMatchObject({ state: 'approved', to: '李娟' });
    await apply({ person: '李 娟', department: '数学' });
    const found = (await as(administrator).all()).map((b) => b.host?.id);
    expect(found).toEqual(['s-li-2', 's-li-2']);
  });

  test('who is declined reads it on his link, and nothing of why; it is over', async () => {
    const { token } = await apply();
    const [waiting] = await as(liu).mine();
    const booking = waiting?.booking ?? '';
    ofBooking(await as(liu).decide({ booking, decision: 'decline', reason: '那天不在' }));
    const own = await look(token);
    expect(own).toMatchObject({ state: 'declined', code: null });
    expect(JSON.stringify(own)).not.toContain('那天不在');
    expect(await as(liu).decide({ booking, decision: 'approve' })).toMatchObject({ refusal: 'closed' });
  });

  test('guesses no token, and sends no page of text', async () => {
    const { token } = await apply();
    const tokens = [
      'x',
      '',
      token.slice(0, -1),
      `${token.slice(0, 40)}AAA`,
      `${token}=`,
      '<script>',
      '%00',
      'a'.repeat(5_000),
    ];
    for (const wrong of tokens)
      expect((await app.request(`/public/bookings/${encodeURIComponent(wrong)}`)).status).toBeGreaterThanOrEqual(400);
    expect((await send('x'.repeat(9_000))).status).toBe(413);
    expect((await send('{')).status).toBe(400);
    expect((await send(application({ day: '2026-11-01' }))).status).toBe(200);
  });

  test('finds the form closed once too many wait', async () => {
    await site.asAdmin(sql`insert into gate.bookings
      (id, state, revision, source, name, initials, type, reason, note, starts, ends, party, created_at, closing)
      select gen_random_uuid(), 'waiting', 1, 'visitor', 'x', 'x', 'guest', 'other', '', '2026-11-23T02:00Z',
        '2026-11-23T03:00Z', 1, '2026-11-23T00:00Z', '' from generate_series(1, 300)`);
    expect(await (await send(application())).json()).toEqual({ code: 'tooMany' });
  });
});

describe('at the gate', () => {
  test('a booking is used once; a second use is kept and marked, one that was off line too', async () => {
    const { booking } = ofBooking(await as(liu).book(booked()));
    const first = admission({ booking, at: '2026-11-23T02:00:00.000Z' });
    const second = admission({ booking, at: '2026-11-23T02:05:00.000Z', gate: 'north', offline: true });
    await site.as(agent()).admit(first);
    await site.as(agent()).admit(first);
    expect(await list()).toMatchObject([{ booking, used: { gate: 'main', at: '2026-11-23T02:00:00.000Z' } }]);
    await site.as(agent('north')).admit(second);
    const [view] = await as(liu).mine();
    expect(view?.uses).toMatchObject([
      { visit: first.visit, gate: 'main', doubt: null },
      { visit: second.visit, gate: 'north', offline: true, doubt: 'again' },
    ]);
    expect(await as(liu).cancel({ booking, reason: '不来了' })).toMatchObject({ refusal: 'used' });
    const { path } = await as(liu).code({ booking });
    expect(await look(path.slice('/visit/'.length))).toMatchObject({ state: 'used', code: null });
  });

  test('who was let in by a list older than the cancellation, or on a booking nobody knows, is in all the same', async () => {
    const { booking } = ofBooking(await as(liu).book(booked()));
    ofBooking(await as(liu).cancel({ booking, reason: '改期' }));
    await site.as(agent()).admit(admission({ booking, offline: true }));
    await site.as(agent()).admit(admission({ booking: newId(), offline: true }));
    const uses = await site.db.kysely.selectFrom('bookingUses').select('doubt').orderBy('doubt').execute();
    expect(uses.map((use) => use.doubt)).toEqual(['notApproved', 'unknown']);
    expect(await site.as(agent()).onSite()).toHaveLength(2);
  });

  test('the list holds today and tomorrow, rises with each change and each day; what is not on it can be asked for', async () => {
    const version = () => bookingsVersion(site.db.kysely, site.clock.now());
    const before = await version();
    ofBooking(await as(liu).book(booked({ day: '2026-11-24' })));
    const far = ofBooking(await as(liu).book(booked({ day: '2026-11-25' })));
    expect(await list()).toHaveLength(1);
    const changed = await version();
    expect(changed).toBeGreaterThan(before);
    expect(await as(agent()).atGate({ booking: far.booking })).toMatchObject({ from: far.from });
    site.clock.set('2026-11-24T00:00:00.000Z');
    expect(await version()).toBeGreaterThan(changed);
    expect(await list()).toHaveLength(2);
  });
});
