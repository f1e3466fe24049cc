/**
 * The agent's tRPC behind `AgentClient`, on the page's own origin. Commands go one request each, never in a batch, so that a
 * slow one holds nobody up; each has a deadline. The one subscription tells its state: `up` once it carries events, not up while
 * it tries again. What ends it for good (a refusal, an agent that is just starting) is tried again every second.
 */
import { ERROR_CODES } from '@anyuan/contracts';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import type { AgentRouter } from '../../agent/router.ts';
import { type AgentClient, AgentError } from './agent-client.ts';

const DEADLINE_MS = 10_000;
const AGAIN_MS = 1_000;

function agentError(error: unknown): AgentError {
  if (error instanceof TRPCClientError) {
    const told: unknown = error.data?.code;
    const code = ERROR_CODES.find((c) => c === told);
    if (code) return new AgentError(code, { cause: error });
  }
  return new AgentError('agentAway', { cause: error });
}

async function asked<T>(call: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> {
  const cut = new AbortController();
  const deadline = setTimeout(() => cut.abort(), DEADLINE_MS);
  try {
    return await call({ signal: cut.signal });
  } catch (error) {
    throw agentError(error);
  } finally {
    clearTimeout(deadline);
  }
}

export function connectAgent(url: string): AgentClient {
  const trpc = createTRPCClient<AgentRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpLink({ url }),
      }),
    ],
  });
  return {
    events(onEvent, onLink) {
      let ended = false;
      let lastEventId: string | undefined;
      let close = () => {};
      const listen = () => {
        if (ended) return;
        const again = () => {
          onLink(false);
          setTimeout(listen, AGAIN_MS);
        };
        const subscription = trpc.events.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
          onData: ({ id, data }) => {
            lastEventId = id;
            onLink(true);
            onEvent(data);
          },
          onConnectionStateChange: ({ state }) => {
            if (state === 'connecting') onLink(false);
          },
          onError: again,
          onComplete: again,
        });
        close = () => subscription.unsubscribe();
      };
      listen();
      return () => {
        ended = true;
        close();
      };
    },
    bookings: {
      expected: (initials) => asked((o) => trpc.bookings.expected.mutate({ initials }, o)),
      open: (booking) => asked((o) => trpc.bookings.open.mutate({ booking }, o)),
    },
    hosts: (search) => asked((o) => trpc.hosts.query(search, o)),
    onSite: () => asked((o) => trpc.onSite.query(undefined, o)),
    help: () => asked((o) => trpc.help.query(undefined, o)),
    admit: (input) => asked((o) => trpc.visitor.admit.mutate(input, o)),
    refuse: (input) => asked((o) => trpc.visitor.refuse.mutate(input, o)),
    watch: {
      check: (typed) => asked((o) => trpc.watch.check.mutate({ typed }, o)),
      answer: (hit, is, subject) =>
        asked((o) => trpc.watch.answer.mutate({ hit, is, ...(subject ? { subject } : {}) }, o)),
    },
    signOut: (visit, count) => asked((o) => trpc.visitor.signOut.mutate(count ? { visit, count } : { visit }, o)),
    undo: (visit) => asked((o) => trpc.visitor.undo.mutate({ visit }, o)),
    askHost: (input) => asked((o) => trpc.visitor.ask.mutate(input, o)),
    withdraw: (question) => asked((o) => trpc.visitor.withdraw.mutate({ question }, o)).then(() => undefined),
    held: () => asked((o) => trpc.visitor.held.query(undefined, o)),
    returnItems: (input) => asked((o) => trpc.visitor.returnItems.mutate(input, o)),
    handOver: (verdict, children) => asked((o) => trpc.pickup.handOver.mutate({ verdict, children }, o)),
    decline: (verdict) => asked((o) => trpc.pickup.decline.mutate({ verdict }, o)),
    byDocument: (presented) => asked((o) => trpc.pickup.byDocument.mutate({ presented }, o)),
    forgotten: {
      find: (keys) => asked((o) => trpc.forgotten.find.mutate({ keys }, o)),
      begin: (person) => asked((o) => trpc.forgotten.begin.mutate({ person }, o)),
      end: () => asked((o) => trpc.forgotten.end.mutate(undefined, o)),
      prove: (person, pin) => asked((o) => trpc.forgotten.prove.mutate({ person, pin }, o)),
    },
    shifts: {
      board: () => asked((o) => trpc.shift.board.query(undefined, o)),
      begin: (input) => asked((o) => trpc.shift.begin.mutate(input, o)),
      prove: (pin) => asked((o) => trpc.shift.prove.mutate({ pin }, o)),
      pass: (input) => asked((o) => trpc.shift.pass.mutate(input, o)),
      leave: (input) => asked((o) => trpc.shift.leave.mutate(input, o)),
      check: (check) => asked((o) => trpc.shift.check.mutate(check, o)),
      count: (counts) => asked((o) => trpc.shift.count.mutate({ counts }, o)),
    },
    sessions: () => asked((o) => trpc.attendance.sessions.query(undefined, o)),
    beginSignIn: (session) => asked((o) => trpc.attendance.begin.mutate({ session }, o)),
    endSignIn: () => asked((o) => trpc.attendance.end.mutate(undefined, o)),
    vehicles: {
      board: () => asked((o) => trpc.vehicles.board.query(undefined, o)),
      find: (typed) => asked((o) => trpc.vehicles.find.mutate({ typed }, o)),
      log: (input) => asked((o) => trpc.vehicles.log.mutate(input, o)),
    },
    badges: {
      reprint: (visit) => asked((o) => trpc.visitor.reprint.mutate({ visit }, o)).then(() => undefined),
    },
    press: (input) => asked((o) => trpc.alarm.press.mutate(input, o)),
    acknowledge: (incident) => asked((o) => trpc.alarm.acknowledge.mutate({ incident }, o)).then(() => undefined),
    arrived: (incident, who) => asked((o) => trpc.alarm.arrived.mutate({ incident, who }, o)).then(() => undefined),
    standDown: (incident, tap, reason, pin) =>
      asked((o) => trpc.alarm.standDown.mutate({ incident, tap, reason, ...(pin ? { pin } : {}) }, o)),
  };
}
