/**
 * The pickup service, wired together. The gates decide by their copy of its list; this process keeps the record, judges
 * doubles, and sends the list. README.md says what happens when it, its database or the bus is away.
 */
import { type Bus, connectBus, type ListPublisher, startListPublisher } from '@anyuan/bus';
import { type Db, openDb, type PickupTables, type Relay, schemaReady, startRelay } from '@anyuan/db';
import { type Clock, createApp, createLog, type Log, serveOverBus, systemClock } from '@anyuan/service';
import { type PickupConfig, type PickupKeys, readKeys } from './config.ts';
import { createRouter } from './router.ts';
import { listVersion, loadList } from './school-list.ts';

export { type ImportedSchool, importSchool } from './import.ts';

export interface PickupOverrides {
  clock?: Clock;
  log?: Log;
}

interface Parts {
  config: PickupConfig;
  log: Log;
  bus: Bus;
  db: Db<PickupTables>;
  keys: PickupKeys;
  clock: Clock;
}

export class PickupService {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  #ends: (() => void)[] = [];
  #relay: Relay | undefined;
  #lists: ListPublisher | undefined;

  static async create(config: PickupConfig, overrides: PickupOverrides = {}): Promise<PickupService> {
    const log = overrides.log ?? createLog('pickup', config.LOG_LEVEL);
    const keys = readKeys(config.ANYUAN_KEYS);
    const bus = await connectBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name: 'pickup',
      onError: (what, error) => log.warn({ what, error }, 'bus'),
    });
    const db = openDb<PickupTables>({ url: config.DATABASE_URL, owner: 'pickup' });
    return new PickupService({ config, log, bus, db, keys, clock: overrides.clock ?? systemClock });
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Answers at once, and says in its health what is away; ready when the database is there. */
  async start(): Promise<void> {
    const { config, log, bus, db, keys, clock } = this.#parts;
    const school = config.ANYUAN_SCHOOL;
    const app = createApp({ router: createRouter({ db, clock }), log, health: () => this.#health() });
    this.#ends.push(serveOverBus({ bus, school, service: 'pickup', app, log }));
    await schemaReady(db, this.#stopping.signal, (error) => log.warn({ error }, 'waiting for the database'));
    this.#relay = startRelay({
      db,
      school,
      clock,
      publish: async (subject, data, event) => void (await bus.publishStored(subject, data, event)),
      onError: (error) => log.warn({ error }, 'events wait'),
    });
    const lists = startListPublisher({
      bus,
      school,
      list: 'pickup',
      privateKey: keys.list,
      version: () => listVersion(db.kysely),
      load: () => loadList(db.kysely),
      clock,
      onError: (error) => log.warn({ error }, 'the list is not renewed'),
    });
    this.#lists = lists;
    // A lost card must be dead at every gate within a second (H2), not with the next look.
    this.#ends.push(db.onEmitted(() => lists.changed()));
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
