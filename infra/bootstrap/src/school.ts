/**
 * A whole school on one machine, from nothing to health.
 *
 * Order: data folder and its lock → leftovers of a killed launcher → ports, secrets → database and bus → schemas →
 * simulated hardware → demo school → services → agent and gateway; the screens are built beside all that. What fails on
 * the way stops what has been started and is told in words.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectBus } from '@anyuan/bus';
import { type GateFile, SERVICES } from '@anyuan/contracts';
import { migrate } from '@anyuan/db';
import { demoDevices } from '@anyuan/hardware-sim';
import { lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { say } from '../stage-1/say.mjs';
import { clone, inClone } from './clone.ts';
import { ChildrenFile, lockDataDir, openDataDir } from './data-dir.ts';
import { readGateFile } from './gate-file.ts';
import { agentIdentity, deviceIdentity, gatewayIdentity, launcherIdentity, serviceIdentity } from './identities.ts';
import { mintCreds } from './nats-users.ts';
import type { StartOptions } from './options.ts';
import { portFrom } from './ports.ts';
import { postgresPart } from './postgres-part.ts';
import { markOf } from './process-identity.ts';
import { Refusal } from './refusal.ts';
import { type RunFile, removeRunFile, writeRunFile } from './run-file.ts';
import { chooseBus, type SchoolBus } from './school-bus.ts';
import * as parts from './school-parts.ts';
import { buildScreen } from './screens.ts';
import { prepareSecrets, readIfThere } from './secrets.ts';
import { type Change, type Condition, type Part, Supervisor } from './supervisor.ts';

const SCHOOL = 'qinghe';
const SCHOOL_NAME = '青禾小学';
const AGENT_PORT = 4110;
const SIM_PORT = 4120;
const POSTGRES_PORT = 4132;

export interface School {
  run: RunFile;
  conditions(): Record<string, Condition>;
  stop(): Promise<void>;
}

interface Gate {
  path: string;
  file: GateFile;
}

/** @param aborted turns true when the person has had enough: the start ends as soon as it can */
export async function startSchool(
  options: StartOptions & { dataDir: string },
  onChange: (change: Change) => void,
  signal: AbortSignal,
): Promise<School> {
  const realGate = options.gate ? readGate(resolve(options.gate)) : null;
  // With real hardware at the gate and no demo school there is nothing to simulate.
  const simulated = options.sim && (options.demo || !realGate);
  const dataDir = openDataDir(options.dataDir, clone);
  const lock = lockDataDir(dataDir);
  const children = new ChildrenFile(dataDir);
  const supervisor = new Supervisor({
    onChange(change) {
      if (change.condition === 'restarting') children.delete(change.name);
      onChange(change);
    },
  });
  let run: RunFile | undefined;
  let closeBus = async () => {};
  const failed = new AbortController();
  const stop = async () => {
    await closeBus();
    await supervisor.stop();
    removeRunFile(dataDir);
    children.clear();
    lock.release();
  };
  const onSpawn = (name: string, pid: number) => {
    children.set(name, pid);
    if (run) writeRunFile(dataDir, { ...run, pids: children.pids() });
  };
  const start = async (part: Part) => {
    signal.throwIfAborted();
    await supervisor.start(part);
  };
  signal.addEventListener('abort', () => void supervisor.stop());

  try {
    const left = await children.stopLeftovers();
    if (left.length > 0)
      say(`  ! 上次被强行结束，已清理 The last launcher was killed; stopped what it left: ${left.join(' ')}`);
    const screens = buildScreens(AbortSignal.any([signal, failed.signal]));
    screens.catch(() => {});
    const secrets = prepareSecrets(join(dataDir, 'keys'));
    const logDir = join(dataDir, 'logs');
    mkdirSync(logDir, { recursive: true, mode: 0o700 });
    const simGate = join(dataDir, 'sim', 'gate.json');
    const knownGate = realGate ?? (existsSync(simGate) ? readGate(simGate) : null);

    const ports = {
      gateway: await choosePort('gateway', options.port, options.lan ? '0.0.0.0' : '127.0.0.1'),
      agent: realGate || simulated ? await choosePort('agent', AGENT_PORT) : AGENT_PORT,
      sim: simulated ? await choosePort('sim', SIM_PORT) : SIM_PORT,
    };
    const devices = options.demo ? demoDevices.map(({ device }) => deviceIdentity(SCHOOL, device)) : [];
    const bus = await chooseBus(
      {
        ...{ school: SCHOOL, dataDir, keysDir: secrets.dir, logDir, lan: options.lan, devices, onSpawn },
        identities: [
          launcherIdentity(SCHOOL),
          gatewayIdentity(SCHOOL),
          ...SERVICES.map((service) => serviceIdentity(SCHOOL, service)),
          ...(knownGate ? [agentIdentity(SCHOOL, knownGate.file)] : []),
        ],
      },
      process.env,
    );

    const adminUrl = await startDatabase(dataDir, start, onSpawn);
    if (bus.part) await start(bus.part);
    const launcherBus = await connectBus({
      url: bus.url,
      credsFile: join(bus.credsDir, 'launcher.creds'),
      name: 'launcher',
    });
    closeBus = () => launcherBus.close();
    await migrate({ adminUrl, passwords: passwordsOf(secrets) });

    const early = {
      ...{
        school: SCHOOL,
        schoolName: SCHOOL_NAME,
        demo: options.demo,
        lan: options.lan,
        dataDir,
        logDir,
        secrets,
        ports,
      },
      ...{ natsUrl: bus.url, mqttUrl: bus.mqttUrl, credsDir: bus.credsDir, devicesFile: bus.devicesFile, onSpawn },
    };
    if (simulated) {
      await start(parts.simPart(early, { runDir: join(dataDir, 'sim'), gateFileOut: simGate, serial: !realGate }));
    }
    const gate = realGate ?? (simulated ? readGate(simGate) : null);
    if (gate && bus.part) await mintAgent(gate, secrets.file('nats-account.seed'), bus);

    const site: parts.SchoolSite = { ...early, adminUrl, bus: launcherBus, screens: await screens };
    run = {
      ...{ school: SCHOOL, data: dataDir, gateway: parts.gatewayUrl(site), demo: options.demo },
      kiosk: gate ? parts.kioskUrl(site) : null,
      sim: simulated ? parts.simUrl(site) : null,
      ...{ natsUrl: bus.url, natsWsUrl: bus.websocketUrl, mqttUrl: bus.mqttUrl, databaseUrl: adminUrl },
      ...{ credsDir: bus.credsDir, devicesFile: bus.devicesFile, keysDir: secrets.dir, gateFile: gate?.path ?? null },
      launcher: markOf(process.pid),
      pids: {},
    };
    if (options.demo) await seed(site);
    await Promise.all([
      ...SERVICES.map((service) => start(parts.servicePart(site, service))),
      ...(gate ? [start(parts.agentPart(site, gate))] : []),
      start(parts.gatewayPart(site, { kiosk: gate !== null, sim: simulated })),
    ]);
    signal.throwIfAborted();
    run = { ...run, pids: children.pids() };
    writeRunFile(dataDir, run);
    return { run, conditions: () => supervisor.conditions, stop };
  } catch (error) {
    failed.abort();
    await stop();
    throw error;
  }
}

