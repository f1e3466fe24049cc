/** A device behind an RS-232-to-Ethernet server on 127.0.0.1: for machines without pseudo-terminals. */
import { createServer, type Server, type Socket } from 'node:net';
import type { Line } from '../line.ts';
import type { Mount } from './mount.ts';

const MOST_WAITING = 4096;

/** @param port 0 takes a free one, and keeps it over unplug and plug */
export async function tcpMount(line: Line, port = 0): Promise<Mount> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let bound = port;

  const unplug = async (): Promise<void> => {
    line.connect(undefined);
    const old = server;
    server = undefined;
    if (old === undefined) return;
    const closed = new Promise<void>((resolve) => old.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  const plug = async (): Promise<void> => {
    await unplug();
    const next = createServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('data', (bytes) => line.receive(bytes));
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(bound, '127.0.0.1', resolve);
    });
    const address = next.address();
    if (address !== null && typeof address === 'object') bound = address.port;
    server = next;
    line.connect((bytes) => {
      for (const socket of sockets) if (socket.writableLength < MOST_WAITING) socket.write(bytes);
    });
  };

  await plug();
  return {
    get path() {
      return `tcp://127.0.0.1:${bound}`;
    },
    get plugged() {
      return server !== undefined;
    },
    plug,
    unplug,
  };
}
