/**
 * The school's one door. Nothing behind it is reached without sign-in, except the sign-in itself, `me` (who am I: nobody),
 * the static screens, `/health`, a calendar feed by its secret address, and a visitor's own booking (`public-visits.ts`). A request for a service goes over the bus with the person's name in a header that
 * only this process may set; the service decides what that person may do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from '@anyuan/bus';
import { AppError, errorTable, GATEWAY, MAX_BODY_BYTES, type PersonActor, SERVICES } from '@anyuan/contracts';
import { type Log, pageHeaders, requestOverBus, type ServiceContext } from '@anyuan/service';
import { getConnInfo } from '@hono/node-server/conninfo';
import { serveStatic } from '@hono/node-server/serve-static';
import { trpcServer } from '@hono/trpc-server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Auth, actorOf, SignedOut } from './auth.ts';
import { publicVisits } from './public-visits.ts';
import type { GatewayRouter } from './router.ts';
import { Throttle } from './throttle.ts';
import { wholeBody } from './whole-body.ts';

export interface GatewayAppOptions {
  auth: Auth;
  /** `localhost:4100`: every name under which this door is meant. */
  hosts: ReadonlySet<string>;
  bus: Bus;
  school: string;
  router: GatewayRouter;
  log: Log;
  consoleDir: string | undefined;
  kioskUrl: string | undefined;
  simUrl: string | undefined;
  health: () => object;
}

type Env = { Variables: { actor: PersonActor | null } };

export function createGatewayApp(options: GatewayAppOptions): Hono<Env> {
  const { auth, bus, school, router, log, consoleDir } = options;
  const app = new Hono<Env>();
  const throttle = new Throttle();
  const ended = new SignedOut();

  app.use(pageHeaders());
  app.use(wholeBody(MAX_BODY_BYTES));
  app.use(ownNames(log, options.hosts));
  app.get('/health', (c) => c.json(options.health()));

  app.post('/api/auth/sign-in/username', async (c) => {
    const body = Credentials.safeParse(
      await c.req.raw
        .clone()
        .json()
        .catch(() => null),
    );
    if (!body.success) return c.json({ code: 'badInput' }, 400);
    const address = getConnInfo(c).remote.address ?? 'unknown';
    const wait = await throttle.tried(address, body.data.username);
    if (wait > 0) {
      log.warn({ wait }, 'sign-in slowed down');
      return c.json({ code: 'tooMany' }, 429, { 'retry-after': String(wait) });
    }
    const response = await auth.handler(c.req.raw);
    if (response.ok) await throttle.succeeded(address, body.data.username);
    else log.info({ status: response.status }, 'sign-in refused');
    // The session's token is for the cookie alone: nothing of it in a body that scripts can read.
    if (response.ok) return new Response('{}', { headers: cookiesOf(response) });
    return response.status >= 500 ? c.json({ code: 'unavailable' }, 503) : c.json({ code: 'notSignedIn' }, 401);
  });
  app.post('/api/auth/sign-out', (c) => ended.signOut(auth, c.req.raw));

  // Calendar programs can't sign in: the address is the key, and the service knows its hash.
  app.get('/calendar/:file{[0-9a-f]{64}\\.ics}', (c) =>
    requestOverBus({
      ...{ bus, school, service: 'drills', caller: GATEWAY, method: 'GET' },
      path: `/files/calendar/${c.req.param('file')}`,
    }),
  );

  const page = consoleDir ? () => readFileSync(join(consoleDir, 'visit.html'), 'utf8') : undefined;
  app.route('/', publicVisits({ bus, school, log, page }));

  app.use('/api/*', async (c, next) => {
    c.set('actor', await actorOf(auth, c.req.raw.headers, ended));
    return next();
  });
  // tRPC answers a refused stream with 200 and an error inside; nobody gets even that.
  app.use('/api/trpc/live', async (c, next) => (c.get('actor') ? next() : c.json({ code: 'notSignedIn' }, 401)));
  app.use(
    '/api/trpc/*',
    trpcServer({
      router,
      endpoint: '/api/trpc',
      createContext: (_opts, c: Context<Env>): ServiceContext & Record<string, unknown> => ({
        actor: c.get('actor'),
        log,
      }),
    }),
  );
  for (const service of SERVICES)
    app.all(`/api/${service}/*`, async (c) => {
      const actor = c.get('actor');
      if (!actor) return c.json({ code: 'notSignedIn' }, 401);
      const url = new URL(c.req.url);
      return requestOverBus({
        bus,
        school,
        service,
        caller: GATEWAY,
        method: c.req.method,
        path: url.pathname.slice(`/api/${service}`.length) + url.search,
        body: new Uint8Array(await c.req.arrayBuffer()),
        contentType: c.req.header('content-type') ?? 'application/json',
        actor,
      });
    });

  if (options.kioskUrl) redirect(app, '/kiosk', options.kioskUrl);
  if (options.simUrl) redirect(app, '/sim', options.simUrl);
  if (consoleDir) serveConsole(app, consoleDir);
  app.notFound((c) => c.json({ code: 'notFound' }, 404));
  app.onError((error, c) => {
    const code = error instanceof AppError ? error.code : isAway(error) ? 'unavailable' : 'internal';
    log[errorTable[code].level]({ error, code }, 'request failed');
    return c.json({ code }, errorTable[code].status);
  });
  return app;
}

function cookiesOf(response: Response): Headers {
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}

const Credentials = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });

/**
 * Only under its own names, and only for its own pages: a name that merely points here (DNS rebinding) and another site's
 * page get nothing, whatever a browser sends along.
 */
function ownNames(log: Log, hosts: ReadonlySet<string>) {
  return async (c: Context<Env>, next: () => Promise<void>) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    const foreign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
    if (hosts.has(host) && !foreign) return next();
    log.warn({ foreign }, 'refused a request under another name or from another site');
    return c.json({ code: 'forbidden' }, 403);
  };
}

function redirect(app: Hono<Env>, path: string, to: string): void {
  app.get(path, (c) => c.redirect(to));
  app.get(`${path}/`, (c) => c.redirect(to));
}

function serveConsole(app: Hono<Env>, dir: string): void {
  app.get('/', (c) => c.redirect('/console/'));
  app.get('/console', (c) => c.redirect('/console/'));
  app.use('/console/*', async (c, next) => {
    await next();
    c.header('cache-control', c.req.path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  app.use('/console/*', serveStatic({ root: dir, rewriteRequestPath: (path) => path.replace(/^\/console/, '') }));
  // A path of the single-page app; an asset that is gone stays gone.
  app.get('/console/*', (c) =>
    c.req.path.includes('/assets/') ? c.notFound() : c.html(readFileSync(join(dir, 'index.html'), 'utf8')),
  );
}

const isAway = (error: unknown): boolean =>
  error instanceof Error && /ECONNREFUSED|terminated|timeout/.test(`${error.cause ?? error.name}`);
