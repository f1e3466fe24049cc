/** A service's Hono app: `/health` for the launcher, the tRPC router under `/trpc`. No `listen` here (style: one port a school). */
import { type Actor, AppError, errorTable, MAX_BODY_BYTES } from '@anyuan/contracts';
import { trpcServer } from '@hono/trpc-server';
import type { AnyRouter } from '@trpc/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from './log.ts';
import type { ServiceContext } from './trpc.ts';

export interface Health {
  ok: boolean;
  /** `database`, `bus`: what is away. */
  away: string[];
}

export type AppEnv = { Bindings: { actor: Actor | null } };

export function createApp(options: { router: AnyRouter; log: Log; health: () => Promise<Health> }): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json({ code: 'tooLarge' }, 413) }));
  app.get('/health', async (c) => {
    const health = await options.health();
    return c.json(health, health.ok ? 200 : 503);
  });
  app.use(
    '/trpc/*',
    trpcServer({
      router: options.router,
      endpoint: '/trpc',
      // A question that names a person goes as POST: what stands in a URL stands in logs.
      allowMethodOverride: true,
      createContext: (_opts, c): ServiceContext & Record<string, unknown> => ({ actor: c.env.actor, log: options.log }),
    }),
  );
  app.notFound((c) => c.json({ code: 'notFound' }, 404));
  app.onError((error, c) => {
    // The files beside the router are refused by the same codes as its procedures.
    const code = error instanceof AppError ? error.code : 'internal';
    options.log[errorTable[code].level]({ error, code }, 'request failed');
    return c.json({ code }, errorTable[code].status);
  });
  return app;
}
