/**
 * Keeps the parts of a school running.
 *
 * Promise: `start` brings a part up or rejects, once; from then on a part that dies is started again with a growing pause,
 * for as long as it takes, and every change of anyone's condition is told to `onChange`. `stop` ends all of them, last
 * started first, exactly once; nothing is started any more after it was called.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPart } from './child.ts';
import { afterDeath, firstStart } from './restart-policy.ts';

export interface StartMode {
  /** Fires when all is to stop: the start gives up and leaves nothing behind. */
  signal: AbortSignal;
  /** After the first start nobody waits in front of a screen: as long as it lives it may take its time. */
  patient: boolean;
}

export interface Part {
  name: string;
  /** Brings it up; called again after each death. */
  start(mode: StartMode): Promise<RunningPart>;
}

export type Condition = 'starting' | 'well' | 'restarting';

export interface Change {
  name: string;
  condition: Condition;
  /** Why it died, with its last words. */
  reason?: string;
}

interface Kept {
  part: Part;
  condition: Condition;
  running: RunningPart | undefined;
  life: Promise<void>;
}

export class Supervisor {
  readonly #parts: Kept[] = [];
  readonly #stopping = new AbortController();
  readonly #onChange: (change: Change) => void;
  readonly #now: () => number;
  #stopped: Promise<void> | undefined;

  constructor(options: { onChange: (change: Change) => void; now?: () => number }) {
    this.#onChange = options.onChange;
    this.#now = options.now ?? Date.now;
  }

  get conditions(): Record<string, Condition> {
    return Object.fromEntries(this.#parts.map(({ part, condition }) => [part.name, condition]));
  }

  start(part: Part): Promise<void> {
    const kept: Kept = { part, condition: 'starting', running: undefined, life: Promise.resolve() };
    this.#parts.push(kept);
    this.#onChange({ name: part.name, condition: 'starting' });
    const up = Promise.withResolvers<void>();
    kept.life = this.#live(kept, up);
    return up.promise;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort();
    for (const kept of this.#parts.toReversed()) {
      await kept.running?.stop();
      await kept.life;
    }
  }

  #turn(kept: Kept, condition: Condition, reason?: string): void {
    kept.condition = condition;
    this.#onChange({ name: kept.part.name, condition, ...(reason ? { reason } : {}) });
  }

  async #live(kept: Kept, up: PromiseWithResolvers<void>): Promise<void> {
    const { signal } = this.#stopping;
    try {
      kept.running = await kept.part.start({ signal, patient: false });
    } catch (error) {
      return up.reject(error);
    }
    if (signal.aborted) {
      await kept.running.stop();
      return up.reject(signal.reason);
    }
    let state = firstStart(this.#now());
    this.#turn(kept, 'well');
    up.resolve();
    let reason = await kept.running.exited;
    while (!signal.aborted) {
      const next = afterDeath(state, this.#now());
      state = next.state;
      kept.running = undefined;
      this.#turn(kept, 'restarting', reason);
      await sleep(next.delayMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        kept.running = await kept.part.start({ signal, patient: true });
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        continue;
      }
      if (signal.aborted) return kept.running.stop();
      this.#turn(kept, 'well');
      reason = await kept.running.exited;
    }
  }
}
