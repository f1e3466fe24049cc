import type { ChannelSettings } from '@anyuan/contracts';
import { afterEach, expect, test } from 'vitest';
import { send } from '../src/index.ts';
import { type Manner, robotSecret, startMailbox, startRobot } from '../src/testing.ts';

const now = Date.parse('2026-11-23T01:00:00.000Z');
const message = {
  id: '019ab000-0000-7000-8000-000000000001',
  title: '证件到期提醒',
  text: '王建国',
  topic: 'certificates',
};
const options = { now, timeoutMs: 5_000, loopback: true };
/** For the other side that never answers. */
const impatient = { ...options, timeoutMs: 250 };
const clock = { now: () => now };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function robot(kind: 'wecom' | 'dingtalk' | 'feishu' | 'webhook') {
  const started = await startRobot(kind, clock);
  ends.push(started.stop);
  const settings = (secret = robotSecret): ChannelSettings =>
    kind === 'wecom' ? { kind, address: started.address } : { kind, address: started.address, secret };
  return { robot: started, settings };
}
const kinds = ['wecom', 'dingtalk', 'feishu', 'webhook'] as const;

test.each(kinds)('%s takes a message and checks its signature', async (kind) => {
  const { robot: other, settings } = await robot(kind);
  expect(await send(settings(), message, options)).toEqual({ result: 'sent' });
  expect(other.heard.map(({ text }) => text)).toEqual(['证件到期提醒\n王建国']);
  expect(other.heard[0]?.path).toContain('key=0f3c-demo-key-77d1');
});

test.each(['dingtalk', 'feishu', 'webhook'] as const)(
  '%s with a wrong secret: said, and heard by nobody',
  async (kind) => {
    const { robot: other, settings } = await robot(kind);
    expect(await send(settings('another secret'), message, options)).toMatchObject({
      result: 'refused',
      fault: 'secret',
    });
    expect(other.heard).toEqual([]);
  },
);

test.each(kinds)('%s that fails: later; nothing is thrown and no address is told', async (kind) => {
  const { robot: other, settings } = await robot(kind);
  const after = async (manner: Manner) => {
    other.manner = manner;
    return send(settings(), message, options);
  };
  expect(await after({ status: 502 })).toEqual({ result: 'later', fault: 'serverFault', code: 'HTTP 502' });
  expect(await after({ status: 429 })).toMatchObject({ result: 'later', fault: 'tooMany' });
  other.manner = 'hang';
  expect(await send(settings(), message, impatient)).toEqual({ result: 'later', fault: 'noAnswer', code: '' });
  expect(JSON.stringify(await after('cut'))).toMatch(/"later","fault":"unreachable"/);
  expect(await after({ status: 404 })).toMatchObject({ result: 'refused', fault: 'gone' });
  await other.stop();
  expect(await send(settings(), message, options)).toMatchObject({ fault: 'unreachable', code: 'ECONNREFUSED' });
});

test('a redirect is not followed', async () => {
  const { robot: aim } = await robot('webhook');
  const { robot: other, settings } = await robot('webhook');
  other.manner = { status: 307, location: aim.address };
  expect(await send(settings(), message, options)).toMatchObject({ result: 'refused', fault: 'redirected' });
  expect(aim.heard).toEqual([]);
});

test.each([
  [
    'wecom',
    { errcode: 45_009, errmsg: 'api freq out of limit' },
    { result: 'later', fault: 'tooMany', afterMs: 60_000 },
  ],
  ['wecom', { errcode: -1 }, { result: 'later', fault: 'serverFault' }],
  ['wecom', { errcode: 93_000, errmsg: 'invalid webhook url' }, { result: 'refused', fault: 'gone', code: '93000' }],
  ['wecom', { errcode: 40_008 }, { result: 'refused', fault: 'rejected' }],
  ['wecom', 'no robot at all', { result: 'later', fault: 'serverFault' }],
  ['dingtalk', { errcode: 130_101 }, { result: 'later', fault: 'tooMany', afterMs: 600_000 }],
  ['dingtalk', { errcode: 410_100 }, { result: 'later', fault: 'tooMany', afterMs: 600_000 }],
  ['dingtalk', { errcode: 310_000, errmsg: 'keywords not in content' }, { result: 'refused', fault: 'notAllowed' }],
  ['dingtalk', { errcode: 310_000, errmsg: 'ip 1.2.3.4 not in whitelist' }, { result: 'refused', fault: 'notAllowed' }],
  ['dingtalk', { errcode: 300_001, errmsg: 'token is not exist' }, { result: 'refused', fault: 'gone' }],
  ['feishu', { code: 11_232, msg: 'frequency limited' }, { result: 'later', fault: 'tooMany' }],
  ['feishu', { code: 19_024, msg: 'Key Words Not Found' }, { result: 'refused', fault: 'notAllowed' }],
  ['feishu', { code: 9_499, msg: 'Bad Request' }, { result: 'refused', fault: 'rejected' }],
] as const)('%s answers %o', async (kind, body, verdict) => {
  const { robot: other, settings } = await robot(kind);
  other.manner = { body };
  expect(await send(settings(), message, options)).toMatchObject(verdict);
});

test('an answer without end is read in part', async () => {
  const { robot: other, settings } = await robot('webhook');
  other.manner = { body: 'x'.repeat(5_000_000) };
  expect(await send(settings(), message, options)).toEqual({ result: 'sent' });
});

test('e-mail: one letter to all of them, none sees the others; the same Message-ID again', async () => {
  const mailbox = await startMailbox();
  ends.push(mailbox.stop);
  const settings: ChannelSettings = {
    ...{ kind: 'email', host: '127.0.0.1', port: mailbox.port, user: 'school', password: robotSecret },
    ...{ from: 'anquan@school.example', to: ['zhou@school.example', 'chen@school.example'] },
  };
  const letter = { ...message, title: '证件到期\r\nBcc: x@example.org' };
  expect(await send(settings, letter, options)).toEqual({ result: 'sent' });
  expect(await send(settings, letter, options)).toEqual({ result: 'sent' });
  const [first, second] = mailbox.letters;
  expect(first?.to).toEqual(['zhou@school.example', 'chen@school.example']);
  expect(first?.text).not.toMatch(/zhou@|chen@|^Bcc/m);
  const idOf = (text = '') => /^Message-ID: (.*)$/im.exec(text)?.[1];
  expect(idOf(first?.text)).toBe(idOf(second?.text));
  expect(await send({ ...settings, password: 'wrong' }, message, options)).toEqual({
    ...{ result: 'refused', fault: 'secret', code: '535' },
  });
  mailbox.unknown.add('chen@school.example');
  expect(await send(settings, message, options)).toEqual({ result: 'refused', fault: 'rejected', code: '1/2' });
  await mailbox.stop();
  expect(await send(settings, message, options)).toMatchObject({ result: 'later', fault: 'unreachable' });
});

test('e-mail to a server that never speaks: given up in time', async () => {
  const { createServer } = await import('node:net');
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const settings: ChannelSettings = {
    ...{ kind: 'email', host: '127.0.0.1', port, user: 'school', password: 'x' },
    ...{ from: 'a@school.example', to: ['b@school.example'] },
  };
  const begun = Date.now();
  expect(await send(settings, message, impatient)).toMatchObject({ result: 'later', fault: 'noAnswer' });
  expect(Date.now() - begun).toBeLessThan(4_000);
  server.close();
});
