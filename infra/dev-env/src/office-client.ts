/** Somebody at a desk: signed in at the gateway, asking the services as the console does. */
import type { AlarmRouter } from '@anyuan/alarm/router';
import type { DrillsRouter } from '@anyuan/drills/router';
import type { GateRouter } from '@anyuan/gate/router';
import type { GatewayRouter } from '@anyuan/gateway/router';
import type { LedgerRouter } from '@anyuan/ledger/router';
import type { PickupRouter } from '@anyuan/pickup/router';
import type { TrainingRouter } from '@anyuan/training/router';
import { createTRPCClient, httpLink } from '@trpc/client';

export type OfficeClient = Awaited<ReturnType<typeof signIn>>;

export async function signIn(gateway: string, username: string, password: string) {
  const response = await fetch(`${gateway}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const link = (path: string) => httpLink({ url: `${gateway}/api${path}/trpc`, headers: { cookie } });
  return {
    cookie,
    own: createTRPCClient<GatewayRouter>({ links: [link('')] }),
    gate: createTRPCClient<GateRouter>({ links: [link('/gate')] }),
    pickup: createTRPCClient<PickupRouter>({ links: [link('/pickup')] }),
    alarm: createTRPCClient<AlarmRouter>({ links: [link('/alarm')] }),
    drills: createTRPCClient<DrillsRouter>({ links: [link('/drills')] }),
    training: createTRPCClient<TrainingRouter>({ links: [link('/training')] }),
    ledger: createTRPCClient<LedgerRouter>({ links: [link('/ledger')] }),
  };
}
