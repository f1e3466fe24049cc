/**
 * Free ports, near the wished ones: a taken port is passed over, never waited for. A picked port is held until just before
 * the program that shall have it is started, so that two schools that start at the same moment don't pick the same.
 */
import { createServer, type Server } from 'node:net';

export class Ports {
  readonly #held = new Map<number, Server>();

  /** The wished port or the next free one above it. */
  async pick(wished: number, host = '127.0.0.1'): Promise<number> {
    for (let port = wished; port < Math.min(wished + 200, 65_536); port++) {
      const server = await hold(port, host);
      if (!server) continue;
      this.#held.set(port, server);
      return port;
    }
    throw new Error(`no free port from ${wished} on`);
  }

  /** Now its program may have it. */
  async release(...ports: number[]): Promise<void> {
    for (const port of ports) {
      const server = this.#held.get(port);
      this.#held.delete(port);
      if (server) await new Promise((resolve) => server.close(resolve));
    }
  }

  releaseAll(): Promise<void> {
    return this.release(...this.#held.keys());
  }
}

const hold = (port: number, host: string): Promise<Server | null> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });

/** Between the release and the taking somebody else was faster: worth another look. */
export const portWasTaken = (error: unknown): boolean =>
  error instanceof Error && /EADDRINUSE|address already in use/i.test(error.message);
