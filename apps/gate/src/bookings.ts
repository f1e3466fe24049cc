/**
 * 访客预约 (G1): everything that changes a booking. A booking by a host or the office is approved as it is made; an application by
 * a visitor waits for its host, or for the office to find him. One transaction each: state, log, the gates' list, the event.
 *
 * Each command may come twice: by its id, its request or its outcome a repeat changes nothing. Two people who change one
 * booking are told by its revision. What a gate has let in on a booking is kept as it was, with its doubt: a second use, or
 * one that came from a list older than the cancellation (off line), is never put right silently.
 */
import {
  type AdmitVisitor,
  AppError,
  type Applied,
  type ApplyForVisit,
  type BookingDetails,
  type BookingRefusal,
  type BookingResult,
  type BookVisit,
  type CancelBooking,
  type ChangeBooking,
  type DecideBooking,
  newId,
  type PersonActor,
  type PersonRef,
  permissionsOf,
  usualType,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction } from '@anyuan/db';
import type { Transaction } from 'kysely';
import { linkToken } from './bookings-link.ts';
import { meantHost } from './bookings-match.ts';
import { windowOf } from './bookings-rules.ts';
import * as store from './bookings-store.ts';
import type { GateContext } from './commands.ts';
import { spelt } from './staff.ts';

type Trx = Transaction<GateTables>;
type LogType = GateTables['bookingLog']['type'];
/** Unanswered applications of a day, over all addresses: beyond it somebody plays with the form. */
const MAX_WAITING = 300;
const DAY_MS = 86_400_000;

const refOf = ({ id, name }: PersonActor): PersonRef => ({ id, name });
const isOffice = (actor: PersonActor): boolean => permissionsOf(actor).includes('booking.write');
const refused = (refusal: BookingRefusal): BookingResult => ({ result: 'refused', refusal });

export function bookVisit(ctx: GateContext, actor: PersonActor, input: BookVisit): Promise<BookingResult> {
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `booking ${input.booking}`);
    const standing = await store.bookingRow(trx, input.booking);
    if (standing) {
      if (!mayTouch(actor, standing)) throw new AppError('conflict', 'an id that somebody else has used');
      return done(trx, standing.id);
    }
    if (input.host !== actor.id && !isOffice(actor)) return refused('notYours');
    const host = await store.hostById(trx, input.host);
    if (!host) return refused('noSuchHost');
    const now = ctx.clock.now();
    const window = windowOf(input, now);
    if (typeof window === 'string') return refused(window);
    await trx
      .insertInto('bookings')
      .values({
        ...columnsOf(ctx, input.booking, input),
        ...window,
        ...{
          id: input.booking,
          request: null,
          state: 'approved',
          revision: 1,
          source: 'host',
          wanted: null,
          closing: '',
        },
        ...{ host: JSON.stringify(host), hostId: host.id, decidedBy: JSON.stringify(refOf(actor)) },
        ...{ createdAt: new Date(now), decidedAt: new Date(now) },
      })
      .execute();
    return changed(ctx, trx, input.booking, 'booked', actor);
  });
}

export function changeBooking(ctx: GateContext, actor: PersonActor, input: ChangeBooking): Promise<BookingResult> {
  return onBooking(ctx, actor, input.booking, async (trx, row) => {
    const window = windowOf(input, ctx.clock.now());
    if (typeof window === 'string') return refused(window);
    const { phone, phoneLast4, ...columns } = columnsOf(ctx, row.id, input);
    const next = { ...columns, ...window };
    const same = Object.entries(next).every(([key, value]) => sameValue(Reflect.get(row, key), value));
    // The first answer was lost on its way.
    if (same && !phone && row.revision === input.revision + 1) return done(trx, row.id);
    if (row.revision !== input.revision) return refused('changed');
    await trx
      .updateTable('bookings')
      .set({ ...next, ...(phone ? { phone, phoneLast4 } : {}), revision: row.revision + 1 })
      .where('id', '=', row.id)
      .execute();
    return changed(ctx, trx, row.id, 'changed', actor);
  });
}

