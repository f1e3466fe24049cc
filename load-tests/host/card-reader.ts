/** An RDM6300 at the end of a serial server: says a card's number to whoever has dialled its TCP port, and never listens. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** `02 | 10 hex digits | XOR of the five bytes as 2 hex digits | 03` */
function frame(number: string): Uint8Array {
  const checksum = Buffer.from(number, 'hex').reduce((a, b) => a ^ b, 0);
  const text = `${number}${checksum.toString(16).padStart(2, '0')}`.toUpperCase();
  return Buffer.concat([Buffer.of(2), Buffer.from(text, 'ascii'), Buffer.of(3)]);
}

export interface TcpCardReader {
  port: number;
  /** @throws when the agent has not dialled */
  say(number: string): void;
  close(): Promise<void>;
}

export async function startCardReader(): Promise<TcpCardReader> {
  let line: Socket | undefined;
  const server = createServer((socket) => {
    line = socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    say(number) {
      if (!line || line.destroyed) throw new Error('the agent does not listen to the reader');
      line.write(frame(number));
    },
    async close() {
      line?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
