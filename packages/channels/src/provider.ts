/** What every provider answers to: how a message is asked to be sent, and what the answer means. Pure. */
import type { ChannelFault, ChannelKind } from '@anyuan/contracts';

export interface Message {
  /** Of the delivery, or of the first of a digest: a receiver may drop a repeat by it. */
  id: string;
  title: string;
  text: string;
  topic: string;
}

/** A provider's own limits (libraries.md, "channel limits"). */
export interface Limits {
  perMinute: number;
  /** Of title and text together, UTF-8. */
  maxBytes: number;
  /** How long it says no after too many, ms. */
  blockedMs: number;
}

/** `refused`: the same again would be refused again. `code` is the other side's number, never its words. */
export type Verdict =
  | { result: 'sent' }
  | { result: 'refused'; fault: ChannelFault; code: string }
  | { result: 'later'; fault: ChannelFault; code: string; afterMs?: number };

export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface HttpAnswer {
  status: number;
  body: string;
}

export interface HttpProvider<Settings> {
  /** @param now ms since 1970: signatures hold for an hour */
  request(settings: Settings, message: Message, now: number): HttpRequest;
  verdict(answer: HttpAnswer): Verdict;
}

const MINUTE_MS = 60_000;
export const limits: Record<ChannelKind, Limits> = {
  wecom: { perMinute: 20, maxBytes: 2_048, blockedMs: MINUTE_MS },
  dingtalk: { perMinute: 20, maxBytes: 18_000, blockedMs: 10 * MINUTE_MS },
  feishu: { perMinute: 100, maxBytes: 18_000, blockedMs: MINUTE_MS },
  webhook: { perMinute: 60, maxBytes: 18_000, blockedMs: MINUTE_MS },
  email: { perMinute: 20, maxBytes: 18_000, blockedMs: MINUTE_MS },
};

/** What concerns the channel and not one message: whatever else waits for it would fail alike. */
export const isOfChannel = (fault: ChannelFault): boolean => fault !== 'rejected';

/** The answer's own status, before anybody looks into its body. Undefined: 2xx. */
export function statusVerdict(status: number): Verdict | undefined {
  const code = `HTTP ${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 429) return { result: 'later', fault: 'tooMany', code };
  if (status >= 500 || status === 408) return { result: 'later', fault: 'serverFault', code };
  if (status >= 300 && status < 400) return { result: 'refused', fault: 'redirected', code };
  if (status === 401 || status === 403) return { result: 'refused', fault: 'secret', code };
  if (status === 404 || status === 410) return { result: 'refused', fault: 'gone', code };
  return { result: 'refused', fault: 'rejected', code };
}

/** The number in a robot's JSON, and its words to tell causes apart that share a number. Undefined: no such JSON. */
export function codeIn(body: string, field: 'errcode' | 'code'): { code: number; words: string } | undefined {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return undefined;
    const { [field]: code, errmsg, msg } = json as Record<string, unknown>;
    const words = String(errmsg ?? msg ?? '').toLowerCase();
    return typeof code === 'number' ? { code, words } : undefined;
  } catch {
    return undefined;
  }
}

export const NOT_A_ROBOT: Verdict = { result: 'later', fault: 'serverFault', code: '' };

/** Title and text as a robot's plain text. */
export const plainText = ({ title, text }: Message): string => (text === '' ? title : `${title}\n${text}`);

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
