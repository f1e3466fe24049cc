import type { GateDevice } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import { openHardware } from '../../hardware.ts';
import { MemoryCable, TestBoard, TestClock } from '../../testing.ts';

const base = { id: 'button-1', driver: 'panic-button', baudRate: 9600, debounceMs: 40, stuckMs: 10_000 } as const;
const onInputs: GateDevice = {
  ...base,
  path: '/dev/bus',
  contact: { kind: 'modbus', address: 1, pressed: 0, idle: 1 },
};
const onLines: GateDevice = { ...base, path: '/dev/button', contact: { kind: 'line' } };

function gate(devices: GateDevice[]) {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const board = new TestBoard(clock, cable);
  board.inputs.set(1, true);
  const events: DeviceEvent[] = [];
  const hardware = openHardware({ devices, clock, openTransport: cable.transport, onEvent: (e) => events.push(e) });
  const told = () =>
    events.splice(0).map((e) => (e.type === 'port' ? `port ${e.state}${e.fault ? ` ${e.fault}` : ''}` : e.type));
  const press = () => {
    board.inputs.set(0, true).set(1, false);
    cable.lines = { cts: true, dsr: false };
  };
  const release = () => {
    board.inputs.set(0, false).set(1, true);
    cable.lines = { cts: false, dsr: true };
  };
  return { clock, cable, board, hardware, events, told, press, release };
}

describe('a button on a board’s inputs', () => {
  it('is pressed and released within 150 ms', async () => {
    const { clock, told, press, release } = gate([onInputs]);
    await clock.advance(500);
    expect(told()).toEqual(['port ok']);
    press();
    await clock.advance(150);
    expect(told()).toEqual(['pressed']);
    release();
    await clock.advance(150);
    expect(told()).toEqual(['released']);
  });

  it('notices a press of 120 ms at any moment', async () => {
    for (let offset = 0; offset < 70; offset++) {
      const { clock, told, press, release } = gate([onInputs]);
      await clock.advance(500 + offset);
      press();
      await clock.advance(120);
      release();
      await clock.advance(500);
      expect(told(), `${offset}`).toEqual(['port ok', 'pressed', 'released']);
    }
  });

  it('with both inputs open has its wire cut', async () => {
    const { clock, board, told } = gate([onInputs]);
    await clock.advance(500);
    board.inputs.clear();
    await clock.advance(500);
    expect(told()).toEqual(['port ok', 'cutWire']);
  });

  it('on a board without FC02 is a fault', async () => {
    const { clock, board, told } = gate([onInputs]);
    board.hasInputs = false;
    await clock.advance(3000);
    expect(told()).toEqual(['port fault refused']);
  });

  it('on a board that falls silent says so, and a press counts when it is back', async () => {
    const { clock, board, told, press } = gate([onInputs]);
    await clock.advance(500);
    board.dead = true;
    await clock.advance(5000);
    expect(told()).toEqual(['port ok', 'port silent noAnswer']);
    press();
    board.dead = false;
    await clock.advance(3000);
    expect(told()).toEqual(['port ok', 'pressed']);
  });

  it('held while the cable is pulled and put back makes no second alarm', async () => {
    const { clock, cable, told, press } = gate([onInputs]);
    await clock.advance(500);
    press();
    await clock.advance(500);
    cable.unplug();
    await clock.advance(5000);
    cable.plug();
    await clock.advance(5000);
    expect(told()).toEqual(['port ok', 'pressed', 'port away portLost', 'port opening', 'port ok']);
  });

  it('shares its path with a siren, which closes within 100 ms while the button is polled', async () => {
    const siren: GateDevice = {
      id: 'siren-1',
      driver: 'modbus-relay',
      path: '/dev/bus',
      baudRate: 9600,
      address: 1,
      coil: 0,
      pulseMs: 700,
    };
    const { clock, board, hardware } = gate([onInputs, siren]);
    for (let offset = 0; offset < 100; offset += 7) {
      await clock.advance(1000 + offset);
      void hardware.relay('siren-1')?.close();
      await clock.advance(100);
      expect(board.coils.get(0)).toBe(true);
      void hardware.relay('siren-1')?.open();
    }
  });
});

describe('a button on control lines', () => {
  it('is pressed and released within 60 ms', async () => {
    const { clock, told, press, release } = gate([onLines]);
    release();
    await clock.advance(500);
    press();
    await clock.advance(60);
    release();
    await clock.advance(60);
    expect(told()).toEqual(['port ok', 'pressed', 'released']);
  });

  it('with CTS and DSR both open has its wire cut, and mended it is well', async () => {
    const { clock, cable, told, release } = gate([onLines]);
    release();
    await clock.advance(100);
    cable.lines = { cts: false, dsr: false };
    await clock.advance(400);
    release();
    await clock.advance(100);
    expect(told()).toEqual(['port ok', 'cutWire', 'wireOk']);
  });

  it('on a path without lines is a fault, and well when it has some', async () => {
    const { clock, told, release } = gate([onLines]);
    await clock.advance(3000);
    expect(told()).toEqual(['port fault noLines']);
    release();
    await clock.advance(1100);
    expect(told()).toEqual(['port ok']);
  });

  it('says nothing more after the stop', async () => {
    const { clock, hardware, told, press, release } = gate([onLines]);
    release();
    await clock.advance(100);
    told();
    await hardware.stop();
    press();
    await clock.advance(1000);
    expect(told()).toEqual([]);
  });
});
