import { describe, expect, it } from 'vitest';
import { devices } from '../../testing/fixtures.ts';
import { byZone, deviceCounts, putDevice, stateOf } from './devices.ts';

const NOW = Date.parse('2026-11-24T08:30:00.000Z');

describe('devices by zone', () => {
  const list = devices(NOW);

  it('counts every device in one state', () => {
    const counts = deviceCounts(list);
    expect(counts).toMatchObject({ offline: 1, never: 1, fault: 3 });
    expect(Object.values(counts).reduce((a, b) => a + b)).toBe(list.length);
  });

  it('puts what needs a hand on top and says how many of the zone are on line, whatever the filter', () => {
    const east = byZone(list, null).find((z) => z.zone === 'east-gate');
    expect(east?.devices[0]).toMatchObject({ device: 'east-kiosk', fault: 'diskFull refused:3' });
    expect(east?.devices[1]).toMatchObject({ device: 'east-button-1', fault: 'stuck' });
    const faulty = byZone(list, 'fault');
    expect(faulty.map((z) => z.zone)).toEqual(['east-gate', 'gym']);
    expect(faulty[0]).toMatchObject({ online: east?.online, total: east?.total });
  });

  it('calls a device that is away off line, not faulty: its fault is old news', () => {
    const [first] = list;
    if (!first) throw new Error('no device');
    expect(stateOf({ ...first, online: 'offline', fault: 'stuck' })).toBe('offline');
  });

  it('takes a change of a known device in its place and a new one at the end', () => {
    const [first] = list;
    if (!first) throw new Error('no device');
    const changed = putDevice(list, { ...first, online: 'offline' });
    expect(changed).toHaveLength(list.length);
    expect(changed[0]?.online).toBe('offline');
    expect(putDevice(list, { ...first, device: 'new' })).toHaveLength(list.length + 1);
  });
});
