/**
 * Who hears what the devices of one side report: each device's first report of an incident with its moment, and how often
 * it spoke. While reports are on their way nothing is read, only stamped.
 */
import type { DeviceReported } from '@anyuan/contracts';
import { Link, now, sleep } from './link.ts';
import type { Login } from './plan.ts';

const LOOK_MS = 20;
/** No report for so long: the burst is over. */
const STILL_MS = 60;

interface Heard {
  /** Device → moment of its first report. */
  first: Map<string, number>;
  repeats: number;
}

export class Observer {
  readonly #link: Link;
  readonly #heard = new Map<string, Heard>();

  static async open(login: Login, reported: string): Promise<Observer> {
    const observer = new Observer(login, reported);
    await observer.#link.ready;
    observer.#link.eager = false;
    return observer;
  }

  private constructor(login: Login, reported: string) {
    const onMessage = (topic: string, text: string, at: number) => {
      const { incident, doing } = JSON.parse(text) as DeviceReported;
      const heard = this.#of(incident, doing === 'quiet');
      const device = topic.split('/')[3] ?? '';
      if (heard.first.has(device)) heard.repeats += 1;
      else heard.first.set(device, at);
    };
    this.#link = new Link({ ...login, topics: [reported], onMessage });
  }

  #of(incident: string, quiet: boolean): Heard {
    const key = `${incident} ${quiet ? 'quiet' : 'acts'}`;
    const heard = this.#heard.get(key) ?? { first: new Map(), repeats: 0 };
    this.#heard.set(key, heard);
    return heard;
  }

  /** Waits until that many devices have reported, or patience ends. */
  async all(incident: string, what: 'acts' | 'quiet', devices: number, patienceMs: number): Promise<Heard> {
    const heard = this.#of(incident, what === 'quiet');
    const deadline = now() + patienceMs;
    for (;;) {
      await sleep(LOOK_MS);
      if (now() - this.#link.heardAt < STILL_MS && now() < deadline) continue;
      this.#link.drain();
      if (heard.first.size >= devices || now() >= deadline) return heard;
    }
  }

  /** Reports beyond the first, of all incidents. */
  get repeats(): number {
    this.#link.drain();
    return [...this.#heard.values()].reduce((sum, { repeats }) => sum + repeats, 0);
  }

  close(): void {
    this.#link.close();
  }
}

/** Hears who says that it is there. @returns a wait for the last of them */
export async function rollCall(
  login: Login,
  health: string,
): Promise<(devices: number, patienceMs: number) => Promise<void>> {
  const there = new Set<string>();
  const link = new Link({ ...login, topics: [health], onMessage: (topic) => there.add(topic.split('/')[3] ?? '') });
  await link.ready;
  return async (devices, patienceMs) => {
    const deadline = now() + patienceMs;
    while (there.size < devices && now() < deadline) await sleep(100);
    link.close();
    if (there.size < devices) throw new Error(`only ${there.size} of ${devices} devices came`);
  };
}
