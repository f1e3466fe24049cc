import { describe, expect, it } from 'vitest';
import { DeviceError } from '../device-error.ts';
import { Port } from '../port.ts';
import { MemoryCable, TestBoard, TestClock } from '../testing.ts';
import { ModbusMaster } from './master.ts';
import { COIL_ON, type ModbusRequest } from './rtu.ts';

const read = (address = 1): ModbusRequest => ({ kind: 'readCoils', address, start: 0, count: 1 });
const on = (address = 1): ModbusRequest => ({ kind: 'writeCoil', address, register: 0, value: COIL_ON });

async function bus(path = '/dev/bus') {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const port = new Port({ path, baudRate: 9600 }, { clock, openTransport: cable.transport });
  const master = new ModbusMaster(port, clock);
  const board = new TestBoard(clock, cable);
  port.start();
  await clock.settle();
  /** What became of a request, and when. */
  const outcome = (owner: string, request: ModbusRequest) => {
    const result = { what: 'waiting', at: 0 };
    master.request(owner, request).then(
      (reply) => Object.assign(result, { what: reply.kind, at: clock.monotonic() }),
      (error: unknown) =>
        Object.assign(result, { what: error instanceof DeviceError ? error.code : 'bug', at: clock.monotonic() }),
    );
    return result;
  };
  return { clock, cable, port, master, board, outcome };
}

describe('the master of a path', () => {
  it('has one request on the line at a time, with a gap between two', async () => {
    const { clock, cable, outcome } = await bus();
    const results = [outcome('a', read()), outcome('a', on()), outcome('b', read())];
    expect(cable.written).toHaveLength(1);
    await clock.advance(1000);
    expect(results).toEqual([
      { what: 'bits', at: 20 },
      { what: 'written', at: 70 },
      { what: 'bits', at: 45 },
    ]);
  });

  it('lets the devices of a path take turns: a siren waits for one request of a button that asks without end', async () => {
    const { clock, outcome } = await bus();
    for (let i = 0; i < 50; i++) outcome('button', read());
    await clock.advance(10);
    const siren = outcome('siren', on());
    await clock.advance(50);
    expect(siren).toEqual({ what: 'written', at: 45 });
  });

  it('serves the others between the tries of a dead board', async () => {
    const { clock, outcome } = await bus();
    const dead = outcome('dead', read(9));
    await clock.advance(1);
    const alive = outcome('alive', on());
    await clock.advance(2000);
    expect(alive).toEqual({ what: 'written', at: 370 });
    expect(dead.what).toBe('timeout');
    expect(dead.at).toBeLessThan(1200);
  });

  it('tries a dead board three times', async () => {
    const { clock, cable, board, outcome } = await bus();
    board.dead = true;
    const result = outcome('a', read());
    await clock.advance(2000);
    expect(result).toEqual({ what: 'timeout', at: 1000 });
    expect(cable.written).toHaveLength(3);
  });

  it('takes a reply byte by byte, with garbage in front', async () => {
    const { clock, cable, board, outcome } = await bus();
    board.onReply = (reply) => {
      for (const byte of [0xff, 0x01, ...reply]) cable.send(Uint8Array.of(byte));
    };
    const result = outcome('a', read());
    await clock.advance(100);
    expect(result).toEqual({ what: 'bits', at: 20 });
  });

  it('is not deceived by an adapter that echoes what we send', async () => {
    const { clock, cable, board, outcome } = await bus();
    const answer = cable.onWrite;
    cable.onWrite = (bytes) => {
      answer(bytes);
      cable.send(bytes);
    };
    board.coils.set(0, true);
    const result = outcome('a', read());
    await clock.advance(100);
    expect(result).toEqual({ what: 'bits', at: 20 });
  });

  it('asks again soon after a reply that broke', async () => {
    const { clock, cable, board, outcome } = await bus();
    let bad = true;
    board.onReply = (reply) => {
      cable.send(bad ? reply.map((byte) => byte ^ 0x20) : reply);
      bad = false;
    };
    const result = outcome('a', read());
    await clock.advance(1000);
    expect(result).toEqual({ what: 'bits', at: 20 + 100 + 50 + 20 });
  });

  it('does not take a late answer for the next one', async () => {
    const { clock, cable, board, outcome } = await bus();
    board.takes = 320;
    board.coils.set(0, true);
    const late = outcome('a', read());
    await clock.advance(310);
    board.coils.set(0, false);
    board.takes = 20;
    await clock.advance(1000);
    // The answer of 320 ms fell into the pause behind the failed try and made it longer.
    expect(late).toEqual({ what: 'bits', at: 320 + 50 + 20 });
    expect(cable.written).toHaveLength(2);
  });

  it('ends a request also on a line that is never quiet', async () => {
    const { clock, cable, board, outcome } = await bus();
    board.dead = true;
    const result = outcome('a', read());
    for (let t = 0; t < 4000; t += 20) {
      cable.send(Uint8Array.of(0x55));
      await clock.advance(20);
    }
    expect(result.what).toBe('garbled');
  });

  it('hands an exception on at once', async () => {
    const { clock, cable, board, outcome } = await bus();
    board.hasInputs = false;
    const result = outcome('a', { kind: 'readInputs', address: 1, start: 0, count: 2 });
    await clock.advance(100);
    expect(result).toEqual({ what: 'refused', at: 20 });
    expect(cable.written).toHaveLength(1);
  });

  it('ends everything that waits when the cable is pulled, and serves again when it is back', async () => {
    const { clock, cable, outcome } = await bus();
    const results = [outcome('a', read()), outcome('b', read())];
    await clock.advance(5);
    cable.unplug();
    await clock.advance(1);
    results.push(outcome('a', read()));
    await clock.advance(1);
    expect(results.map((r) => r.what)).toEqual(['portLost', 'portLost', 'portLost']);
    cable.plug();
    await clock.advance(2000);
    const after = outcome('a', read());
    await clock.advance(100);
    expect(after.what).toBe('bits');
  });

  it('dials a serial server anew that has not answered nine tries', async () => {
    const { clock, cable, board, outcome } = await bus('tcp://127.0.0.1:502');
    board.dead = true;
    for (let i = 0; i < 3; i++) outcome('a', read());
    await clock.advance(4000);
    expect(cable.opened).toBe(2);
  });

  it('says closed after its stop', async () => {
    const { clock, master, outcome } = await bus();
    const before = outcome('a', read());
    master.stop();
    const after = outcome('a', read());
    await clock.advance(1);
    expect([before.what, after.what]).toEqual(['closed', 'closed']);
  });
});