const readGate = (path: string): Gate => ({ path, file: readGateFile(path) });

async function choosePort(what: string, wished: number, host = '127.0.0.1'): Promise<number> {
  const port = await portFrom(wished, host);
  if (port !== wished)
    say(`  ! 端口 ${wished} 被占用，${what} 改用 ${port}。 Port ${wished} is taken: ${what} uses ${port}.`);
  return port;
}

/** One after the other: two bundlers at once need twice the memory and, on two cores, the same time. */
async function buildScreens(signal: AbortSignal): Promise<parts.SchoolSite['screens']> {
  const kiosk = await buildScreen('kiosk', signal);
  return { kiosk, console: await buildScreen('console', signal) };
}

async function startDatabase(
  dataDir: string,
  start: (part: Part) => Promise<void>,
  onSpawn: (name: string, pid: number) => void,
): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const part = postgresPart({
    dir: join(dataDir, 'postgres'),
    port: await portFrom(POSTGRES_PORT),
    onSpawn: (pid) => onSpawn('postgres', pid),
  });
  await start(part);
  return part.adminUrl();
}

const passwordsOf = ({ passwordOf }: { passwordOf(role: string): string }) => ({
  identity: passwordOf('identity'),
  gate: passwordOf('gate'),
  pickup: passwordOf('pickup'),
  alarm: passwordOf('alarm'),
});

/** The simulator's gate file is known only once it runs; what a user may do does not depend on the server's start. */
const mintAgent = (gate: Gate, seedFile: string, bus: SchoolBus) =>
  mintCreds(agentIdentity(SCHOOL, gate.file), readIfThere(seedFile)?.trim() ?? '', bus.credsDir);

async function seed(site: parts.SchoolSite): Promise<void> {
  const { code, output } = await runQuietly(process.execPath, [inClone('infra/dev-env/src/seed-main.ts')], {
    cwd: clone,
    env: parts.seedEnv(site),
  });
  if (code !== 0) throw new Refusal(`演示学校建不起来。 The demo school could not be set up:\n${lastLines(output)}`);
}
