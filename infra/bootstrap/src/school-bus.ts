/** The bus of a start: a running one that `NATS_URL` names, with its creds, or the school's own nats-server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from './identities.ts';
import { ensureNatsServer } from './nats-server.ts';
import type { Ports } from './ports.ts';
import { Refusal } from './refusal.ts';
import { prepareNats } from './school-nats.ts';
import type { Part } from './supervisor.ts';

export interface SchoolBus {
  url: string;
  mqttUrl: string | null;
  credsDir: string;
  devicesFile: string;
  /** Absent when somebody else runs it. */
  part?: Part;
}

export interface SchoolBusOptions {
  school: string;
  dataDir: string;
  keysDir: string;
  logDir: string;
  lan: boolean;
  identities: Identity[];
  devices: Identity[];
  ports: Ports;
  onSpawn(name: string, pid: number): void;
}

const WISHED = { client: 4122, mqtt: 4123, websocket: 4124 };

export async function chooseBus(options: SchoolBusOptions, env: NodeJS.ProcessEnv): Promise<SchoolBus> {
  const dir = join(options.dataDir, 'nats');
  if (env.NATS_URL) return foreignBus(env.NATS_URL, env.NATS_CREDS_DIR, env.MQTT_URL, options.identities);
  const server = await ensureNatsServer();
  const ports = {
    client: await options.ports.pick(WISHED.client),
    mqtt: await options.ports.pick(WISHED.mqtt, options.lan ? '0.0.0.0' : '127.0.0.1'),
    websocket: await options.ports.pick(WISHED.websocket),
  };
  const nats = await prepareNats({
    ...options,
    server,
    dir,
    ports,
    logFile: join(options.logDir, 'nats.log'),
    beforeSpawn: () => options.ports.release(...Object.values(ports)),
    onSpawn: (pid) => options.onSpawn('nats', pid),
  });
  return { ...nats, part: { name: 'nats', start: nats.start } };
}

function foreignBus(
  url: string,
  credsDir: string | undefined,
  mqttUrl: string | undefined,
  identities: Identity[],
): SchoolBus {
  const missing = identities.map(({ user }) => `${user}.creds`).filter((f) => !existsSync(join(credsDir ?? '', f)));
  if (!credsDir || missing.length > 0) {
    throw new Refusal(
      `设了 NATS_URL，还要用 NATS_CREDS_DIR 指明凭据目录，缺少：${missing.join(' ')}。 With NATS_URL the folder NATS_CREDS_DIR must hold: ${missing.join(' ')}.`,
    );
  }
  return {
    url,
    mqttUrl: mqttUrl ?? null,
    credsDir,
    devicesFile: join(credsDir, '..', 'devices.json'),
  };
}
