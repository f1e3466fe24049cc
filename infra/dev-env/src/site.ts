/**
 * A whole school for a test: the real launcher, services, database, bus and simulated hardware, in a folder that is gone
 * afterwards, with a hand on every process. `freeze` stops a part's processes without its connections noticing, `thaw`
 * lets them go on; `kill` is `kill -9`, after which the launcher brings the part back.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunFile, readRunFile, startSchool } from '@anyuan/bootstrap';
import { freePort } from '@anyuan/bus/testing';
import pg from 'pg';
import { type KioskClient, openKiosk } from './kiosk-client.ts';
import { type OfficeClient, signIn } from './office-client.ts';
import { openSim, type SimClient } from './sim-client.ts';

export interface Site {
  run: RunFile;
  db: pg.Pool;
  kiosk: KioskClient;
  office: OfficeClient;
  sim: SimClient;
  /** The guard's screen once more, after its agent was killed. */
  reopenKiosk(): Promise<KioskClient>;
  freeze(part: string): void;
  thaw(part: string): void;
  kill(part: string): void;
  /** Waits for the launcher to have brought it back under another process id. */
  isBack(part: string, before: number): Promise<void>;
  pid(part: string): number;
  /** Every log of every process, as one text. */
  logs(): string;
  stop(): Promise<void>;
}

export async function bootSite(options: { gate?: string; term?: boolean } = {}): Promise<Site> {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-site-'));
  const school = await startSchool(
    {
      port: await freePort(),
      data: dir,
      dataDir: dir,
      gate: options.gate,
      demo: true,
      term: options.term ?? true,
      sim: true,
      lan: false,
    },
    () => {},
    new AbortController().signal,
  );
  const { run } = school;
  if (!run.kiosk || !run.sim) throw new Error('the school has no gate');
  const db = new pg.Pool({ connectionString: run.databaseUrl, max: 2 });
  db.on('error', () => {});
  const kioskUrl = run.kiosk;
  let kiosk = await openKiosk(kioskUrl);
  const pid = (part: string) => readRunFile(dir)?.pids[part] ?? 0;
  const signal = (part: string, name: NodeJS.Signals) => {
    for (const id of [pid(part), ...childrenOf(pid(part))]) process.kill(id, name);
  };
  return {
    run,
    db,
    kiosk,
    office: await signIn(run.gateway, 'admin', 'demo-1111'),
    sim: openSim(run.sim),
    async reopenKiosk() {
      kiosk.close();
      kiosk = await until(() => openKiosk(kioskUrl).catch(() => undefined));
      return kiosk;
    },
    freeze: (part) => signal(part, 'SIGSTOP'),
    thaw: (part) => signal(part, 'SIGCONT'),
    kill: (part) => process.kill(pid(part), 'SIGKILL'),
    isBack: async (part, before) => {
      await until(async () => pid(part) !== 0 && pid(part) !== before);
    },
    pid,
    logs: () =>
      readdirSync(join(dir, 'logs'))
        .map((file) => readFileSync(join(dir, 'logs', file), 'utf8'))
        .join('\n'),
    async stop() {
      kiosk.close();
      await db.end();
      await school.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Asks until it is so; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const seen = await ask().catch(() => undefined);
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A database server is many processes. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'));
      } catch {
        return false;
      }
    })
    .map(Number);
}
