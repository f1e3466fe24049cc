/**
 * One coil of a relay board: siren, strobe or door. Promise: an order counts as done only when the board reads back what
 * was ordered; no answer of the board, of the line or of a broken coil is ever told as success.
 *
 * The coil's wanted position is kept and looked after once a second: a board that lost power comes back with its relays
 * open, and a siren must go on. After a flash the wanted position is open, so a door that stays open is shut and told.
 */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import { type DeviceErrorCode, deviceErrorCode } from '../../device-error.ts';
import type { DeviceFault } from '../../device-events.ts';
import type { Driver, DriverContext, Relay, RelayResult } from '../../driver.ts';
import type { ModbusMaster } from '../../modbus/master.ts';
import { COIL_OFF, COIL_ON } from '../../modbus/rtu.ts';
import type { Port } from '../../port.ts';

const WATCH_MS = 1000;
/** An order whose read-back disagrees is given once more: a coil needs a moment, and noise may have made one wrong. */
const ORDERS = 2;
/** FC05 at this address + coil closes for a time and opens by itself; the value counts in steps of 100 ms. */
const FLASH_ON = 0x0200;
const FLASH_STEP_MS = 100;
/** The board's clock and ours differ a little. */
const FLASH_MARGIN_MS = 300;

const faults: Record<DeviceErrorCode, DeviceFault> = {
  timeout: 'noAnswer',
  garbled: 'noAnswer',
  refused: 'refused',
  portLost: 'portLost',
  closed: 'portLost',
  notConfirmed: 'relayStuck',
};

export function modbusRelay(
  device: Extract<GateDevice, { driver: 'modbus-relay' }>,
  port: Port,
  master: ModbusMaster,
  context: DriverContext,
): Driver & { relay: Relay } {
  const { clock, tell, health, counters } = context;
  const { id, address, coil } = device;
  let wanted: boolean | undefined;
  let readBack = false;
  let told: { closed: boolean; fault?: DeviceFault } | undefined;
  /** The position that the coil last refused to take. */
  let stuckAgainst: boolean | undefined;
  let boardFlashes = true;
  /** Until then the coil may read either way. Monotonic. */
  let flashUntil = 0;
  let hostPulse = false;
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();

  const watch = new Alarm(clock, () => void inTurn(look));
  const pulseEnd = new Alarm(clock, () => void relay.open());

  /** Orders and looks of one coil never overlap: a look in the middle of an order would see half of it. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const mine = last.then(job);
    last = mine;
    return mine;
  }

  async function read(): Promise<boolean> {
    const reply = await master.request(id, { kind: 'readCoils', address, start: coil, count: 1 });
    readBack = reply.bits[0] === true;
    return readBack;
  }

  const write = (register: number, value: number) =>
    master.request(id, { kind: 'writeCoil', address, register, value });

  async function put(register: number, value: number, closed: boolean): Promise<RelayResult> {
    for (let order = 0; order < ORDERS; order++) {
      await write(register, value);
      if ((await read()) === closed) return { confirmed: true, closed };
    }
    stuckAgainst = closed;
    return { confirmed: false, code: 'notConfirmed' };
  }

  const putCoil = (closed: boolean) => put(coil, closed ? COIL_ON : COIL_OFF, closed);

  async function flashOn(ms: number): Promise<RelayResult> {
    if (boardFlashes) {
      try {
        return await put(FLASH_ON + coil, Math.ceil(ms / FLASH_STEP_MS), true);
      } catch (error) {
        if (deviceErrorCode(error) !== 'refused') throw error;
        boardFlashes = false;
      }
    }
    hostPulse = true;
    const result = await putCoil(true);
    pulseEnd.set(ms);
    return result;
  }

  const settled = (order: Promise<RelayResult>): Promise<RelayResult> =>
    order.catch((error): RelayResult => ({ confirmed: false, code: deviceErrorCode(error) }));

  function report(result: RelayResult, onlyNews: boolean): void {
    noteHealth(result.confirmed ? undefined : result.code);
    const fault = result.confirmed ? undefined : faults[result.code];
    const news = { closed: readBack, confirmed: result.confirmed, ...(fault && { fault }) };
    const same = told?.closed === news.closed && told.fault === fault;
    told = news;
    if (!(onlyNews && same)) tell({ type: 'relay', ...news });
  }

  function noteHealth(code: DeviceErrorCode | undefined): void {
    if (code === undefined || code === 'notConfirmed') {
      counters.frames++;
      health('ok');
    } else if (code === 'timeout' || code === 'garbled') health('silent', 'noAnswer');
    else if (code === 'refused') health('fault', 'refused');
  }

  async function look(): Promise<void> {
    const closed = await read().catch((error) => noteHealth(deviceErrorCode(error)));
    if (closed !== undefined) {
      noteHealth(undefined);
      const astray = wanted !== undefined && closed !== wanted && clock.monotonic() >= flashUntil;
      if (astray) report(await settled(putCoil(!closed)), true);
      // A flash that never closed its coil stays a fault, though the coil now rests as wanted.
      else if (told?.fault !== 'relayStuck' || closed === stuckAgainst) report({ confirmed: true, closed }, true);
    }
    if (!stopped && port.link === 'open') watch.set(WATCH_MS);
  }

  function order(next: { wanted: boolean; flashMs?: number }, run: () => Promise<RelayResult>): Promise<RelayResult> {
    return inTurn(async () => {
      pulseEnd.clear();
      hostPulse = false;
      wanted = next.wanted;
      flashUntil = next.flashMs === undefined ? 0 : clock.monotonic() + next.flashMs + FLASH_MARGIN_MS;
      const result = await settled(run());
      report(result, false);
      return result;
    });
  }

  const relay: Relay = {
    close: () => order({ wanted: true }, () => putCoil(true)),
    open: () => order({ wanted: false }, () => putCoil(false)),
    flash: (ms) => order({ wanted: false, flashMs: ms }, () => flashOn(ms)),
  };

  const unsubscribe = port.subscribe({
    opened: () => void inTurn(look),
    lost: () => watch.clear(),
  });

  return {
    relay,
    stop: async () => {
      // Our own timer would have ended the pulse: end it now rather than leave the door open.
      if (hostPulse) await relay.open();
      stopped = true;
      watch.clear();
      pulseEnd.clear();
      unsubscribe();
    },
  };
}
