/**
 * What the alarm service hears. Two ways, each sure of something else: straight from the bus into memory, so that counts
 * and screens never wait for a disk; and from the stream `ALARMS` into the database, at least once and in order, however
 * long the database was away. Both feed the same facts, and facts are idempotent.
 */
import { type Bus, type Consumption, consume, lastSequence, replay, type StreamMessage } from '@anyuan/bus';
import { AlarmNote, AlarmRaised, DeviceHealth, DeviceReported, deviceOf, streams, subjects } from '@anyuan/contracts';
import type { Log } from '@anyuan/service';
import type { ZodType } from 'zod';
import type { Fact } from './incident.ts';

/** A fact with the incident that it belongs to; `key` is the same for every copy of the same fact. */
export interface HeardFact {
  incident: string;
  key: string;
  fact: Fact;
}

/** How far back an alarm may have begun that is still on. */
const MEMORY_MS = 30 * 24 * 3600_000;

export function factOf(school: string, subject: string, data: Uint8Array, at: number): HeardFact | undefined {
  const read = <T>(schema: ZodType<T>): T | undefined => {
    const parsed = schema.safeParse(parse(data));
    return parsed.success ? parsed.data : undefined;
  };
  if (subject === subjects.alarmNoted(school)) {
    const note = read(AlarmNote);
    return note && { incident: note.incident, key: note.id, fact: { type: 'noted', at, note } };
  }
  if (subject.startsWith(`school.${school}.alarm.raised.`)) {
    const raise = read(AlarmRaised);
    return raise && { incident: raise.incident, key: `raised:${raise.presses}`, fact: { type: 'raised', at, raise } };
  }
  const report = read(DeviceReported);
  const device = deviceOf(subject);
  if (!report) return undefined;
  const key = `${device}:${report.doing}:${report.at}:${report.seq}`;
  return { incident: report.incident, key, fact: { type: 'reported', at, device, report } };
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}

export interface EarsOptions {
  bus: Bus;
  school: string;
  log: Log;
  now: () => number;
  onFact(heard: HeardFact): void;
  onHealth(device: string, health: DeviceHealth): void;
  /** Rejects while the database is away; then the same batch comes again. */
  store(batch: HeardFact[]): Promise<void>;
}

export class Ears {
  readonly #o: EarsOptions;
  #ends: (() => void)[] = [];
  #storing: Consumption | undefined;
  /** Highest place in `ALARMS` that this memory knows of: the version of the state, rising over restarts too. */
  sequence = 0;

  constructor(options: EarsOptions) {
    this.#o = options;
  }

  listen(): void {
    const { bus, school, onHealth, now } = this.#o;
    const heard = (m: { subject: string; data: Uint8Array }) => this.#take(m.subject, m.data, now());
    this.#ends = [
      bus.subscribe(subjects.alarmRaisedAny(school), heard),
      bus.subscribe(subjects.deviceReported(school, '*'), heard),
      bus.subscribe(subjects.deviceHealth(school, '*'), (m) => {
        const health = DeviceHealth.safeParse(parse(m.data));
        if (health.success) onHealth(deviceOf(m.subject), health.data);
      }),
    ];
    this.#storing = consume(bus, {
      stream: streams.alarms,
      durable: 'alarm-store',
      filter: [subjects.alarmRaisedAny(school), subjects.alarmNoted(school), subjects.deviceReported(school, '*')],
      batch: 2_000,
      restMs: 250,
      handle: (batch) => this.#store(batch),
      onError: (error) => this.#o.log.warn({ error }, 'alarms wait to be stored'),
    });
  }

  /** Builds the memory from the stream: at the start and after every lost connection. */
  async remember(): Promise<void> {
    const { bus, school, now } = this.#o;
    this.sequence = Math.max(this.sequence, await lastSequence(bus, streams.alarms));
    let earliest = now();
    const handle = (m: StreamMessage) => {
      earliest = Math.min(earliest, m.at);
      this.#take(m.subject, m.data, m.at);
    };
    const since = now() - MEMORY_MS;
    await replay(bus, {
      stream: streams.alarms,
      filter: [subjects.alarmRaisedAny(school), subjects.alarmNoted(school)],
      since,
      handle,
    });
    await replay(bus, {
      stream: streams.alarms,
      filter: [subjects.deviceReported(school, '*')],
      since: earliest,
      handle,
    });
  }

  caughtUp = (): Promise<void> => this.#storing?.caughtUp() ?? Promise.resolve();

  async stop(): Promise<void> {
    for (const end of this.#ends) end();
    await this.#storing?.stop();
  }

  #take(subject: string, data: Uint8Array, at: number): void {
    const heard = factOf(this.#o.school, subject, data, at);
    if (heard) this.#o.onFact(heard);
    else this.#o.log.warn({ subject }, 'not understood');
  }

  async #store(batch: StreamMessage[]): Promise<void> {
    await this.#o.store(batch.flatMap((m) => factOf(this.#o.school, m.subject, m.data, m.at) ?? []));
    this.sequence = Math.max(this.sequence, batch.at(-1)?.seq ?? 0);
  }
}
