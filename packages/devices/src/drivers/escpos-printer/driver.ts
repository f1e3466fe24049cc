/** Runs the conversation's effects on a port, and lets jobs wait for each other. Decides nothing. */
import type { GateDevice } from '@anyuan/contracts';
import { Alarm } from '../../clock.ts';
import type { Driver, DriverContext, Printer } from '../../driver.ts';
import type { Port } from '../../port.ts';
import { type Effect, type Health, type Input, initial, next, type PrintResult } from './conversation.ts';
import { encodeJob } from './encode.ts';
import { askStatus, IN_ORDER, isInOrder, isStatus, RECOVER } from './status.ts';

/** 12-dot characters on heads of 384 and 576 dots. */
const COLUMNS = { 58: 32, 80: 48 } as const;

export function escposPrinter(
  device: Extract<GateDevice, { driver: 'escpos' }>,
  port: Port,
  context: DriverContext,
): Driver & { printer: Printer } {
  const { clock, health, counters } = context;
  const timer = new Alarm(clock, () => take({ type: 'timer' }));
  const columns = COLUMNS[device.width];
  const waiting: { bytes: Uint8Array; resolve(result: PrintResult): void }[] = [];
  let state = initial;
  let stopped = false;

  /** Start bit, eight, stop bit. */
  const sendMs = (bytes: Uint8Array) =>
    device.path.startsWith('tcp:') ? 0 : (bytes.length * 10_000) / device.baudRate;
  const begin = () => take({ type: 'print', sendMs: sendMs(waiting[0]?.bytes ?? new Uint8Array()) });

  function take(input: Input): void {
    const [after, effects] = next(state, input, clock.monotonic());
    state = after;
    for (const effect of effects) run(effect);
  }

  // A write that fails is answered by the port's `lost`, and one that hangs by the missing answer.
  const write = (...parts: Uint8Array[]) => {
    port.write(Buffer.concat(parts)).catch(() => {});
  };

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'ask':
        write(askStatus(effect.n));
        break;
      case 'send':
        write(waiting[0]?.bytes ?? new Uint8Array(), IN_ORDER);
        break;
      case 'recover':
        write(RECOVER);
        break;
      case 'arm':
        timer.set(effect.ms);
        break;
      case 'disarm':
        timer.clear();
        break;
      case 'health':
        note(effect.health);
        break;
      case 'done':
        waiting.shift()?.resolve(effect.result);
        if (waiting.length > 0) queueMicrotask(begin);
    }
  }

  function note(heard: Health): void {
    if (heard.state === 'ok') health('ok', heard.low ? 'paperLow' : undefined);
    else if (heard.state === 'fault') health('fault', heard.fault);
    else {
      health('silent', 'noAnswer');
      port.suspect();
    }
  }

  const unsubscribe = port.subscribe({
    opened: () => take({ type: 'opened' }),
    lost: () => take({ type: 'lost' }),
    bytes: (chunk) => {
      for (const byte of chunk) {
        if (isStatus(byte) || isInOrder(byte)) counters.frames++;
        else counters.discardedBytes++;
        take({ type: 'byte', byte });
      }
    },
  });

  return {
    printer: {
      columns,
      print: (blocks) => {
        if (stopped) return Promise.resolve({ printed: false, fault: 'portLost', cut: false });
        return new Promise((resolve) => {
          waiting.push({ bytes: encodeJob(blocks, { columns, codePage: device.codePage }), resolve });
          if (waiting.length === 1) begin();
        });
      },
    },
    stop: async () => {
      stopped = true;
      timer.clear();
      unsubscribe();
      for (const job of waiting.splice(0))
        job.resolve({ printed: false, fault: 'portLost', cut: state.job?.stage === 'sent' });
    },
  };
}
