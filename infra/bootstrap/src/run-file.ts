/** `<data>/run.json`: how tools of the same user find the running school. Mode 0600: it holds the database address. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lives, type ProcessMark } from './process-identity.ts';
import { readIfThere, writePrivate } from './secrets.ts';

export interface RunFile {
  school: string;
  data: string;
  gateway: string;
  /** The guard's screen, null when no gate runs on this machine. */
  kiosk: string | null;
  sim: string | null;
  natsUrl: string;
  mqttUrl: string | null;
  /** The administrator's address. */
  databaseUrl: string;
  credsDir: string;
  devicesFile: string;
  keysDir: string;
  gateFile: string | null;
  demo: boolean;
  launcher: ProcessMark;
  /** By part: postgres, nats, gate, pickup, alarm, gateway, agent, sim. */
  pids: Record<string, number>;
}

const place = (dataDir: string) => join(dataDir, 'run.json');

export const writeRunFile = (dataDir: string, run: RunFile): void =>
  writePrivate(place(dataDir), `${JSON.stringify(run, null, 2)}\n`);

export const removeRunFile = (dataDir: string): void => rmSync(place(dataDir), { force: true });

/** Null when nothing runs there now. */
export function readRunFile(dataDir: string): RunFile | null {
  const text = readIfThere(place(dataDir));
  if (text === undefined) return null;
  const run: RunFile = JSON.parse(text);
  return lives(run.launcher) ? run : null;
}
