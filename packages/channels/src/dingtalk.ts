/**
 * 钉钉群机器人 with 加签: HMAC-SHA-256 over time and secret, in the address. 20 messages a minute, else nothing for ten
 * minutes. One number (310000) stands for a wrong signature, a missing keyword and a foreign IP; its words tell them apart.
 */
import { createHmac } from 'node:crypto';
import type { ChannelSettings } from '@anyuan/contracts';
import { codeIn, type HttpProvider, JSON_HEADERS, limits, NOT_A_ROBOT, plainText, statusVerdict } from './provider.ts';
import { cut } from './text.ts';

type Settings = Extract<ChannelSettings, { kind: 'dingtalk' }>;

const TOO_MANY = new Set([130_101, 410_100]);
const GONE = new Set([300_001, 400_101, 400_106, 400_013]);

export const dingtalkSign = (secret: string, now: number): string =>
  createHmac('sha256', secret).update(`${now}\n${secret}`, 'utf8').digest('base64');

export const dingtalk: HttpProvider<Settings> = {
  request({ address, secret }, message, now) {
    const url = new URL(address);
    url.searchParams.set('timestamp', String(now));
    url.searchParams.set('sign', dingtalkSign(secret, now));
    const content = cut(plainText(message), limits.dingtalk.maxBytes);
    return { url: url.href, headers: JSON_HEADERS, body: JSON.stringify({ msgtype: 'text', text: { content } }) };
  },
  verdict({ status, body }) {
    const bad = statusVerdict(status);
    if (bad) return bad;
    const said = codeIn(body, 'errcode');
    if (!said) return NOT_A_ROBOT;
    const code = String(said.code);
    if (said.code === 0) return { result: 'sent' };
    if (TOO_MANY.has(said.code)) {
      return { result: 'later', fault: 'tooMany', code, afterMs: limits.dingtalk.blockedMs };
    }
    if (said.code === -1) return { result: 'later', fault: 'serverFault', code };
    if (said.code === 310_000) {
      return { result: 'refused', fault: /keyword|whitelist|\bip\b/.test(said.words) ? 'notAllowed' : 'secret', code };
    }
    if (said.code === 400_102) return { result: 'refused', fault: 'notAllowed', code };
    if (GONE.has(said.code)) return { result: 'refused', fault: 'gone', code };
    return { result: 'refused', fault: 'rejected', code };
  },
};
