/** Devices by zone, and what is known of each. With the line to the server cut, nothing is known of any. */
import type { DeviceStatus } from '@anyuan/contracts';

export const DEVICE_STATES = ['online', 'offline', 'never', 'fault'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

export function putDevice(devices: readonly DeviceStatus[], device: DeviceStatus): readonly DeviceStatus[] {
  const known = devices.some((d) => d.device === device.device);
  return known ? devices.map((d) => (d.device === device.device ? device : d)) : [...devices, device];
}

/** Off line wins over a fault: a device that is away can't be asked whether its fault is gone. */
export const stateOf = (device: DeviceStatus): DeviceState =>
  device.online !== 'online' ? device.online : device.fault === null ? 'online' : 'fault';

export function deviceCounts(devices: readonly DeviceStatus[]): Record<DeviceState, number> {
  const counts = { online: 0, offline: 0, never: 0, fault: 0 };
  for (const device of devices) counts[stateOf(device)] += 1;
  return counts;
}

export interface DeviceZone {
  zone: string;
  name: string;
  devices: DeviceStatus[];
  /** How many of the whole zone are on line, whatever filter is set. */
  online: number;
  total: number;
}

/** What needs a hand stands on top, in the zone and among the zones. */
const URGENCY: Record<DeviceState, number> = { fault: 0, offline: 0, never: 1, online: 2 };

export function byZone(devices: readonly DeviceStatus[], filter: DeviceState | null): DeviceZone[] {
  const zones = new Map<string, DeviceZone>();
  for (const device of devices) {
    const zone = zones.get(device.zone) ?? {
      zone: device.zone,
      name: device.zoneName,
      devices: [],
      online: 0,
      total: 0,
    };
    zones.set(device.zone, zone);
    zone.total += 1;
    const state = stateOf(device);
    if (state === 'online') zone.online += 1;
    if (filter === null || filter === state) zone.devices.push(device);
  }
  for (const zone of zones.values()) {
    zone.devices.sort(
      (a, b) => URGENCY[stateOf(a)] - URGENCY[stateOf(b)] || a.name.localeCompare(b.name, 'zh-CN', { numeric: true }),
    );
  }
  return [...zones.values()].filter((z) => z.devices.length > 0);
}
