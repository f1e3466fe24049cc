/** 飞书自定义机器人 with 签名校验: time and secret are the key of an empty HMAC-SHA-256, in the body. 100 messages a minute. */
import { createHmac } from 'node:crypto';
import type { ChannelSettings } from '@anyuan/contracts';
import { codeIn, type HttpProvider, JSON_HEADERS, limits, NOT_A_ROBOT, plainText, statusVerdict } from './provider.ts';
import { cut } from './text.ts';

type Settings = Extract<ChannelSettings, { kind: 'feishu' }>;

const NOT_ALLOWED = new Set([19_022, 19_024, 19_007]);
const SECOND_MS = 1_000;

/** @param seconds since 1970 */
export const feishuSign = (secret: string, seconds: number): string =>
  createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');

export const feishu: HttpProvider<Settings> = {
  request({ address, secret }, message, now) {
    const seconds = Math.floor(now / SECOND_MS);
    const text = cut(plainText(message), limits.feishu.maxBytes);
    const body = { timestamp: String(seconds), sign: feishuSign(secret, seconds), msg_type: 'text', content: { text } };
    return { url: address, headers: JSON_HEADERS, body: JSON.stringify(body) };
  },
  verdict({ status, body }) {
    // A refusal comes with 400 and its number in the body.
    const said = codeIn(body, 'code');
    if (!said) return statusVerdict(status) ?? NOT_A_ROBOT;
    const code = String(said.code);
    if (said.code === 0) return statusVerdict(status) ?? { result: 'sent' };
    if (said.code === 11_232) return { result: 'later', fault: 'tooMany', code, afterMs: limits.feishu.blockedMs };
    if (said.code === 19_021) return { result: 'refused', fault: 'secret', code };
    if (said.code === 19_001) return { result: 'refused', fault: 'gone', code };
    if (NOT_ALLOWED.has(said.code)) return { result: 'refused', fault: 'notAllowed', code };
    if (status >= 500) return { result: 'later', fault: 'serverFault', code };
    return { result: 'refused', fault: 'rejected', code };
  },
};
