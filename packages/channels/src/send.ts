/** One attempt on any channel. It always answers, within the time that it is given. */
import type { ChannelSettings } from '@anyuan/contracts';
import { type Rules, wrongWith } from './address.ts';
import { dingtalk } from './dingtalk.ts';
import { sendEmail } from './email.ts';
import { feishu } from './feishu.ts';
import { post } from './post.ts';
import type { HttpProvider, Message, Verdict } from './provider.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

export interface SendOptions extends Rules {
  /** ms since 1970. */
  now: number;
  timeoutMs: number;
}

/** Never throws, and never says more of the settings than a fault. */
export async function send(settings: ChannelSettings, message: Message, options: SendOptions): Promise<Verdict> {
  if (wrongWith(settings, options)) return { result: 'refused', fault: 'notAllowed', code: '' };
  switch (settings.kind) {
    case 'wecom':
      return byHttp(wecom, settings, message, options);
    case 'dingtalk':
      return byHttp(dingtalk, settings, message, options);
    case 'feishu':
      return byHttp(feishu, settings, message, options);
    case 'webhook':
      return byHttp(webhook, settings, message, options);
    case 'email':
      return sendEmail(settings, message, options.timeoutMs);
  }
}

async function byHttp<Settings>(
  provider: HttpProvider<Settings>,
  settings: Settings,
  message: Message,
  { now, timeoutMs }: SendOptions,
): Promise<Verdict> {
  const answer = await post(provider.request(settings, message, now), timeoutMs);
  return 'result' in answer ? answer : provider.verdict(answer);
}
