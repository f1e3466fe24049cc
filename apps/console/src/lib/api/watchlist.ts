import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { WatchlistClient } from '../clients/watchlist.ts';
import { type Caller, overHttp } from './transport.ts';

export function watchlistApi({ call }: Caller): WatchlistClient {
  const { watchlist: http } = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    entries: () => call(http.entries.mutate()),
    open: (entry) => call(http.open.mutate({ entry })),
    hits: () => call(http.hits.query()),
    answer: (command) => call(http.answer.mutate(command)),
    looks: () => call(http.looks.mutate()),
    staff: () => call(http.staff.query()),
    make: (command) => call(http.make.mutate(command)),
    change: (command) => call(http.change.mutate(command)),
    extend: (command) => call(http.extend.mutate(command)),
    withdraw: (command) => call(http.withdraw.mutate(command)),
  };
}
