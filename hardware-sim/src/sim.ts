/**
 * The simulated hardware as one thing: a gate's bench of serial devices, a school's swarm of alarm devices, and the
 * address where hands and panels reach them. Everything is optional but the handle.
 *
 * A bus that is away is no failure: the swarm keeps trying. A machine without pseudo-terminals gets TCP mounts, and
 * `mounts` in the state says so.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type DeviceEntry, GateFile, MODES } from '@anyuan/contracts';
import { type Act, BENCH_FAULTS, type BenchFault, type FAULTS, NotPossible, UnknownName } from './acts.ts';
import { BENCH_DEVICES, Bench, type BenchDevice, type BenchDeviceState, type MountMaker } from './bench.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Slip } from './devices/printer/paper.ts';
import { type SimServer, serveSim } from './http.ts';
import { ptyMount } from './mounts/pty.ts';
import { tcpMount } from './mounts/tcp.ts';
import { demoDevices } from './swarm/demo-devices.ts';
import { Swarm } from './swarm/swarm.ts';
import type { SwarmDeviceView, SwarmFault } from './swarm/swarm-device.ts';

export interface SimOptions {
  /** Holds the symlinks of the pseudo-terminals, the gate file and `sim.json`. Made when missing. */
  runDir: string;
  /** `off`: the gate's devices are real ones. `auto` prefers pseudo-terminals. */
  serial?: 'auto' | 'pty' | 'tcp' | 'off';
  /** Where the gate file is written; default `<runDir>/gate.json`. */
  gateFileOut?: string;
  swarm?: {
    url: string;
    school: string;
    devices?: readonly DeviceEntry[];
    jwts?: Readonly<Record<string, string>>;
  };
  /** Control API and panel on 127.0.0.1; 0 takes a free port; left out: none. */
  port?: number;
  /** Where the control address is written for the command line; default `<runDir>/sim.json`. */
  addressFile?: string;
  clock?: Clock;
}

export interface SimState {
  at: string;
  mounts: 'pty' | 'tcp' | 'off';
  gate: BenchDeviceState[];
  swarm: {
    devices: SwarmDeviceView[];
    /** `sounding: 48, quiet: 52 …`, and those that are cut off or frozen. */
    counts: Record<string, number>;
  };
}

export interface Hold {
  holdMs?: number;
  /** Until it is taken away by hand. */
  keep?: boolean;
}

