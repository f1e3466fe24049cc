/**
 * A gate's hardware from its file: one port per path, the drivers on it, and one stream of events. Promise: a broken,
 * absent or misconfigured device is a state of that device and never an exception; it mends itself when the cause is
 * gone; the other devices do not notice.
 */
import type { GateDevice, PortState } from '@anyuan/contracts';
import { type Clock, systemClock } from './clock.ts';
import type { DeviceEvent, DeviceFault, DeviceNews } from './device-events.ts';
import type { Counters, Driver, DriverContext, Printer, Relay } from './driver.ts';
import { cardReader } from './drivers/card-reader/driver.ts';
import { escposPrinter } from './drivers/escpos-printer/driver.ts';
import { idReader } from './drivers/id-reader/driver.ts';
import { modbusRelay } from './drivers/modbus-relay/driver.ts';
import { panicButton } from './drivers/panic-button/driver.ts';
import { qrScanner } from './drivers/qr-scanner/driver.ts';
import { ModbusMaster } from './modbus/master.ts';
import { Port } from './port.ts';
import { serialTransport } from './transport/serial.ts';
import { tcpTransport } from './transport/tcp.ts';
import type { OpenTransport } from './transport/transport.ts';

/** As pino's: never given a number, a name or the bytes of a card. */
export interface DeviceLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface HardwareOptions {
  devices: readonly GateDevice[];
  onEvent(event: DeviceEvent): void;
  clock?: Clock;
  openTransport?: OpenTransport;
  log?: DeviceLog;
}

export interface PortStatus {
  device: string;
  driver: GateDevice['driver'];
  path: string;
  state: PortState;
  /** Since when, ms since 1970. */
  since: number;
  fault: DeviceFault | undefined;
  counters: Counters;
}

export interface Hardware {
  status(): PortStatus[];
  /** A `modbus-relay` of the gate file by its id. */
  relay(id: string): Relay | undefined;
  /** An `escpos` printer of the gate file by its id. */
  printer(id: string): Printer | undefined;
  /** Ends our own pulses, then lets go of every port. Sirens stay as they are. */
  stop(): Promise<void>;
}

export const openTransport: OpenTransport = (spec) =>
  spec.path.startsWith('tcp:') ? tcpTransport(spec) : serialTransport(spec);

/** Who uses a path: one reader or printer by itself, or Modbus devices together; control lines go with either. */
type Use = 'reader' | 'modbus' | 'lines';
const useOf = (device: GateDevice): Use =>
  device.driver === 'modbus-relay'
    ? 'modbus'
    : device.driver !== 'panic-button'
      ? 'reader'
      : device.contact.kind === 'modbus'
        ? 'modbus'
        : 'lines';

interface Path {
  port: Port;
  master: ModbusMaster;
  use: Use;
}

export function openHardware(options: HardwareOptions): Hardware {
  const clock = options.clock ?? systemClock;
  const paths = new Map<string, Path>();
  const watches = new Map<string, DeviceWatch>();
  const drivers = new Map<string, Driver>();

  function emit(device: string, news: DeviceNews): void {
    try {
      options.onEvent({ ...news, device, at: clock.now() });
    } catch (error) {
      options.log?.warn({ device, type: news.type, err: error }, 'an event was not taken');
    }
  }

  /** The device's path, unless somebody uses it in another way already. */
  function claim(device: GateDevice): Path | undefined {
    const use = useOf(device);
    const path = paths.get(device.path) ?? openPath(device);
    if (use === 'lines') return path;
    const taken = path.use === 'reader' || (path.use === 'modbus' && use === 'reader');
    const otherBaud = path.use !== 'lines' && path.port.spec.baudRate !== device.baudRate;
    if (taken || otherBaud) return undefined;
    path.use = use;
    return path;
  }

  function openPath(device: GateDevice): Path {
    const port = new Port(
      { path: device.path, baudRate: device.baudRate },
      { clock, openTransport: options.openTransport ?? openTransport },
    );
    const path: Path = { port, master: new ModbusMaster(port, clock), use: 'lines' };
    paths.set(device.path, path);
    return path;
  }

  for (const device of options.devices) {
    const watch = new DeviceWatch(device, clock, (state, fault) => {
      options.log?.info({ device: device.id, state, fault }, 'port');
      emit(device.id, { type: 'port', state, ...(fault && { fault }) });
    });
    watches.set(device.id, watch);
    const path = claim(device);
    if (!path) {
      watch.misplaced();
      continue;
    }
    watch.follow(path.port);
    drivers.set(
      device.id,
      createDriver(device, path, {
        clock,
        counters: watch.counters,
        tell: (news) => emit(device.id, news),
        health: (health, fault) => watch.health(health, fault),
      }),
    );
  }
  for (const path of paths.values()) path.port.start();

  return {
    status: () => [...watches.values()].map((watch) => watch.status()),
    relay: (id) => drivers.get(id)?.relay,
    printer: (id) => drivers.get(id)?.printer,
    stop: async () => {
      await Promise.all([...drivers.values()].map((driver) => driver.stop()));
      await Promise.all(
        [...paths.values()].map((path) => {
          path.master.stop();
          return path.port.stop();
        }),
      );
    },
  };
}

function createDriver(device: GateDevice, { port, master }: Path, context: DriverContext): Driver {
  switch (device.driver) {
    case 'sdt':
      return idReader(device, port, context);
    case 'rdm6300':
      return cardReader(device, port, context);
    case 'qr-scanner':
      return qrScanner(port, context);
    case 'modbus-relay':
      return modbusRelay(device, port, master, context);
    case 'panic-button':
      return panicButton(device, port, context, master);
    case 'escpos':
      return escposPrinter(device, port, context);
  }
}

/** A device's state out of two: its port's, and what the driver hears from it while the port is open. */
class DeviceWatch {
  readonly counters: Counters = { frames: 0, discardedBytes: 0 };
  readonly #device: GateDevice;
  readonly #clock: Clock;
  readonly #onChange: (state: PortState, fault: DeviceFault | undefined) => void;
  #state: PortState = 'opening';
  #fault: DeviceFault | undefined;
  #since: number;

  constructor(device: GateDevice, clock: Clock, onChange: (state: PortState, fault: DeviceFault | undefined) => void) {
    this.#device = device;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#since = clock.now();
  }

  follow(port: Port): void {
    port.subscribe({
      away: () => this.#become('away', 'portLost'),
      opened: () => {
        if (this.#state === 'away') this.#become('opening', undefined);
      },
    });
  }

  misplaced(): void {
    this.#become('fault', 'pathTaken');
  }

  health(state: 'ok' | 'silent' | 'fault', fault: DeviceFault | undefined): void {
    this.#become(state, fault);
  }

  status(): PortStatus {
    const { id, driver, path } = this.#device;
    const counters = { ...this.counters };
    return { device: id, driver, path, state: this.#state, since: this.#since, fault: this.#fault, counters };
  }

  #become(state: PortState, fault: DeviceFault | undefined): void {
    if (state === this.#state && fault === this.#fault) return;
    this.#state = state;
    this.#fault = fault;
    this.#since = this.#clock.now();
    this.#onChange(state, fault);
  }
}
