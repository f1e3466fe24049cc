import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from './helpers.ts';

const main = new URL('../src/main.ts', import.meta.url).pathname;
const cli = new URL('../src/cli.ts', import.meta.url).pathname;

let dir: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anyuan-sim-'));
});

afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) {
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
  running = undefined;
  await rm(dir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? '', SIM_PORT: '0', SIM_RUN_DIR: dir, ...env },
  });
  running = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { child, said: () => said };
}

async function ready(env?: Record<string, string>): Promise<ChildProcess> {
  const { child, said } = start(env);
  await until('the simulator to be ready', () => said().includes('simulated hardware'));
  return child;
}

function sim(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args, '--data', dir], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
}

describe('the command line', () => {
  test('acts, and shows what the devices do', async () => {
    await ready();
    expect(await sim('present', 'zhang', '--keep')).toMatchObject({ code: 0, out: 'ok present zhang\n' });
    expect((await sim('press', '--keep')).code).toBe(0);
    expect((await sim('fault', 'siren-1', 'stick')).code).toBe(0);
    expect((await sim('unplug', 'card-1')).code).toBe(0);
    const { out } = await sim('status');
    expect(out).toMatch(/id-1 +zhang\ncard-1 +unplugged\nqr-1 +ready\nsiren-1 +off, stick\n/);
    expect(out).toMatch(/button-1 +on\n/);
    expect((await sim('list')).out).toContain('wang-card');
  });

  test('an unknown name lists the known ones and fails', async () => {
    await ready();
    const card = await sim('tap', 'wong-card');
    expect([card.code, card.err.includes('wang-card')]).toEqual([1, true]);
    const device = await sim('unplug', 'id-2');
    expect([device.code, device.err.includes('id-1')]).toEqual([1, true]);
    const fault = await sim('fault', 'id-1', 'explode');
    expect([fault.code, fault.err.includes('garbage')]).toEqual([1, true]);
    expect((await sim('dance')).code).toBe(1);
  });

  test('without a simulator it says so', async () => {
    const { code, err } = await sim('press');
    expect([code, err.includes('no simulator found')]).toEqual([1, true]);
  });
});

describe('the process', () => {
  test('ends on SIGTERM and takes its terminals and its address along', async () => {
    const child = await ready();
    const tty = await realpath(join(dir, 'id-1'));
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect([existsSync(join(dir, 'id-1')), existsSync(join(dir, 'sim.json')), existsSync(tty)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('killed, its terminals go too', async () => {
    const child = await ready();
    const tty = await realpath(join(dir, 'relays-1'));
    child.kill('SIGKILL');
    await until('the terminal to go', () => !existsSync(tty));
  });

  test('after being killed it starts again on the same paths', async () => {
    const first = await ready();
    const before = JSON.parse(await readFile(join(dir, 'gate.json'), 'utf8'));
    first.kill('SIGKILL');
    await once(first, 'exit');
    await ready();
    expect(JSON.parse(await readFile(join(dir, 'gate.json'), 'utf8'))).toEqual(before);
    expect((await sim('present', 'he')).code).toBe(0);
  });

  test('without pseudo-terminals it mounts on TCP', async () => {
    await ready({ PATH: '/nowhere' });
    const { devices } = JSON.parse(await readFile(join(dir, 'gate.json'), 'utf8'));
    expect(devices[0].path).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each([
    [{ SIM_SERIAL: 'perhaps' }, 'SIM_SERIAL'],
    [{ MQTT_URL: 'http://127.0.0.1' }, 'MQTT_URL'],
    [{ MQTT_URL: 'mqtt://127.0.0.1:1', DEVICE_JWTS: '/nowhere/jwts.json' }, 'DEVICE_JWTS'],
  ])('settings that can not be: %o', async (env, word) => {
    const { child, said } = start(env);
    await once(child, 'close');
    expect([child.exitCode, said().includes(word)]).toEqual([1, true]);
  });
});