export function cancelBooking(ctx: GateContext, actor: PersonActor, input: CancelBooking): Promise<BookingResult> {
  return onBooking(ctx, actor, input.booking, async (trx, row) => {
    await close(trx, row, 'cancelled', input.reason);
    return changed(ctx, trx, row.id, 'cancelled', actor, input.reason);
  });
}

/** Host or office on an application. Whoever the office names becomes its host. */
export function decideBooking(ctx: GateContext, actor: PersonActor, input: DecideBooking): Promise<BookingResult> {
  return onBooking(ctx, actor, input.booking, async (trx, row) => {
    const named = input.host ?? row.hostId;
    if (row.state === 'approved') return input.decision === 'approve' ? done(trx, row.id) : refused('closed');
    if (input.decision === 'decline') {
      await close(trx, row, 'declined', input.reason);
      return changed(ctx, trx, row.id, 'declined', actor, input.reason);
    }
    if (named === null) return refused('hostMissing');
    if (named !== actor.id && !isOffice(actor)) return refused('notYours');
    const host = await store.hostById(trx, named);
    if (!host) return refused('noSuchHost');
    const now = ctx.clock.now();
    if (row.ends.getTime() <= now) return refused('past');
    await trx
      .updateTable('bookings')
      .set({
        ...{ state: 'approved', revision: row.revision + 1, type: input.type ?? row.type },
        ...{ host: JSON.stringify(host), hostId: host.id },
        ...{ decidedAt: new Date(now), decidedBy: JSON.stringify(refOf(actor)) },
      })
      .where('id', '=', row.id)
      .execute();
    return changed(ctx, trx, row.id, 'approved', actor);
  });
}

/** A visitor's own words, without sign-in. The answer is the same whether anybody of that name works here or not. */
export function applyForVisit(ctx: GateContext, input: ApplyForVisit): Promise<Applied> {
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `booking request ${input.request}`);
    const standing = await trx
      .selectFrom('bookings')
      .select('id')
      .where('request', '=', input.request)
      .executeTakeFirst();
    if (standing) return { result: 'waiting', token: linkToken(ctx.keys, standing.id) };
    const now = ctx.clock.now();
    const window = windowOf(input, now);
    if (typeof window === 'string') return { result: 'refused', refusal: window };
    await mustHaveRoom(trx, now);
    const wanted = { department: input.department, person: input.person };
    const meant = meantHost(await store.hosts(trx), wanted);
    const host = meant && { id: meant.id, name: meant.name, department: meant.department, title: meant.title };
    const booking = newId(now);
    await trx
      .insertInto('bookings')
      .values({
        ...columnsOf(ctx, booking, { ...input, type: usualType[input.reason] }),
        ...window,
        ...{ id: booking, request: input.request, state: 'waiting', revision: 1, source: 'visitor', closing: '' },
        ...{ host: host ? JSON.stringify(host) : null, hostId: host?.id ?? null, wanted: JSON.stringify(wanted) },
        ...{ createdAt: new Date(now), decidedAt: null, decidedBy: null },
      })
      .execute();
    await changed(ctx, trx, booking, 'applied', null);
    return { result: 'waiting', token: linkToken(ctx.keys, booking) };
  });
}

