/** The hand on a steered gate: starts its process on a folder, turns its clock, kills it, starts it again on the same folder. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateFile, PersonRef } from '@anyuan/contracts';
import { type KioskClient, openKiosk } from './kiosk-client.ts';

export interface SteeredGateOptions {
  /** Holds the journal and the gate file; the test removes it. */
  dir: string;
  gate: GateFile;
  natsUrl: string;
  school: string;
  /** A school's folder of keys (`prepareSecrets`). */
  keys: string;
  duty: PersonRef;
  /** By how much its clock is ahead of this machine, ms. */
  passed?: number;
  /** A disk of so many bytes for the journal; whether this machine can make one says `canMakeDisks`. */
  diskBytes?: number;
}

export interface SteeredGate {
  readonly kiosk: KioskClient;
  readonly pid: number;
  /** So much time goes by at this gate. */
  pass(ms: number): Promise<void>;
  fill(): Promise<void>;
  empty(): Promise<void>;
  /** `kill -9`; nothing is told to anybody. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What it wrote on its log, all its lives. */
  log(): string;
}

export const canMakeDisks = (): boolean =>
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt'], { stdio: 'ignore' }).status === 0;

export async function startSteeredGate(options: SteeredGateOptions): Promise<SteeredGate> {
  const { dir, gate, natsUrl, school, keys, duty, diskBytes } = options;
  const data = join(dir, 'data');
  mkdirSync(data, { recursive: true });
  const gateFile = join(dir, 'gate.json');
  writeFileSync(gateFile, JSON.stringify(gate));
  let child: ChildProcess | undefined;
  let kiosk: KioskClient | undefined;
  let passed = options.passed ?? 0;
  const log: string[] = [];

  const heard = <T>(name: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error(`the gate ended: ${log.join('')}`));
      const hear = (message: unknown) => {
        if (typeof message !== 'object' || !message || !(name in message)) return;
        child?.off('message', hear).off('exit', gone);
        resolve((message as Record<string, T>)[name] as T);
      };
      child?.on('message', hear).once('exit', gone);
    });
  const order = async (message: { order: string; ms?: number; person?: PersonRef }) => {
    const done = heard('done');
    child?.send(message);
    await done;
  };
  const ended = async (signal: NodeJS.Signals) => {
    kiosk?.close();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child?.once('exit', resolve));
    child.kill(signal);
    await exit;
  };

  const start = async () => {
    const main = join(import.meta.dirname, 'steered-gate-main.ts');
    const run = `exec "${process.execPath}" --disable-warning=ExperimentalWarning "${main}"`;
    const small = `mount -t tmpfs -o size=${diskBytes} none "${data}" && ${run}`;
    const [command, ...args] = diskBytes ? ['unshare', '-rm', 'sh', '-c', small] : ['sh', '-c', run];
    child = spawn(command ?? 'sh', args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        ...{ PORT: '0', GATE_FILE: gateFile, AGENT_DATA: data, LIST_KEYS: keys },
        ...{
          AGENT_KEY_FILE: join(keys, 'agent.key'),
          CARD_KEY_FILE: join(keys, 'card.key'),
          WATCH_KEY_FILE: join(keys, 'watch.key'),
          NATS_URL: natsUrl,
          ANYUAN_SCHOOL: school,
          LOG_LEVEL: 'error',
        },
        STEERED_PASSED: String(passed),
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => log.push(String(text)));
    const port = await heard<number>('port');
    kiosk = await openKiosk(`http://127.0.0.1:${port}`);
  };
  await start();
  await order({ order: 'duty', person: duty });

  return {
    get kiosk() {
      if (!kiosk) throw new Error('the gate does not run');
      return kiosk;
    },
    get pid() {
      return child?.pid ?? 0;
    },
    async pass(ms) {
      passed += ms;
      await order({ order: 'pass', ms });
    },
    fill: () => order({ order: 'fill' }),
    empty: () => order({ order: 'empty' }),
    kill: () => ended('SIGKILL'),
    start,
    stop: () => ended('SIGTERM'),
    log: () => log.join(''),
  };
}
