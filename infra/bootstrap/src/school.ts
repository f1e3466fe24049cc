/**
 * A whole school on one machine, from nothing to health.
 *
 * Order: data folder and its lock → leftovers of a killed launcher → ports and identities → database and bus → schemas →
 * simulated hardware and demo school → services, agent and gateway; the screens are built beside all that. What fails on
 * the way stops what has been started and is told in words.
 */
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, connectBus } from '@anyuan/bus';
import { type GateFile, SERVICES } from '@anyuan/contracts';
import { forEachOwner, migrate } from '@anyuan/db';
import { demoDevices } from '@anyuan/hardware-sim';
import { lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { say } from '../stage-1/say.mjs';
import { clone, inClone } from './clone.ts';
import { readGateFile } from './gate-file.ts';
import { agentIdentity, deviceIdentity, gatewayIdentity, launcherIdentity, serviceIdentity } from './identities.ts';
import { mintCreds } from './nats-users.ts';
import { Opening } from './opening.ts';
import type { StartOptions } from './options.ts';
import { portWasTaken } from './ports.ts';
import { postgresPart } from './postgres-part.ts';
import { markOf } from './process-identity.ts';
import { Refusal } from './refusal.ts';
import type { RunFile } from './run-file.ts';
import { chooseBus, type SchoolBus } from './school-bus.ts';
import * as parts from './school-parts.ts';
import { buildScreen } from './screens.ts';
import { readIfThere, type Secrets } from './secrets.ts';
import type { Change, Condition } from './supervisor.ts';

const SCHOOL = 'qinghe';
const SCHOOL_NAME = '青禾小学';
const AGENT_PORT = 4110;
const SIM_PORT = 4120;
/** Patience with a bus that somebody else runs. */
const FOREIGN_MS = 15_000;
/** How often a start looks for other ports when somebody else was faster. */
const ATTEMPTS = 3;

export interface School {
  run: RunFile;
  conditions(): Record<string, Condition>;
  stop(): Promise<void>;
}

export type SchoolOptions = StartOptions & { dataDir: string };

interface Gate {
  path: string;
  file: GateFile;
}

/** @param signal fires when the person has had enough: the start ends as soon as it can, and leaves nothing */
export async function startSchool(
  options: SchoolOptions,
  onChange: (change: Change) => void,
  signal: AbortSignal,
): Promise<School> {
  const gate = options.gate ? readGate(resolve(options.gate)) : null;
  for (let attempt = 1; ; attempt++) {
    const opening = new Opening(options.dataDir, onChange, signal);
    try {
      const run = await open(opening, options, gate);
      return { run, conditions: () => opening.conditions, stop: () => opening.close() };
    } catch (error) {
      await opening.close();
      if (attempt === ATTEMPTS || signal.aborted || !portWasTaken(error)) throw error;
      say('  ! 端口刚被别的程序占用，换一个再试。 Somebody took a port just now: trying others.');
    }
  }
}

async function open(opening: Opening, options: SchoolOptions, realGate: Gate | null): Promise<RunFile> {
  const { dataDir, logDir, secrets, onSpawn } = opening;
  // With real hardware at the gate and no demo school there is nothing to simulate.
  const simulated = options.sim && (options.demo || !realGate);
  const simGate = join(dataDir, 'sim', 'gate.json');

  await opening.clearLeftovers();
  const screens = buildScreens(opening.over);
  screens.catch(() => {});
  const ports = {
    gateway: await opening.pick('gateway', options.port, options.lan ? '0.0.0.0' : '127.0.0.1'),
    agent: realGate || simulated ? await opening.pick('agent', AGENT_PORT) : AGENT_PORT,
    sim: simulated ? await opening.pick('sim', SIM_PORT) : SIM_PORT,
  };
  const knownGate = realGate ?? lastGate(simGate);
  const bus = await chooseBus(
    {
      ...{ school: SCHOOL, dataDir, logDir, keysDir: secrets.dir, lan: options.lan, ports: opening.ports, onSpawn },
      identities: [
        launcherIdentity(SCHOOL),
        gatewayIdentity(SCHOOL),
        ...SERVICES.map((service) => serviceIdentity(SCHOOL, service)),
        ...(knownGate ? [agentIdentity(SCHOOL, knownGate.file)] : []),
      ],
      devices: options.demo ? demoDevices.map(({ device }) => deviceIdentity(SCHOOL, device)) : [],
    },
    process.env,
  );

  const adminUrl = await startDatabase(opening);
  if (bus.part) await opening.start(bus.part);
  const launcherBus = await connectLauncher(bus);
  opening.onClose(() => launcherBus.close());
  await prepareDatabase(adminUrl, secrets);

  const early = {
    ...{
      school: SCHOOL,
      schoolName: SCHOOL_NAME,
      demo: options.demo,
      term: options.term,
      lan: options.lan,
      dataDir,
      logDir,
      secrets,
      ports,
    },
    ...{ natsUrl: bus.url, mqttUrl: bus.mqttUrl, credsDir: bus.credsDir, devicesFile: bus.devicesFile, onSpawn },
    releasePort: (port: number) => opening.ports.release(port),
  };
  const simChoice = { runDir: join(dataDir, 'sim'), gateFileOut: simGate, serial: !realGate };
  await Promise.all([
    ...(simulated ? [opening.start(parts.simPart(early, simChoice))] : []),
    ...(options.demo ? [seed({ ...early, adminUrl })] : []),
  ]);
  const gate = realGate ?? (simulated ? readGate(simGate) : null);
  if (gate && bus.part) await mintAgent(gate, secrets, bus);

  const site: parts.SchoolSite = { ...early, adminUrl, bus: launcherBus, screens: await screens };
  await Promise.all([
    ...SERVICES.map((service) => opening.start(parts.servicePart(site, service))),
    ...(gate ? [opening.start(parts.agentPart(site, gate))] : []),
    opening.start(parts.gatewayPart(site, { kiosk: gate !== null, sim: simulated })),
  ]);
  opening.over.throwIfAborted();
  return opening.announce({
    ...{ school: SCHOOL, data: dataDir, demo: options.demo, launcher: markOf(process.pid) },
    gateway: parts.gatewayUrl(site),
    kiosk: gate ? parts.kioskUrl(site) : null,
    sim: simulated ? parts.simUrl(site) : null,
    ...{ natsUrl: bus.url, mqttUrl: bus.mqttUrl, databaseUrl: adminUrl },
    ...{ credsDir: bus.credsDir, devicesFile: bus.devicesFile, keysDir: secrets.dir, gateFile: gate?.path ?? null },
  });
}

const readGate = (path: string): Gate => ({ path, file: readGateFile(path) });

/** The simulator writes its gate file anew; the last one only tells which agent's token may have to be revoked. */
function lastGate(path: string): Gate | null {
  try {
    return readGate(path);
  } catch {
    return null;
  }
}

/** One after the other: two bundlers at once need twice the memory and, on two cores, the same time. */
async function buildScreens(signal: AbortSignal): Promise<parts.SchoolSite['screens']> {
  const kiosk = await buildScreen('kiosk', signal);
  return { kiosk, console: await buildScreen('console', signal) };
}

async function startDatabase(opening: Opening): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const part = postgresPart({
    dir: join(opening.dataDir, 'postgres'),
    onSpawn: (pid) => opening.onSpawn('postgres', pid),
  });
  await opening.start(part);
  return part.adminUrl();
}

