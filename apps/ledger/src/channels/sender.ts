/**
 * Sends what waits, channel by channel, outside any transaction (G14).
 *
 * Promise: channels know nothing of each other: each has its own pace, its own rests after failures, and one that hangs holds up
 * nobody. One copy of this service at a time sends on a channel: it holds it by a mark in the row, which lapses by itself. A
 * message is marked as sent after the other side said so; who dies in between sends it once more, so at least once, and
 * a receiver may drop the repeat by the message's id. What is a day old and still waits is given up and said to be so.
 */
import {
  batches,
  digestLine,
  GIVEN_UP_AFTER_MS,
  limits,
  type Message,
  roomAt,
  send,
  type Verdict,
} from '@anyuan/channels';
import { AppError, type TestSent } from '@anyuan/contracts';
import type { Log, Worker } from '@anyuan/service';
import { catalogues } from '@anyuan/ui/text';
import { sql } from 'kysely';
import { type ChannelsContext, type Queries, unseal } from './context.ts';
import { HOLD_MS, keepOutcome, stops } from './outcome.ts';

const EVERY_MS = 3_000;
/** A person waits, and the bus for him 5 s. */
const TEST_MS = 4_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const KEPT_MS = 180 * 24 * HOUR_MS;
/** Of one channel at a time. */
const AT_ONCE = 500;
const { messages: say } = catalogues.zh;

export class Sender implements Worker {
  readonly #ctx: ChannelsContext;
  readonly #log: Log;
  readonly #under = new Set<Promise<unknown>>();
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #sweptAt = 0;

  constructor(ctx: ChannelsContext, log: Log) {
    this.#ctx = ctx;
    this.#log = log;
  }

  start(): void {
    // A round that waits for a slow channel does not keep the next one from the others.
    this.#timer = setInterval(() => {
      const round = this.processAll().catch((error) => this.#log.warn({ error }, 'messages wait'));
      this.#under.add(round);
      void round.finally(() => this.#under.delete(round));
    }, EVERY_MS);
  }

  /** After the attempts that are under way; what stood behind them waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await Promise.all(this.#under);
  }

  /** Every channel that is due, once, all at the same time. */
  async processAll(): Promise<void> {
    const { db, clock } = this.#ctx;
    const now = clock.now();
    await this.#tidy(now);
    const due = await dueChannels(db.kysely, now).execute();
    await Promise.all(
      due.map(({ id }) =>
        this.#serve(id).catch((error) => this.#log.warn({ error, channel: id }, 'a channel waits for the database')),
      ),
    );
  }

  /** Now, past the queue; within the pace of the channel. */
  async test(channel: string, id: string, by: string): Promise<TestSent> {
    const { db, clock, school } = this.#ctx;
    const source = `test-${id}`;
    const row = await db.kysely
      .selectFrom('channels')
      .select(['kind', 'sealed'])
      .where('id', '=', channel)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (!row) throw new AppError('notFound', 'no such channel');
    const before = await db.kysely
      .selectFrom('deliveries')
      .select(['state', 'fault', 'code'])
      .where('channel', '=', channel)
      .where('source', '=', source)
      .executeTakeFirst();
    if (before) return before.fault ? { result: 'failed', fault: before.fault, code: before.code } : { result: 'sent' };
    if (roomAt(await sentAt(db.kysely, channel, clock.now()), clock.now(), limits[row.kind]) === 0) {
      return { result: 'failed', fault: 'tooMany', code: '' };
    }
    const said = { topic: 'test', title: say.test.title, text: say.test.text(school, by) } as const;
    const verdict = await this.#attempt(channel, row.sealed, { id, ...said }, TEST_MS);
    const now = clock.now();
    const [fault, code] = verdict.result === 'sent' ? [null, ''] : [verdict.fault, verdict.code];
    await db.tx(async (trx) => {
      const at = new Date(now);
      await trx
        .insertInto('deliveries')
        .values({
          ...{ id, channel, source, ...said, at, doneAt: at, attempts: 1, fault, code: code.slice(0, 40) },
          state: fault ? 'failed' : 'sent',
        })
        .onConflict((oc) => oc.doNothing())
        .execute();
      await keepOutcome(trx, { channel, deliveries: [], verdict, now });
    });
    return fault ? { result: 'failed', fault, code } : { result: 'sent' };
  }

