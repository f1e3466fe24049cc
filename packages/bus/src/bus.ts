/**
 * One connection to the school's bus.
 *
 * Promise: `openBus` returns at once, also while nothing answers; it connects and reconnects for ever and says so
 * (`connected`, `onChange`); nothing waits for a bus that is away. Subscriptions made before the first connection begin
 * with it. A plain `publish` while the bus is away is dropped, never queued: what must arrive goes by `publishStored`, which resolves only
 * when JetStream has it on disk, or by a journal or outbox that tries again with the same id.
 * A handler that throws is reported to `onError` and never ends a subscription.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '@anyuan/contracts';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import {
  connect,
  credsAuthenticator,
  headers as emptyHeaders,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type Subscription,
} from '@nats-io/transport-node';

export interface BusOptions {
  /** `nats://127.0.0.1:4222` */
  url: string;
  /** User credentials; left out only against a server without sign-in (tests). */
  credsFile?: string | undefined;
  /** Shown in the server's connection list; with credentials, the user's name and its private inbox. */
  name: string;
  onError?: (what: string, error: unknown) => void;
}

export interface Message {
  subject: string;
  data: Uint8Array;
  header(name: string): string | undefined;
  respond(data: Uint8Array, headers?: Record<string, string>): void;
}

export interface Reply {
  data: Uint8Array;
  header(name: string): string | undefined;
}

export interface Bus {
  /** @throws AppError `unavailable` before the first connection, as `js` does */
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  /** The first connection. */
  readonly ready: Promise<void>;
  readonly connected: boolean;
  /** Called at each change; returns its own end. */
  onChange(listener: (connected: boolean) => void): () => void;
  /** JSON to whoever listens now. False when the bus is away: nothing was sent. */
  publish(subject: string, value: unknown, headers?: Record<string, string>): boolean;
  /** To whoever listens now, and into the stream that holds the subject. Rejects when that is not certain. */
  publishStored(
    subject: string,
    value: unknown,
    options: { id: string; headers?: Record<string, string>; timeoutMs?: number },
  ): Promise<{ seq: number; duplicate: boolean }>;
  subscribe(
    subject: string,
    handler: (message: Message) => void | Promise<void>,
    options?: { queue?: string },
  ): () => void;
  request(
    subject: string,
    data: Uint8Array,
    options: { timeoutMs: number; headers?: Record<string, string> },
  ): Promise<Reply>;
  /** Runs what is in flight to its end, then closes. */
  close(): Promise<void>;
}

export async function connectBus(options: BusOptions): Promise<Bus> {
  const bus = openBus(options);
  await bus.ready;
  return bus;
}

export function openBus(options: BusOptions): Bus {
  const onError = options.onError ?? (() => {});
  const listeners = new Set<(connected: boolean) => void>();
  const waiting = new Set<() => void>();
  let open: { nc: NatsConnection; js: JetStreamClient } | undefined;
  let connected = false;
  let closed = false;

  const set = (next: boolean) => {
    if (next === connected) return;
    connected = next;
    for (const listener of listeners) listener(next);
  };
  const now = () => {
    if (!open) throw new AppError('unavailable', 'the bus has not answered yet');
    return open;
  };

  const ready = dial(options).then(async (nc) => {
    if (closed) return nc.close();
    open = { nc, js: jetstream(nc, { timeout: 5_000 }) };
    for (const begin of waiting) begin();
    set(true);
    void watch(nc);
  });
  ready.catch((error) => onError('bus', error));

  async function watch(nc: NatsConnection): Promise<void> {
    for await (const status of nc.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection' || status.type === 'close') set(false);
      else if (status.type === 'reconnect') set(true);
      else if (status.type === 'error') onError('bus', status.error);
    }
    set(false);
  }

  return {
    ready,
    get nc() {
      return now().nc;
    },
    get js() {
      return now().js;
    },
    get connected() {
      return connected;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish(subject, value, headers) {
      if (!connected || !open || open.nc.isClosed()) return false;
      open.nc.publish(subject, JSON.stringify(value), headers ? { headers: toHeaders(headers) } : {});
      return true;
    },
    async publishStored(subject, value, { id, headers, timeoutMs = 5_000 }) {
      const ack = await now().js.publish(subject, JSON.stringify(value), {
        msgID: id,
        timeout: timeoutMs,
        ...(headers ? { headers: toHeaders(headers) } : {}),
      });
      return { seq: ack.seq, duplicate: ack.duplicate };
    },
    subscribe(subject, handler, { queue } = {}) {
      let subscription: Subscription | undefined;
      const begin = () => {
        subscription = now().nc.subscribe(subject, {
          ...(queue ? { queue } : {}),
          callback: (error, msg) => {
            if (error) return onError(subject, error);
            run(handler, fromMsg(msg), (e) => onError(subject, e));
          },
        });
      };
      if (open) begin();
      else waiting.add(begin);
      return () => {
        waiting.delete(begin);
        if (!open?.nc.isClosed()) subscription?.unsubscribe();
      };
    },
    async request(subject, data, { timeoutMs, headers }) {
      const msg = await now().nc.request(subject, data, {
        timeout: timeoutMs,
        ...(headers ? { headers: toHeaders(headers) } : {}),
      });
      return { data: msg.data, header: headerOf(msg) };
    },
    async close() {
      closed = true;
      if (open && !open.nc.isClosed()) await (connected ? open.nc.drain() : open.nc.close());
    },
  };
}

function dial(options: BusOptions): Promise<NatsConnection> {
  const user = options.credsFile ? basename(options.credsFile, '.creds') : options.name;
  return connect({
    servers: options.url,
    name: options.name,
    inboxPrefix: `_INBOX_${user}`,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 5_000,
    maxPingOut: 2,
    ignoreClusterUpdates: true,
    ignoreAuthErrorAbort: true,
    ...(options.credsFile ? { authenticator: credsAuthenticator(readFileSync(options.credsFile)) } : {}),
  });
}

function run(handler: (m: Message) => void | Promise<void>, message: Message, onError: (e: unknown) => void): void {
  try {
    Promise.resolve(handler(message)).catch(onError);
  } catch (error) {
    onError(error);
  }
}

const headerOf = (msg: Msg) => (name: string) => (msg.headers?.has(name) ? msg.headers.get(name) : undefined);

function fromMsg(msg: Msg): Message {
  return {
    subject: msg.subject,
    data: msg.data,
    header: headerOf(msg),
    respond: (data, headers) => void msg.respond(data, headers ? { headers: toHeaders(headers) } : {}),
  };
}

function toHeaders(values: Record<string, string>): MsgHdrs {
  const headers = emptyHeaders();
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
  return headers;
}
