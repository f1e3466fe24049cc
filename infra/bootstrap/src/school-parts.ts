/**
 * What each program of the school is told, and how one sees that it works. The one place where a secret is handed out:
 * a service gets its own database role and its own bus user, and file paths of keys instead of keys.
 */
import { join } from 'node:path';
import type { Bus } from '@anyuan/bus';
import { agentCaller, type GateFile, type ServiceName } from '@anyuan/contracts';
import { type Owner, urlOf } from '@anyuan/db';
import { baseEnv } from './base-env.ts';
import { answersHttp, answersOnBus } from './health.ts';
import { lanAddress } from './lan-address.ts';
import { nodePart } from './node-part.ts';
import type { Secrets } from './secrets.ts';
import type { Part } from './supervisor.ts';

export interface SchoolSite {
  school: string;
  schoolName: string;
  demo: boolean;
  term: boolean;
  lan: boolean;
  dataDir: string;
  logDir: string;
  secrets: Secrets;
  natsUrl: string;
  mqttUrl: string | null;
  credsDir: string;
  devicesFile: string;
  adminUrl: string;
  /** The launcher's own connection, for health. */
  bus: Bus;
  ports: { gateway: number; agent: number; sim: number };
  releasePort(port: number): Promise<void>;
  /** Folders of the built screens. */
  screens: { kiosk: string; console: string };
  onSpawn(name: string, pid: number): void;
}

type Env = Record<string, string | undefined>;

const common = (site: Omit<SchoolSite, 'bus' | 'adminUrl' | 'screens'>, user: string): Env => ({
  ...baseEnv(),
  ANYUAN_SCHOOL: site.school,
  ANYUAN_SCHOOL_NAME: site.schoolName,
  ANYUAN_DEMO: site.demo ? '1' : '0',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
  NATS_URL: site.natsUrl,
  NATS_CREDS: join(site.credsDir, `${user}.creds`),
});

export const databaseUrl = (site: Pick<SchoolSite, 'adminUrl' | 'secrets'>, owner: Owner): string =>
  urlOf(site.adminUrl, owner, site.secrets.passwordOf(owner));

export const gatewayUrl = (site: Pick<SchoolSite, 'ports'>): string => `http://localhost:${site.ports.gateway}`;
/** As people type it on another machine, when others may come at all. */
const publicUrl = (site: Pick<SchoolSite, 'lan' | 'ports'>): string =>
  `http://${(site.lan && lanAddress()) || 'localhost'}:${site.ports.gateway}`;
export const kioskUrl = (site: Pick<SchoolSite, 'ports'>): string => `http://localhost:${site.ports.agent}`;
export const simUrl = (site: Pick<SchoolSite, 'ports'>): string => `http://localhost:${site.ports.sim}`;

export function servicePart(site: SchoolSite, service: ServiceName): Part {
  return nodePart({
    name: service,
    script: `apps/${service}/src/main.ts`,
    env: {
      ...common(site, service),
      DATABASE_URL: databaseUrl(site, service),
      ANYUAN_KEYS: site.secrets.dir,
    },
    logDir: site.logDir,
    ready: () => answersOnBus(site.bus, site.school, service),
    onSpawn: site.onSpawn,
  });
}

export function gatewayPart(site: SchoolSite, shown: { kiosk: boolean; sim: boolean }): Part {
  return nodePart({
    name: 'gateway',
    script: 'apps/gateway/src/main.ts',
    env: {
      ...common(site, 'gateway'),
      DATABASE_URL: databaseUrl(site, 'identity'),
      ANYUAN_KEYS: site.secrets.dir,
      AUTH_SECRET_FILE: site.secrets.file('auth.secret'),
      HOST: site.lan ? '0.0.0.0' : '127.0.0.1',
      PORT: String(site.ports.gateway),
      PUBLIC_URL: publicUrl(site),
      CONSOLE_DIR: site.screens.console,
      ...(shown.kiosk ? { KIOSK_URL: kioskUrl(site) } : {}),
      ...(shown.sim ? { SIM_URL: simUrl(site) } : {}),
    },
    logDir: site.logDir,
    beforeSpawn: () => site.releasePort(site.ports.gateway),
    ready: (pid) => answersHttp(pid, site.ports.gateway, '/health'),
    onSpawn: site.onSpawn,
  });
}

export function agentPart(site: SchoolSite, gate: { path: string; file: GateFile }): Part {
  return nodePart({
    name: 'agent',
    script: 'apps/kiosk/agent/main.ts',
    env: {
      ...common(site, agentCaller(gate.file.gate)),
      PORT: String(site.ports.agent),
      GATE_FILE: gate.path,
      AGENT_DATA: join(site.dataDir, 'agent', gate.file.gate),
      KIOSK_DIR: site.screens.kiosk,
      LIST_KEYS: site.secrets.dir,
      AGENT_KEY_FILE: site.secrets.file('agent.key'),
      CARD_KEY_FILE: site.secrets.file('card.key'),
      WATCH_KEY_FILE: site.secrets.file('watch.key'),
    },
    logDir: site.logDir,
    beforeSpawn: () => site.releasePort(site.ports.agent),
    ready: (pid) => answersHttp(pid, site.ports.agent, '/health'),
    onSpawn: site.onSpawn,
  });
}

export interface SimChoice {
  runDir: string;
  gateFileOut: string;
  /** Off when real hardware stands at the gate. */
  serial: boolean;
}

/** The simulator gets no bus user: its devices sign in with their own tokens. */
export function simPart(site: Omit<SchoolSite, 'adminUrl' | 'bus' | 'screens'>, sim: SimChoice): Part {
  return nodePart({
    name: 'sim',
    script: 'hardware-sim/src/main.ts',
    env: {
      ...baseEnv(),
      ANYUAN_SCHOOL: site.school,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      SIM_PORT: String(site.ports.sim),
      SIM_RUN_DIR: sim.runDir,
      SIM_GATE_FILE_OUT: sim.gateFileOut,
      SIM_ADDRESS_FILE: join(site.dataDir, 'sim.json'),
      SIM_SERIAL: sim.serial ? 'on' : 'off',
      ...(site.demo && site.mqttUrl ? { MQTT_URL: site.mqttUrl, DEVICE_JWTS: site.devicesFile } : { SIM_SWARM: '0' }),
    },
    logDir: site.logDir,
    beforeSpawn: () => site.releasePort(site.ports.sim),
    ready: (pid) => answersHttp(pid, site.ports.sim, '/api/state'),
    onSpawn: site.onSpawn,
  });
}

/** The demo school's people and cards; runs once and ends. */
export const seedEnv = (site: Omit<SchoolSite, 'bus' | 'screens'>): Env => ({
  ...common(site, 'launcher'),
  ADMIN_DATABASE_URL: site.adminUrl,
  ANYUAN_DEMO_TERM: site.term ? '1' : '0',
  DATABASE_URL_IDENTITY: databaseUrl(site, 'identity'),
  DATABASE_URL_GATE: databaseUrl(site, 'gate'),
  DATABASE_URL_PICKUP: databaseUrl(site, 'pickup'),
  DATABASE_URL_ALARM: databaseUrl(site, 'alarm'),
  DATABASE_URL_DRILLS: databaseUrl(site, 'drills'),
  DATABASE_URL_TRAINING: databaseUrl(site, 'training'),
  DATABASE_URL_LEDGER: databaseUrl(site, 'ledger'),
  ANYUAN_KEYS: site.secrets.dir,
  AUTH_SECRET_FILE: site.secrets.file('auth.secret'),
  PUBLIC_URL: publicUrl(site),
});
