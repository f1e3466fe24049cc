import {
  AppError,
  BookingCode,
  BookingResult,
  BookingView,
  BookVisit,
  CancelBooking,
  ChangeBooking,
  DecideBooking,
  Host,
  ListedBooking,
  Uuid,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { bookingFor, bookVisit, cancelBooking, changeBooking, decideBooking, readPhone } from './bookings.ts';
import { codeOf } from './bookings-link.ts';
import { allBookings, bookingsOf, hosts, listedBooking } from './bookings-store.ts';
import type { GateContext } from './commands.ts';
import { personOf } from './who.ts';

const One = z.object({ booking: Uuid });

export function bookingsRouter(ctx: GateContext) {
  const { db, clock } = ctx;
  return router({
    mine: procedure('booking.own')
      .output(z.array(BookingView))
      .query(({ ctx: { actor } }) => bookingsOf(db.kysely, personOf(actor).id, clock.now())),
    all: procedure('booking.read')
      .output(z.array(BookingView))
      .query(() => allBookings(db.kysely, clock.now())),
    /** For the office's form; a host books for himself. */
    hosts: procedure('booking.read')
      .output(z.array(Host))
      .query(() => hosts(db.kysely)),
    book: procedure('booking.own')
      .input(BookVisit)
      .output(BookingResult)
      .mutation(({ input, ctx: { actor } }) => bookVisit(ctx, personOf(actor), input)),
    change: procedure('booking.own')
      .input(ChangeBooking)
      .output(BookingResult)
      .mutation(({ input, ctx: { actor } }) => changeBooking(ctx, personOf(actor), input)),
    cancel: procedure('booking.own')
      .input(CancelBooking)
      .output(BookingResult)
      .mutation(({ input, ctx: { actor } }) => cancelBooking(ctx, personOf(actor), input)),
    decide: procedure('booking.own')
      .input(DecideBooking)
      .output(BookingResult)
      .mutation(({ input, ctx: { actor } }) => decideBooking(ctx, personOf(actor), input)),
    /** Mutations by their method: a code or a number stands in no URL. */
    code: procedure('booking.own')
      .input(One)
      .output(BookingCode)
      .mutation(async ({ input, ctx: { actor } }) => {
        const { id, state } = await bookingFor(ctx, personOf(actor), input.booking);
        if (state !== 'approved') throw new AppError('conflict', 'no code without approval');
        return codeOf(ctx.keys, id);
      }),
    phone: procedure('booking.own')
      .input(One)
      .output(z.object({ phone: z.string().nullable() }))
      .mutation(async ({ input, ctx: { actor } }) => ({
        phone: await readPhone(ctx, personOf(actor), input.booking),
      })),
    /** A gate asks for what stands on no list that it has: another day's, or newer than its list. */
    atGate: procedure('visit.write')
      .input(One)
      .output(ListedBooking.nullable())
      .query(({ input }) => listedBooking(db.kysely, input.booking)),
  });
}
