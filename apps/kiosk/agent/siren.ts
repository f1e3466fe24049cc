/**
 * The gate's own sirens and strobes: they follow the loudest open incident and prove it by reading back.
 *
 * actual: closed for as long as it lasts, and set anew every 2 s, because a board that lost its power comes back open.
 * exercise: one second on, two off. test: one short pulse. Nobody can take the one for the other.
 * A relay that will not follow is a fault, not a delivery; it is tried again for as long as the alarm lasts.
 */
import type { Doing, KioskDevice, KioskStatus, Mode } from '@anyuan/contracts';
import type { Relay } from '@anyuan/devices';
import type { Log } from '@anyuan/service';

export interface Sounder {
  id: string;
  relay: Relay;
  kind: 'siren' | 'strobe';
}

export type Sounding = { doing: Doing; fault?: string };

const KEEP_MS = 2_000;
const EXERCISE_ON_MS = 1_000;
const EXERCISE_EVERY_MS = 3_000;
const TEST_MS = 500;

export class Sirens {
  readonly #sounders: readonly Sounder[];
  readonly #log: Log;
  readonly #onChange: (sounder: Sounder, sounding: Sounding) => void;
  readonly #now = new Map<string, Sounding>();
  #mode: Mode | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(sounders: readonly Sounder[], log: Log, onChange: (sounder: Sounder, sounding: Sounding) => void) {
    this.#sounders = sounders;
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Starts at once; what became of it arrives by `onChange`. */
  follow(mode: Mode | null): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    clearInterval(this.#timer);
    this.#drive(mode);
    const every = mode === 'actual' ? KEEP_MS : mode === 'exercise' ? EXERCISE_EVERY_MS : mode === null ? KEEP_MS : 0;
    if (every > 0) this.#timer = setInterval(() => this.#again(mode), every);
  }

  /** After a port came back: the relay may have forgotten. */
  again = (): void => this.#drive(this.#mode);

  /** Keeps a sounding relay closed; one that should be quiet is opened again only while it is not known to be. */
  #again(mode: Mode | null): void {
    if (mode !== null) {
      this.#drive(mode);
      return;
    }
    const loud = this.#sounders.filter((s) => this.#now.get(s.id)?.doing !== 'quiet');
    if (loud.length === 0) clearInterval(this.#timer);
    for (const sounder of loud) void this.#one(sounder, null);
  }

  get(id: string): Sounding | undefined {
    return this.#now.get(id);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
  }

  #drive(mode: Mode | null): void {
    for (const sounder of this.#sounders) void this.#one(sounder, mode);
  }

  /** All of them in one word; one that can't be trusted makes it a fault. */
  state(devices: readonly KioskDevice[], mode: Mode | undefined): KioskStatus['siren'] {
    if (this.#sounders.length === 0) return 'none';
    const now = this.#sounders.map((s) => this.#now.get(s.id));
    if (now.some((s) => s?.doing === 'fault')) return 'fault';
    if (this.#sounders.some((s) => devices.find((d) => d.id === s.id)?.state !== 'ok')) return 'fault';
    if (!now.some((s) => s?.doing === 'sounding' || s?.doing === 'flashing')) return 'ok';
    return mode === 'exercise' || mode === 'test' ? mode : 'sounding';
  }

  async #one(sounder: Sounder, mode: Mode | null): Promise<void> {
    const { relay } = sounder;
    const done =
      mode === 'actual'
        ? relay.close()
        : mode === 'exercise'
          ? relay.flash(EXERCISE_ON_MS)
          : mode === 'test'
            ? relay.flash(TEST_MS)
            : relay.open();
    const result = await done;
    if (this.#mode !== mode) return;
    if (result.confirmed) {
      const doing: Doing = mode === null ? 'quiet' : sounder.kind === 'siren' ? 'sounding' : 'flashing';
      this.#set(sounder, { doing });
    } else {
      this.#log.error({ device: sounder.id, code: result.code }, 'relay does not follow');
      this.#set(sounder, { doing: 'fault', fault: result.code });
    }
  }

  #set(sounder: Sounder, sounding: Sounding): void {
    const before = this.#now.get(sounder.id);
    this.#now.set(sounder.id, sounding);
    if (before?.doing !== sounding.doing || before.fault !== sounding.fault) this.#onChange(sounder, sounding);
  }
}
