/**
 * The other side, for tests: robots that check what they are sent as their providers do, a receiver of webhooks, and a real
 * SMTP server, all on loopback. Each may be told to answer badly, slowly or not at all.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What a robot does with the next request: answers as a good one, with this, never, or by hanging up. */
export type Manner = 'good' | 'hang' | 'cut' | { status?: number; body?: unknown; location?: string };

export interface Heard {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** As a reader sees it. */
  text: string;
}

interface Robot {
  readonly address: string;
  readonly heard: Heard[];
  manner: Manner;
  stop(): Promise<void>;
}

const SECRET = 'SEC-of-the-demo-robot';
const HOUR_MS = 3_600_000;

interface Asked {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  now: number;
}
type Reply = { body: unknown; text: string };

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');

const kinds = {
  wecom({ body }: Asked): Reply {
    const { text } = JSON.parse(body);
    if (Buffer.byteLength(text.content) > 2_048) return { body: { errcode: 40_058, errmsg: 'too long' }, text: '' };
    return { body: { errcode: 0, errmsg: 'ok' }, text: text.content };
  },
  dingtalk({ url, body, now }: Asked): Reply {
    const time = url.searchParams.get('timestamp') ?? '';
    const signed = url.searchParams.get('sign') === hmac(SECRET, `${time}\n${SECRET}`);
    if (!signed || Math.abs(now - Number(time)) > HOUR_MS) {
      return { body: { errcode: 310_000, errmsg: 'sign not match, more: [https://example.invalid]' }, text: '' };
    }
    return { body: { errcode: 0, errmsg: 'ok' }, text: JSON.parse(body).text.content };
  },
  feishu({ body, now }: Asked): Reply {
    const { timestamp, sign, content } = JSON.parse(body);
    const signed = sign === hmac(`${timestamp}\n${SECRET}`, '');
    if (!signed || Math.abs(now - Number(timestamp) * 1_000) > HOUR_MS) {
      return { body: { code: 19_021, msg: 'sign match fail or timestamp is not within one hour' }, text: '' };
    }
    return { body: { code: 0, msg: 'success' }, text: content.text };
  },
  webhook({ headers, body }: Asked): Reply {
    const time = headers['x-anyuan-timestamp'];
    const sign = `sha256=${createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex')}`;
    if (headers['x-anyuan-signature'] !== sign) return { body: undefined, text: '' };
    const { title, text } = JSON.parse(body);
    return { body: {}, text: `${title}\n${text}` };
  },
};

/** The secret that every one of these knows. */
export const robotSecret = SECRET;

export async function startRobot(kind: keyof typeof kinds, clock: { now(): number } = Date): Promise<Robot> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { manner } = robot;
    if (manner === 'hang') return;
    if (manner === 'cut') return void request.socket.destroy();
    const url = new URL(request.url ?? '/', robot.address);
    const reply = kinds[kind]({ url, headers: request.headers, body, now: clock.now() });
    const ill = manner === 'good' ? undefined : manner;
    const headers = request.headers as Record<string, string>;
    if (!ill && reply.text !== '') heard.push({ path: url.pathname + url.search, headers, body, text: reply.text });
    response.statusCode = ill?.status ?? (reply.body === undefined ? 401 : 200);
    if (ill?.location) response.setHeader('location', ill.location);
    response.end(JSON.stringify(ill ? (ill.body ?? {}) : (reply.body ?? {})));
  }
  const port = await listening(server);
  const robot: Robot = {
    address: `http://127.0.0.1:${port}/robot/send?key=0f3c-demo-key-77d1`,
    heard,
    manner: 'good',
    stop: () => closed(server),
  };
  return robot;
}

export interface Mailbox {
  readonly port: number;
  /** Whole letters, as they came. */
  readonly letters: { to: string[]; text: string }[];
  /** Says no to these recipients. */
  readonly unknown: Set<string>;
  stop(): Promise<void>;
}

/** A real SMTP server with one account, `school` / `robotSecret`, without TLS. */
export async function startMailbox(): Promise<Mailbox> {
  const letters: Mailbox['letters'] = [];
  const unknown = new Set<string>();
  const server = new SMTPServer({
    ...{ logger: false, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authMethods: ['PLAIN', 'LOGIN'] },
    onAuth({ username, password }, _session, done) {
      if (username === 'school' && password === SECRET) done(null, { user: username });
      else done(Object.assign(new Error('535 5.7.8 wrong password'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      done(unknown.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, text: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { port, letters, unknown, stop: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
