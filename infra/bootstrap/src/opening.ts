/**
 * What a start takes and must give back, whether it succeeds or not: the data folder's lock, the ports it holds, the
 * processes it has started, and `run.json`, which is always true as long as it is there.
 */
import { join } from 'node:path';
import { say } from '../stage-1/say.mjs';
import { clone } from './clone.ts';
import { ChildrenFile, lockDataDir, openDataDir } from './data-dir.ts';
import { Ports } from './ports.ts';
import { type RunFile, removeRunFile, writeRunFile } from './run-file.ts';
import { prepareSecrets, type Secrets } from './secrets.ts';
import { type Change, type Condition, type Part, Supervisor } from './supervisor.ts';

export class Opening {
  readonly dataDir: string;
  readonly logDir: string;
  readonly secrets: Secrets;
  readonly ports = new Ports();
  /** Fires when the person has had enough or the start has failed. */
  readonly over: AbortSignal;
  readonly #children: ChildrenFile;
  readonly #supervisor: Supervisor;
  readonly #failed = new AbortController();
  readonly #lock: { release(): void };
  readonly #closers: (() => Promise<void>)[] = [];
  #run: RunFile | undefined;

  constructor(dir: string, onChange: (change: Change) => void, signal: AbortSignal) {
    this.dataDir = openDataDir(dir, clone);
    this.#lock = lockDataDir(this.dataDir);
    this.logDir = join(this.dataDir, 'logs');
    this.secrets = prepareSecrets(join(this.dataDir, 'keys'));
    this.#children = new ChildrenFile(this.dataDir);
    this.over = AbortSignal.any([signal, this.#failed.signal]);
    this.#supervisor = new Supervisor({
      onChange: (change) => {
        if (change.condition === 'restarting') this.#children.delete(change.name);
        onChange(change);
      },
    });
    signal.addEventListener('abort', () => void this.#supervisor.stop());
  }

  get conditions(): Record<string, Condition> {
    return this.#supervisor.conditions;
  }

  async clearLeftovers(): Promise<void> {
    const left = await this.#children.stopLeftovers();
    if (left.length === 0) return;
    say(`  ! 上次被强行结束，已清理 The last launcher was killed; stopped what it left: ${left.join(' ')}`);
  }

  async pick(what: string, wished: number, host?: string): Promise<number> {
    const port = await this.ports.pick(wished, host);
    if (port !== wished)
      say(`  ! 端口 ${wished} 被占用，${what} 改用 ${port}。 Port ${wished} is taken: ${what} uses ${port}.`);
    return port;
  }

  onSpawn = (name: string, pid: number): void => {
    this.#children.set(name, pid);
    this.#writeRun();
  };

  async start(part: Part): Promise<void> {
    this.over.throwIfAborted();
    await this.#supervisor.start(part);
  }

  /** Called before the processes are stopped. */
  onClose(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** All is up: from now on tools find it. */
  announce(run: Omit<RunFile, 'pids'>): RunFile {
    this.#run = { ...run, pids: this.#children.pids() };
    this.#writeRun();
    return this.#run;
  }

  async close(): Promise<void> {
    this.#failed.abort();
    for (const close of this.#closers) await close();
    await this.#supervisor.stop();
    await this.ports.releaseAll();
    removeRunFile(this.dataDir);
    this.#children.clear();
    this.#lock.release();
  }

  #writeRun(): void {
    if (this.#run) writeRunFile(this.dataDir, { ...this.#run, pids: this.#children.pids() });
  }
}
