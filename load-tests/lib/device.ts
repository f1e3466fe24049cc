/**
 * A siren that obeys the rules of the alarm path: `raised` adds an incident to its set and is reported once, only a state
 * takes one away (that is reported as quiet), and a question is always answered. Health every 10 s, as a real one.
 */
import type { AlarmRaised, AlarmState, DeviceReported, Mode } from '@anyuan/contracts';
import { clearTimeout, setInterval, setTimeout } from 'k6/timers';
import { Link, topicOf } from './link.ts';

const HEALTH_MS = 10_000;

export interface DeviceTopics {
  raised: string;
  state: string;
  asked: string;
  reported: string;
  health: string;
}

/** The devices of one VU hear the same text at the same moment; a real one has a processor of its own to read it. */
let latest = { text: '', value: {} as unknown };
function read<T>(text: string): T {
  if (latest.text !== text) latest = { text, value: JSON.parse(text) };
  return latest.value as T;
}

export class Device {
  readonly ready: Promise<void>;
  readonly #topics: DeviceTopics;
  readonly #link: Link;
  readonly #reportTopic: Uint8Array;
  readonly #healthTopic: Uint8Array;
  readonly #open = new Map<string, Mode>();
  readonly #over = new Map<string, Mode>();
  #version = Number.NEGATIVE_INFINITY;
  #seq = 0;
  #health = 0;

  constructor(url: string, name: string, password: string, topics: DeviceTopics) {
    this.#topics = topics;
    this.#reportTopic = topicOf(topics.reported);
    this.#healthTopic = topicOf(topics.health);
    this.#link = new Link({
      ...{ url, name, password, topics: [topics.raised, topics.state, topics.asked] },
      onMessage: (topic, text) => this.#hear(topic, text),
    });
    this.ready = this.#link.ready.then(() => {
      this.#sayHealth();
      // Spread over the ten seconds, as devices are that were switched on at different times.
      this.#health = setTimeout(() => {
        this.#health = setInterval(() => this.#sayHealth(), HEALTH_MS);
      }, Math.random() * HEALTH_MS);
    });
  }

  #hear(topic: string, text: string): void {
    if (topic === this.#topics.raised) {
      const { incident, mode } = read<AlarmRaised>(text);
      this.#begin(incident, mode);
      return;
    }
    const state = read<AlarmState>(text);
    const asked = topic === this.#topics.asked;
    const before = asked ? [...this.#open] : [];
    if (state.version >= this.#version) this.#follow(state);
    for (const [incident, mode] of before) if (this.#open.has(incident)) this.#report(incident, mode, 'sounding');
    if (!asked) return;
    for (const incident of state.closed) {
      const mode = this.#over.get(incident);
      if (mode && !before.some(([open]) => open === incident)) this.#report(incident, mode, 'quiet');
    }
  }

  #begin(incident: string, mode: Mode): void {
    if (this.#open.has(incident) || this.#over.has(incident)) return;
    this.#open.set(incident, mode);
    this.#report(incident, mode, 'sounding');
  }

  #follow({ version, open, closed }: AlarmState): void {
    this.#version = version;
    for (const [incident, mode] of [...this.#open]) {
      if (!closed.includes(incident)) continue;
      this.#open.delete(incident);
      this.#over.set(incident, mode);
      this.#report(incident, mode, 'quiet');
    }
    for (const { incident, mode } of open) this.#begin(incident, mode);
  }

  #report(incident: string, mode: Mode, doing: DeviceReported['doing']): void {
    const report: DeviceReported = { incident, doing, mode, at: new Date().toISOString(), seq: ++this.#seq };
    this.#link.publish(this.#reportTopic, JSON.stringify(report));
  }

  #sayHealth(): void {
    this.#link.publish(this.#healthTopic, JSON.stringify({ at: new Date().toISOString(), ok: true, doing: [] }));
  }

  close(): void {
    // One number space for both kinds of timer: whichever runs is ended.
    clearTimeout(this.#health);
    this.#link.close();
  }
}
