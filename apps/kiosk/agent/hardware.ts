/** From what the hardware says to what the gate does: documents, cards, codes, buttons. Nothing is decided here. */
import {
  busDevice,
  type DeviceEntry,
  type GateDevice,
  type GateFile,
  gateItself,
  type KioskDevice,
  relayRole,
} from '@anyuan/contracts';
import { type DeviceEvent, type Hardware, openHardware, type PortStatus, type Printer } from '@anyuan/devices';
import { iso, type Log } from '@anyuan/service';
import { placedName } from './device-names.ts';
import type { Sounder } from './siren.ts';

export interface HardwareListener {
  on(event: DeviceEvent): void;
  onPort(): void;
}

export class GateHardware {
  readonly #gate: GateFile;
  readonly #hardware: Hardware;

  constructor(gate: GateFile, log: Log, listener: HardwareListener) {
    this.#gate = gate;
    this.#hardware = openHardware({
      devices: gate.devices,
      onEvent: (event) => {
        if (event.type === 'port') {
          log.info({ device: event.device, state: event.state, fault: event.fault }, 'port');
          listener.onPort();
        }
        listener.on(event);
      },
    });
  }

  sounders(): Sounder[] {
    return this.#gate.devices.flatMap((device) => {
      if (device.driver !== 'modbus-relay') return [];
      const role = relayRole(device);
      const relay = this.#hardware.relay(device.id);
      return role === 'door' || !relay ? [] : [{ id: device.id, kind: role, relay }];
    });
  }

  /** Opens the door for its pulse; the board closes it by itself even if this process dies now. */
  openDoor(): void {
    for (const device of this.#gate.devices)
      if (device.driver === 'modbus-relay' && relayRole(device) === 'door')
        void this.#hardware.relay(device.id)?.flash(device.pulseMs);
  }

  /** For visitors' badges: the first of the file. */
  printer(): Printer | undefined {
    const device = this.#gate.devices.find(({ driver }) => driver === 'escpos');
    return device && this.#hardware.printer(device.id);
  }

  devices(): KioskDevice[] {
    return this.#hardware.status().map((port: PortStatus) => ({
      id: port.device,
      driver: driverOf(this.#gate, port.device),
      name: nameOf(this.#gate, port.device),
      state: port.state,
      since: iso(port.since),
      fault: port.fault ?? null,
    }));
  }

  /** For the roster: everything this gate has; only what makes itself noticed must answer an alarm. */
  entries(): DeviceEntry[] {
    const { gate, zone, name } = this.#gate;
    const itself = {
      device: gateItself(gate),
      kind: 'kiosk' as const,
      name,
      zone,
      zoneName: name,
      gate,
      answers: false,
    };
    const own = this.#gate.devices.map(
      (device): DeviceEntry => ({
        device: busDevice(gate, device.id),
        kind: kindOf(device),
        name: placedName(this.#gate, device),
        zone: device.zone ?? zone,
        zoneName: name,
        gate,
        answers: device.driver === 'modbus-relay' && relayRole(device) !== 'door',
      }),
    );
    return [itself, ...own];
  }

  stop = (): Promise<void> => this.#hardware.stop();
}

function kindOf(device: GateDevice): DeviceEntry['kind'] {
  switch (device.driver) {
    case 'sdt':
      return 'idReader';
    case 'rdm6300':
      return 'cardReader';
    case 'qr-scanner':
      return 'qrScanner';
    case 'panic-button':
      return 'button';
    case 'modbus-relay':
      return relayRole(device);
    case 'escpos':
      return 'printer';
  }
}

const find = (gate: GateFile, id: string) => gate.devices.find((d) => d.id === id);
const driverOf = (gate: GateFile, id: string): string => find(gate, id)?.driver ?? '';
const nameOf = (gate: GateFile, id: string): string => find(gate, id)?.name ?? id;
