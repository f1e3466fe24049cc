/** A real nats-server with MQTT on free ports, and waiting for what a device would notice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TOOLS = new URL('../../.tools/bin/nats-server', import.meta.url).pathname;
const binary = existsSync(TOOLS) ? TOOLS : 'nats-server';

export async function until<T>(what: string, look: () => T | undefined | false, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export interface Broker {
  mqttUrl: string;
  start(): Promise<void>;
  /** kill -9 and gone. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** @param extra lines for its configuration */
export async function startBroker(extra = ''): Promise<Broker> {
  const dir = await mkdtemp(join(tmpdir(), 'anyuan-sim-nats-'));
  const [port, mqtt] = [await freePort(), await freePort()];
  const config = join(dir, 'nats.conf');
  await writeFile(
    config,
    `server_name: test\nlisten: "127.0.0.1:${port}"\njetstream { store_dir: "${dir}/js" }\nmqtt { host: "127.0.0.1", port: ${mqtt} }\n${extra}\n`,
  );
  let server: ChildProcess | undefined;
  const broker: Broker = {
    mqttUrl: `mqtt://127.0.0.1:${mqtt}`,
    async start() {
      server = spawn(binary, ['-c', config], { stdio: 'ignore' });
      const end = Date.now() + 15_000;
      while (!(await listens(mqtt))) {
        if (Date.now() > end || server.exitCode !== null) throw new Error('nats-server did not start');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async kill() {
      const old = server;
      server = undefined;
      if (old === undefined) return;
      const gone = new Promise((resolve) => old.once('exit', resolve));
      old.kill('SIGKILL');
      await gone;
    },
    async remove() {
      await broker.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}
