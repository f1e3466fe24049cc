/** What one device's trouble means to the others, and a gate file that asks for what can't be. */
import type { GateDevice } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from './device-events.ts';
import { encodeCard } from './drivers/card-reader/frame.ts';
import { openHardware } from './hardware.ts';
import { MemoryCable, TestClock } from './testing.ts';
import type { OpenTransport, Transport } from './transport/transport.ts';

const A = '100086F444';
const card = (path: string, id = 'card-1'): GateDevice => ({
  id,
  driver: 'rdm6300',
  path,
  baudRate: 9600,
  idleMs: 500,
});
const qr = (path: string): GateDevice => ({ id: 'qr-1', driver: 'qr-scanner', path, baudRate: 9600 });
const siren = (path: string, baudRate = 9600): GateDevice => ({
  id: 'siren-1',
  driver: 'modbus-relay',
  path,
  baudRate,
  address: 1,
  coil: 0,
  pulseMs: 700,
});
const button = (path: string, contact: 'line' | 'modbus'): GateDevice => ({
  id: 'button-1',
  driver: 'panic-button',
  path,
  baudRate: 9600,
  contact: contact === 'line' ? { kind: 'line' } : { kind: 'modbus', address: 1, pressed: 0 },
  debounceMs: 40,
  stuckMs: 10_000,
});

function gate(devices: GateDevice[], onEvent: (event: DeviceEvent) => void = () => {}) {
  const clock = new TestClock();
  const cables = new Map<string, MemoryCable>();
  const cable = (path: string): MemoryCable => {
    const found = cables.get(path) ?? new MemoryCable();
    cables.set(path, found);
    return found;
  };
  const hardware = openHardware({ devices, clock, openTransport: (spec) => cable(spec.path).transport(), onEvent });
  const states = () => hardware.status().map((s) => s.fault ?? s.state);
  return { clock, cable, hardware, states };
}

describe('a path', () => {
  it('is opened once for all that share it', async () => {
    const { clock, cable } = gate([siren('/a'), button('/a', 'modbus')]);
    await clock.advance(100);
    expect(cable('/a').opened).toBe(1);
  });

  it.each([
    ['two readers', [card('/a'), qr('/a')]],
    ['a reader and a relay', [card('/a'), siren('/a')]],
    ['a relay and a reader', [siren('/a'), card('/a')]],
    ['two speeds', [{ ...siren('/a', 19200), id: 'siren-2' }, siren('/a')]],
  ])('that can not be shared serves the first: %s', async (_name, devices) => {
    const { clock, states } = gate(devices);
    await clock.advance(100);
    expect(states()).toEqual([expect.not.stringMatching('pathTaken'), 'pathTaken']);
  });

  it('carries a button on its control lines beside a reader', async () => {
    const told: string[] = [];
    const { clock, cable, states } = gate([button('/a', 'line'), card('/a')], (e) => told.push(e.type));
    cable('/a').lines = { cts: false, dsr: true };
    await clock.advance(100);
    expect(states()).toEqual(['ok', 'ok']);
    cable('/a').lines = { cts: true, dsr: false };
    cable('/a').send(encodeCard(A));
    await clock.advance(100);
    expect(told.filter((type) => type !== 'port')).toEqual(['card', 'pressed']);
  });
});

describe('one device’s trouble', () => {
  it('is not the others’', async () => {
    const told: string[] = [];
    const { clock, cable, states } = gate([card('/a'), qr('/b')], (e) => told.push(`${e.device} ${e.type}`));
    await clock.advance(100);
    cable('/b').unplug();
    await clock.advance(100);
    cable('/a').send(encodeCard(A));
    expect(states()).toEqual(['ok', 'portLost']);
    expect(told.at(-1)).toBe('card-1 card');
  });

  it('in the one who listens stops no driver', async () => {
    const { clock, cable, states } = gate([card('/a')], () => {
      throw new Error('the listener is broken');
    });
    await clock.advance(100);
    cable('/a').send(encodeCard(A));
    expect(states()).toEqual(['ok']);
  });
});

describe('a port that is away', () => {
  it('is tried ever more slowly, but at least every 2 s', async () => {
    const clock = new TestClock();
    const tried: number[] = [];
    const openTransport: OpenTransport = () => {
      tried.push(clock.monotonic());
      return { ...idle, open: async () => Promise.reject(new Error('refused')) };
    };
    openHardware({ devices: [card('/a')], clock, openTransport, onEvent: () => {} });
    await clock.advance(60_000);
    const pauses = tried.slice(1).map((at, i) => at - (tried[i] ?? 0));
    expect(pauses[0]).toBeLessThanOrEqual(250);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(2000);
    expect(tried.length).toBeGreaterThan(28);
    expect(tried.length).toBeLessThan(70);
  });

  it('whose opening hangs is given up after 2 s and tried again', async () => {
    const clock = new TestClock();
    const cable = new MemoryCable();
    let hangs = true;
    let closed = 0;
    const hanging: Transport = {
      ...idle,
      open: () => new Promise(() => {}),
      close: async () => {
        closed++;
      },
    };
    const hardware = openHardware({
      devices: [card('/a')],
      clock,
      openTransport: () => (hangs ? hanging : cable.transport()),
      onEvent: () => {},
    });
    await clock.advance(2000);
    expect(hardware.status()[0]?.state).toBe('away');
    expect(closed).toBe(1);
    hangs = false;
    await clock.advance(5000);
    expect(hardware.status()[0]?.state).toBe('ok');
  });
});

const idle: Transport = { open: async () => {}, write: async () => {}, close: async () => {} };
