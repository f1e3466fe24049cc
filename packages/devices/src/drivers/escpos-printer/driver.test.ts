/** The printer at the end of a cable, and each way in which a badge does not come out. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import { type Hardware, openHardware } from '../../hardware.ts';
import { MemoryCable, TestClock } from '../../testing.ts';
import type { PrintResult } from './conversation.ts';

/** Answers in real time; a job's marker only when it has come to it. */
class Printer {
  readonly #cable: MemoryCable;
  deaf = false;
  knowsInOrder = true;
  paper = 0;
  cause = 0;
  error = 0;
  /** Stopped: keeps what comes. */
  held: Buffer[] = [];
  recovered = 0;
  jobs = 0;

  constructor(cable: MemoryCable) {
    this.#cable = cable;
    cable.onWrite = (bytes) => this.#take(Buffer.from(bytes));
  }

  get offline() {
    return this.cause !== 0 || this.error !== 0 || (this.paper & 0x60) !== 0;
  }

  goOn(): void {
    for (const job of this.held.splice(0)) this.#print(job);
  }

  #take(bytes: Buffer): void {
    if (this.deaf) return;
    if (bytes[0] === 0x10 && bytes[1] === 0x04) this.#say(bytes[2] ?? 0);
    else if (bytes[0] === 0x10) this.recovered++;
    else if (this.offline) this.held.push(bytes);
    else this.#print(bytes);
  }

  #say(n: number): void {
    const said = [0, this.offline ? 0x08 : 0, this.cause, this.error, this.paper][n] ?? 0;
    this.#cable.send(Uint8Array.of(0x12 | said));
  }

  #print(_job: Buffer): void {
    this.jobs++;
    if (this.knowsInOrder) this.#cable.send(Uint8Array.of(this.paper & 0x0c ? 0x03 : 0));
  }
}

let clock: TestClock;
let cable: MemoryCable;
let printer: Printer;
let hardware: Hardware;
let told: string[];
beforeEach(async () => {
  clock = new TestClock();
  cable = new MemoryCable();
  printer = new Printer(cable);
  told = [];
  hardware = openHardware({
    devices: [{ id: 'printer-1', driver: 'escpos', path: '/p', baudRate: 9600, width: 80, codePage: 'gbk' }],
    clock,
    openTransport: () => cable.transport(),
    onEvent: (event: DeviceEvent) => event.type === 'port' && told.push(event.fault ?? event.state),
  });
  await clock.advance(100);
});

function print() {
  const results: PrintResult[] = [];
  const printed = hardware.printer('printer-1')?.print([{ kind: 'text', text: '张伟明' }, { kind: 'cut' }]);
  void printed?.then((r) => results.push(r));
  return results;
}
const PRINTED = { printed: true };
const failed = (fault: string, cut: boolean) => ({ printed: false, fault, cut });

describe('a badge', () => {
  it('is printed when the printer has come to its end and is ready', async () => {
    const results = print();
    await clock.advance(1000);
    expect([results, printer.jobs, told]).toEqual([[PRINTED], 1, ['ok']]);
  });

  it('is not printed because it was sent: while the printer is silent about it, nothing is said', async () => {
    printer.knowsInOrder = false;
    const results = print();
    await clock.advance(4000);
    expect(results).toEqual([]);
    await clock.advance(2500);
    expect(results).toEqual([PRINTED]);
  });

  it('waits for the one before it', async () => {
    const [first, second] = [print(), print()];
    await clock.advance(2000);
    expect([first, second, printer.jobs]).toEqual([[PRINTED], [PRINTED], 2]);
  });

  it('at the end of a roll is printed, and the roll is told', async () => {
    printer.paper = 0x0c;
    const results = print();
    await clock.advance(3000);
    expect([results, told]).toEqual([[PRINTED], ['ok', 'paperLow']]);
    expect(hardware.status()[0]).toMatchObject({ state: 'ok', fault: 'paperLow' });
  });
});

describe('a fault before it', () => {
  it.each([
    ['paperOut', () => (printer.paper = 0x6c)],
    ['coverOpen', () => (printer.cause = 0x24)],
    ['cutterFault', () => (printer.error = 0x08)],
    ['printerFault', () => (printer.error = 0x20)],
  ])('is told, and nothing is sent: %s', async (fault, happen) => {
    happen();
    const results = print();
    await clock.advance(1000);
    expect([results, printer.jobs, printer.held, told.at(-1)]).toEqual([[failed(fault, false)], 0, [], fault]);
  });

  it('is over when the printer says so, unasked for', async () => {
    printer.cause = 0x04;
    await clock.advance(3000);
    printer.cause = 0;
    await clock.advance(3000);
    expect(told).toEqual(['ok', 'coverOpen', 'ok']);
  });

  it('a printer that says nothing', async () => {
    printer.deaf = true;
    const results = print();
    await clock.advance(4000);
    expect([results, told]).toEqual([[failed('noAnswer', false)], ['ok', 'noAnswer']]);
    printer.deaf = false;
    await clock.advance(3000);
    expect(told.at(-1)).toBe('ok');
  });

  it('a cable that is pulled', async () => {
    cable.unplug();
    const results = print();
    await clock.advance(10);
    expect(results).toEqual([failed('portLost', false)]);
  });
});

describe('a fault in the middle', () => {
  it('ends the job, which may be printed again; what is left of the first is not taken for the second', async () => {
    // Off line in the tick in which the job leaves.
    const before = cable.onWrite;
    cable.onWrite = (bytes) => {
      if (bytes.length > 3) printer.paper = 0x60;
      before(bytes);
    };
    const results = print();
    await clock.advance(1000);
    expect(results).toEqual([failed('paperOut', true)]);
    expect(printer.recovered).toBeGreaterThan(0);
    cable.onWrite = before;
    printer.paper = 0;
    printer.knowsInOrder = true;
    printer.goOn();
    const again = print();
    await clock.advance(1500);
    expect([again, printer.jobs]).toEqual([[PRINTED], 2]);
  });

  it('the cable', async () => {
    printer.knowsInOrder = false;
    const results = print();
    await clock.advance(500);
    cable.unplug();
    await clock.advance(10);
    expect(results).toEqual([failed('portLost', true)]);
    cable.plug();
    printer.knowsInOrder = true;
    await clock.advance(3000);
    const again = print();
    await clock.advance(1500);
    expect([again, told]).toEqual([[PRINTED], ['ok', 'portLost', 'opening', 'ok']]);
  });

  it('the power: nobody answers any more', async () => {
    printer.knowsInOrder = false;
    const results = print();
    await clock.advance(500);
    printer.deaf = true;
    await clock.advance(3000);
    expect(results).toEqual([failed('noAnswer', true)]);
  });
});

it('noise on the line is nobody’s answer', async () => {
  const results = print();
  cable.send(Uint8Array.from([0x11, 0x13, 0xff, 0x93]));
  await clock.advance(1000);
  expect(results).toEqual([PRINTED]);
});

it('the end of the process ends what waits', async () => {
  printer.knowsInOrder = false;
  const results = print();
  await clock.advance(500);
  await hardware.stop();
  expect(results).toEqual([failed('portLost', true)]);
});
