/**
 * A body is read to its end, and at most to its limit, before anything is answered: what answers while the other side is
 * still sending leaves bytes unread, and closing on unread bytes resets the connection and takes the answer with it. A body
 * over the limit gets its 413 at once; what still comes is read and thrown away for a moment, so that the sender sees it.
 */
import type { MiddlewareHandler } from 'hono';

/** For whoever goes on sending: long enough for a slow line, and no way to keep this process busy. */
const LINGER_MS = 2_000;
const LINGER_BYTES = 64 * 1024 * 1024;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

export function wholeBody(max: number): MiddlewareHandler {
  return async (c, next) => {
    const reader = c.req.raw.body?.getReader();
    if (!reader) return next();
    if (Number(c.req.header('content-length') ?? 0) > max) return tooLarge(reader);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: null, value: undefined }));
      // The sender is gone in the middle of it: nobody reads what is answered.
      if (done === null) return c.json({ code: 'badInput' }, 400);
      if (done) break;
      size += value.length;
      if (size > max) return tooLarge(reader);
      chunks.push(value);
    }
    c.req.raw = new Request(c.req.raw, { body: Buffer.concat(chunks) });
    return next();
  };
}

/** With its length told, the answer is whole for the client before the stream ends; the connection is not used again. */
function tooLarge(rest: Reader): Response {
  const text = new TextEncoder().encode(JSON.stringify({ code: 'tooLarge' }));
  const body = new ReadableStream<Uint8Array>({
    async start(answer) {
      answer.enqueue(text);
      await swallow(rest);
      answer.close();
    },
  });
  return new Response(body, {
    status: 413,
    headers: { 'content-type': 'application/json', 'content-length': String(text.length), connection: 'close' },
  });
}

async function swallow(rest: Reader): Promise<void> {
  const enough = setTimeout(() => void rest.cancel().catch(() => undefined), LINGER_MS);
  try {
    for (let size = 0; size < LINGER_BYTES; ) {
      const { done, value } = await rest.read();
      if (done) return;
      size += value.length;
    }
    await rest.cancel();
  } catch {
    // Gone without waiting for the answer.
  } finally {
    clearTimeout(enough);
  }
}
