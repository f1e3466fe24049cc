/**
 * The one master of an RS-485 path. Promise: one request is on the line at a time; devices that share the path take
 * turns, so a button that is polled without end and a dead board's retries never keep a siren waiting for more than one
 * request; every request ends, with a reply or a DeviceError, after at most
 * (1 + RETRIES) deadlines of its own.
 *
 * RTU has no request numbers. A late answer could be taken for the next one's, so after a failed try the line must have
 * been quiet for a while before the next request leaves, and what came before it is dropped.
 */
import { Alarm, type Clock } from '../clock.ts';
import { DeviceError, type DeviceErrorCode } from '../device-error.ts';
import type { Port } from '../port.ts';
import { encodeRequest, findReply, type ModbusReply, type ModbusRequest } from './rtu.ts';

const DEADLINE_MS = 300;
const RETRIES = 2;
/** Bytes came and stopped without making a reply: no need to wait for the deadline. */
const BROKEN_AFTER_MS = 100;
/** 3.5 characters of silence between frames (4 ms at 9600 baud), rounded up. */
const GAP_MS = 5;
const GAP_AFTER_FAILURE_MS = 50;
/** A line that never falls quiet is spoken on all the same: the request must end. */
const LONGEST_GAPS = 5;
/** Tries that failed in a row, whoever was asked, before the path itself is suspected. */
const SUSPECT_AFTER = 9;
const LONGEST_REPLY = 256;

interface Job {
  owner: string;
  request: ModbusRequest;
  tries: number;
  resolve(reply: ModbusReply & { kind: 'bits' | 'written' }): void;
  reject(error: DeviceError): void;
}

/** The reply that a request of that kind brings. */
export type ReplyTo<R extends ModbusRequest> = R extends { kind: 'writeCoil' }
  ? ModbusReply & { kind: 'written' }
  : ModbusReply & { kind: 'bits' };

export class ModbusMaster {
  readonly #port: Port;
  readonly #deadline: Alarm;
  readonly #broken: Alarm;
  readonly #gap: Alarm;
  /** Owners in turn, each with its own jobs in order. */
  readonly #waiting = new Map<string, Job[]>();
  readonly #unsubscribe: () => void;
  #current: Job | undefined;
  #served: string | undefined;
  #inGap = false;
  #gaps = 0;
  #received: number[] = [];
  #failures = 0;
  #stopped = false;

  constructor(port: Port, clock: Clock) {
    this.#port = port;
    this.#deadline = new Alarm(clock, () => this.#failed(this.#received.length > 0 ? 'garbled' : 'timeout'));
    this.#broken = new Alarm(clock, () => this.#failed('garbled'));
    this.#gap = new Alarm(clock, () => {
      this.#inGap = false;
      this.#sendNext();
    });
    this.#unsubscribe = port.subscribe({
      bytes: (chunk) => this.#take(chunk),
      lost: () => this.#rejectAll('portLost'),
    });
  }

  /** Rejects with a DeviceError only. */
  request<R extends ModbusRequest>(owner: string, request: R): Promise<ReplyTo<R>> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(new DeviceError('closed'));
      if (this.#port.link !== 'open') return reject(new DeviceError('portLost'));
      // findReply gives only what fits the request, so the reply is of its kind.
      const job: Job = { owner, request, tries: 0, resolve: (reply) => resolve(reply as ReplyTo<R>), reject };
      this.#waiting.set(owner, [...(this.#waiting.get(owner) ?? []), job]);
      this.#sendNext();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#gap.clear();
    this.#unsubscribe();
    this.#rejectAll('closed');
  }

  #sendNext(): void {
    if (this.#current || this.#inGap) return;
    // Not the same twice while another waits.
    const turn = [...this.#waiting.keys()].sort((a, b) => Number(a === this.#served) - Number(b === this.#served))[0];
    if (turn === undefined) return;
    const [job, ...rest] = this.#waiting.get(turn) ?? [];
    // To the end of the round.
    this.#waiting.delete(turn);
    this.#served = turn;
    if (rest.length > 0) this.#waiting.set(turn, rest);
    if (!job) return;
    this.#current = job;
    job.tries++;
    this.#received = [];
    this.#deadline.set(DEADLINE_MS);
    this.#port.write(encodeRequest(job.request)).catch(() => {
      if (this.#current === job) this.#failed('portLost');
    });
  }

  #take(chunk: Uint8Array): void {
    const job = this.#current;
    if (!job) {
      // A late answer, or noise: the line must be quiet first.
      if (this.#inGap && this.#gaps++ < LONGEST_GAPS) this.#gap.set(GAP_AFTER_FAILURE_MS);
      return;
    }
    this.#received.push(...chunk);
    this.#received.splice(0, this.#received.length - LONGEST_REPLY);
    const reply = findReply(Uint8Array.from(this.#received), job.request);
    if (!reply) {
      this.#broken.set(BROKEN_AFTER_MS);
      return;
    }
    this.#failures = 0;
    this.#finish(GAP_MS);
    if (reply.kind === 'exception') job.reject(new DeviceError('refused'));
    else job.resolve(reply);
  }

  #failed(code: DeviceErrorCode): void {
    const job = this.#current;
    if (!job) return;
    const again = code !== 'portLost' && job.tries <= RETRIES;
    // Ahead of its owner's others, but behind the other owners.
    if (again) this.#waiting.set(job.owner, [job, ...(this.#waiting.get(job.owner) ?? [])]);
    this.#finish(GAP_AFTER_FAILURE_MS);
    if (!again) job.reject(new DeviceError(code));
    this.#failures++;
    if (this.#failures % SUSPECT_AFTER > 0) return;
    // Nobody on this path answers: those who wait hear it now, not each after its own tries.
    this.#rejectAll('timeout');
    this.#port.suspect();
  }

  #finish(gapMs: number): void {
    this.#current = undefined;
    this.#deadline.clear();
    this.#broken.clear();
    this.#inGap = true;
    this.#gaps = 0;
    this.#gap.set(gapMs);
  }

  #rejectAll(code: DeviceErrorCode): void {
    const jobs = [...(this.#current ? [this.#current] : []), ...[...this.#waiting.values()].flat()];
    this.#waiting.clear();
    this.#current = undefined;
    this.#deadline.clear();
    this.#broken.clear();
    for (const job of jobs) job.reject(new DeviceError(code));
  }
}
