/**
 * The console's questions over tRPC; with `api/`, the one place that speaks it. Only the types of the routers are imported,
 * so a procedure that changes its shape does not build here. A search holds a child's name, and a name must not stand in a
 * URL: that query goes as a POST (the service allows it with `allowMethodOverride`).
 */
import type { AlarmRouter } from '@anyuan/alarm/router';
import { AppError } from '@anyuan/contracts';
import type { GateRouter } from '@anyuan/gate/router';
import type { GatewayRouter } from '@anyuan/gateway/router';
import type { PickupRouter } from '@anyuan/pickup/router';
import { createTRPCClient, httpSubscriptionLink, splitLink } from '@trpc/client';
import { bookingsApi } from './api/bookings.ts';
import { channelsApi } from './api/channels.ts';
import { confirmApi } from './api/confirm.ts';
import { contradictionsApi } from './api/contradictions.ts';
import { dayBookApi } from './api/day-book.ts';
import { drillsApi } from './api/drills.ts';
import { ledgerApi } from './api/ledger.ts';
import { permitsApi } from './api/permits.ts';
import { shiftsApi } from './api/shifts.ts';
import { trainingApi } from './api/training.ts';
import { createCaller, fetchInTime, overHttp } from './api/transport.ts';
import { watchlistApi } from './api/watchlist.ts';
import type { Clients, SignInResult } from './clients.ts';

const post = (path: string, body: unknown): Promise<Response> =>
  fetchInTime(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function signIn(username: string, password: string): Promise<SignInResult> {
  try {
    const { ok, status } = await post('/api/auth/sign-in/username', { username, password });
    if (ok) return 'ok';
    if (status === 429) return 'tooMany';
    return status === 400 || status === 401 ? 'wrong' : 'unavailable';
  } catch {
    return 'unavailable';
  }
}

async function signOut(): Promise<void> {
  const answer = await post('/api/auth/sign-out', {}).catch(() => null);
  if (!answer?.ok) throw new AppError('unavailable', 'sign-out not answered');
}

/** @param onSignedOut the server no longer knows this session */
export function createClients(onSignedOut: () => void): Clients {
  const gateway = createTRPCClient<GatewayRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc' }),
        false: overHttp('/api/trpc'),
      }),
    ],
  });
  const gate = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  const pickup = createTRPCClient<PickupRouter>({ links: [overHttp('/api/pickup/trpc')] });
  const cardSearch = createTRPCClient<PickupRouter>({
    links: [overHttp('/api/pickup/trpc', { methodOverride: 'POST' })],
  });
  const alarm = createTRPCClient<AlarmRouter>({ links: [overHttp('/api/alarm/trpc')] });

  const caller = createCaller(onSignedOut);
  const { call, done } = caller;

  return {
    session: { me: () => call(gateway.me.query()), signIn, signOut },
    live: {
      subscribe(listener) {
        const subscription = gateway.live.subscribe(undefined, {
          onConnectionStateChange: ({ state, error }) => {
            if (state === 'pending') listener.onOpen();
            // The first time it is only on its way; with an error it was cut.
            else if (state === 'connecting' && error) listener.onLost('cut');
          },
          onData: ({ data }) => listener.onEvent(data),
          onError: () => {
            listener.onLost('ended');
            // A stream that is refused tells no reason to a page; whether the session is over is asked for.
            void gateway.me.query().then(
              ({ actor }) => !actor && onSignedOut(),
              () => undefined,
            );
          },
          onComplete: () => listener.onLost('ended'),
        });
        return () => subscription.unsubscribe();
      },
    },
    gate: { today: () => call(gate.today.query()) },
    pickup: {
      today: () => call(pickup.today.query()),
      cards: (search) => call(cardSearch.cards.query(search === '' ? {} : { search })),
      reportLost: (card) => done(pickup.reportLost.mutate({ card })),
      reinstate: (card) => done(pickup.reinstate.mutate({ card })),
    },
    alarm: {
      incidents: () => call(alarm.incidents.query()),
      history: (incident) => call(alarm.history.query({ incident })),
      devices: () => call(alarm.devices.query()),
      zones: () => call(alarm.zones.query()),
      raise: async (request) => (await call(gateway.raiseAlarm.mutate(request))).incident,
      acknowledge: (incident) => done(alarm.acknowledge.mutate({ incident })),
      arrived: (incident, who) => done(alarm.arrived.mutate({ incident, who })),
      askAgain: (incident) => done(alarm.askAgain.mutate({ incident })),
      standDown: (command) => done(alarm.standDown.mutate(command)),
    },
    dayBook: dayBookApi(caller),
    contradictions: contradictionsApi(caller),
    drills: drillsApi(caller),
    ledger: ledgerApi(caller),
    bookings: bookingsApi(caller),
    channels: channelsApi(caller),
    permits: permitsApi(caller),
    shifts: shiftsApi(caller),
    training: trainingApi(caller),
    confirm: confirmApi(caller),
    watchlist: watchlistApi(caller),
  };
}
