/**
 * The workbench: the serial devices of one gate on their cables, and the hands that use them. Relays and panic button
 * share one Modbus board, so they share its cable: pull one plug and all four are gone.
 */
import type { BenchFault } from './acts.ts';
import { NotPossible, UnknownName } from './acts.ts';
import type { Clock } from './clock.ts';
import { type DemoCard, type DemoDocument, demoCards, demoDocuments } from './demo-people.ts';
import { CardReader, TAP_MS } from './devices/card-reader.ts';
import type { Slip } from './devices/printer/paper.ts';
import { PRINTER_FAULTS, Printer } from './devices/printer.ts';
import { QrScanner } from './devices/qr-scanner.ts';
import { RelayBoard, type RelayState } from './devices/relay-board.ts';
import { SdtReader } from './devices/sdt-reader.ts';
import { Line } from './line.ts';
import type { Mount } from './mounts/mount.ts';

const CABLES = ['id-1', 'card-1', 'qr-1', 'relays-1', 'printer-1'] as const;
export type Cable = (typeof CABLES)[number];

/** Device of the gate file → its cable, and its relay where it is one. */
export const BENCH_DEVICES = {
  'id-1': { cable: 'id-1' },
  'card-1': { cable: 'card-1' },
  'qr-1': { cable: 'qr-1' },
  'siren-1': { cable: 'relays-1', coil: 0 },
  'strobe-1': { cable: 'relays-1', coil: 1 },
  'door-1': { cable: 'relays-1', coil: 2 },
  'button-1': { cable: 'relays-1' },
  'printer-1': { cable: 'printer-1' },
} as const satisfies Record<string, { cable: Cable; coil?: number }>;
export type BenchDevice = keyof typeof BENCH_DEVICES;
const names = Object.keys(BENCH_DEVICES) as BenchDevice[];

const PRESENT_MS = 3000;
const PRESS_MS = 300;
const PRESSED_INPUT = 0;
const IDLE_INPUT = 1;

export interface BenchDeviceState {
  device: BenchDevice;
  cable: Cable;
  path: string;
  plugged: boolean;
  faults: string[];
  /** What lies on it or is held to it: a key of the demo people. */
  holds?: string | null;
  /** Good reads, taps, scans or presses so far. */
  count?: number;
  /** Relay closed, or button down. */
  on?: boolean;
  switched?: number;
  /** Slips of the printer by number, with how much stands on each. */
  slips?: { n: number; rows: number; cut: boolean }[];
  since?: string;
}

export type MountMaker = (line: Line, cable: Cable) => Mount | Promise<Mount>;

export class Bench {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #lines: Record<Cable, Line>;
  readonly #mounts = new Map<Cable, Mount>();
  readonly #id: SdtReader;
  readonly #card: CardReader;
  readonly #qr: QrScanner;
  readonly #board: RelayBoard;
  readonly #printer: Printer;
  readonly #button = { down: false, stuck: false, cut: false, presses: 0 };
  readonly #later = new Map<'id' | 'card' | 'button', () => void>();

