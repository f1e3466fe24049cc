/**
 * The alarm service, wired together. It stands beside the alarm's path and not on it: devices hear a raise before this
 * process does. README.md says what happens when the bus, the database or this process is away.
 */
import { type Bus, connectBus } from '@anyuan/bus';
import { type AlarmTables, assertSchema, type Db, openDb, type Relay, startRelay } from '@anyuan/db';
import { type Clock, createApp, createLog, type Log, serveOverBus, systemClock } from '@anyuan/service';
import { Beat } from './beat.ts';
import { Board } from './board.ts';
import { type AlarmContext, noteAllQuiet } from './commands.ts';
import type { AlarmConfig } from './config.ts';
import { Ears, type HeardFact } from './ears.ts';
import { createRouter } from './router.ts';
import { roster, saveDevices, storeFacts } from './store.ts';

export interface AlarmOverrides {
  clock?: Clock;
}

/** A device that was put on the list must answer the alarm after the next reading. */
const ROSTER_MS = 5_000;
const ROSTER_RETRY_MS = 2_000;

export class AlarmService {
  readonly #config: AlarmConfig;
  readonly #log: Log;
  readonly #bus: Bus;
  readonly #db: Db<AlarmTables>;
  readonly #board = new Board();
  readonly #ears: Ears;
  readonly #beat: Beat;
  readonly #ctx: AlarmContext;
  #relay: Relay | undefined;
  #ends: (() => void)[] = [];
  #rosterTimer: NodeJS.Timeout | undefined;
  #remembered = false;
  #hasRoster = false;
  #stopping = false;

  static async create(config: AlarmConfig, overrides: AlarmOverrides = {}): Promise<AlarmService> {
    const log = createLog('alarm', config.LOG_LEVEL);
    const bus = await connectBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name: 'alarm',
      onError: (what, error) => log.error({ what, error }, 'bus'),
    });
    const db = openDb<AlarmTables>({ url: config.DATABASE_URL, owner: 'alarm' });
    return new AlarmService(config, log, bus, db, overrides.clock ?? systemClock);
  }

  private constructor(config: AlarmConfig, log: Log, bus: Bus, db: Db<AlarmTables>, clock: Clock) {
    const school = config.ANYUAN_SCHOOL;
    this.#config = config;
    this.#log = log;
    this.#bus = bus;
    this.#db = db;
    const ears = new Ears({
      bus,
      school,
      log,
      now: () => clock.now(),
      onFact: (heard) => this.#onFact(heard),
      onHealth: (device, health) => void this.#board.heard(device, health, clock.now()),
      store: (batch) => this.#store(batch),
    });
    this.#ears = ears;
    this.#beat = new Beat({ bus, school, board: this.#board, clock, version: () => ears.sequence });
    this.#ctx = { bus, school, board: this.#board, beat: this.#beat, ears, db, clock };
  }

  async start(): Promise<void> {
    const { ANYUAN_SCHOOL: school } = this.#config;
    this.#ears.listen();
    this.#beat.start();
    await this.#followRoster();
    await this.#remember();
    this.#ends.push(this.#bus.onChange((up) => void (up ? this.#remember() : this.#forget())));
    const health = async () => {
      const away = [...(this.#remembered ? [] : ['bus']), ...((await this.#db.ready()) ? [] : ['database'])];
      return { ok: away.length === 0, away };
    };
    const app = createApp({ router: createRouter(this.#ctx), log: this.#log, health });
    this.#ends.push(serveOverBus({ bus: this.#bus, school, service: 'alarm', app, log: this.#log }));
    this.#relay = startRelay({
      db: this.#db,
      school,
      publish: async (subject, value, { id, headers }) => {
        await this.#bus.publishStored(subject, value, { id, headers });
      },
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#rosterTimer);
    this.#beat.stop();
    for (const end of this.#ends) end();
    await this.#ears.stop();
    await this.#relay?.stop();
    await this.#bus.close();
    await this.#db.close();
  }

  /** For tests: everything that the stream holds stands in the database and on the bus. */
  async processAll(): Promise<void> {
    await this.#ears.caughtUp();
    await this.#relay?.processAll();
  }

  #onFact({ incident: id, fact }: HeardFact): void {
    const known = this.#board.incidents.has(id);
    const incident = this.#board.take(id, fact);
    if (!incident) return;
    if (known) this.#beat.changed(id);
    else this.#beat.raised(id);
    if (this.#remembered)
      noteAllQuiet(this.#ctx, incident).catch((error) => this.#log.warn({ error }, 'quiet was not noted'));
  }

  async #store(batch: HeardFact[]): Promise<void> {
    await this.#db.tx((trx) => storeFacts(trx, batch));
    for (const { incident } of batch) {
      if (this.#board.stored.has(incident)) continue;
      this.#board.stored.add(incident);
      this.#beat.changed(incident);
    }
  }

  /** While the bus was away raises may have passed unheard: no state is said until the stream has been read again. */
  #forget(): void {
    this.#remembered = false;
    this.#beat.whole(false);
  }

  async #remember(): Promise<void> {
    try {
      await this.#ears.remember();
      this.#remembered = true;
      this.#beat.whole(true);
    } catch (error) {
      this.#log.warn({ error }, 'the stream could not be read');
      if (this.#bus.connected) setTimeout(() => void this.#remember(), 500).unref();
    }
  }

  /** The roster comes from the database; until that answers, a gate's own announcements are all that is expected. */
  async #followRoster(): Promise<void> {
    let wait = ROSTER_MS;
    try {
      if (!this.#hasRoster) await assertSchema(this.#db);
      this.#board.join(await roster(this.#db.kysely));
      this.#hasRoster = true;
    } catch (error) {
      if (!this.#hasRoster) this.#log.warn({ error }, 'the roster waits for the database');
      wait = ROSTER_RETRY_MS;
    }
    if (!this.#stopping) this.#rosterTimer = setTimeout(() => void this.#followRoster(), wait);
  }
}

/** For seeds and imports: the devices that must answer. */
export { saveDevices as importDevices };
