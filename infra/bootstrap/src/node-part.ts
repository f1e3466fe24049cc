/** A part of the school that is a Node program of this clone. */
import { join } from 'node:path';
import { type ChildSpec, startChild } from './child.ts';
import { inClone } from './clone.ts';
import type { Part } from './supervisor.ts';

export interface NodePartOptions {
  name: string;
  /** Path in the clone. */
  script: string;
  env: Record<string, string | undefined>;
  logDir: string;
  ready(pid: number): Promise<boolean>;
  beforeSpawn?(): Promise<void>;
  onSpawn(name: string, pid: number): void;
}

/** A small heap for the young keeps eight processes within a small machine; nothing here makes much garbage at once. */
const FRUGAL = ['--max-semi-space-size=8', '--max-old-space-size=512', '--disable-warning=ExperimentalWarning'];

export function nodePart({ name, script, env, logDir, ready, beforeSpawn, onSpawn }: NodePartOptions): Part {
  const spec: ChildSpec = {
    name,
    command: process.execPath,
    args: [...FRUGAL, '--import', inClone('infra/bootstrap/src/orphan-guard.mjs'), inClone(script)],
    env,
    cwd: inClone(),
    ipc: true,
    logFile: join(logDir, `${name}.log`),
    ready,
    ...(beforeSpawn ? { beforeSpawn } : {}),
    onSpawn: (pid) => onSpawn(name, pid),
  };
  return { name, start: (mode) => startChild(spec, mode) };
}
