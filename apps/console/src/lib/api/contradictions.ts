import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { ContradictionsClient } from '../clients/contradictions.ts';
import { type Caller, overHttp } from './transport.ts';

export function contradictionsApi({ call }: Caller): ContradictionsClient {
  const http = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    list: () => call(http.contradictions.list.query()),
    settle: (command) => call(http.contradictions.settle.mutate(command)),
  };
}
