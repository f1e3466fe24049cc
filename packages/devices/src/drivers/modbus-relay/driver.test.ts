/** A relay as the gate uses it, on a board at the other end of a memory cable. */
import type { GateDevice } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import type { Relay, RelayResult } from '../../driver.ts';
import { openHardware } from '../../hardware.ts';
import { frames } from '../../modbus/vectors.ts';
import { MemoryCable, TestBoard, TestClock } from '../../testing.ts';

const siren: GateDevice = {
  id: 'siren-1',
  driver: 'modbus-relay',
  path: '/dev/bus',
  baudRate: 9600,
  address: 1,
  coil: 0,
  pulseMs: 700,
};
const door: GateDevice = { ...siren, id: 'door-1', coil: 1 };

async function gate(devices: GateDevice[] = [siren, door]) {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const board = new TestBoard(clock, cable);
  const events: DeviceEvent[] = [];
  const hardware = openHardware({
    devices,
    clock,
    openTransport: cable.transport,
    onEvent: (event) => events.push(event),
  });
  const relay = (id: string): Relay => {
    const found = hardware.relay(id);
    if (!found) throw new Error(id);
    return found;
  };
  await clock.advance(100);
  events.splice(0);
  const told = (id: string) =>
    events
      .splice(0)
      .filter((e) => e.device === id)
      .map((e) =>
        e.type === 'relay'
          ? `${e.closed ? 'closed' : 'open'} ${e.fault ?? 'ok'}`
          : e.type === 'port'
            ? `port ${e.state}`
            : e.type,
      );
  /** Gives an order and lets the time pass. */
  const after = async (ms: number, order: Promise<RelayResult>): Promise<RelayResult | 'waiting'> => {
    let result: RelayResult | 'waiting' = 'waiting';
    void order.then((r) => {
      result = r;
    });
    await clock.advance(ms);
    return result;
  };
  return { clock, cable, board, events, hardware, siren: relay('siren-1'), door: relay('door-1'), told, after };
}

const confirmed = (closed: boolean) => ({ confirmed: true, closed });
const failed = (code: string) => ({ confirmed: false, code });

