/**
 * How this gate stands with the school's server: is the bus there, do the services answer with their databases? When they
 * are back, the gate tells what it has and asks for what it missed, once.
 */
import type { Bus } from '@anyuan/bus';
import type { KioskStatus } from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';

const LOOK_EVERY_MS = 2_000;

export interface ServerLinkDeps {
  bus: Bus;
  clock: Clock;
  /** Do all services answer? */
  answer(): Promise<boolean>;
  onChange(): void;
  onBack(): void;
}

export class ServerLink {
  readonly #d: ServerLinkDeps;
  #services: 'up' | 'down' = 'down';
  /** As it was looked at last: the bus itself says it is away before anybody looks. */
  #was = false;
  #since: number;

  constructor(deps: ServerLinkDeps) {
    this.#d = deps;
    this.#since = deps.clock.now();
  }

  get reachable(): boolean {
    return this.#d.bus.connected && this.#services === 'up';
  }

  get status(): KioskStatus['server'] {
    return { bus: this.#d.bus.connected ? 'up' : 'down', services: this.#services, since: iso(this.#since) };
  }

  /** @returns ends it */
  start(): () => void {
    const timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    const end = this.#d.bus.onChange(() => void this.#look());
    void this.#look();
    return () => {
      clearInterval(timer);
      end();
    };
  }

  async #look(): Promise<void> {
    this.#services = this.#d.bus.connected && (await this.#d.answer()) ? 'up' : 'down';
    if (this.reachable !== this.#was) {
      this.#was = this.reachable;
      this.#since = this.#d.clock.now();
      if (this.#was) this.#d.onBack();
    }
    this.#d.onChange();
  }
}
