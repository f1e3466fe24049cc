/**
 * A service that owns tables and a signed list: the wiring that `gate` and `pickup` share.
 *
 * Promise: it answers at once and says in its health what is away; it waits for its database instead of dying; what was
 * committed reaches the bus; a change of the list reaches the gates within a second (H2). It stands behind the gates and
 * not in them: a kiosk decides and keeps its records while this process, its database or the bus is away.
 */
import { type Bus, connectBus, type ListPublisher, type ListPublisherOptions, startListPublisher } from '@anyuan/bus';
import type { ServiceName } from '@anyuan/contracts';
import { type Db, openDb, type Relay, schemaReady, startRelay } from '@anyuan/db';
import type { AnyRouter } from '@trpc/server';
import { createApp } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import { createLog, type Log } from './log.ts';
import { serveOverBus } from './over-bus.ts';

export interface OwnerServiceOptions<Tables> {
  name: ServiceName;
  config: {
    ANYUAN_SCHOOL: string;
    NATS_URL: string;
    NATS_CREDS?: string | undefined;
    DATABASE_URL: string;
    LOG_LEVEL: string;
  };
  router(db: Db<Tables>, clock: Clock): AnyRouter;
  list: Pick<ListPublisherOptions, 'list' | 'privateKey'> & {
    version(db: Db<Tables>): Promise<number>;
    load(db: Db<Tables>): Promise<{ version: number; body: unknown }>;
  };
  clock?: Clock | undefined;
  log?: Log | undefined;
}

interface Parts<Tables> {
  options: OwnerServiceOptions<Tables>;
  bus: Bus;
  db: Db<Tables>;
  clock: Clock;
  log: Log;
}

export class OwnerService<Tables> {
  readonly #parts: Parts<Tables>;
  readonly #stopping = new AbortController();
  #ends: (() => void)[] = [];
  #relay: Relay | undefined;
  #lists: ListPublisher | undefined;

  static async create<Tables>(options: OwnerServiceOptions<Tables>): Promise<OwnerService<Tables>> {
    const { name, config, clock = systemClock, log = createLog(name, config.LOG_LEVEL) } = options;
    const bus = await connectBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name,
      onError: (what, error) => log.warn({ what, error }, 'bus'),
    });
    const db = openDb<Tables>({ url: config.DATABASE_URL, owner: name });
    return new OwnerService({ options, bus, db, clock, log });
  }

  private constructor(parts: Parts<Tables>) {
    this.#parts = parts;
  }

  /** Answers at once; resolves when the database is there. */
  async start(): Promise<void> {
    const { options, bus, db, clock, log } = this.#parts;
    const school = options.config.ANYUAN_SCHOOL;
    const app = createApp({ router: options.router(db, clock), log, health: () => this.#health() });
    this.#ends.push(serveOverBus({ bus, school, service: options.name, app, log }));
    await schemaReady(db, this.#stopping.signal, (error) => log.warn({ error }, 'waiting for the database'));
    this.#relay = startRelay({
      db,
      school,
      clock,
      publish: async (subject, data, event) => void (await bus.publishStored(subject, data, event)),
      onError: (error) => log.warn({ error }, 'events wait'),
    });
    const { list, privateKey, version, load } = options.list;
    const lists = startListPublisher({
      ...{ bus, school, list, privateKey, clock },
      version: () => version(db),
      load: () => load(db),
      onError: (error) => log.warn({ error }, 'the list is not renewed'),
    });
    this.#lists = lists;
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
