/**
 * The school's own nats-server: configuration, identities, the process, and its streams.
 *
 * Promise: after `start` the bus answers, the streams are there and nobody without a JWT of this school gets in. The same
 * ports and the same data after every restart.
 */
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectBus, ensureStreams } from '@anyuan/bus';
import { ChildFailed, type RunningPart, startChild } from './child.ts';
import type { Identity } from './identities.ts';
import { type NatsPorts, natsConfig } from './nats-config.ts';
import { prepareAuthority } from './nats-users.ts';
import { writePrivate } from './secrets.ts';
import type { StartMode } from './supervisor.ts';

const STREAMS_MS = 20_000;

export interface SchoolNatsOptions {
  school: string;
  server: string;
  /** `nats/` of the data folder: store, creds, devices.json, configuration. */
  dir: string;
  keysDir: string;
  logFile: string;
  ports: NatsPorts;
  lan: boolean;
  identities: Identity[];
  devices: Identity[];
  beforeSpawn?(): Promise<void>;
  onSpawn?(pid: number): void;
}

export interface SchoolNats {
  url: string;
  websocketUrl: string;
  mqttUrl: string;
  credsDir: string;
  devicesFile: string;
  start(mode: StartMode): Promise<RunningPart>;
}

export async function prepareNats(options: SchoolNatsOptions): Promise<SchoolNats> {
  const { school, dir, ports } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const authority = await prepareAuthority({ ...options, natsDir: dir });
  // Two schools of the same name may run on one machine, each in its own data folder.
  const serverName = `school-${school}-${authority.school.id.slice(-8)}`;
  const configFile = join(dir, 'nats.conf');
  writePrivate(
    configFile,
    natsConfig({ serverName, storeDir: join(dir, 'store'), ports, lan: options.lan, authority }),
  );
  const url = `nats://127.0.0.1:${ports.client}`;
  const credsDir = join(dir, 'creds');
  return {
    url,
    websocketUrl: `ws://127.0.0.1:${ports.websocket}`,
    mqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    credsDir,
    devicesFile: join(dir, 'devices.json'),
    async start(mode) {
      const part = await startChild(
        {
          name: 'nats',
          command: options.server,
          args: ['-c', configFile],
          env: process.env,
          cwd: dir,
          ipc: false,
          logFile: options.logFile,
          ready: () => greets(ports.client, serverName),
          ...(options.beforeSpawn ? { beforeSpawn: options.beforeSpawn } : {}),
          ...(options.onSpawn ? { onSpawn: options.onSpawn } : {}),
        },
        mode,
      );
      try {
        await prepareStreams(part, url, join(credsDir, 'launcher.creds'), school);
      } catch (error) {
        await part.stop();
        throw error;
      }
      return part;
    },
  };
}

async function prepareStreams(part: RunningPart, url: string, credsFile: string, school: string): Promise<void> {
  const died = part.exited.then((why) => {
    throw new ChildFailed(`nats: ${why}`);
  });
  const late = sleep(STREAMS_MS, undefined, { ref: false }).then(() => {
    throw new ChildFailed('nats: JetStream does not answer');
  });
  const work = (async () => {
    const bus = await connectBus({ url, credsFile, name: 'launcher' });
    try {
      await ensureStreams(bus, school);
    } finally {
      await bus.close();
    }
  })();
  await Promise.race([work, late, died]);
}

/** nats-server speaks first: its name tells it from another program on the same port. */
function greets(port: number, serverName: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const done = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('data', (chunk) => done(chunk.toString('utf8').includes(`"server_name":"${serverName}"`)));
  });
}
