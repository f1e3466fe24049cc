/**
 * What the alarm service says without being asked.
 *
 * - the state, to every device: 2 s after the last, at once after a stand-down, and half a second after a raise (the raise
 *   itself has reached the devices already; a second message in the same instant would only stand in the reports' way);
 * - the state once more, by name, to devices that owe an answer;
 * - the view of a changing incident, to screens, at most ten times a second;
 * - devices that went silent or came back.
 *
 * Nothing is said before the memory is whole: a state that lacks an incident must never be the first word after a restart.
 */
import type { Bus } from '@anyuan/bus';
import { type AlarmState, type LiveEvent, subjects } from '@anyuan/contracts';
import type { Clock } from '@anyuan/service';
import type { Board } from './board.ts';
import { due } from './repeats.ts';

const STATE_MS = 2_000;
const AFTER_RAISE_MS = 500;
const VIEW_MS = 100;
const TICK_MS = 250;
const AUDIBILITIES = ['audible', 'silent'] as const;

export class Beat {
  readonly #deps: { bus: Bus; school: string; board: Board; clock: Clock; version: () => number };
  #timer: NodeJS.Timeout | undefined;
  #whole = false;
  #stateDueAt = 0;
  readonly #dirty = new Set<string>();
  readonly #shownAt = new Map<string, number>();
  readonly #online = new Map<string, string>();

  constructor(deps: { bus: Bus; school: string; board: Board; clock: Clock; version: () => number }) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The memory is whole (or, after a lost connection, no longer). */
  whole(is: boolean): void {
    this.#whole = is;
    this.#stateDueAt = 0;
    if (is) this.tick();
  }

  /** The first view waits its tenth of a second as well: in that time the first reports come in. */
  raised(incident: string): void {
    const now = this.#deps.clock.now();
    this.#stateDueAt = Math.max(this.#stateDueAt, now + AFTER_RAISE_MS);
    this.#shownAt.set(incident, now);
    this.changed(incident);
  }

  stoodDown(incident: string): void {
    this.#stateDueAt = 0;
    this.changed(incident);
    this.tick();
  }

  /** The first change of a quiet while is shown at once, a burst every tenth of a second. */
  changed(incident: string): void {
    if (this.#dirty.has(incident)) return;
    this.#dirty.add(incident);
    const wait = (this.#shownAt.get(incident) ?? 0) + VIEW_MS - this.#deps.clock.now();
    setTimeout(() => this.#show(incident), Math.max(0, wait)).unref();
  }

  tick(): void {
    const now = this.#deps.clock.now();
    if (this.#whole && now >= this.#stateDueAt) this.#sayState(now);
    if (this.#whole) this.#askMissing(now);
    this.#watchDevices(now);
  }

  #sayState(now: number): void {
    const { bus, school, board, version } = this.#deps;
    for (const audibility of AUDIBILITIES)
      bus.publish(subjects.alarmState(school, audibility), board.state(audibility, version(), now));
    this.#stateDueAt = now + STATE_MS;
  }

  #askMissing(now: number): void {
    const { bus, school, board, version } = this.#deps;
    const states = new Map<string, AlarmState>();
    for (const [id, incident] of board.incidents) {
      const asked = board.asked.get(id) ?? new Map();
      board.asked.set(id, asked);
      for (const device of due(incident, asked, now)) {
        const { audibility } = incident.raise;
        const state = states.get(audibility) ?? board.state(audibility, version(), now);
        states.set(audibility, state);
        bus.publish(subjects.deviceAsked(school, device), state);
        asked.set(device, { count: (asked.get(device)?.count ?? 0) + 1, at: now });
        this.changed(id);
      }
    }
  }

  #show(id: string): void {
    const { board, clock } = this.#deps;
    this.#dirty.delete(id);
    const incident = board.incidents.get(id);
    if (!incident) return;
    this.#shownAt.set(id, clock.now());
    this.#live({ type: 'incident', incident: board.view(incident, clock.now()) });
  }

  #watchDevices(now: number): void {
    for (const device of this.#deps.board.devices(now)) {
      const seen = `${device.online} ${device.fault}`;
      if (this.#online.get(device.device) === seen) continue;
      this.#online.set(device.device, seen);
      this.#live({ type: 'device', device });
    }
  }

  #live(event: LiveEvent): void {
    this.#deps.bus.publish(subjects.live(this.#deps.school, 'alarm'), event);
  }
}
