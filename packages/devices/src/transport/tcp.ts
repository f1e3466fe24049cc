/**
 * A serial server, `tcp://host:port`. Nagle off, since a request is one small segment that must leave now. Keepalive
 * finds a dead peer of a silent line in about 12 s; a polled line is found sooner by its missing answers (`Port.suspect`).
 */
import { connect, type Socket } from 'node:net';
import type { Transport, TransportEvents, TransportSpec } from './transport.ts';

const KEEPALIVE_FIRST_PROBE_MS = 2000;

export function tcpTransport(spec: TransportSpec): Transport {
  let socket: Socket | undefined;
  let closing = false;

  return {
    open: (events: TransportEvents) =>
      new Promise((resolve, reject) => {
        let opened = false;
        // A host or port that can't be is a path that is away, like any other.
        const { hostname, port } = new URL(spec.path);
        socket = connect({
          host: hostname,
          port: Number(port),
          noDelay: true,
          keepAlive: true,
          keepAliveInitialDelay: KEEPALIVE_FIRST_PROBE_MS,
        });
        socket.once('connect', () => {
          opened = true;
          resolve();
        });
        socket.on('data', (chunk) => events.bytes(chunk));
        socket.on('error', (error) => {
          if (!opened) reject(error);
        });
        // A refused connect, a reset, a FIN and our own close all end here.
        socket.once('close', () => {
          if (!opened) reject(new Error('closed'));
          else if (!closing) events.lost();
        });
      }),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (!socket?.writable) reject(new Error('not open'));
        else socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      closing = true;
      socket?.destroy();
    },
  };
}
