/**
 * Message channels 消息通道 (G14; E2, D2, F3): how reminders reach people who don't sit at the console. Owner: `ledger`.
 *
 * What opens a channel (address, secret, password) goes in and never comes out again: a view names the host and the last
 * four characters. A channel takes topics; a delivery is one message to one channel, sent once however often its event comes.
 */
import { z } from 'zod';
import { Instant, Uuid } from './ids.ts';

export const CHANNEL_KINDS = ['wecom', 'dingtalk', 'feishu', 'email', 'webhook'] as const;
export const ChannelKind = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** 证件到期, 演练, 隐患. */
export const CHANNEL_TOPICS = ['certificates', 'drills', 'hazards'] as const;
export const ChannelTopic = z.enum(CHANNEL_TOPICS);
export type ChannelTopic = z.infer<typeof ChannelTopic>;

const Address = z.string().trim().min(8).max(500);
const Secret = z.string().trim().min(6).max(200);
/** One mailbox; no line breaks, so that nobody writes a header. */
const Mailbox = z.email().max(200);

/** What a channel is opened by; sealed in the database. */
export const ChannelSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wecom'), address: Address }),
  z.object({ kind: z.literal('dingtalk'), address: Address, secret: Secret }),
  z.object({ kind: z.literal('feishu'), address: Address, secret: Secret }),
  z.object({ kind: z.literal('webhook'), address: Address, secret: Secret }),
  z.object({
    kind: z.literal('email'),
    host: z.string().trim().min(3).max(200),
    port: z.number().int().min(1).max(65_535),
    user: z.string().trim().min(1).max(200),
    password: z.string().min(1).max(200),
    from: Mailbox,
    to: z.array(Mailbox).min(1).max(50),
  }),
]);
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** Who reads along: a group may hold anybody, of an office's own channel the administrators say who is in it. */
export const CHANNEL_AUDIENCES = ['group', 'office'] as const;
export const ChannelAudience = z.enum(CHANNEL_AUDIENCES);
export type ChannelAudience = z.infer<typeof ChannelAudience>;

/** `settings` null: as they were. A kind is never changed: that is another channel. */
export const SaveChannel = z.object({
  id: Uuid,
  name: z.string().trim().min(1).max(40),
  topics: z.array(ChannelTopic).min(1).max(CHANNEL_TOPICS.length),
  audience: ChannelAudience,
  enabled: z.boolean(),
  settings: ChannelSettings.nullable(),
});
export type SaveChannel = z.infer<typeof SaveChannel>;

/** What stands between a message and its readers. */
export const CHANNEL_FAULTS = [
  /** The signature, key or password is not the one that the other side knows. */
  'secret',
  /** Robot or address is there no more. */
  'gone',
  /** The other side's own rules: a keyword, an IP list, switched off. */
  'notAllowed',
  'redirected',
  /** Of this message only: its text or its recipients. */
  'rejected',
  'tooMany',
  'noAnswer',
  'unreachable',
  'insecure',
  'serverFault',
  /** The key of this school no longer opens the settings. */
  'sealed',
] as const;
export const ChannelFault = z.enum(CHANNEL_FAULTS);
export type ChannelFault = z.infer<typeof ChannelFault>;

export const ChannelView = z.object({
  id: Uuid,
  kind: ChannelKind,
  name: z.string(),
  topics: z.array(ChannelTopic),
  audience: ChannelAudience,
  enabled: z.boolean(),
  /** The other side's host. */
  host: z.string(),
  /** Last four characters of what opens it; empty when it is too short to show any. */
  tail: z.string(),
  lastSentAt: Instant.nullable(),
  lastFailedAt: Instant.nullable(),
  /** Null while all goes well. */
  failing: z.object({ since: Instant, fault: ChannelFault, code: z.string() }).nullable(),
  waiting: z.number().int(),
});
export type ChannelView = z.infer<typeof ChannelView>;

export const CHANNEL_REFUSALS = ['address', 'port', 'needsSettings', 'otherKind'] as const;
export const ChannelSaved = z.discriminatedUnion('result', [
  z.object({ result: z.literal('saved'), channel: ChannelView }),
  z.object({ result: z.literal('refused'), why: z.enum(CHANNEL_REFUSALS) }),
]);
export type ChannelSaved = z.infer<typeof ChannelSaved>;
export type ChannelRefusal = (typeof CHANNEL_REFUSALS)[number];

/** `id` makes a repeat harmless. */
export const SendTest = z.object({ id: Uuid, channel: Uuid });
export const TestSent = z.discriminatedUnion('result', [
  z.object({ result: z.literal('sent') }),
  z.object({ result: z.literal('failed'), fault: ChannelFault, code: z.string() }),
]);
export type TestSent = z.infer<typeof TestSent>;

export const DeliveryState = z.enum(['waiting', 'sent', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;
export const DELIVERY_FILTERS = ['all', 'failed'] as const;
export const DeliveryFilter = z.enum(DELIVERY_FILTERS);
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

export const DeliveryView = z.object({
  id: Uuid,
  channel: z.object({ id: Uuid, name: z.string(), kind: ChannelKind }),
  topic: z.union([ChannelTopic, z.literal('test')]),
  title: z.string(),
  text: z.string(),
  at: Instant,
  state: DeliveryState,
  attempts: z.number().int(),
  /** When it was sent or given up. */
  doneAt: Instant.nullable(),
  /** Of the last attempt that failed. */
  fault: ChannelFault.nullable(),
  code: z.string(),
  /** How many went out as one message; 1: by itself. */
  together: z.number().int(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
export const DeliveriesPage = z.object({ deliveries: z.array(DeliveryView), more: z.number().int().nullable() });
export type DeliveriesPage = z.infer<typeof DeliveriesPage>;
