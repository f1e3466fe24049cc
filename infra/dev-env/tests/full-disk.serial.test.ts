/**
 * A gate whose disk is full, really: a small file system of its own, filled to the last block. Without the right to mount one, a
 * limit on the size of files takes its place: every write fails just so, with another error number.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSecrets } from '@anyuan/bootstrap';
import type { GateFile } from '@anyuan/contracts';
import { type Sim, startSim } from '@anyuan/hardware-sim';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { canMakeDisks, type SteeredGate, startSteeredGate } from '../src/steered-gate.ts';

const soon = { timeout: 10_000, interval: 50 };
const guard = { id: 's-wang', name: '王建国' };
const ways = canMakeDisks() ? (['disk', 'limit'] as const) : (['limit'] as const);
let dir: string;
let sim: Sim;
let gate: SteeredGate;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-disk-'));
  sim = await startSim({ runDir: join(dir, 'sim') });
});
afterEach(async () => gate?.stop());
afterAll(async () => {
  await sim.stop();
  rmSync(dir, { recursive: true });
});

const open = async (way: (typeof ways)[number]) => {
  gate = await startSteeredGate({
    ...{ dir: join(dir, way), gate: sim.gateFile as GateFile, natsUrl: 'nats://127.0.0.1:9', school: 'demo' },
    ...{ keys: prepareSecrets(join(dir, 'keys')).dir, duty: guard },
    ...(way === 'disk' ? { diskBytes: 8 * 1024 * 1024 } : {}),
  });
  const limit = async (bytes: string) =>
    expect(spawnSync('prlimit', ['--pid', String(gate.pid), `--fsize=${bytes}:`]).status).toBe(0);
  return way === 'disk'
    ? { fill: gate.fill, free: gate.empty }
    : { fill: () => limit('0'), free: () => limit('unlimited') };
};
const refuse = (name: string) =>
  gate.kiosk.call.visitor.refuse.mutate({ typed: { name }, refusal: 'noPurpose', items: [] });
const status = () => gate.kiosk.call.status.query();
const told = (code: string) => ({ data: { code } });
const siren = () => sim.state().gate.find(({ device }) => device === 'siren-1')?.on;

test.each(ways)(
  'the disk full (%s): nothing is decided and it is said so, the siren sounds, and with room it goes on by itself',
  async (way) => {
    const { fill, free } = await open(way);
    await refuse('在满之前');
    const { pending } = await status();
    await fill();
    // Room that the file itself still had may take a record or two; none of them is lost.
    let kept = 0;
    await vi.waitFor(async () => {
      await expect(refuse('写不下').then(() => (kept += 1))).rejects.toMatchObject(told('notKept'));
    }, soon);
    await vi.waitFor(async () => expect((await status()).storage.state).toMatch(/full|failing/), soon);
    const check = { check: 'radio', ok: true, seen: 'guard' } as const;
    await expect(gate.kiosk.call.shift.check.mutate(check)).rejects.toMatchObject(told('notKept'));
    expect((await status()).duty).toEqual(guard);
    const { incident, reach } = await gate.kiosk.call.alarm.press.mutate({ mode: 'exercise' });
    expect({ incident: typeof incident, reach }).toEqual({ incident: 'string', reach: 'gateOnly' });
    await vi.waitFor(() => expect(siren()).toBe(true), soon);
    expect((await status()).pending).toBe(pending + kept);
    await free();
    await vi.waitFor(async () => expect((await status()).storage.state).not.toMatch(/full|failing/), soon);
    await refuse('又写得下');
    expect((await status()).pending).toBeGreaterThanOrEqual(pending + kept + 1);
  },
);
