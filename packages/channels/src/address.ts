/**
 * Where a channel may go. An administrator types it, so this server must not be led to ask what only it can reach: HTTPS
 * only, a robot's address only at its provider, no name or password in it. Redirects are never followed (`post.ts`).
 */
import type { ChannelSettings } from '@anyuan/contracts';

const HOSTS = {
  wecom: ['qyapi.weixin.qq.com'],
  dingtalk: ['oapi.dingtalk.com'],
  feishu: ['open.feishu.cn', 'open.larksuite.com'],
  webhook: null,
} as const;
const SMTP_PORTS = [25, 465, 587, 2525];
const LOOPBACK = /^(localhost\.?|127(\.\d+){3}|0\.0\.0\.0|\[?::1?\]?|\[?::ffff:.*)$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

export interface Rules {
  /** Tests and development: plain HTTP and SMTP to this machine itself. */
  loopback: boolean;
}

/** What is wrong with it; undefined: nothing. */
export function wrongWith(settings: ChannelSettings, { loopback }: Rules): 'address' | 'port' | undefined {
  if (settings.kind === 'email') {
    if (isLoopback(settings.host)) return loopback ? undefined : 'address';
    if (!/^[A-Za-z0-9.-]+$/.test(settings.host)) return 'address';
    return SMTP_PORTS.includes(settings.port) ? undefined : 'port';
  }
  const url = URL.parse(settings.address);
  if (url === null) return 'address';
  if (url.username !== '' || url.password !== '') return 'address';
  if (isLoopback(url.hostname)) return loopback ? undefined : 'address';
  if (url.protocol !== 'https:') return 'address';
  const hosts: readonly string[] | null = HOSTS[settings.kind];
  return hosts === null || hosts.includes(url.hostname) ? undefined : 'address';
}

export const hostOf = (settings: ChannelSettings): string =>
  settings.kind === 'email' ? settings.host : new URL(settings.address).hostname;

const SHOWN = 4;
/** Shorter ones would be half told. */
const LONG_ENOUGH = 12;

/** The last four characters of what opens it, so that two are told apart. */
export function tailOf(settings: ChannelSettings): string {
  const opens = settings.kind === 'wecom' ? settings.address : settings.kind === 'email' ? '' : settings.secret;
  return opens.length < LONG_ENOUGH ? '' : opens.slice(-SHOWN);
}
