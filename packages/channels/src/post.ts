/** One POST: 5 s at most, no redirect followed, not more than 64 KiB of an answer read. */
import type { HttpAnswer, HttpRequest, Verdict } from './provider.ts';

const ANSWER_BYTES = 65_536;

export async function post(request: HttpRequest, timeoutMs: number): Promise<HttpAnswer | Verdict> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await start(response) };
  } catch (error) {
    return wireVerdict(error);
  }
}

async function start(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (!response.body) return text;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > ANSWER_BYTES) break;
  }
  return text;
}

/** No answer at all. Nothing of the error's own words: an address is a secret here, and errors like to name it. */
export function wireVerdict(error: unknown): Verdict {
  if (error instanceof Error && error.name === 'TimeoutError') return { result: 'later', fault: 'noAnswer', code: '' };
  const code = codeOf(error);
  if (/CERT|TLS|SSL|SELF_SIGNED|ERR_TLS/.test(code)) return { result: 'later', fault: 'insecure', code };
  return { result: 'later', fault: 'unreachable', code };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(cause);
}
