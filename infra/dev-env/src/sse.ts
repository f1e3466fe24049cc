/** Reads a tRPC subscription as the browser would (SSE), for tools and tests that are no browser. */
export interface Heard<T> {
  id: string;
  data: T;
}

export async function* listen<T>(
  url: string,
  options: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): AsyncGenerator<Heard<T>> {
  const response = await fetch(`${url}?input=${encodeURIComponent('{}')}`, options);
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (id && data) yield { id, data: JSON.parse(data) };
    }
  }
}
