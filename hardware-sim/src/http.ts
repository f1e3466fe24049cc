/**
 * The control address: the acts as JSON, the state as JSON and as a stream, and the panel. On 127.0.0.1 only.
 *
 * Any page in the user's browser can reach a local port, so a request that names another host (DNS rebinding) or comes
 * from another origin (CSRF) is refused, and an act must be JSON, which no foreign form can send.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { Act, NotPossible, UnknownName } from './acts.ts';
import { demoCards, demoDocuments } from './demo-people.ts';
import { slipSvg } from './devices/printer/paper.ts';
import type { Sim } from './sim.ts';

export interface SimServer {
  url: string;
  stop(): Promise<void>;
}

/** State at most this often on the stream; a wake-up without change, so that a dead stream is noticed. */
const STREAM_MS = 150;
const ALIVE_MS = 15_000;

const panelFiles = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/panel.css': ['panel.css', 'text/css; charset=utf-8'],
  '/panel.js': ['panel.js', 'text/javascript; charset=utf-8'],
} as const;

export function simApp(sim: Sim, hosts: () => readonly string[]): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const own = hosts().includes(host) && (origin === undefined || origin === `http://${host}`);
    // A person may open the panel from a link; nothing else may come from another site.
    const foreign = site === 'cross-site' && !(c.req.method === 'GET' && c.req.path === '/');
    if (!own || foreign)
      return c.json({ error: 'forbidden', message: 'only this machine, and only its own pages' }, 403);
    c.header(
      'Content-Security-Policy',
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return next();
  });

  for (const [path, [file, type]] of Object.entries(panelFiles)) {
    app.get(path, async (c) =>
      c.body(await readFile(new URL(`./panel/${file}`, import.meta.url), 'utf8'), 200, { 'Content-Type': type }),
    );
  }

  app.get('/api/state', (c) => c.json(sim.state()));
  app.get('/api/list', (c) => c.json(listing(sim)));

  app.get('/api/slips/:file{[0-9]+.svg}', (c) => {
    const slip = sim.slips().find(({ n }) => n === Number.parseInt(c.req.param('file'), 10));
    if (!slip)
      throw new UnknownName(
        'slip',
        c.req.param('file'),
        sim.slips().map(({ n }) => `${n}.svg`),
      );
    return c.body(slipSvg(slip), 200, { 'Content-Type': 'image/svg+xml' });
  });

  app.get('/api/events', (c) =>
    streamSSE(c, async (stream) => {
      let due = true;
      let wake = (): void => {};
      const stopListening = sim.onChange(() => {
        due = true;
        wake();
      });
      stream.onAbort(() => wake());
      while (!stream.aborted) {
        due = false;
        await stream.writeSSE({ event: 'state', data: JSON.stringify(sim.state()) });
        await stream.sleep(STREAM_MS);
        if (due || stream.aborted) continue;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ALIVE_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      stopListening();
    }),
  );

  const tooLarge = bodyLimit({
    maxSize: 4096,
    onError: (c) => c.json({ error: 'tooLarge', message: 'an act fits into 4 kB' }, 413),
  });
  app.post('/api/act', tooLarge, async (c) => {
    if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
      return c.json({ error: 'badInput', message: 'send application/json' }, 415);
    }
    const act = Act.safeParse(await c.req.json().catch(() => null));
    if (!act.success) {
      const message = act.error.issues.map((i) => `${i.path.join('.') || 'act'}: ${i.message}`).join('; ');
      return c.json({ error: 'badInput', message }, 400);
    }
    await sim.perform(act.data);
    return c.json({ done: act.data.act });
  });

  app.onError((error, c) => {
    if (error instanceof UnknownName)
      return c.json({ error: 'notFound', message: error.message, known: error.known }, 404);
    if (error instanceof NotPossible) return c.json({ error: 'conflict', message: error.message }, 409);
    return c.json({ error: 'internal', message: 'the simulator could not do it' }, 500);
  });
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.notFound((c) => c.json({ error: 'notFound', message: 'no such address' }, 404));
  return app;
}

export async function serveSim(sim: Sim, port: number): Promise<SimServer> {
  let bound = port;
  const app = simApp(sim, () => [`127.0.0.1:${bound}`, `localhost:${bound}`]);
  const server: Server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') bound = address.port;
  return {
    url: `http://127.0.0.1:${bound}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listing = (sim: Sim) => ({
  persons: demoDocuments.map(({ key, name, note, noteEn, number }) => ({
    key,
    name,
    note,
    noteEn,
    last4: number.slice(-4),
  })),
  cards: demoCards.map(({ key, title, note, noteEn, printed, kind, status }) => ({
    key,
    title,
    note,
    noteEn,
    last4: printed.slice(-4),
    kind,
    status,
  })),
  devices: sim.state().gate.map(({ device }) => device),
  swarm: sim.state().swarm.devices.map(({ device, name }) => ({ device, name })),
});
export type Listing = ReturnType<typeof listing>;
