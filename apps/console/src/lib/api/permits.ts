import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { PermitsClient } from '../clients/permits.ts';
import { type Caller, overHttp } from './transport.ts';

export function permitsApi({ call, done }: Caller): PermitsClient {
  const { permits, vehicles } = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    permits: () => call(permits.all.query()),
    byCard: (number) => call(permits.byCard.mutate({ number })),
    changes: (permit) => call(permits.changes.query({ permit })),
    strange: () => call(permits.strange.query()),
    save: (command) => call(permits.save.mutate(command)),
    suspend: (command) => done(permits.suspend.mutate(command)),
    giveBack: (command) => done(permits.giveBack.mutate(command)),
    inside: () => call(vehicles.inside.query()),
    passes: (query) => call(vehicles.passes.mutate(query)),
    deliveries: () => call(vehicles.deliveries.query()),
    plan: (command) => call(vehicles.plan.mutate(command)),
    cancel: (delivery) => done(vehicles.cancel.mutate({ delivery })),
  };
}
