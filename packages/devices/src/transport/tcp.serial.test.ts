/** Real sockets: a serial server that refuses, resets, hangs up, and comes back. */
import { createServer, type Server, type Socket } from 'node:net';
import type { GateDevice } from '@anyuan/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceEvent } from '../device-events.ts';
import { encodeCard } from '../drivers/card-reader/frame.ts';
import { type Hardware, openHardware } from '../hardware.ts';
import { withCrc } from '../modbus/rtu.ts';

const A = '100086F444';
const B = '3C00CE754C';
const BACK_WITHIN_MS = 5000;

const opened: Hardware[] = [];
const servers: { down(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((hardware) => hardware.stop()));
  await Promise.all(servers.splice(0).map((server) => server.down()));
});

async function serve(onBytes: (chunk: Buffer, socket: Socket) => void = () => {}, at = 0) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk: Buffer) => onBytes(chunk, socket));
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const self = {
    port,
    path: `tcp://127.0.0.1:${port}`,
    sockets,
    send: (bytes: Uint8Array) => {
      for (const socket of sockets) socket.write(bytes);
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    hangUp: () => {
      for (const socket of sockets) socket.end();
    },
    down: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.resetAndDestroy();
        server.close(() => resolve());
      }),
  };
  servers.push(self);
  return self;
}

function open(...devices: GateDevice[]) {
  const events: DeviceEvent[] = [];
  const hardware = openHardware({ devices, onEvent: (event) => events.push(event) });
  opened.push(hardware);
  const state = () => hardware.status()[0]?.state;
  return {
    events,
    hardware,
    becomes: (wanted: string) =>
      vi.waitFor(() => expect(state()).toBe(wanted), { timeout: BACK_WITHIN_MS, interval: 5 }),
    cards: () => events.flatMap((e) => (e.type === 'card' ? [e.number] : [])),
    states: () => events.flatMap((e) => (e.type === 'port' ? [e.state] : [])),
  };
}

const cardAt = (path: string): GateDevice => ({ id: 'card-1', driver: 'rdm6300', path, baudRate: 9600, idleMs: 100 });

describe('a serial server', () => {
  it('brings a card', async () => {
    const server = await serve();
    const { becomes, cards } = open(cardAt(server.path));
    await becomes('ok');
    server.send(encodeCard(A));
    await vi.waitFor(() => expect(cards()).toEqual([A]));
  });

  it.each(['reset', 'hangUp'] as const)('that cuts the line (%s) is dialled again', async (cut) => {
    const server = await serve();
    const { becomes, cards, states } = open(cardAt(server.path));
    await becomes('ok');
    server.send(encodeCard(A).subarray(0, 9));
    server[cut]();
    await vi.waitFor(() => expect(states()).toEqual(['ok', 'away', 'opening', 'ok']), { timeout: BACK_WITHIN_MS });
    server.send(encodeCard(B));
    await vi.waitFor(() => expect(cards()).toEqual([B]));
  });

  it('that refuses is away, and back ≤ 5 s after its return', async () => {
    const server = await serve();
    const { becomes, cards } = open(cardAt(server.path));
    await becomes('ok');
    await server.down();
    await becomes('away');
    const again = await serve(undefined, server.port);
    await becomes('ok');
    again.send(encodeCard(B));
    await vi.waitFor(() => expect(cards()).toEqual([B]));
  });

  it.each(['tcp://127.0.0.1:99999', 'tcp://no such host:1'])(
    'that can not be (%s) is away, and no exception',
    async (path) => {
      const { becomes } = open(cardAt(path));
      await becomes('away');
    },
  );

  it('carries a relay: closed, read back, and refused when the line is cut', async () => {
    let closed = false;
    const server = await serve((request, socket) => {
      if (request[1] === 5) {
        closed = request[4] === 0xff;
        socket.write(request);
      } else socket.write(withCrc(Uint8Array.of(1, 1, 1, closed ? 1 : 0)));
    });
    const { becomes, hardware } = open({
      id: 'siren-1',
      driver: 'modbus-relay',
      path: server.path,
      baudRate: 9600,
      address: 1,
      coil: 0,
      pulseMs: 700,
    });
    await becomes('ok');
    const relay = hardware.relay('siren-1');
    expect(await relay?.close()).toEqual({ confirmed: true, closed: true });
    await server.down();
    await becomes('away');
    expect(await relay?.open()).toEqual({ confirmed: false, code: 'portLost' });
  });
});