export interface Sim {
  readonly gateFile: GateFile | null;
  readonly gateFilePath: string | null;
  /** `http://127.0.0.1:4801`, null without a port. */
  readonly url: string | null;
  perform(act: Act): Promise<void>;
  tap(card: string, hold?: Hold): Promise<void>;
  present(person: string, hold?: Hold): Promise<void>;
  remove(): Promise<void>;
  scan(text: string): Promise<void>;
  press(hold?: Hold): Promise<void>;
  release(): Promise<void>;
  unplug(device: string): Promise<void>;
  plug(device: string): Promise<void>;
  fault(device: string, fault: (typeof FAULTS)[number], ms?: number): Promise<void>;
  clear(device?: string): Promise<void>;
  /** What came out of the badge printer, newest last. */
  slips(): readonly Slip[];
  state(): SimState;
  /** @returns ends the listening */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

export async function startSim(options: SimOptions): Promise<Sim> {
  const { serial = 'auto', clock = systemClock } = options;
  const runDir = resolve(options.runDir);
  await mkdir(runDir, { recursive: true });
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const { bench, mounts } = await openBench(serial, runDir, clock, changed);
  const gateFile = bench === null ? null : gateFileOf(bench);
  const gateFilePath = gateFile === null ? null : resolve(options.gateFileOut ?? join(runDir, 'gate.json'));
  if (gateFilePath !== null) await writeWhole(gateFilePath, gateFile);
  const swarm =
    options.swarm === undefined ? null : new Swarm({ devices: demoDevices, clock, changed, ...options.swarm });
  swarm?.start();

  const state = (): SimState => {
    const devices = swarm?.state() ?? [];
    return {
      at: new Date(clock.now()).toISOString(),
      mounts,
      gate: bench?.state() ?? [],
      swarm: { devices, counts: count(devices) },
    };
  };

  const perform = (act: Act): Promise<void> => doAct(act, bench, swarm);
  let server: SimServer | null = null;
  const addressFile = resolve(options.addressFile ?? join(runDir, 'sim.json'));

  const stop = async (): Promise<void> => {
    await server?.stop();
    await Promise.all([swarm?.stop(), bench?.stop()]);
    if (server !== null) await rm(addressFile, { force: true });
  };

  const sim: Sim = {
    gateFile,
    gateFilePath,
    get url() {
      return server?.url ?? null;
    },
    perform,
    tap: (card, hold) => perform({ act: 'tap', card, ...hold }),
    present: (person, hold) => perform({ act: 'present', person, ...hold }),
    remove: () => perform({ act: 'remove' }),
    scan: (text) => perform({ act: 'scan', text }),
    press: (hold) => perform({ act: 'press', ...hold }),
    release: () => perform({ act: 'release' }),
    unplug: (device) => perform({ act: 'unplug', device }),
    plug: (device) => perform({ act: 'plug', device }),
    fault: (device, fault, ms) => perform({ act: 'fault', device, fault, ...(ms === undefined ? {} : { ms }) }),
    clear: (device) => perform({ act: 'clear', ...(device === undefined ? {} : { device }) }),
    slips: () => bench?.slips() ?? [],
    state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
  };

  if (options.port !== undefined) {
    try {
      server = await serveSim(sim, options.port);
      await writeWhole(addressFile, { url: server.url, pid: process.pid });
    } catch (error) {
      await stop();
      throw error;
    }
  }
  return sim;
}

async function openBench(
  serial: NonNullable<SimOptions['serial']>,
  runDir: string,
  clock: Clock,
  changed: () => void,
): Promise<{ bench: Bench | null; mounts: SimState['mounts'] }> {
  const pty: MountMaker = (line, cable) => ptyMount(line, join(runDir, cable));
  const tcp: MountMaker = (line) => tcpMount(line);
  if (serial === 'off') return { bench: null, mounts: 'off' };
  if (serial === 'tcp') return { bench: await Bench.create(clock, tcp, changed), mounts: 'tcp' };
  try {
    return { bench: await Bench.create(clock, pty, changed), mounts: 'pty' };
  } catch (error) {
    if (serial === 'pty') throw error;
    return { bench: await Bench.create(clock, tcp, changed), mounts: 'tcp' };
  }
}

async function doAct(act: Act, bench: Bench | null, swarm: Swarm | null): Promise<void> {
  if ((act.act === 'fault' || act.act === 'clear') && act.device !== undefined && swarm?.has(act.device)) {
    if (act.act === 'clear') return swarm.clear(act.device);
    return swarm.fault(act.device, swarmFault(act.fault));
  }
  if (act.act === 'clear' && act.device === undefined) {
    swarm?.clear();
    return bench?.clear();
  }
  if (bench === null) throw new NotPossible('the devices of this gate are not simulated (SIM_SERIAL=off)');
  switch (act.act) {
    case 'tap':
      return bench.tap(act.card, act.keep === true ? null : act.holdMs);
    case 'present':
      return bench.present(act.person, act.keep === true ? null : act.holdMs);
    case 'remove':
      return bench.remove();
    case 'scan':
      return bench.scan(act.text);
    case 'press':
      return bench.press(act.keep === true ? null : act.holdMs);
    case 'release':
      return bench.release();
    case 'unplug':
      return bench.unplug(known(act.device, swarm));
    case 'plug':
      return bench.plug(known(act.device, swarm));
    case 'fault':
      return bench.fault(known(act.device, swarm), benchFault(act.fault), act.ms);
    case 'clear':
      return bench.clear(act.device === undefined ? undefined : known(act.device, swarm));
  }
}

function known(device: string, swarm: Swarm | null): string {
  if (Object.hasOwn(BENCH_DEVICES, device)) return device;
  if (swarm?.has(device)) throw new NotPossible(`${device} has no plug; try the faults silent, cut or stuck`);
  throw new UnknownName('device', device, [...Object.keys(BENCH_DEVICES), ...(swarm?.names ?? [])]);
}

function swarmFault(fault: (typeof FAULTS)[number]): SwarmFault {
  if (fault === 'stick' || fault === 'stuck') return 'stuck';
  if (fault === 'silent' || fault === 'cut') return fault;
  throw new NotPossible('an alarm device can be silent, cut or stuck');
}

function benchFault(fault: (typeof FAULTS)[number]): BenchFault {
  const name = fault === 'stuck' ? 'stick' : fault;
  const found = BENCH_FAULTS.find((f) => f === name);
  if (found === undefined) throw new NotPossible(`a gate's device can be: ${BENCH_FAULTS.join(', ')}`);
  return found;
}

function gateFileOf(bench: Bench): GateFile {
  const path = (id: BenchDevice) => ({ id, path: bench.path(id) });
  const relay = (id: 'siren-1' | 'strobe-1' | 'door-1') => ({
    ...path(id),
    driver: 'modbus-relay',
    coil: BENCH_DEVICES[id].coil,
  });
  return GateFile.parse({
    gate: 'main',
    name: '东门',
    nameEn: 'East Gate',
    mark: '东',
    letter: 'E',
    zone: 'gate-east',
    devices: [
      { ...path('id-1'), driver: 'sdt' },
      { ...path('card-1'), driver: 'rdm6300' },
      { ...path('qr-1'), driver: 'qr-scanner' },
      relay('siren-1'),
      relay('strobe-1'),
      relay('door-1'),
      { ...path('button-1'), driver: 'panic-button', contact: { kind: 'modbus', pressed: 0, idle: 1 } },
      { ...path('printer-1'), driver: 'escpos' },
    ],
  });
}

function count(devices: readonly SwarmDeviceView[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (key: string): void => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (const device of devices) {
    if (device.faults.includes('silent')) add('silent');
    else if (!device.online) add('away');
    else add(device.doing);
    for (const mode of MODES) if (device.online && device.mode === mode) add(mode);
  }
  return counts;
}

/** Whole or not at all: a reader never meets half a file. */
async function writeWhole(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${path}.new`, path);
}
