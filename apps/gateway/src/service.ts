/** The gateway, wired together: sign-in, the live stream, the bus, and the school's one listening port. */
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { type Bus, openBus } from '@anyuan/bus';
import { type Db, openDb, schemaReady } from '@anyuan/db';
import { createLog, type Log, readSecret, systemClock } from '@anyuan/service';
import { getRequestListener } from '@hono/node-server';
import { createGatewayApp } from './app.ts';
import { type Auth, createAuth } from './auth.ts';
import type { GatewayConfig } from './config.ts';
import { Live } from './live.ts';
import { createGatewayRouter } from './router.ts';

export class GatewayService {
  readonly auth: Auth;
  readonly #config: GatewayConfig;
  readonly #bus: Bus;
  readonly #db: Db<never>;
  readonly #live: Live;
  readonly #log: Log;
  readonly #server: ReturnType<typeof createServer>;

  static async create(config: GatewayConfig): Promise<GatewayService> {
    const log = createLog('gateway', config.LOG_LEVEL);
    const bus = openBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name: 'gateway',
      onError: (what, error) => log.error({ what, error }, 'bus'),
    });
    const db = openDb<never>({ url: config.DATABASE_URL, owner: 'identity' });
    await schemaReady(db, AbortSignal.timeout(60_000));
    return new GatewayService(config, bus, db, log);
  }

  private constructor(config: GatewayConfig, bus: Bus, db: Db<never>, log: Log) {
    this.#config = config;
    this.#bus = bus;
    this.#db = db;
    this.#log = log;
    const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
    this.auth = authFor(db, config.AUTH_SECRET_FILE, publicUrl);
    this.#live = new Live(log);
    const router = createGatewayRouter({
      bus,
      live: this.#live,
      school: { id: config.ANYUAN_SCHOOL, name: config.ANYUAN_SCHOOL_NAME },
      demo: config.ANYUAN_DEMO === '1',
      now: () => systemClock.now(),
    });
    const app = createGatewayApp({
      auth: this.auth,
      hosts: namesOf(config, publicUrl),
      bus,
      school: config.ANYUAN_SCHOOL,
      router,
      log,
      consoleDir: config.CONSOLE_DIR,
      kioskUrl: config.KIOSK_URL,
      simUrl: config.SIM_URL,
      health: () => ({ ok: true, bus: bus.connected }),
    });
    this.#server = createServer(getRequestListener(app.fetch));
  }

  /** @returns the port it listens on */
  async start(): Promise<number> {
    const { PORT, HOST, ANYUAN_SCHOOL } = this.#config;
    this.#live.start(this.#bus, ANYUAN_SCHOOL);
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(PORT, HOST, resolve);
    });
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : PORT;
    this.#log.info({ port }, 'listening');
    return port;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#live.stop();
    this.#server.closeAllConnections();
    await this.#bus.close();
    await this.#db.close();
  }
}

/** The address people type, this machine's own, and its network addresses when it listens there. */
function namesOf({ HOST, PORT }: GatewayConfig, publicUrl: string): ReadonlySet<string> {
  const { host, port } = new URL(publicUrl);
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all?.map((a) => a.address) ?? []);
  const open = HOST === '127.0.0.1' || HOST === 'localhost' ? [] : addresses;
  const ports = new Set([port, String(PORT)]);
  const names = ['localhost', '127.0.0.1', '[::1]', ...open].flatMap((name) => [...ports].map((p) => `${name}:${p}`));
  return new Set([host, ...names]);
}

function authFor(db: Db<never>, secretFile: string, publicUrl: string): Auth {
  const { port } = new URL(publicUrl);
  const trustedOrigins = [publicUrl, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return createAuth({ db: db.kysely, secret: readSecret(secretFile), publicUrl, trustedOrigins });
}

/** The sign-in without its gateway, for seeds and the administrator's own tools. */
export function openAuth(options: { databaseUrl: string; secretFile: string; publicUrl: string }) {
  const db = openDb<never>({ url: options.databaseUrl, owner: 'identity', max: 1 });
  return { auth: authFor(db, options.secretFile, options.publicUrl), close: () => db.close() };
}

export { importUsers, type NewUser } from './auth.ts';
