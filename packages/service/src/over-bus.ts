/**
 * HTTP over NATS. A request is one message on `school.<s>.http.<service>.<caller>`, in the service's queue group.
 *
 * The caller's name stands in the subject, where nats-server enforces it: only the gateway can publish as `gateway`, an
 * agent only as itself. So the actor header is believed from the gateway alone, and an agent's actor is derived.
 */
import type { Bus, Message } from '@anyuan/bus';
import { Actor, AppError, callerOf, GATEWAY, httpHeaders, subjects } from '@anyuan/contracts';
import type { Hono } from 'hono';
import type { AppEnv } from './app.ts';
import type { Log } from './log.ts';

export function serveOverBus(options: {
  bus: Bus;
  school: string;
  service: string;
  app: Hono<AppEnv>;
  log: Log;
}): () => void {
  const { bus, school, service, app, log } = options;
  return bus.subscribe(
    subjects.httpOf(school, service),
    async (message) => {
      const response = await answer(app, message, log);
      message.respond(new Uint8Array(await response.arrayBuffer()), {
        [httpHeaders.status]: String(response.status),
        [httpHeaders.contentType]: response.headers.get('content-type') ?? 'application/octet-stream',
      });
    },
    { queue: service },
  );
}

async function answer(app: Hono<AppEnv>, message: Message, log: Log): Promise<Response> {
  const method = message.header(httpHeaders.method) ?? 'GET';
  const path = message.header(httpHeaders.path) ?? '/';
  try {
    const request = new Request(new URL(path, 'http://service'), {
      method,
      headers: { 'content-type': message.header(httpHeaders.contentType) ?? 'application/json' },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(message.data) }),
    });
    return await app.fetch(request, { actor: actorOf(message) });
  } catch (error) {
    log.warn({ error }, 'request could not be read');
    return Response.json({ code: 'badInput' }, { status: 400 });
  }
}

function actorOf(message: Message): Actor | null {
  const caller = callerOf(message.subject);
  if (caller.startsWith('agent-')) return { kind: 'agent', gate: caller.slice('agent-'.length) };
  const header = message.header(httpHeaders.actor);
  if (caller !== GATEWAY || !header) return null;
  const parsed = Actor.safeParse(JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
  return parsed.success && parsed.data.kind === 'person' ? parsed.data : null;
}

/** Sends one HTTP request to a service. Throws `AppError('unavailable')` when the bus or the service does not answer. */
export async function requestOverBus(options: {
  bus: Bus;
  school: string;
  service: string;
  caller: string;
  path: string;
  method: string;
  body?: Uint8Array;
  contentType?: string;
  actor?: Actor | null;
  timeoutMs?: number;
}): Promise<Response> {
  const { bus, school, service, caller, actor } = options;
  if (!bus.connected) throw new AppError('unavailable', 'bus away');
  try {
    const reply = await bus.request(subjects.http(school, service, caller), options.body ?? new Uint8Array(), {
      timeoutMs: options.timeoutMs ?? 5_000,
      headers: {
        [httpHeaders.method]: options.method,
        [httpHeaders.path]: options.path,
        [httpHeaders.contentType]: options.contentType ?? 'application/json',
        ...(actor ? { [httpHeaders.actor]: Buffer.from(JSON.stringify(actor)).toString('base64url') } : {}),
      },
    });
    return new Response(new Uint8Array(reply.data), {
      status: Number(reply.header(httpHeaders.status) ?? 502),
      headers: { 'content-type': reply.header(httpHeaders.contentType) ?? 'application/json' },
    });
  } catch (cause) {
    throw new AppError('unavailable', `${service} does not answer`, { cause });
  }
}

/** `fetch` for a tRPC client whose server is a service on the bus; the URL's path is all that counts. */
export function fetchOverBus(options: {
  bus: Bus;
  school: string;
  service: string;
  caller: string;
  timeoutMs?: number;
}) {
  return async (
    input: string | URL | Request,
    init?: { method?: string | undefined; body?: unknown },
  ): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = init?.body;
    return requestOverBus({
      ...options,
      path: url.pathname + url.search,
      method: init?.method ?? 'GET',
      ...(typeof body === 'string' ? { body: new TextEncoder().encode(body) } : {}),
    });
  };
}
