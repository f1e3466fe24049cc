/** 企业微信群机器人: the key stands in the address; 20 messages a minute, 2,048 bytes of text. */
import type { ChannelSettings } from '@anyuan/contracts';
import { codeIn, type HttpProvider, JSON_HEADERS, limits, NOT_A_ROBOT, plainText, statusVerdict } from './provider.ts';
import { cut } from './text.ts';

type Settings = Extract<ChannelSettings, { kind: 'wecom' }>;

const GONE = new Set([93_000, 93_004, 93_008]);
const BUSY = new Set([-1, 45_033]);

export const wecom: HttpProvider<Settings> = {
  request: ({ address }, message) => ({
    url: address,
    headers: JSON_HEADERS,
    body: JSON.stringify({ msgtype: 'text', text: { content: cut(plainText(message), limits.wecom.maxBytes) } }),
  }),
  verdict({ status, body }) {
    const bad = statusVerdict(status);
    if (bad) return bad;
    const said = codeIn(body, 'errcode');
    if (!said) return NOT_A_ROBOT;
    const code = String(said.code);
    if (said.code === 0) return { result: 'sent' };
    if (said.code === 45_009) return { result: 'later', fault: 'tooMany', code, afterMs: limits.wecom.blockedMs };
    if (BUSY.has(said.code)) return { result: 'later', fault: 'serverFault', code };
    if (GONE.has(said.code)) return { result: 'refused', fault: 'gone', code };
    return { result: 'refused', fault: 'rejected', code };
  },
};