async function mustHaveRoom(trx: Trx, now: number): Promise<void> {
  const { count } = await trx
    .selectFrom('bookings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .where('createdAt', '>', new Date(now - DAY_MS))
    .executeTakeFirstOrThrow();
  if (count >= MAX_WAITING) throw new AppError('tooMany', 'applications of a day');
}

/** Of a visit that came by booking: once is right, everything else is kept with its doubt. */
export async function useBooking(
  ctx: GateContext,
  trx: Trx,
  { booking, visit, decision }: AdmitVisitor,
): Promise<void> {
  if (!booking) return;
  await lockInTransaction(trx, `booking ${booking}`);
  const row = await store.bookingRow(trx, booking);
  const before = (await store.usesOf(trx, [booking])).get(booking) ?? [];
  const doubt = !row ? 'unknown' : row.state !== 'approved' ? 'notApproved' : before.length > 0 ? 'again' : null;
  const now = ctx.clock.now();
  await trx
    .insertInto('bookingUses')
    .values({
      ...{ visit, booking, gate: decision.gate, at: new Date(decision.at), offline: decision.offline, doubt },
      receivedAt: new Date(now),
    })
    .execute();
  if (row) await tell(ctx, trx, booking, 'used');
}

/** 放行 was taken back at once: what it used may be used again, at every gate. */
export async function freeBooking(ctx: GateContext, trx: Trx, visit: string): Promise<void> {
  const use = await trx.selectFrom('bookingUses').select('booking').where('visit', '=', visit).executeTakeFirst();
  if (use) await tell(ctx, trx, use.booking, 'freed');
}

/** His number, for whoever must reach him; on record. */
export function readPhone(ctx: GateContext, actor: PersonActor, booking: string): Promise<string | null> {
  return ctx.db.tx(async (trx) => {
    const row = await store.bookingRow(trx, booking);
    if (!row || !mayTouch(actor, row)) throw new AppError('notFound', 'no such booking');
    await log(ctx, trx, booking, 'phoneRead', actor);
    return row.phone && ctx.keys.id.decrypt(row.phone, phonePlace(row.id));
  });
}

const mayTouch = (actor: PersonActor, row: store.BookingRow): boolean => row.hostId === actor.id || isOffice(actor);

export async function bookingFor(ctx: GateContext, actor: PersonActor, booking: string): Promise<store.BookingRow> {
  const row = await store.bookingRow(ctx.db.kysely, booking);
  if (!row || !mayTouch(actor, row)) throw new AppError('notFound', 'no such booking');
  return row;
}

/** One booking, locked, its own host's or the office's, that is still open. */
function onBooking(
  ctx: GateContext,
  actor: PersonActor,
  booking: string,
  act: (trx: Trx, row: store.BookingRow) => Promise<BookingResult>,
): Promise<BookingResult> {
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `booking ${booking}`);
    const row = await store.bookingRow(trx, booking);
    if (!row || !mayTouch(actor, row)) throw new AppError('notFound', 'no such booking');
    if ((await store.usesOf(trx, [booking])).size > 0) return refused('used');
    if (row.state === 'cancelled' || row.state === 'declined') return refused('closed');
    return act(trx, row);
  });
}

async function close(trx: Trx, row: store.BookingRow, state: 'cancelled' | 'declined', closing: string): Promise<void> {
  const next = { state, closing, revision: row.revision + 1 };
  await trx.updateTable('bookings').set(next).where('id', '=', row.id).execute();
}

const phonePlace = (row: string) => ({ table: 'gate.bookings', row, column: 'phone' });

function columnsOf(ctx: GateContext, id: string, details: Omit<BookingDetails, 'day' | 'from' | 'until'>) {
  const { name, type, reason, note, party, phone, plate } = details;
  return {
    ...{ name, type, reason, note, party, plate },
    initials: spelt(name, 'first').slice(0, 40),
    phone: phone ? ctx.keys.id.encrypt(phone, phonePlace(id)) : null,
    phoneLast4: phone ? phone.slice(-4) : null,
  };
}

const sameValue = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

async function changed(
  ctx: GateContext,
  trx: Trx,
  booking: string,
  type: LogType,
  actor: PersonActor | null,
  reason = '',
): Promise<BookingResult> {
  await log(ctx, trx, booking, type, actor, reason);
  await tell(ctx, trx, booking, type);
  return done(trx, booking);
}

async function done(trx: Trx, booking: string): Promise<BookingResult> {
  const row = await store.bookingRow(trx, booking);
  if (!row) throw new AppError('internal', 'a booking is gone');
  return { result: 'done', booking: await store.bookingView(trx, row) };
}

/** Nothing personal goes over the bus: whoever may see it asks for it. */
async function tell(ctx: GateContext, trx: Trx, booking: string, type: string): Promise<void> {
  const now = ctx.clock.now();
  await store.touchBookings(trx, now);
  await emit(trx, { entity: 'booking', type, data: { booking }, at: new Date(now) });
}

async function log(
  { clock }: GateContext,
  trx: Trx,
  booking: string,
  type: LogType,
  actor: PersonActor | null,
  reason = '',
): Promise<void> {
  const now = clock.now();
  const by = { actorId: actor?.id ?? null, actorName: actor?.name ?? null };
  await trx
    .insertInto('bookingLog')
    .values({ id: newId(now), booking, at: new Date(now), type, ...by, reason })
    .execute();
}
