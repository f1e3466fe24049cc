/**
 * The gate service, wired together. It stands behind the gate and not in it: a kiosk decides and keeps its records while
 * this process, its database or the bus is away. README.md says what happens then.
 */
import { type Bus, connectBus, type ListPublisher, startListPublisher } from '@anyuan/bus';
import { type GateTables, openDb, type Relay, schemaReady, startRelay } from '@anyuan/db';
import { type Clock, createApp, createLog, type Log, serveOverBus, systemClock } from '@anyuan/service';
import type { GateContext } from './commands.ts';
import { type GateConfig, readKeys } from './config.ts';
import { createRouter } from './router.ts';
import { loadStaff, staffVersion } from './staff.ts';

export { type ImportedPerson, importStaff } from './staff.ts';

export interface GateOverrides {
  clock?: Clock;
  log?: Log;
}

interface Parts extends GateContext {
  config: GateConfig;
  log: Log;
  bus: Bus;
}

export class GateService {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  #ends: (() => void)[] = [];
  #relay: Relay | undefined;
  #lists: ListPublisher | undefined;

  static async create(config: GateConfig, overrides: GateOverrides = {}): Promise<GateService> {
    const log = overrides.log ?? createLog('gate', config.LOG_LEVEL);
    const keys = readKeys(config.ANYUAN_KEYS);
    const bus = await connectBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name: 'gate',
      onError: (what, error) => log.warn({ what, error }, 'bus'),
    });
    const db = openDb<GateTables>({ url: config.DATABASE_URL, owner: 'gate' });
    return new GateService({ config, log, bus, db, keys, clock: overrides.clock ?? systemClock });
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Answers at once, and says in its health what is away; ready when the database is there. */
  async start(): Promise<void> {
    const { config, log, bus, db, keys, clock } = this.#parts;
    const school = config.ANYUAN_SCHOOL;
    const app = createApp({ router: createRouter({ db, keys, clock }), log, health: () => this.#health() });
    this.#ends.push(serveOverBus({ bus, school, service: 'gate', app, log }));
    await schemaReady(db, this.#stopping.signal, (error) => log.warn({ error }, 'waiting for the database'));
    this.#relay = startRelay({
      db,
      school,
      clock,
      publish: async (subject, data, event) => void (await bus.publishStored(subject, data, event)),
      onError: (error) => log.warn({ error }, 'events wait'),
    });
    this.#lists = startListPublisher({
      bus,
      school,
      list: 'staff',
      privateKey: keys.list,
      version: () => staffVersion(db.kysely),
      load: () => loadStaff(db.kysely),
      clock,
      onError: (error) => log.warn({ error }, 'the list is not renewed'),
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const end of this.#ends) end();
    await this.#lists?.stop();
    await this.#relay?.stop();
    await this.#parts.bus.close();
    await this.#parts.db.close();
  }

  /** For tests: what was committed stands on the bus. */
  async processAll(): Promise<void> {
    await this.#relay?.processAll();
    await this.#lists?.publishNow();
  }

  async #health() {
    const away = (await this.#parts.db.ready()) ? [] : ['database'];
    return { ok: away.length === 0, away };
  }
}
