/**
 * The data folder: everything that must outlive a start, and nothing of it in the clone.
 *
 * Promise: one launcher at a time. A second start is refused in words; a lock left by kill -9 or a power cut does not
 * count, since it names its process by pid and birth. What a killed launcher left running is stopped by the next one.
 */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lives, markOf, type ProcessMark } from './process-identity.ts';
import { Refusal } from './refusal.ts';
import { readIfThere, writePrivate } from './secrets.ts';

export function chooseDataDir(given: string | undefined, env: NodeJS.ProcessEnv, uid: number | undefined): string {
  if (given) return resolve(given);
  if (uid === 0) return '/var/lib/anyuan';
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'anyuan');
}

export function openDataDir(dir: string, clone: string): string {
  const path = relative(realpathSync(clone), realPlace(dir));
  if (path === '' || !(path.startsWith('..') || isAbsolute(path))) {
    throw new Refusal(
      `数据目录不能放在代码目录里（${dir}），请用 --data 换一个。 The data folder must not lie inside the clone (${dir}): choose another with --data.`,
    );
  }
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw new Refusal(
      `数据目录 ${dir} 建不了或不能写，请用 --data 换一个。 The data folder ${dir} can't be made or written to: choose another with --data.`,
      { cause },
    );
  }
  const real = realpathSync(dir);
  // As root Postgres runs as its own user, who must get through to its part; what is secret closes its own door.
  if (process.getuid?.() === 0) chmodSync(real, statSync(real).mode | 0o011);
  return real;
}

/** Where a path that may not exist yet would really lie, links followed. */
function realPlace(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPlace(dirname(path)), basename(path));
}

export interface DataLock {
  release(): void;
}

export function lockDataDir(dir: string, holder: ProcessMark = markOf(process.pid)): DataLock {
  const file = join(dir, 'lock');
  const text = JSON.stringify(holder);
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
      return {
        release() {
          if (readIfThere(file) === text) rmSync(file);
        },
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const found = readMark(readIfThere(file));
    if (found && lives(found)) {
      throw new Refusal(
        `安园已在这个数据目录里运行（进程 ${found.pid}，${dir}）。请先停止它，或用 --data 换一个目录。\n` +
          `Anyuan already runs in this data folder (process ${found.pid}, ${dir}). Stop it first, or choose another with --data.`,
      );
    }
    breakStale(file);
  }
  throw new Refusal(`数据目录锁不上：${file}。 The data folder can't be locked: ${file}.`);
}

/** Several starts may find the same stale lock: only what is still stale after it was moved away is thrown away. */
function breakStale(file: string): void {
  const away = `${file}.${process.pid}`;
  try {
    renameSync(file, away);
  } catch {
    return;
  }
  const found = readMark(readIfThere(away));
  if (found && lives(found)) renameSync(away, file);
  else rmSync(away, { force: true });
}

function readMark(text: string | undefined): ProcessMark | undefined {
  try {
    const { pid, identity } = JSON.parse(text ?? '');
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
}

/** Which processes belong to this folder, on disk before they can be orphaned. */
export class ChildrenFile {
  readonly #file: string;
  readonly #marks = new Map<string, ProcessMark>();

  constructor(dir: string) {
    this.#file = join(dir, 'children.json');
  }

  set(name: string, pid: number): void {
    this.#marks.set(name, markOf(pid));
    this.#save();
  }

  delete(name: string): void {
    this.#marks.delete(name);
    this.#save();
  }

  clear(): void {
    this.#marks.clear();
    this.#save();
  }

  pids(): Record<string, number> {
    return Object.fromEntries([...this.#marks].map(([name, { pid }]) => [name, pid]));
  }

  #save(): void {
    writePrivate(this.#file, JSON.stringify(Object.fromEntries(this.#marks), null, 2));
  }

  /** Ends what the last launcher left behind. Names of those that had to be ended. */
  async stopLeftovers(graceMs = 10_000): Promise<string[]> {
    const text = readIfThere(this.#file);
    const left = Object.entries(parseMarks(text)).filter(([, mark]) => lives(mark));
    // Postgres takes SIGTERM as "once everybody has left", and SIGINT as "now, but cleanly".
    for (const [name, { pid }] of left) signal(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (left.some(([, mark]) => lives(mark)) && Date.now() < deadline) await sleep(50);
    for (const [, mark] of left) if (lives(mark)) signal(mark.pid, 'SIGKILL');
    while (left.some(([, mark]) => lives(mark))) await sleep(20);
    return left.map(([name]) => name);
  }
}

function parseMarks(text: string | undefined): Record<string, ProcessMark> {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime: that is what was wanted.
  }
}
