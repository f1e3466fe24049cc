import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { ConfirmClient } from '../clients/confirm.ts';
import { type Caller, overHttp } from './transport.ts';

export function confirmApi({ call }: Caller): ConfirmClient {
  const { host } = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    mine: () => call(host.mine.query()),
    answer: (answer) => call(host.answer.mutate(answer)),
    asking: () => call(host.policy.query()),
    saveAsking: (policy) => call(host.savePolicy.mutate(policy)),
  };
}
