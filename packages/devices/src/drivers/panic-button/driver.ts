/** Reads a button's contacts, from control lines or from a Modbus board's inputs, and runs the contact's state machine. */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import { deviceErrorCode } from '../../device-error.ts';
import type { DeviceFault } from '../../device-events.ts';
import type { Driver, DriverContext } from '../../driver.ts';
import type { ModbusMaster } from '../../modbus/master.ts';
import type { Port } from '../../port.ts';
import { isSettling, type Levels, nextContact, outOfSight, restingContact } from './contact.ts';

type Device = Extract<GateDevice, { driver: 'panic-button' }>;

/**
 * Pauses between two looks. With the board's 20 ms for an answer, inputs are seen every 50 ms. While the contact settles
 * the looks come closer, so that a press of 120 ms counts at whatever moment it comes.
 */
const LINE_EVERY_MS = 10;
const INPUTS_EVERY_MS = 30;
const SETTLING_EVERY_MS = 10;
/** Nothing answers: look on, but leave the line to the others. */
const IN_DOUBT_EVERY_MS = 1000;

interface Source {
  everyMs: number;
  look(): Promise<Levels>;
  /** What a refusal means here. */
  refusal: DeviceFault;
}

export function panicButton(device: Device, port: Port, context: DriverContext, master: ModbusMaster): Driver {
  const { clock, tell, health, counters } = context;
  const source = device.contact.kind === 'line' ? controlLines(port) : discreteInputs(device, master);
  let contact = restingContact;
  let stopped = false;
  const poll = new Alarm(clock, () => void look());

  async function look(): Promise<void> {
    let pause = source.everyMs;
    try {
      const levels = await source.look();
      if (stopped) return;
      counters.frames++;
      health('ok');
      const [after, events] = nextContact(contact, levels, clock.monotonic(), device);
      contact = after;
      for (const type of events) tell({ type });
      if (isSettling(contact)) pause = SETTLING_EVERY_MS;
    } catch (error) {
      const code = deviceErrorCode(error);
      pause = IN_DOUBT_EVERY_MS;
      if (code === 'refused') health('fault', source.refusal);
      else if (code === 'timeout' || code === 'garbled') health('silent', 'noAnswer');
    }
    if (!stopped && port.link === 'open') poll.set(pause);
  }

  const unsubscribe = port.subscribe({
    opened: () => void look(),
    lost: () => {
      poll.clear();
      contact = outOfSight(contact);
    },
  });
  return {
    stop: async () => {
      stopped = true;
      poll.clear();
      unsubscribe();
    },
  };
}

const controlLines = (port: Port): Source => ({
  everyMs: LINE_EVERY_MS,
  refusal: 'noLines',
  look: async () => {
    const { cts, dsr } = await port.lines();
    return { pressed: cts, idle: dsr };
  },
});

function discreteInputs(device: Device, master: ModbusMaster): Source {
  if (device.contact.kind !== 'modbus') throw new TypeError('not a Modbus contact');
  const { address, pressed, idle } = device.contact;
  const start = Math.min(pressed, idle ?? pressed);
  const count = Math.max(pressed, idle ?? pressed) - start + 1;
  return {
    everyMs: INPUTS_EVERY_MS,
    refusal: 'refused',
    look: async () => {
      const { bits } = await master.request(device.id, { kind: 'readInputs', address, start, count });
      return {
        pressed: bits[pressed - start] === true,
        idle: idle === undefined ? undefined : bits[idle - start] === true,
      };
    },
  };
}
