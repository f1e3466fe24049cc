import type { ChannelsRouter } from '@anyuan/ledger/router';
import { createTRPCClient } from '@trpc/client';
import type { ChannelsClient } from '../clients/channels.ts';
import { type Caller, overHttp } from './transport.ts';

export function channelsApi({ call, done }: Caller): ChannelsClient {
  const http = createTRPCClient<ChannelsRouter>({ links: [overHttp('/api/ledger/trpc')] });
  return {
    channels: () => call(http.channels.query()),
    deliveries: (filter, before) => call(http.deliveries.query(before === undefined ? { filter } : { filter, before })),
    save: (command) => call(http.saveChannel.mutate(command)),
    remove: (channel) => done(http.removeChannel.mutate({ channel })),
    test: (command) => call(http.sendTest.mutate(command)),
  };
}
