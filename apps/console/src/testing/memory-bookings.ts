/** The bookings in memory: what is booked, decided or cancelled here is so when it is asked for again. */
import { AppError, type BookingResult, type BookingView, type LiveEvent } from '@anyuan/contracts';
import type { BookingsClient } from '../lib/clients/bookings.ts';
import type { VisitClient } from '../visit/client.ts';
import { booking, bookingHosts } from './bookings-fixtures.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><path d="M0 0h21v21H0z" fill="#fff"/><path d="M2 2h7v7H2zM12 2h7v7h-7zM2 12h7v7H2zM12 12h3v3h-3zM16 16h3v3h-3z"/></svg>';
const TOKEN = 'a'.repeat(43);
const me = { id: 'p-zhou', name: '周敏' };

export function memoryBookings(
  scene: readonly BookingView[],
  answer: <T>(value: T) => Promise<T>,
  tell: (event: LiveEvent) => void,
  sent: [name: string, input: unknown][],
): BookingsClient {
  let all = [...scene];
  const moment = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();
  async function put(
    name: string,
    input: { booking: string },
    to: (before: BookingView) => Partial<BookingView>,
  ): Promise<BookingResult> {
    await answer(undefined);
    sent.push([`booking.${name}`, input]);
    const before = all.find((b) => b.booking === input.booking) ?? {
      ...booking(Date.now(), 0),
      booking: input.booking,
    };
    const after = { ...before, ...to(before), revision: before.revision + 1 };
    all = [...all.filter((b) => b.booking !== after.booking), after].sort((a, b) => a.from.localeCompare(b.from));
    tell({ type: 'bookings' });
    return { result: 'done', booking: after };
  }
  const hostOf = (id: string | undefined) => bookingHosts.find((h) => h.id === id) ?? null;
  return {
    mine: () => answer(undefined).then(() => all.filter((b) => b.host !== null)),
    all: () => answer(undefined).then(() => all),
    hosts: () => answer(bookingHosts),
    book: async (input) => {
      const { day, from, until, phone, host, ...rest } = input;
      if (Date.parse(moment(day, until)) <= Date.now()) return answer({ result: 'refused', refusal: 'past' });
      if (until <= from) return answer({ result: 'refused', refusal: 'endBeforeStart' });
      const when = { from: moment(day, from), until: moment(day, until) };
      return put('book', input, () => ({ ...rest, ...when, host: hostOf(host), phoneLast4: phone?.slice(-4) ?? null }));
    },
    change: ({ day, from, until, phone, revision: _, ...rest }) =>
      put('change', rest, () => ({
        ...rest,
        from: moment(day, from),
        until: moment(day, until),
        ...(phone ? { phoneLast4: phone.slice(-4) } : {}),
      })),
    cancel: (input) => put('cancel', input, () => ({ state: 'cancelled', closing: input.reason })),
    decide: async (input) => {
      const before = all.find((b) => b.booking === input.booking);
      const host = hostOf(input.host) ?? before?.host ?? null;
      if (input.decision === 'approve' && !host) return answer({ result: 'refused', refusal: 'hostMissing' });
      const state = input.decision === 'approve' ? 'approved' : 'declined';
      return put('decide', input, () => ({ state, host, decidedBy: me, decidedAt: new Date().toISOString() }));
    },
    code: () => answer({ text: 'AY1.x.y', svg: SVG, path: `/visit/${TOKEN}` }),
    phone: () => answer('13812345678'),
  };
}

/** The visitor's page: waits at first, and is approved when it is looked at again. */
export function memoryVisit(kind: string): VisitClient {
  let looks = 0;
  const own = booking(Date.now(), 1);
  return {
    school: async () => '青禾小学',
    apply: async () => {
      if (kind === 'away') throw new AppError('unavailable', 'scene');
      return { result: 'waiting', token: TOKEN };
    },
    look: async () => {
      if (kind === 'unknown') throw new AppError('notFound', 'scene');
      const state = kind === 'applying' && looks++ === 0 ? 'waiting' : 'approved';
      const { name, reason, from, until, party, plate } = own;
      const code = state === 'approved' ? { text: 'AY1.x.y', svg: SVG } : null;
      return { state, name, to: '三(2)班 刘芳', reason, from, until, party, plate, code };
    },
  };
}