  async #serve(id: string): Promise<void> {
    const { db, clock } = this.#ctx;
    const held = await this.#hold(id);
    if (!held) return;
    try {
      for (const batch of held.batches) {
        const verdict = await this.#attempt(id, held.sealed, asMessage(batch));
        const now = clock.now();
        await db.tx(async (trx) => {
          await keepOutcome(trx, { channel: id, deliveries: batch.map((one) => one.id), verdict, now });
          const heldUntil = new Date(now + HOLD_MS);
          await trx.updateTable('channels').set({ heldUntil }).where('id', '=', id).execute();
        });
        if (stops(verdict) || this.#stopping) break;
      }
    } finally {
      await db.kysely.updateTable('channels').set({ heldUntil: null }).where('id', '=', id).execute();
    }
  }

  /** Takes the channel for itself, and what it may send now. Undefined: another copy has it, or nothing may be sent. */
  async #hold(id: string) {
    const { db, clock } = this.#ctx;
    const now = clock.now();
    return db.tx(async (trx) => {
      const row = await dueChannels(trx, now).where('c.id', '=', id).forUpdate().skipLocked().executeTakeFirst();
      if (!row) return undefined;
      const waiting = await trx
        .selectFrom('deliveries')
        .select(['id', 'topic', 'title', 'text'])
        .where('channel', '=', id)
        .where('state', '=', 'waiting')
        // What failed stands back, so that one message that the other side can't take holds up no other.
        .orderBy('attempts')
        .orderBy('position')
        .limit(AT_ONCE)
        .execute();
      const theirs = limits[row.kind];
      const made = batches(waiting, roomAt(await sentAt(trx, id, now), now, theirs), theirs);
      if (made.length === 0) return undefined;
      await trx
        .updateTable('channels')
        .set({ heldUntil: new Date(now + HOLD_MS) })
        .where('id', '=', id)
        .execute();
      return { sealed: row.sealed, batches: made };
    });
  }

  async #attempt(id: string, sealed: Buffer | null, message: Message, mostMs = Infinity): Promise<Verdict> {
    const { cipher, clock, loopback } = this.#ctx;
    const timeoutMs = Math.min(this.#ctx.timeoutMs, mostMs);
    const settings = unseal(cipher, id, sealed);
    if (!settings) return { result: 'later', fault: 'sealed', code: '' };
    return send(settings, message, { now: clock.now(), timeoutMs, loopback });
  }

  /** Gives up what is no news any more, and forgets what is older than half a year. */
  async #tidy(now: number): Promise<void> {
    const { kysely } = this.#ctx.db;
    await kysely
      .updateTable('deliveries')
      .set({ state: 'failed', doneAt: new Date(now) })
      .where('state', '=', 'waiting')
      .where('at', '<', new Date(now - GIVEN_UP_AFTER_MS))
      .execute();
    if (now - this.#sweptAt < HOUR_MS) return;
    const old = new Date(now - KEPT_MS);
    await kysely.deleteFrom('deliveries').where('at', '<', old).where('state', '<>', 'waiting').execute();
    await kysely.deleteFrom('sendings').where('at', '<', old).execute();
    this.#sweptAt = now;
  }
}

const dueChannels = (db: Queries, now: number) =>
  db
    .selectFrom('channels as c')
    .select(['c.id', 'c.kind', 'c.sealed'])
    .where('c.enabled', '=', true)
    .where('c.removedAt', 'is', null)
    .where('c.nextAt', '<=', new Date(now))
    .where((eb) => eb.or([eb('c.heldUntil', 'is', null), eb('c.heldUntil', '<=', new Date(now))]))
    .where(sql<boolean>`exists (select from deliveries d where d.channel = c.id and d.state = 'waiting')`);

async function sentAt(db: Queries, channel: string, now: number): Promise<number[]> {
  const rows = await db
    .selectFrom('sendings')
    .select('at')
    .where('channel', '=', channel)
    .where('at', '>', new Date(now - MINUTE_MS))
    .execute();
  return rows.map(({ at }) => at.getTime());
}

function asMessage(batch: readonly Message[]): Message {
  const [first, ...others] = batch;
  if (!first) throw new AppError('internal', 'a digest of nothing');
  if (others.length === 0) return first;
  return { ...first, title: say.digest(batch.length), text: batch.map(digestLine).join('\n') };
}
