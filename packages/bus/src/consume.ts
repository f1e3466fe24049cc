/**
 * A durable reader of a stream, in batches.
 *
 * Promise: each message is handed over at least once and in order; a batch is acknowledged only after `handle` has
 * resolved. When it rejects (database away), the same batch is offered again after `retryMs`, so nothing behind it
 * overtakes it. Survives the bus going away. The caller must be idempotent.
 */
import { eventHeaders } from '@anyuan/contracts';
import { AckPolicy, type Consumer, DeliverPolicy, type JsMsg, jetstreamManager } from '@nats-io/jetstream';
import type { Bus } from './bus.ts';

export interface StreamMessage {
  /** The message's own id, the same in a repeat; empty when its writer gave it none. */
  id: string;
  subject: string;
  data: Uint8Array;
  /** Position in the stream, rising. */
  seq: number;
  /** When the server took it, milliseconds since 1970. */
  at: number;
  redelivered: boolean;
}

export interface ConsumeOptions {
  stream: string;
  durable: string;
  /** Left out when somebody else made the consumer (`FOLLOWED`). */
  filter?: string[];
  batch?: number;
  /** Time between the first message of a burst and its storing, ms: lets the burst pass first. */
  restMs?: number;
  retryMs?: number;
  handle(batch: StreamMessage[]): Promise<void>;
  onError?: (error: unknown) => void;
}

export interface Consumption {
  /** Resolves once everything that was in the stream at the call has been handled. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export function consume(bus: Bus, options: ConsumeOptions): Consumption {
  const { batch = 500, restMs = 0, retryMs = 500, onError = () => {} } = options;
  const stopping = new AbortController();
  const rest = (ms: number) => wait(ms, stopping.signal);

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await ensure();
        const consumer = await bus.js.consumers.get(options.stream, options.durable);
        while (!stopping.signal.aborted) {
          const first = await consumer.next({ expires: 1_000 });
          if (!first) continue;
          if (restMs > 0) await rest(restMs);
          await store([first, ...(await behind(consumer, first.info.pending))]);
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        await rest(retryMs);
      }
    }
  })();

  async function ensure(): Promise<void> {
    if (!options.filter) return;
    const manager = await jetstreamManager(bus.nc, { checkAPI: false });
    await manager.consumers.add(options.stream, {
      durable_name: options.durable,
      ack_policy: AckPolicy.All,
      deliver_policy: DeliverPolicy.All,
      filter_subjects: options.filter,
      ack_wait: 60_000_000_000,
      max_ack_pending: 20_000,
    });
  }

  /** Asks for exactly what is known to wait: a request left open would swallow messages that nobody reads. */
  async function behind(consumer: Consumer, pending: number): Promise<JsMsg[]> {
    const messages: JsMsg[] = [];
    const wanted = Math.min(pending, batch - 1);
    if (wanted < 1) return messages;
    for await (const message of await consumer.fetch({ max_messages: wanted, expires: 2_000 })) messages.push(message);
    return messages;
  }

  async function store(messages: JsMsg[]): Promise<void> {
    const last = messages.at(-1);
    for (;;) {
      try {
        await options.handle(messages.map(toMessage));
        last?.ack();
        return;
      } catch (error) {
        onError(error);
        for (const message of messages) message.working();
        await rest(retryMs);
        if (stopping.signal.aborted) return;
      }
    }
  }

  return {
    async caughtUp() {
      const manager = await jetstreamManager(bus.nc, { checkAPI: false });
      while (!stopping.signal.aborted) {
        const info = await manager.consumers.info(options.stream, options.durable).catch(() => undefined);
        if (info && info.num_pending === 0 && info.num_ack_pending === 0) return;
        await rest(20);
      }
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

/** Reads what a stream holds of these subjects since a moment, once, in order. For building a memory again. */
export async function replay(
  bus: Bus,
  options: { stream: string; filter: string[]; since: number; handle(message: StreamMessage): void },
): Promise<void> {
  const consumer = await bus.js.consumers.get(options.stream, {
    filter_subjects: options.filter,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: new Date(options.since).toISOString(),
  });
  let waiting = (await consumer.info()).num_pending;
  while (waiting > 0) {
    for await (const message of await consumer.fetch({ max_messages: Math.min(waiting, 1_000), expires: 5_000 })) {
      options.handle(toMessage(message));
      waiting = message.info.pending;
    }
  }
}

/** Sequence of the last message in a stream. */
export async function lastSequence(bus: Bus, stream: string): Promise<number> {
  return (await (await jetstreamManager(bus.nc, { checkAPI: false })).streams.info(stream)).state.last_seq;
}

const toMessage = (m: JsMsg): StreamMessage => ({
  id: m.headers?.get(eventHeaders.messageId) ?? '',
  subject: m.subject,
  data: m.data,
  seq: m.seq,
  at: Math.floor(m.info.timestampNanos / 1e6),
  redelivered: m.redelivered,
});

function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
