/**
 * The transactional outbox: an event is a row written by the transaction that made it true, and published afterwards.
 *
 * Promise: what was committed is published at least once, with the outbox id as message id, so that the stream and every
 * consumer drop a repeat. Events leave one after the other in the order of their rows, each after the one before was
 * acknowledged. A command changes its entity's row before it emits; that row's lock makes the order of rows the order
 * of commits for one entity, and for everything that had read it. Commits that overlap have no order between them.
 *
 * One relay per owner works at a time (an advisory lock on its own connection); a second instance stands by. With the
 * bus away the rows wait; with Postgres away the relay comes back by itself. It is woken by each commit of this process
 * and looks every `pollMs` for the commits of others. Published rows are swept after a week.
 */
import { eventHeaders, newId, subjects } from '@anyuan/contracts';
import { type QueryExecutorProvider, sql } from 'kysely';
import type { Db } from './client.ts';
import { tryLock, unlock } from './lock.ts';

const BATCH = 200;
const RETRY_MS = 250;
const HOUR_MS = 3_600_000;
const KEPT_MS = 7 * 24 * HOUR_MS;

export interface NewEvent {
  /** `visit`, `handOver`: the entity's level of the subject. */
  entity: string;
  /** `admitted`: past tense, the last level of the subject. */
  type: string;
  data: unknown;
  id?: string;
  at?: Date;
}

const emitters = new WeakSet<object>();

/** Writes the event into the caller's transaction. */
export async function emit(
  trx: QueryExecutorProvider,
  { entity, type, data, at = new Date(), id = newId(at.getTime()) }: NewEvent,
): Promise<void> {
  await sql`insert into outbox (id, entity, type, data, at)
    values (${id}, ${entity}, ${type}, ${JSON.stringify(data)}, ${at})`.execute(trx);
  emitters.add(trx);
}

export const hasEmitted = (trx: object): boolean => emitters.has(trx);

export interface RelayOptions<Tables> {
  db: Db<Tables>;
  school: string;
  /** Resolves when the bus has it on disk. */
  publish(subject: string, data: unknown, event: { id: string; headers: Record<string, string> }): Promise<void>;
  clock?: { now(): number };
  pollMs?: number;
  onError?: (error: unknown) => void;
}

export interface Relay {
  /** What stood in the way at the last attempt; undefined while all goes well. */
  readonly failure: unknown;
  wake(): void;
  /** Resolves when no event waits any more. */
  processAll(): Promise<void>;
  /** Publishes what is there, once, and ends. */
  stop(): Promise<void>;
}

interface Waiting {
  position: number;
  id: string;
  entity: string;
  type: string;
  data: unknown;
  at: Date;
}

export function startRelay<Tables>(options: RelayOptions<Tables>): Relay {
  const { db, school, publish, clock = Date, pollMs = 1_000, onError = () => {} } = options;
  const lock = `relay.${db.owner}`;
  let stopping = false;
  let woken = false;
  let failure: unknown;
  let sweptAt = 0;
  let interrupt = () => {};
  const wake = () => {
    woken = true;
    interrupt();
  };
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const fail = (error: unknown) => {
    if (failure === undefined) onError(error);
    failure = error;
  };
  const unsubscribe = db.onEmitted(wake);

  const loop = (async () => {
    while (!stopping) {
      try {
        await db.kysely.connection().execute(async (connection) => {
          if (!(await tryLock(connection, lock))) return;
          try {
            await lead(connection);
          } finally {
            await unlock(connection, lock).catch(() => {});
          }
        });
      } catch (error) {
        fail(error);
      }
      if (!stopping) await rest(pollMs);
    }
  })();

  async function lead(connection: QueryExecutorProvider): Promise<void> {
    for (;;) {
      const last = stopping;
      woken = false;
      const { more, ok } = await pass(connection);
      if (last) return;
      if (ok && !more && !woken && !stopping) await rest(pollMs);
      else if (!ok && !stopping) await rest(RETRY_MS);
    }
  }

  /** Publishes one batch and marks what was acknowledged; throws only when the database is away. */
  async function pass(connection: QueryExecutorProvider): Promise<{ more: boolean; ok: boolean }> {
    await sweep(connection);
    const { rows } = await sql<Waiting>`
      select position, id, entity, type, data, at
      from outbox where published_at is null order by position limit ${BATCH}`.execute(connection);
    const done: number[] = [];
    try {
      for (const event of rows) {
        await publish(subjects.event(school, db.owner, event.entity, event.type), event.data, {
          id: event.id,
          headers: headersOf(event),
        });
        done.push(event.position);
      }
      failure = undefined;
      return { more: rows.length === BATCH, ok: true };
    } catch (error) {
      fail(error);
      return { more: true, ok: false };
    } finally {
      if (done.length > 0) {
        await sql`update outbox set published_at = ${new Date(clock.now())} where position = any(${done})`.execute(
          connection,
        );
      }
    }
  }

  async function sweep(connection: QueryExecutorProvider): Promise<void> {
    const now = clock.now();
    if (now - sweptAt < HOUR_MS) return;
    await sql`delete from outbox where published_at < ${new Date(now - KEPT_MS)}`.execute(connection);
    sweptAt = now;
  }

  const headersOf = (event: Waiting): Record<string, string> => ({
    [eventHeaders.id]: event.id,
    [eventHeaders.source]: `/schools/${school}/${db.owner}`,
    [eventHeaders.type]: `${event.entity}.${event.type}`,
    [eventHeaders.time]: event.at.toISOString(),
    [eventHeaders.specVersion]: '1.0',
    [eventHeaders.messageId]: event.id,
  });

  return {
    get failure() {
      return failure;
    },
    wake,
    async processAll() {
      for (;;) {
        const { rows } = await sql`select from outbox where published_at is null limit 1`.execute(db.kysely);
        if (rows.length === 0) return;
        wake();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stop() {
      stopping = true;
      unsubscribe();
      wake();
      await loop;
    },
  };
}
