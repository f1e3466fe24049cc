/** A cable between a gate and the school's bus, to be cut and joined: what hangs on it sees its connections end, and finds nobody. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Cable {
  readonly port: number;
  cut(): Promise<void>;
  join(): Promise<void>;
}

/** @param to port on 127.0.0.1 */
export async function layCable(to: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const join = () =>
    new Promise<void>((resolve) => {
      server = createServer((near) => {
        const far = connect(to, '127.0.0.1');
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(one);
          one.on('close', () => {
            sockets.delete(one);
            other.destroy();
          });
          one.on('error', () => other.destroy());
        }
        near.pipe(far).pipe(near);
      }).listen(port, '127.0.0.1', () => {
        const address = server?.address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  await join();
  return {
    get port() {
      return port;
    },
    join,
    async cut() {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