async function connectLauncher(bus: SchoolBus): Promise<Bus> {
  const late = sleep(FOREIGN_MS, undefined, { ref: false }).then(() => {
    throw new Refusal(
      `连不上 NATS（${bus.url}），或凭据不被接受。 NATS (${bus.url}) can't be reached, or refuses the creds.`,
    );
  });
  const credsFile = join(bus.credsDir, 'launcher.creds');
  return Promise.race([connectBus({ url: bus.url, credsFile, name: 'launcher' }), late]);
}

async function prepareDatabase(adminUrl: string, { passwordOf }: Pick<Secrets, 'passwordOf'>): Promise<void> {
  const passwords = forEachOwner(passwordOf);
  try {
    await migrate({ adminUrl, passwords });
  } catch (cause) {
    if (!process.env.DATABASE_URL) throw cause;
    const { host, pathname } = new URL(adminUrl);
    const why = cause instanceof Error ? cause.message : '';
    throw new Refusal(
      `DATABASE_URL（${host}${pathname}）不能用。 DATABASE_URL (${host}${pathname}) can't be used: ${why}`,
      { cause },
    );
  }
}

/** The simulator's gate file is known only once it runs; what a user may do does not depend on the server's start. */
const mintAgent = (gate: Gate, secrets: Secrets, bus: SchoolBus) =>
  mintCreds(
    agentIdentity(SCHOOL, gate.file),
    readIfThere(secrets.file('nats-account.seed'))?.trim() ?? '',
    bus.credsDir,
  );

async function seed(site: Omit<parts.SchoolSite, 'bus' | 'screens'>): Promise<void> {
  const { code, output } = await runQuietly(process.execPath, [inClone('infra/dev-env/src/seed-main.ts')], {
    cwd: clone,
    env: parts.seedEnv(site),
  });
  if (code !== 0) throw new Refusal(`演示学校建不起来。 The demo school could not be set up:\n${lastLines(output)}`);
}
