/**
 * One owner's slice of the database.
 *
 * Promise: a query answers or fails within about 5 s. While Postgres is away (stopped, restarting, frozen, cut off) it
 * fails with `AppError('unavailable')`, at once where the machine says so; the first query after its return works again.
 * An idle connection that dies, or one that dies in the middle of a transaction, never ends the process. A transaction
 * cut off during its commit may or may not have happened: every command is idempotent by its id and is simply repeated.
 *
 * Rows: snake_case in SQL, camelCase here; keys inside JSON columns stay as they are. `timestamptz` is a Date, `date` its
 * text, `bigint` and `count(*)` a number.
 */
import { AppError } from '@anyuan/contracts';
import {
  CamelCasePlugin,
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
  sql,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import { hasEmitted } from './outbox.ts';
import type { Owner } from './owners.ts';

const PATIENCE_MS = 3_000;
const STATEMENT_MS = 4_000;

export interface Db<Tables> {
  readonly owner: Owner;
  readonly kysely: Kysely<Tables>;
  /** Runs `work` in one transaction: all of it happens, or nothing. */
  tx<Result>(work: (trx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** Called after each commit of this process that wrote to the outbox; returns its own end. */
  onEmitted(listener: () => void): () => void;
  /** Does it answer now? */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DbOptions {
  url: string;
  owner: Owner;
  /** Connections at most. */
  max?: number;
}

export function openDb<Tables>({ url, owner, max = 5 }: DbOptions): Db<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `anyuan-${owner}`,
    options: `-c search_path=${owner} -c idle_in_transaction_session_timeout=10000`,
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: STATEMENT_MS,
    // The server's own limit above does not fire when the server is frozen or the cable is cut.
    query_timeout: STATEMENT_MS + 500,
    keepAlive: true,
    types,
  });
  // Without a listener Node ends the process when a connection breaks; the next query tells the caller.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const guarded = new WeakMap<pg.PoolClient, GuardedClient>();
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        options: {},
        end: () => pool.end(),
        async connect() {
          const client = await pool.connect().catch((cause) => {
            throw new AppError('unavailable', 'the database cannot be reached', { cause });
          });
          const guard = guarded.get(client) ?? new GuardedClient(client);
          guarded.set(client, guard);
          return guard;
        },
      },
    }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  const listeners = new Set<() => void>();

  return {
    owner,
    kysely,
    async tx(work) {
      let emitted = false;
      const result = await kysely.transaction().execute(async (trx) => {
        const outcome = await work(trx);
        emitted = hasEmitted(trx);
        return outcome;
      });
      if (emitted) for (const listener of listeners) listener();
      return result;
    },
    onEmitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: () =>
      sql`select 1`.execute(kysely).then(
        () => true,
        () => false,
      ),
    close: () => kysely.destroy(),
  };
}

/** Tells "Postgres is away" from "this statement is wrong", and never gives a broken connection back to the pool. */
class GuardedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #broken = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new AppError('internal', 'cursors are not in use');
    return this.#run<R>(text, parameters);
  }

  release(): void {
    this.#client.release(this.#broken);
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const result = await this.#client.query(text, [...parameters]);
      const { command, rowCount, rows } = result;
      if (!isCommand(command)) return { command: 'SELECT', rowCount: rowCount ?? 0, rows };
      return { command, rowCount: rowCount ?? 0, rows };
    } catch (cause) {
      if (isUnstorable(cause)) throw new AppError('badInput', 'a value that no column takes', { cause });
      if (!isAway(cause)) throw cause;
      this.#broken = true;
      throw new AppError('unavailable', 'the database went away', { cause });
    }
  }
}

/** Connection failures (class 08), shutdowns (57P0x), no more connections, a statement that took too long. */
const AWAY = /^(08...|57P0.|53300|57014|25P03)$/;

function isAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return AWAY.test(error.code ?? '');
  // What pg throws besides is a socket or a timeout; a value that can't be written is a TypeError.
  return error instanceof Error && !(error instanceof TypeError);
}

/** Class 22, data exceptions: a NUL in a text, a number out of range. Without this a sender would try it again for ever. */
const isUnstorable = (error: unknown): boolean => error instanceof pg.DatabaseError && /^22/.test(error.code ?? '');

const commands = ['UPDATE', 'DELETE', 'INSERT', 'SELECT', 'MERGE', 'COMMIT', 'ROLLBACK'] as const;
const isCommand = (command: string): command is (typeof commands)[number] => commands.some((c) => c === command);

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, String);
