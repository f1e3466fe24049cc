/**
 * Looks each minute whether this school day was cleared, and whether visitors of before have their search keys. Apart from the
 * service's round: hosts are asked there every two seconds, and neither may hold the other up. One copy at a time works; what
 * fails is logged and tried again the next minute.
 */
import type { GateTables } from '@anyuan/db';
import { tryLockInTransaction } from '@anyuan/db';
import type { Log, OwnerContext, Worker } from '@anyuan/service';
import type { GateKeys } from './config.ts';
import { keepMissingKeys } from './day-book-keys.ts';
import { clearOld } from './retention.ts';

const EVERY_MS = 60_000;

export class RetentionWorker implements Worker {
  readonly #context: OwnerContext<GateTables> & { log: Log };
  readonly #keys: GateKeys;
  #timer: ReturnType<typeof setInterval> | undefined;
  #running: Promise<void> | undefined;

  constructor(context: OwnerContext<GateTables> & { log: Log }, keys: GateKeys) {
    this.#context = context;
    this.#keys = keys;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#once(), EVERY_MS);
    void this.#once();
  }

  async processAll(): Promise<void> {
    await this.#once();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #once(): Promise<void> {
    const { db, clock, log } = this.#context;
    this.#running ??= db
      .tx(async (trx) => {
        if (!(await tryLockInTransaction(trx, 'gate retention'))) return;
        await keepMissingKeys(trx);
        await clearOld(trx, this.#keys, clock.now());
      })
      .catch((error) => log.warn({ error }, 'old visits wait'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }
}
