/**
 * A school of the load test's own: the demo school without simulated hardware, one gate with the devices that a scenario
 * brings, everything in a temporary folder. Gone afterwards, whatever happens; never the school that runs here already,
 * nor anybody's database or bus.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importDevices } from '@anyuan/alarm';
import { Refusal, type School, startSchool } from '@anyuan/bootstrap';
import type { DeviceEntry, GateDevice, KioskStatus } from '@anyuan/contracts';
import { type AlarmTables, type Db, type Owner, openDb, type PickupTables, SearchKey, urlOf } from '@anyuan/db';
import { type OfficeClient, signIn } from '@anyuan/dev-env';
import { type ImportedSchool, importSchool } from '@anyuan/pickup';

export const ADMIN = { username: 'admin', password: 'demo-1111' };
export const GATE = 'load';

export interface OwnSchool {
  run: School['run'];
  kiosk: string;
  gateway: string;
  accountSeed: string;
  office: OfficeClient;
  /** These devices must answer an alarm, and no others. */
  expect(devices: DeviceEntry[], others: readonly DeviceEntry[]): Promise<void>;
  importFamilies(families: ImportedSchool): Promise<void>;
  alarm: Db<AlarmTables>;
  pickup: Db<PickupTables>;
}

const PORT_LOST = '另一所学校同时占了端口，请再试一次。 Another school took the port at the same moment: try again.';
const ROSTER_READ_MS = 30_000;

export async function inOwnSchool<T>(
  dir: string,
  devices: GateDevice[],
  signal: AbortSignal,
  work: (school: OwnSchool) => Promise<T>,
): Promise<T> {
  // A start takes these as "somebody else's"; a load test would fill them.
  for (const name of ['DATABASE_URL', 'NATS_URL']) delete process.env[name];
  const dataDir = join(dir, 'school');
  mkdirSync(dataDir, { recursive: true });
  const gate = join(dir, 'gate.json');
  writeFileSync(gate, JSON.stringify({ gate: GATE, name: '负载门', devices }));
  const school = await startSchool(
    { port: 4100, data: dataDir, dataDir, gate, demo: true, term: false, sim: false, lan: false },
    ({ name, reason }) => reason && process.stdout.write(`  ! ${name}: ${reason}\n`),
    signal,
  );
  const { run } = school;
  const key = (name: string) => readFileSync(join(run.keysDir, name), 'utf8').trim();
  const open = <Tables>(owner: Owner) =>
    openDb<Tables>({ url: urlOf(run.databaseUrl, owner, key(`db-${owner}.password`)), owner, max: 1 });
  const alarm = open<AlarmTables>('alarm');
  const pickup = open<PickupTables>('pickup');
  try {
    const gateway = here(run.gateway);
    // Two starts at once may both find a port free; a press must never reach somebody else's school.
    const answers = await fetch(`${here(run.kiosk ?? '')}/trpc/status`);
    const status = (await answers.json()) as { result: { data: KioskStatus } };
    if (status.result.data.gate.id !== GATE) throw new Refusal(PORT_LOST);
    const office = await signIn(gateway, ADMIN.username, ADMIN.password);
    return await work({
      ...{ run, kiosk: here(run.kiosk ?? ''), gateway, accountSeed: key('nats-account.seed'), office, alarm, pickup },
      async expect(entries, others) {
        const silent = others.map((entry) => ({ ...entry, answers: false }));
        await alarm.tx((trx) => importDevices(trx, [...silent, ...entries]));
        const wanted = new Set(entries.map((entry) => entry.device));
        await until(`the alarm service expects ${wanted.size} devices`, ROSTER_READ_MS, async () => {
          const known = await office.alarm.devices.query().catch(() => []);
          return known.filter((d) => d.answers && wanted.has(d.device)).length === wanted.size;
        });
      },
      async importFamilies(families) {
        const card = SearchKey.fromKeyFile(join(run.keysDir, 'card.key'));
        await pickup.tx((trx) => importSchool(trx, families, { card }));
      },
    });
  } finally {
    await Promise.all([alarm.close(), pickup.close()]);
    await school.stop();
  }
}

/** k6 and Node may each try another address for `localhost` first; the school listens on this one. */
const here = (url: string): string => url.replace('//localhost', '//127.0.0.1');

export async function until(what: string, ms: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${ms / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