describe('a relay', () => {
  it('closes and opens, each read back within 50 ms', async () => {
    const { board, siren: relay, told, after } = await gate();
    board.asked.splice(0);
    expect(await after(50, relay.close())).toEqual(confirmed(true));
    expect(board.asked.slice(0, 2)).toEqual([Buffer.from(frames.on0).toString('hex'), '010100000001fdca']);
    expect(board.coils.get(0)).toBe(true);
    expect(await after(50, relay.open())).toEqual(confirmed(false));
    expect(told('siren-1')).toEqual(['closed ok', 'open ok']);
  });

  it('two of one board do not get in each other’s way', async () => {
    const { board, siren: relay, door: lock, after, clock } = await gate();
    const both = Promise.all([relay.close(), lock.flash(700)]);
    await clock.advance(200);
    expect(await both).toEqual([confirmed(true), confirmed(true)]);
    expect([board.coils.get(0), board.coils.get(1)]).toEqual([true, true]);
    await after(1000, relay.close());
    expect([board.coils.get(0), board.coils.get(1)]).toEqual([true, false]);
  });

  it('flashes by the board’s own timer', async () => {
    const { clock, board, door: lock, told, after } = await gate();
    board.asked.splice(0);
    expect(await after(100, lock.flash(650))).toEqual(confirmed(true));
    expect(board.asked[0]).toMatch(/^010502010007/);
    expect(board.coils.get(1)).toBe(true);
    await clock.advance(2000);
    expect(board.coils.get(1)).toBe(false);
    expect(board.asked.filter((request) => request.startsWith('0105'))).toHaveLength(1);
    expect(told('door-1')).toEqual(['closed ok', 'open ok']);
  });

  it('flashes by our timer on a board that refuses to, from then on at once', async () => {
    const { clock, board, door: lock, after } = await gate();
    board.canFlash = false;
    expect(await after(120, lock.flash(700))).toEqual(confirmed(true));
    expect(board.coils.get(1)).toBe(true);
    await clock.advance(800);
    expect(board.coils.get(1)).toBe(false);
    board.asked.splice(0);
    await after(2000, lock.flash(700));
    expect(board.coils.get(1)).toBe(false);
    expect(board.asked.some((request) => request.startsWith('01050201'))).toBe(false);
  });

  it('ends a pulse of our timer before it stops', async () => {
    const { clock, board, hardware, door: lock, after } = await gate();
    board.canFlash = false;
    await after(120, lock.flash(5000));
    expect(board.coils.get(1)).toBe(true);
    const stopped = hardware.stop();
    await clock.advance(100);
    await stopped;
    expect(board.coils.get(1)).toBe(false);
  });

  it('leaves a siren on when it stops: the alarm is not over', async () => {
    const { board, hardware, siren: relay, after } = await gate();
    await after(100, relay.close());
    await hardware.stop();
    expect(board.coils.get(0)).toBe(true);
    expect(await relay.open()).toEqual(failed('closed'));
  });

  it('whose coil is stuck is a fault and never a success; it is tried on, and told when it obeys', async () => {
    const { clock, board, siren: relay, told, after } = await gate();
    board.stuck = true;
    expect(await after(200, relay.close())).toEqual(failed('notConfirmed'));
    await clock.advance(5000);
    expect(told('siren-1')).toEqual(['open relayStuck']);
    board.stuck = false;
    await clock.advance(1100);
    expect(board.coils.get(0)).toBe(true);
    expect(told('siren-1')).toEqual(['closed ok']);
  });

  it('that stays closed after its flash is told and opened', async () => {
    const { clock, board, door: lock, told, after } = await gate();
    await after(100, lock.flash(700));
    board.stuck = true;
    told('door-1');
    await clock.advance(3000);
    expect(told('door-1')).toEqual(['closed relayStuck']);
    board.stuck = false;
    await clock.advance(1500);
    expect(board.coils.get(1)).toBe(false);
    expect(told('door-1')).toEqual(['open ok']);
  });

  it('that did not flash stays a fault until an order succeeds', async () => {
    const { clock, board, door: lock, told, after } = await gate();
    board.stuck = true;
    expect(await after(300, lock.flash(700))).toEqual(failed('notConfirmed'));
    board.stuck = false;
    await clock.advance(5000);
    expect(told('door-1')).toEqual(['open relayStuck']);
    expect(await after(100, lock.flash(700))).toEqual(confirmed(true));
  });

  it('goes on after the board lost its power', async () => {
    const { clock, board, siren: relay, after } = await gate();
    await after(100, relay.close());
    board.coils.clear();
    await clock.advance(1100);
    expect(board.coils.get(0)).toBe(true);
  });

  it('goes on after the cable was pulled, and takes meanwhile orders for later', async () => {
    const { clock, cable, board, siren: relay, told, after } = await gate();
    cable.unplug();
    expect(await after(10, relay.close())).toEqual(failed('portLost'));
    expect(told('siren-1')).toEqual(['port away', 'open portLost']);
    cable.plug();
    await clock.advance(2500);
    expect(board.coils.get(0)).toBe(true);
    expect(told('siren-1')).toEqual(['port opening', 'port ok', 'closed ok']);
  });

  it('of a dead board ends in a timeout, is silent, and recovers by itself', async () => {
    const { clock, board, siren: relay, told, after, hardware } = await gate();
    board.dead = true;
    expect(await after(3000, relay.close())).toEqual(failed('timeout'));
    expect(hardware.status()[0]).toMatchObject({ state: 'silent', fault: 'noAnswer' });
    board.dead = false;
    await clock.advance(4000);
    expect(told('siren-1')).toEqual(['port silent', 'open noAnswer', 'port ok', 'closed ok']);
    expect(board.coils.get(0)).toBe(true);
  });

  it('of a dead path is silent within 5 s, however many share it, also while a serial server is dialled anew', async () => {
    for (const path of ['/dev/bus', 'tcp://127.0.0.1:5020']) {
      const many = Array.from(
        { length: 6 },
        (_, coil): GateDevice => ({ ...siren, id: `siren-${coil}`, coil: coil + 2, path }),
      );
      const { clock, board, hardware } = await gate([...many, { ...door, path }]);
      board.dead = true;
      await clock.advance(5000);
      expect(hardware.status().map((s) => s.state)).toEqual(Array<string>(7).fill('silent'));
      board.dead = false;
      await clock.advance(5000);
      expect(hardware.status().map((s) => s.state)).toEqual(Array<string>(7).fill('ok'));
    }
  });

  it('that the board does not have is refused', async () => {
    const { cable, board, siren: relay, after } = await gate();
    board.onReply = (reply) => cable.send(reply[1] === 5 ? frames.unknownAddress : reply);
    expect(await after(200, relay.close())).toEqual(failed('refused'));
  });

  it('survives replies in odd chunks, garbage before them and one that is wrong', async () => {
    const { cable, board, siren: relay, after } = await gate();
    let n = 0;
    board.onReply = (reply) => {
      if (n++ === 0) return cable.send(reply.map((byte) => byte ^ 4));
      cable.send(Uint8Array.of(0, 1, 5));
      cable.send(reply.subarray(0, 3));
      return cable.send(reply.subarray(3));
    };
    expect(await after(300, relay.close())).toEqual(confirmed(true));
    expect(board.coils.get(0)).toBe(true);
  });

  it('is not believed when only the echo says so', async () => {
    const { cable, board, siren: relay, after } = await gate();
    board.onReply = (reply) => {
      if (reply[1] === 5) board.coils.set(0, false);
      cable.send(reply);
    };
    expect(await after(300, relay.close())).toEqual(failed('notConfirmed'));
  });

  it('closed while a flash still runs is closed again within 1 s after the board’s timer opened it', async () => {
    const { clock, board, siren: relay, after } = await gate();
    await after(100, relay.flash(700));
    await after(100, relay.close());
    await clock.advance(1700);
    expect(board.coils.get(0)).toBe(true);
  });

  it('takes the last of two orders', async () => {
    const { clock, board, siren: relay } = await gate();
    const orders = [relay.close(), relay.open()];
    await clock.advance(300);
    expect(await Promise.all(orders)).toEqual([confirmed(true), confirmed(false)]);
    await clock.advance(3000);
    expect(board.coils.get(0)).toBe(false);
  });
});
