import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { BookingsClient } from '../clients/bookings.ts';
import { type Caller, overHttp } from './transport.ts';

export function bookingsApi({ call }: Caller): BookingsClient {
  const { bookings } = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    mine: () => call(bookings.mine.query()),
    all: () => call(bookings.all.query()),
    hosts: () => call(bookings.hosts.query()),
    book: (booking) => call(bookings.book.mutate(booking)),
    change: (booking) => call(bookings.change.mutate(booking)),
    cancel: (command) => call(bookings.cancel.mutate(command)),
    decide: (command) => call(bookings.decide.mutate(command)),
    code: (booking) => call(bookings.code.mutate({ booking })),
    phone: async (booking) => (await call(bookings.phone.mutate({ booking }))).phone,
  };
}