  private constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#lines = {
      'id-1': new Line(clock),
      'card-1': new Line(clock),
      'qr-1': new Line(clock),
      'relays-1': new Line(clock),
      'printer-1': new Line(clock),
    };
    this.#id = new SdtReader(this.#lines['id-1'], clock, changed);
    this.#card = new CardReader(this.#lines['card-1'], clock, changed);
    this.#qr = new QrScanner(this.#lines['qr-1'], changed);
    this.#board = new RelayBoard(this.#lines['relays-1'], clock, changed);
    this.#printer = new Printer(this.#lines['printer-1'], clock, changed);
    this.#wireButton();
  }

  /** Mounts are plugged in already, or throw: then nothing of the bench stays behind. */
  static async create(clock: Clock, mount: MountMaker, changed: () => void): Promise<Bench> {
    const bench = new Bench(clock, changed);
    try {
      for (const cable of CABLES) {
        const made = await mount(bench.#lines[cable], cable);
        bench.#mounts.set(cable, made);
        if (!made.plugged) await made.plug();
      }
    } catch (error) {
      await bench.stop();
      throw error;
    }
    return bench;
  }

  async stop(): Promise<void> {
    for (const cancel of this.#later.values()) cancel();
    this.#card.hold(null);
    this.#printer.stop();
    for (const line of Object.values(this.#lines)) line.clear();
    await Promise.all([...this.#mounts.values()].map((mount) => mount.unplug()));
  }

  path(device: BenchDevice): string {
    return this.#mounts.get(BENCH_DEVICES[device].cable)?.path ?? '';
  }

  slips(): readonly Slip[] {
    return this.#printer.slips;
  }

  tap(key: string, holdMs: number | null = TAP_MS): void {
    const card = find('card', demoCards, key);
    this.#card.hold(card);
    this.#endLater('card', holdMs, () => this.#card.hold(null));
  }

  present(key: string, holdMs: number | null = PRESENT_MS): void {
    const document = find('person', demoDocuments, key);
    this.#id.lay(document);
    this.#endLater('id', holdMs, () => this.#id.lay(null));
  }

  remove(): void {
    this.#endLater('card', 0, () => this.#card.hold(null));
    this.#endLater('id', 0, () => this.#id.lay(null));
  }

  scan(text: string): void {
    this.#qr.scan(text);
  }

  press(holdMs: number | null = PRESS_MS): void {
    this.#button.down = true;
    this.#button.presses += 1;
    this.#wireButton();
    this.#endLater('button', holdMs, () => this.release());
  }

  release(): void {
    this.#later.get('button')?.();
    this.#button.down = false;
    this.#wireButton();
  }

  async plug(device: string): Promise<void> {
    await this.#mounts.get(this.#entry(device).cable)?.plug();
    this.#changed();
  }

  async unplug(device: string): Promise<void> {
    await this.#mounts.get(this.#entry(device).cable)?.unplug();
    this.#changed();
  }

  async fault(device: string, fault: BenchFault, ms = 1000): Promise<void> {
    const { cable } = this.#entry(device);
    if (fault === 'unplug') return this.unplug(device);
    if (fault === 'plug') return this.plug(device);
    if (fault === 'stick') this.#stick(device as BenchDevice, true);
    else if (fault === 'cut') this.#cut(device);
    else if (isPrinterFault(fault)) this.#printerFault(device, fault);
    else this.#lines[cable].fault(fault, ms);
    this.#changed();
  }

  async clear(device?: string): Promise<void> {
    const entries = device === undefined ? names : [this.#known(device)];
    for (const name of entries) {
      const { cable } = BENCH_DEVICES[name];
      this.#lines[cable].clear();
      this.#stick(name, false);
      if (name === 'button-1') this.#button.cut = false;
      if (name === 'printer-1') this.#printer.mend();
      if (this.#mounts.get(cable)?.plugged === false) await this.#mounts.get(cable)?.plug();
    }
    this.#wireButton();
    this.#changed();
  }

  state(): BenchDeviceState[] {
    return names.map((device) => {
      const { cable } = BENCH_DEVICES[device];
      const mount = this.#mounts.get(cable);
      const faults = [...this.#lines[cable].faults(), ...this.#ownFaults(device)];
      return {
        device,
        cable,
        path: mount?.path ?? '',
        plugged: mount?.plugged ?? false,
        faults,
        ...this.#doing(device),
      };
    });
  }

  #doing(device: BenchDevice): Partial<BenchDeviceState> {
    switch (device) {
      case 'id-1':
        return { holds: this.#id.lying, count: this.#id.reads };
      case 'card-1':
        return { holds: this.#card.near, count: this.#card.taps };
      case 'qr-1':
        return { count: this.#qr.scans };
      case 'printer-1':
        return {
          count: this.#printer.cuts,
          slips: this.#printer.slips.map(({ n, rows, cut }) => ({ n, rows: rows.length, cut })),
        };
      case 'button-1':
        return { on: this.#button.down || this.#button.stuck, count: this.#button.presses };
      case 'siren-1':
      case 'strobe-1':
      case 'door-1': {
        const { on, switched, since } = this.#relay(device);
        return { on, switched, since: new Date(since).toISOString() };
      }
    }
  }

  #ownFaults(device: BenchDevice): string[] {
    if (device === 'button-1') return [...(this.#button.stuck ? ['stick'] : []), ...(this.#button.cut ? ['cut'] : [])];
    const own = device === 'printer-1' ? this.#printer.faults : [];
    return this.#stickable(device).stuck ? ['stick', ...own] : own;
  }

  #stickable(device: BenchDevice): { stuck: boolean } {
    switch (device) {
      case 'id-1':
        return this.#id;
      case 'card-1':
        return this.#card;
      case 'qr-1':
        return this.#qr;
      case 'button-1':
        return this.#button;
      case 'printer-1':
        return this.#printer;
      case 'siren-1':
      case 'strobe-1':
      case 'door-1':
        return this.#relay(device);
    }
  }

  #relay(device: 'siren-1' | 'strobe-1' | 'door-1'): RelayState {
    const relay = this.#board.relays[BENCH_DEVICES[device].coil];
    if (relay === undefined) throw new Error(`the board has no relay for ${device}`);
    return relay;
  }

  #stick(device: BenchDevice, stuck: boolean): void {
    this.#stickable(device).stuck = stuck;
    this.#wireButton();
  }

  #printerFault(device: string, fault: (typeof PRINTER_FAULTS)[number]): void {
    if (device !== 'printer-1') throw new NotPossible('only printer-1 has paper, a cover and a cutter');
    this.#printer.fault(fault);
  }

  #cut(device: string): void {
    if (device !== 'button-1') throw new NotPossible('only the wires of button-1 can be cut; try unplug');
    this.#button.cut = true;
    this.#wireButton();
  }

  /** Two contacts: one closes when pressed, one opens. A cut wire opens both. */
  #wireButton(): void {
    const { down, stuck, cut } = this.#button;
    this.#board.setInput(PRESSED_INPUT, !cut && (down || stuck));
    this.#board.setInput(IDLE_INPUT, !cut && !(down || stuck));
  }

  #endLater(what: 'id' | 'card' | 'button', ms: number | null, end: () => void): void {
    this.#later.get(what)?.();
    this.#later.delete(what);
    if (ms === 0) end();
    else if (ms !== null) this.#later.set(what, this.#clock.after(ms, end));
  }

  #known(device: string): BenchDevice {
    const known = names.find((name) => name === device);
    if (known === undefined) throw new UnknownName('device', device, names);
    return known;
  }

  #entry(device: string): { cable: Cable } {
    return BENCH_DEVICES[this.#known(device)];
  }
}

const isPrinterFault = (fault: BenchFault): fault is (typeof PRINTER_FAULTS)[number] =>
  PRINTER_FAULTS.some((own) => own === fault);

function find<T extends DemoCard | DemoDocument>(what: string, list: readonly T[], key: string): T {
  const found = list.find((entry) => entry.key === key);
  if (found === undefined)
    throw new UnknownName(
      what,
      key,
      list.map((entry) => entry.key),
    );
  return found;
}
