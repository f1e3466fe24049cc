/**
 * A service that owns tables: the wiring that all of them but the alarm share.
 *
 * Promise: it answers at once and says in its health what is away; it waits for its database instead of dying; what was
 * committed reaches the bus. With signed lists: a change reaches the gates within a second (H2). With `follow`: other
 * owners' events come at least once, in order, each in a transaction. With `round`: one copy at a time does what is due.
 * It stands behind the gates and not in them: a kiosk decides and keeps its records while this process is away.
 */
import {
  type Bus,
  type Consumption,
  connectBus,
  consume,
  type ListPublisher,
  type ListPublisherOptions,
  startListPublisher,
} from '@anyuan/bus';
import { type LiveEvent, type ServiceName, streams, subjects } from '@anyuan/contracts';
import { type Db, openDb, type Relay, schemaReady, startRelay, tryLockInTransaction } from '@anyuan/db';
import type { AnyRouter } from '@trpc/server';
import type { Hono } from 'hono';
import type { Transaction } from 'kysely';
import { type AppEnv, createApp } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import { createLog, type Log } from './log.ts';
import { serveOverBus } from './over-bus.ts';

/** What the commands and queries of a service work with. */
export interface OwnerContext<Tables> {
  db: Db<Tables>;
  clock: Clock;
  /** To the screens that may see it, now; never stored. */
  tell(event: LiveEvent): void;
}

/** An event of another owner: `alarm`, `incident`, `raised`. */
export interface FollowedEvent {
  /** The same in a repeat. */
  id: string;
  owner: string;
  entity: string;
  type: string;
  data: unknown;
  at: Date;
}

export interface Worker {
  start(): void;
  /** For tests: what can be done now is done. */
  processAll(): Promise<void>;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** A signed list that gates decide by. */
export interface OwnedList<Tables> extends Pick<ListPublisherOptions, 'list' | 'privateKey'> {
  version(db: Db<Tables>): Promise<number>;
  load(db: Db<Tables>): Promise<{ version: number; body: unknown }>;
}

export interface OwnerServiceOptions<Tables> {
  name: ServiceName;
  config: {
    ANYUAN_SCHOOL: string;
    NATS_URL: string;
    NATS_CREDS?: string | undefined;
    DATABASE_URL: string;
    LOG_LEVEL: string;
  };
  router(context: OwnerContext<Tables>): AnyRouter;
  /** Files beside the router: PDF, XLSX, ICS. */
  routes?(app: Hono<AppEnv>, context: OwnerContext<Tables>): void;
  lists?: readonly OwnedList<Tables>[];
  /** Must be idempotent. */
  follow?(trx: Transaction<Tables>, event: FollowedEvent): Promise<void>;
  round?: { everyMs: number; run(trx: Transaction<Tables>, now: number): Promise<void> };
  /** What waits for others and must not hold a transaction meanwhile; it minds a second copy itself. */
  worker?(context: OwnerContext<Tables> & { log: Log }): Worker;
  clock?: Clock | undefined;
  log?: Log | undefined;
}

interface Parts<Tables> extends OwnerContext<Tables> {
  options: OwnerServiceOptions<Tables>;
  bus: Bus;
  log: Log;
}

export class OwnerService<Tables> {
  readonly #parts: Parts<Tables>;
  readonly #stopping = new AbortController();
  #ends: (() => void)[] = [];
  #relay: Relay | undefined;
  #lists: ListPublisher[] = [];
  #followed: Consumption | undefined;
  #worker: Worker | undefined;

  static async create<Tables>(options: OwnerServiceOptions<Tables>): Promise<OwnerService<Tables>> {
    const { name, config, clock = systemClock, log = createLog(name, config.LOG_LEVEL) } = options;
    const bus = await connectBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name,
      onError: (what, error) => log.warn({ what, error }, 'bus'),
    });
    const db = openDb<Tables>({ url: config.DATABASE_URL, owner: name });
    const tell = (event: LiveEvent) => void bus.publish(subjects.live(config.ANYUAN_SCHOOL, name), event);
    return new OwnerService({ options, bus, db, clock, log, tell });
  }

  private constructor(parts: Parts<Tables>) {
    this.#parts = parts;
  }

  /** Answers at once; resolves when the database is there. */
  async start(): Promise<void> {
    const { options, bus, db, clock, log } = this.#parts;
    const school = options.config.ANYUAN_SCHOOL;
    const app = createApp({ router: options.router(this.#parts), log, health: () => this.#health() });
    options.routes?.(app, this.#parts);
    this.#ends.push(serveOverBus({ bus, school, service: options.name, app, log }));
    await schemaReady(db, this.#stopping.signal, (error) => log.warn({ error }, 'waiting for the database'));
    this.#relay = startRelay({
      db,
      school,
      clock,
      publish: async (subject, data, event) => void (await bus.publishStored(subject, data, event)),
      onError: (error) => log.warn({ error }, 'events wait'),
    });
    this.#publishLists();
    this.#follow();
    this.#goRounds();
    this.#worker = options.worker?.(this.#parts);
    this.#worker?.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const end of this.#ends) end();
    await this.#followed?.stop();
    await this.#worker?.stop();
    await Promise.all(this.#lists.map((list) => list.stop()));
    await this.#relay?.stop();
    await this.#parts.bus.close();
    await this.#parts.db.close();
  }

  /** For tests: what was committed stands on the bus, what others said is known here, what is due is done. */
  async processAll(): Promise<void> {
    await this.#followed?.caughtUp();
    await this.#round();
    await this.#worker?.processAll();
    await this.#relay?.processAll();
    for (const list of this.#lists) await list.publishNow();
  }

  #publishLists(): void {
    const { options, bus, db, clock, log } = this.#parts;
    this.#lists = (options.lists ?? []).map(({ list, privateKey, version, load }) =>
      startListPublisher({
        ...{ bus, school: options.config.ANYUAN_SCHOOL, list, privateKey, clock },
        version: () => version(db),
        load: () => load(db),
        onError: (error) => log.warn({ error, list }, 'the list is not renewed'),
      }),
    );
    this.#ends.push(db.onEmitted(() => this.#lists.forEach((list) => void list.changed())));
  }

  #follow(): void {
    const { options, bus, db, log } = this.#parts;
    const { follow } = options;
    if (!follow) return;
    this.#followed = consume(bus, {
      stream: streams.events,
      durable: options.name,
      onError: (error) => log.warn({ error }, 'events of others wait'),
      async handle(batch) {
        await db.tx(async (trx) => {
          for (const { id, subject, data, at } of batch) {
            const [, , , owner = '', entity = '', type = ''] = subject.split('.');
            const value: unknown = JSON.parse(new TextDecoder().decode(data));
            await follow(trx, { id, owner, entity, type, data: value, at: new Date(at) });
          }
        });
      },
    });
  }

  #goRounds(): void {
    const { round } = this.#parts.options;
    if (!round) return;
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.#round()
        .catch((error) => this.#parts.log.warn({ error }, 'what is due waits'))
        .finally(() => {
          busy = false;
        });
    }, round.everyMs);
    this.#ends.push(() => clearInterval(timer));
  }

  async #round(): Promise<void> {
    const { options, db, clock } = this.#parts;
    const { round, name } = options;
    if (!round) return;
    await db.tx(async (trx) => {
      if (await tryLockInTransaction(trx, `${name} round`)) await round.run(trx, clock.now());
    });
  }

  async #health() {
    const away = (await this.#parts.db.ready()) ? [] : ['database'];
    return { ok: away.length === 0, away };
  }
}
