/** The guard's screen without a screen: the agent's tRPC and its stream, for the tour, the tests and the command line. */
import type { KioskEvent } from '@anyuan/contracts';
import type { AgentRouter } from '@anyuan/kiosk/router';
import { createTRPCClient, httpLink } from '@trpc/client';
import { listen } from './sse.ts';

export type EventOf<T extends KioskEvent['type']> = Extract<KioskEvent, { type: T }>;

export interface KioskClient {
  call: ReturnType<typeof createTRPCClient<AgentRouter>>;
  /** The next event of a kind that comes after this call; rejects after `ms`. */
  next<T extends KioskEvent['type']>(type: T, holds?: (event: EventOf<T>) => boolean, ms?: number): Promise<EventOf<T>>;
  close(): void;
}

export async function openKiosk(url: string): Promise<KioskClient> {
  const stop = new AbortController();
  const waiting = new Set<(event: KioskEvent) => void>();
  let begun = () => {};
  const ready = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const reading = (async () => {
    for await (const { data } of listen<KioskEvent>(`${url}/trpc/events`, { signal: stop.signal })) {
      begun();
      for (const hear of waiting) hear(data);
    }
  })();
  reading.catch(() => {});
  await Promise.race([ready, reading]);
  return {
    call: createTRPCClient<AgentRouter>({ links: [httpLink({ url: `${url}/trpc` })] }),
    next: (type, holds = () => true, ms = 10_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(hear);
          reject(new Error(`no ${type} within ${ms} ms`));
        }, ms);
        const hear = (event: KioskEvent) => {
          const same = event as EventOf<typeof type>;
          if (event.type !== type || !holds(same)) return;
          clearTimeout(timer);
          waiting.delete(hear);
          resolve(same);
        };
        waiting.add(hear);
      }),
    close: () => stop.abort(),
  };
}
