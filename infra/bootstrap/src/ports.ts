/** Free ports, near the wished ones: a taken port is passed over, never waited for. */
import { createServer } from 'node:net';

const given = new Set<number>();

const free = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** The wished port or the next free one above it; never one that this process has given before. */
export async function portFrom(wished: number, host = '127.0.0.1'): Promise<number> {
  for (let port = wished; port < Math.min(wished + 200, 65_536); port++) {
    if (!given.has(port) && (await free(port, host))) {
      given.add(port);
      return port;
    }
  }
  throw new Error(`no free port from ${wished} on`);
}
