/**
 * One child process, from spawn to death.
 *
 * Promise: `startChild` resolves when the child does its work, and rejects with its last log lines when it dies or is
 * not ready in time; no process is left behind then. `stop` asks (SIGTERM), waits 10 s, and insists (SIGKILL).
 * The child has a session of its own, so that Ctrl-C reaches the launcher alone and the order of stopping is ours; a Node
 * child holds an IPC channel, and ends by itself when the launcher was killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogFile } from './log-file.ts';
import type { StartMode } from './supervisor.ts';

/** Anything that runs for the school: a process of ours, or Postgres. */
export interface RunningPart {
  pid: number;
  /** Resolves with the reason once it is gone, for whatever reason. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  /** Node children only: they end when the channel closes. */
  ipc: boolean;
  logFile: string;
  /** Resolves when it works; asked again and again, so it need not wait by itself. */
  ready(pid: number): Promise<boolean>;
  /** Of a first start; a patient one waits as long as the child lives. */
  readyMs?: number;
  graceMs?: number;
  /** Clears the way, such as the port that is held for it. */
  beforeSpawn?(): Promise<void>;
  /** Told as soon as there is a pid, before it is ready. */
  onSpawn?(pid: number): void;
}

export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

const READY_MS = 60_000;
const GRACE_MS = 10_000;
const LOOK_MS = 50;

export async function startChild(spec: ChildSpec, mode: StartMode): Promise<RunningPart> {
  await spec.beforeSpawn?.();
  mode.signal.throwIfAborted();
  const log = new LogFile(spec.logFile);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    stdio: spec.ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  });
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
  const exited = ended(child, log);
  const { pid } = child;
  if (pid === undefined) throw new ChildFailed(`${spec.name}: ${await exited}`);
  spec.onSpawn?.(pid);

  let dead = false;
  void exited.then(() => {
    dead = true;
    killGroup(pid, 'SIGKILL');
    log.close();
  });
  const stop = async () => {
    if (!dead) child.kill('SIGTERM');
    const patience = new AbortController();
    const insist = sleep(spec.graceMs ?? GRACE_MS, undefined, { signal: patience.signal }).then(
      () => killGroup(pid, 'SIGKILL'),
      () => {},
    );
    await exited;
    patience.abort();
    await insist;
  };

  const deadline = mode.patient ? Number.POSITIVE_INFINITY : Date.now() + (spec.readyMs ?? READY_MS);
  while (!dead) {
    if (await spec.ready(pid).catch(() => false)) return { pid, exited, stop };
    if (mode.signal.aborted || Date.now() > deadline) {
      await stop();
      mode.signal.throwIfAborted();
      throw new ChildFailed(`${spec.name}: 没有按时就绪 not ready in time\n${log.tail(15)}`);
    }
    await Promise.race([exited, sleep(LOOK_MS)]);
  }
  mode.signal.throwIfAborted();
  throw new ChildFailed(`${spec.name}: ${await exited}\n${log.tail(15)}`);
}

/** After the pipes are closed, so that the last words are in the log; a grandchild that holds them may delay that. */
function ended(child: ChildProcess, log: LogFile): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      const why = signal ? `ended by ${signal}` : `exit code ${code}`;
      const settle = () => resolve(why);
      child.once('close', settle);
      setTimeout(settle, 200).unref();
    });
    child.on('error', (error) => log.write(Buffer.from(`${error.message}\n`)));
  });
}

/** The helpers that a child had started as well. */
function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nobody left.
  }
}
