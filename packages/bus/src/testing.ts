/** A real nats-server for a test, on free ports, in a folder of its own. Nothing stands in for the bus. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Bus, connectBus } from './bus.ts';
import { ensureStreams } from './streams.ts';

export interface TestNats {
  url: string;
  mqttUrl: string;
  port: number;
  /** `kill -9`; the ports and the data stay, `start` brings it back. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A connection that `stop` closes. */
  connect(name?: string): Promise<Bus>;
}

/** @param school when given, its streams and the KV bucket are there */
export async function startTestNats(school?: string): Promise<TestNats> {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-nats-'));
  const [port, mqtt] = [await freePort(), await freePort()];
  const config = join(dir, 'nats.conf');
  writeFileSync(
    config,
    `server_name: test\nhost: 127.0.0.1\nport: ${port}\nmax_payload: 8MB\n` +
      `jetstream { store_dir: "${dir}/js" }\nmqtt { host: 127.0.0.1, port: ${mqtt} }\n`,
  );
  const buses: Bus[] = [];
  let child: ChildProcess | undefined;
  const url = `nats://127.0.0.1:${port}`;

  const nats: TestNats = {
    url,
    mqttUrl: `mqtt://127.0.0.1:${mqtt}`,
    port,
    async start() {
      child = spawn(natsServerPath(), ['-c', config], { stdio: 'ignore' });
      const probe = await connectBus({ url, name: 'probe' });
      if (school) await ensureStreams(probe, school);
      await probe.close();
    },
    async kill() {
      await ended(child, 'SIGKILL');
      child = undefined;
    },
    async connect(name = 'test') {
      const bus = await connectBus({ url, name });
      buses.push(bus);
      return bus;
    },
    async stop() {
      await Promise.all(buses.map((bus) => bus.nc.close().catch(() => {})));
      await ended(child, 'SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await nats.start();
  return nats;
}

export function natsServerPath(): string {
  const places = [
    process.env.ANYUAN_NATS_SERVER,
    join(import.meta.dirname, '../../../.tools/bin/nats-server'),
    ...(process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'nats-server')),
  ];
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error('nats-server is missing: run "npm test" once, it brings it along');
  return found;
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
