/** Many alarm devices, each with a connection of its own, as they hang in a school. */
import type { DeviceEntry } from '@anyuan/contracts';
import { UnknownName } from '../acts.ts';
import { type Clock, systemClock } from '../clock.ts';
import { SwarmDevice, type SwarmDeviceView, type SwarmFault } from './swarm-device.ts';

export interface SwarmOptions {
  /** `mqtt://127.0.0.1:1883` */
  url: string;
  school: string;
  devices: readonly DeviceEntry[];
  /** Device → bearer JWT. Absent altogether: a bus without log-in. */
  jwts?: Readonly<Record<string, string>>;
  clock?: Clock;
  changed?: () => void;
}

const SPREAD_MS = 10_000;

export class Swarm {
  readonly #devices = new Map<string, SwarmDevice>();

  constructor({ url, school, devices, jwts, clock = systemClock, changed = () => {} }: SwarmOptions) {
    for (const entry of devices) {
      const password = jwts?.[entry.device];
      const link = { url, school, ...(password === undefined ? {} : { password }) };
      this.#devices.set(entry.device, new SwarmDevice(entry, link, clock, changed));
    }
  }

  start(): void {
    const all = [...this.#devices.values()];
    all.forEach((device, i) => {
      device.start(((i + 1) / all.length) * SPREAD_MS);
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((device) => device.stop()));
  }

  has(device: string): boolean {
    return this.#devices.has(device);
  }

  get names(): string[] {
    return [...this.#devices.keys()];
  }

  fault(device: string, fault: SwarmFault): void {
    this.#get(device).fault(fault);
  }

  /** @param device left out: all */
  clear(device?: string): void {
    if (device !== undefined) this.#get(device).clear();
    else for (const one of this.#devices.values()) one.clear();
  }

  state(): SwarmDeviceView[] {
    return [...this.#devices.values()].map((device) => device.view());
  }

  #get(device: string): SwarmDevice {
    const found = this.#devices.get(device);
    if (found === undefined) throw new UnknownName('device', device, this.names);
    return found;
  }
}
