/**
 * The one page for people whom the school does not know: to apply for a visit, and to see how it stands (G1). Anybody may reach it, so each way
 * in is narrow: small bodies, so many tries an address and for all together, no copy on the way, no search engine. What is in the words,
 * and whether a token is one, the gate service says. With it or the bus away the page gets 503 and says so.
 */
import type { Bus } from '@anyuan/bus';
import { GATEWAY } from '@anyuan/contracts';
import { type Log, requestOverBus } from '@anyuan/service';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const MAX_BYTES = 8 * 1024;
const TOKEN = '{[A-Za-z0-9_-]{43}}';

/** A family behind one address applies now and then; a carrier's address is shared by many who only look. */
const LIMITS = {
  apply: { points: 12, duration: 600 },
  applyAll: { points: 240, duration: 3_600 },
  look: { points: 120, duration: 60 },
};

export interface PublicVisitsOptions {
  bus: Bus;
  school: string;
  log: Log;
  /** The page's HTML; undefined without a built console. */
  page: (() => string) | undefined;
}

export function publicVisits({ bus, school, log, page }: PublicVisitsOptions): Hono {
  const app = new Hono();
  const apply = new RateLimiterMemory(LIMITS.apply);
  const applyAll = new RateLimiterMemory(LIMITS.applyAll);
  const look = new RateLimiterMemory(LIMITS.look);
  const narrow =
    (limiters: readonly [limiter: RateLimiterMemory, shared: boolean][]) =>
    async (c: Context, next: () => Promise<void>) => {
      const address = getConnInfo(c).remote.address ?? 'unknown';
      const tries = await Promise.allSettled(limiters.map(([limiter, all]) => limiter.consume(all ? 'all' : address)));
      const waits = tries.flatMap((t) => (t.status === 'rejected' ? [Number(t.reason?.msBeforeNext ?? 60_000)] : []));
      unseen(c);
      if (waits.length === 0) return next();
      log.warn({}, 'the public form was slowed down');
      const wait = String(Math.ceil(Math.max(...waits) / 1_000));
      return c.json({ code: 'tooMany' }, 429, { 'retry-after': wait });
    };
  const ask = async (c: Context, path: string, body?: Uint8Array) => {
    const answer = await requestOverBus({
      ...{ bus, school, service: 'gate', caller: GATEWAY, method: c.req.method, path },
      ...(body ? { body } : {}),
    });
    return c.body(await answer.arrayBuffer(), answer.status as 200, { 'content-type': 'application/json' });
  };

  app.post(
    '/api/visit',
    narrow([
      [apply, false],
      [applyAll, true],
    ]),
    async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      if (body.byteLength > MAX_BYTES) return c.json({ code: 'tooLarge' }, 413);
      return ask(c, '/public/bookings', body);
    },
  );
  app.get(`/api/visit/:token${TOKEN}`, narrow([[look, false]]), (c) =>
    ask(c, `/public/bookings/${c.req.param('token')}`),
  );

  if (!page) return app;
  const show = (c: Context) => {
    unseen(c);
    return c.html(page());
  };
  app.get('/visit', show);
  app.get(`/visit/:token${TOKEN}`, show);
  return app;
}

/** Neither kept by anybody on the way, nor found by a search, nor told to the next page. */
function unseen(c: Context): void {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex, nofollow');
  c.header('referrer-policy', 'no-referrer');
}
