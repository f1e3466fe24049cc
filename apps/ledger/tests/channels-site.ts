/** The channels of a ledger for tests: real Postgres, robots and a mail server on loopback, a clock to turn. */
import { randomBytes } from 'node:crypto';
import { robotSecret, startMailbox, startRobot } from '@anyuan/channels/testing';
import { type Actor, type ChannelSettings, newId, type SaveChannel } from '@anyuan/contracts';
import { FieldCipher, type LedgerTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createCallerFactory, createLog, mergeRouters } from '@anyuan/service';
import { sql } from 'kysely';
import { follow } from '../src/channels/queue.ts';
import { createChannelsRouter } from '../src/channels/router.ts';
import { Sender } from '../src/channels/sender.ts';
import { escalate } from '../src/rounds.ts';
import { createRouter } from '../src/router.ts';
import { administrator, START } from './site.ts';

export async function channelsSite() {
  const database = await testDb();
  const db = openDb<LedgerTables>({ url: database.url('ledger'), owner: 'ledger' });
  const log = createLog('ledger', 'silent');
  let now = Date.parse(START);
  const clock = { now: () => now };
  const made = (cipher = new FieldCipher(Buffer.alloc(32, 7))) => {
    const ctx = { db, clock, cipher, loopback: true, school: '青禾小学', timeoutMs: 2_000 };
    const sender = new Sender(ctx, log);
    const router = mergeRouters(createRouter(ctx), createChannelsRouter(ctx, sender));
    return { sender, as: (actor: Actor) => createCallerFactory(router)({ actor, log }) };
  };
  const { sender, as } = made();
  const ends: (() => Promise<void>)[] = [];
  const site = {
    db,
    as,
    sender,
    /** The same tables under another key. */
    otherKey: () => made(new FieldCipher(randomBytes(32))),
    another: () => made().sender,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    now: () => now,
    escalate: () => db.tx((trx) => escalate(trx, now)),
    hear: (owner: string, entity: string, type: string, data: unknown, { id = newId(now), at = now } = {}) =>
      db.tx((trx) => follow(trx, { id, owner, entity, type, data, at: new Date(at) }, now)),
    /** A certificate of 王建国, or of this person, ends. */
    remind: (given: { id?: string; at?: number; name?: string } = {}) =>
      site.hear('training', 'reminder', 'due', reminder(given.name), given),
    async robot(
      kind: 'wecom' | 'dingtalk' | 'feishu' | 'webhook',
      given: Partial<SaveChannel> & { secret?: string } = {},
    ) {
      const robot = await startRobot(kind, clock);
      ends.push(robot.stop);
      const { secret = robotSecret, ...rest } = given;
      const { address } = robot;
      const settings: ChannelSettings = kind === 'wecom' ? { kind, address } : { kind, address, secret };
      const command = channel({ name: kind, settings, ...rest });
      await site.as(administrator).saveChannel(command);
      return { robot, command, texts: () => robot.heard.map(({ text }) => text) };
    },
    async mailbox() {
      const mailbox = await startMailbox();
      ends.push(mailbox.stop);
      const settings: ChannelSettings = {
        ...{ kind: 'email', host: '127.0.0.1', port: mailbox.port, user: 'school', password: robotSecret },
        ...{ from: 'anquan@school.example', to: ['zhou@school.example'] },
      };
      await site.as(administrator).saveChannel(channel({ name: 'email', settings }));
      return mailbox;
    },
    async log() {
      const { deliveries } = await site.as(administrator).deliveries({ limit: 200 });
      return deliveries;
    },
    async channelOf(name: string) {
      const found = (await site.as(administrator).channels()).find((c) => c.name === name);
      if (!found) throw new Error(`no channel ${name}`);
      return found;
    },
    /** All that stands in the tables of channels, as text. */
    async text(): Promise<string> {
      const { rows } = await sql<{ text: string }>`
        select c::text as text from channels c union all select d::text from deliveries d
        union all select s::text from sendings s`.execute(db.kysely);
      return rows.map((row) => row.text).join('\n');
    },
    async empty() {
      for (const end of ends.splice(0)) await end();
      const admin = openDb<LedgerTables>({ url: database.adminUrl, owner: 'ledger', max: 1 });
      await sql`set session_replication_role = replica`.execute(admin.kysely);
      await sql`truncate hazards, history, escalations, numbers, outbox, channels, deliveries, sendings cascade`.execute(
        admin.kysely,
      );
      await admin.close();
      now = Date.parse(START);
    },
    async close() {
      for (const end of ends.splice(0)) await end();
      await db.close();
      await database.drop();
    },
  };
  return site;
}

export const reminder = (name = '王建国') => ({
  ...{ to: ['s-wang'], threshold: 7, days: 7 },
  what: { certificate: newId(), kind: 'guardCertificate', person: 's-wang', name, expiresOn: '2026-11-30' },
});

export const channel = (given: Partial<SaveChannel> = {}): SaveChannel => ({
  ...{ id: newId(), name: '保安组', topics: ['certificates', 'drills', 'hazards'], audience: 'group', enabled: true },
  settings: null,
  ...given,
});
