/**
 * The school's own receiver: JSON by POST, signed. `x-anyuan-signature: sha256=<hex>` is the HMAC-SHA-256 of
 * `<x-anyuan-timestamp>.<body>` under the shared secret; the body's `id` lets the receiver drop a repeat. Of the answer only
 * the status counts: what stands in it is nobody's business here.
 */
import { createHmac } from 'node:crypto';
import type { ChannelSettings } from '@anyuan/contracts';
import { type HttpProvider, JSON_HEADERS, limits, statusVerdict } from './provider.ts';
import { cut } from './text.ts';

type Settings = Extract<ChannelSettings, { kind: 'webhook' }>;

export const webhookSign = (secret: string, now: number, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${now}.${body}`, 'utf8').digest('hex')}`;

export const webhook: HttpProvider<Settings> = {
  request({ address, secret }, { id, topic, title, text }, now) {
    const body = JSON.stringify({ id, topic, title, text: cut(text, limits.webhook.maxBytes) });
    const headers = { 'x-anyuan-timestamp': String(now), 'x-anyuan-signature': webhookSign(secret, now, body) };
    return { url: address, headers: { ...JSON_HEADERS, ...headers }, body };
  },
  verdict: ({ status }) => statusVerdict(status) ?? { result: 'sent' },
};
