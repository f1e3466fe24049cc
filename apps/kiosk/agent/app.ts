/**
 * The agent's own little server: the guard's screen and its tRPC, on 127.0.0.1.
 * A page of another origin, or a name that merely points here (DNS rebinding), gets nothing: the requests that raise an
 * alarm or admit a visitor come from this screen or from a program on this machine.
 */
import { MAX_BODY_BYTES } from '@anyuan/contracts';
import { type Log, pageHeaders, type ServiceContext } from '@anyuan/service';
import { serveStatic } from '@hono/node-server/serve-static';
import { trpcServer } from '@hono/trpc-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AgentRouter } from './router.ts';

const HERE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export function createAgentApp(options: {
  router: AgentRouter;
  log: Log;
  kioskDir: string | undefined;
  health: () => object;
}): Hono {
  const { router, log, kioskDir, health } = options;
  const app = new Hono();
  app.use(async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    const foreign = origin !== undefined && origin !== `http://${host}`;
    if (!HERE.test(host) || foreign) {
      log.warn({ foreign }, 'refused a request from elsewhere');
      return c.json({ code: 'forbidden' }, 403);
    }
    return next();
  });
  app.use(pageHeaders());
  app.get('/health', (c) => c.json(health()));
  app.use('/trpc/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json({ code: 'tooLarge' }, 413) }));
  app.use(
    '/trpc/*',
    trpcServer({
      router,
      endpoint: '/trpc',
      createContext: (): ServiceContext & Record<string, unknown> => ({ actor: null, log }),
    }),
  );
  if (kioskDir) {
    app.use('/*', async (c, next) => {
      await next();
      // The page itself is asked for anew after an update; what carries a hash in its name never changes.
      c.header('cache-control', c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    });
    app.use('/*', serveStatic({ root: kioskDir }));
  }
  app.notFound((c) => c.json({ code: 'notFound' }, 404));
  return app;
}
