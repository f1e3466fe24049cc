import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GateFile } from '@anyuan/contracts';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sim, startSim } from '../src/index.ts';
import { until } from './helpers.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const FIND = bytes('AAAAAA96690003200122');
const SELECT = bytes('AAAAAA96690003200221');
const READ = bytes('AAAAAA96690003300132');
const FOUND = 'AAAAAA9669000800009F0000000097';

/** A host with a real serial port: writes, and collects what comes. */
class Host {
  #heard = Buffer.alloc(0);
  readonly port: SerialPort;
  closed = false;

  constructor(path: string, baudRate: number) {
    this.port = new SerialPort({ path, baudRate, autoOpen: false });
    this.port.on('data', (chunk: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
    this.port.on('close', () => {
      this.closed = true;
    });
    this.port.on('error', () => {});
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => this.port.open((error) => (error ? reject(error) : resolve())));
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.port.isOpen ? this.port.close(() => resolve()) : resolve()));
  }

  async ask(request: Buffer, length: number): Promise<string> {
    this.#heard = Buffer.alloc(0);
    this.port.write(request);
    await until(`${length} bytes`, () => this.#heard.length >= length);
    return this.#heard.toString('hex').toUpperCase();
  }

  heard(): string {
    return this.#heard.toString('hex').toUpperCase();
  }
}

let dir: string;
let sim: Sim;
const hosts: Host[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anyuan-sim-'));
  sim = await startSim({ runDir: dir, serial: 'pty' });
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  await sim.stop();
  await rm(dir, { recursive: true, force: true });
});

async function open(id: string): Promise<Host> {
  const device = sim.gateFile?.devices.find((d) => d.id === id) ?? expect.fail(id);
  const host = new Host(device.path, device.baudRate);
  hosts.push(host);
  await host.open();
  return host;
}

test('the gate file names what the agent will open', async () => {
  const path = sim.gateFilePath ?? expect.fail('no gate file');
  const file = GateFile.parse(JSON.parse(await readFile(path, 'utf8')));
  expect(file).toMatchObject({
    gate: 'main',
    name: '东门',
    nameEn: 'East Gate',
    mark: '东',
    letter: 'E',
    zone: 'gate-east',
  });
  expect(file.devices.map((d) => d.id)).toEqual([
    'id-1',
    'card-1',
    'qr-1',
    'siren-1',
    'strobe-1',
    'door-1',
    'button-1',
    'printer-1',
  ]);
  expect(new Set(file.devices.slice(3, 7).map((d) => d.path)).size).toBe(1);
  for (const device of file.devices) expect(existsSync(device.path)).toBe(true);
});

test('an ID card is found, selected and read', async () => {
  const host = await open('id-1');
  await sim.present('zhang', { keep: true });
  expect(await host.ask(FIND, 15)).toBe(FOUND);
  await host.ask(SELECT, 19);
  const reply = Buffer.from(await host.ask(READ, 1295), 'hex');
  expect(reply).toHaveLength(1295);
  expect(reply.subarray(14, 44).toString('utf16le').trim()).toBe('张伟明');
  expect(sim.state().gate[0]).toMatchObject({ device: 'id-1', holds: 'zhang', count: 1 });
});

test('a tapped card is said more than once', async () => {
  const host = await open('card-1');
  await sim.tap('wang-card');
  await until('three frames', () => host.heard().length >= 3 * 28);
  expect(host.heard().slice(0, 28)).toMatch(/^02(3[0-9]|4[1-6]){12}03$/);
  expect(Buffer.from(host.heard().slice(2, 22), 'hex').toString()).toBe('0B00C2C501');
});

test('a scanned code arrives as text', async () => {
  const host = await open('qr-1');
  await sim.scan('ANYUAN-0042');
  await until('the code', () => host.heard().endsWith('0D'));
  expect(Buffer.from(host.heard(), 'hex').toString()).toBe('ANYUAN-0042\r');
});

test('siren, door pulse and button on one board', async () => {
  const host = await open('siren-1');
  expect(await host.ask(bytes('01 05 00 00 FF 00 8C 3A'), 8)).toBe('01050000FF008C3A');
  expect(sim.state().gate.find((d) => d.device === 'siren-1')).toMatchObject({ on: true, switched: 1 });
  await host.ask(bytes('01 02 00 00 00 02 F9 CB'), 6);
  expect(host.heard().slice(0, 8)).toBe('01020102');
  await sim.press({ keep: true });
  await host.ask(bytes('01 02 00 00 00 02 F9 CB'), 6);
  expect(host.heard().slice(0, 8)).toBe('01020101');
  await sim.fault('button-1', 'cut');
  await host.ask(bytes('01 02 00 00 00 02 F9 CB'), 6);
  expect(host.heard().slice(0, 8)).toBe('01020100');
});

test('a pulled plug breaks the open port and takes the path away; plugged in again it is the same path', async () => {
  const host = await open('id-1');
  const path = host.port.path;
  await host.ask(FIND, 11);
  await sim.unplug('id-1');
  await until('the port to break', () => host.closed);
  expect(existsSync(path)).toBe(false);
  await expect(open('id-1')).rejects.toThrow();
  await sim.plug('id-1');
  const again = await open('id-1');
  expect(again.port.path).toBe(path);
  expect(await again.ask(FIND, 11)).toBe('AAAAAA9669000400008084');
});

test('an agent that restarts opens the port again', async () => {
  const first = await open('id-1');
  await first.ask(FIND, 11);
  await first.close();
  const second = await open('id-1');
  expect(await second.ask(FIND, 11)).toBe('AAAAAA9669000400008084');
});

test('nothing stays behind after the end', async () => {
  await sim.stop();
  expect((await readdir(dir)).filter((name) => name !== 'gate.json')).toEqual([]);
});
