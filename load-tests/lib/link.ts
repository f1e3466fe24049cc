/**
 * One MQTT connection over nats-server's WebSocket listener. Each piece of data is stamped in the moment in which it
 * comes; an eager link reads it at once, another when `drain` is called, so that reading never delays a stamp.
 * A link that breaks is counted and stays broken: a lost device must be seen, not mended by the load test.
 */
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { clearInterval, setInterval, setTimeout } from 'k6/timers';
import { type BinaryType, WebSocket } from 'k6/websockets';
import {
  BYE,
  CONNACK,
  connectPacket,
  PacketStream,
  PING,
  PUBLISH,
  publishPacket,
  SUBACK,
  subscribePacket,
  topicField,
} from './mqtt.ts';

const KEEPALIVE_S = 60;
const PING_MS = 30_000;
const broken = new Counter('links_broken');

/** Milliseconds since the run began, with fractions: k6's fine clock, one for all its VUs. */
export const now = (): number => exec.instance.currentTestRunDuration;
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// k6 has no TextEncoder, and a loop over characters costs it milliseconds; its base64 runs outside the script.
const bytesOf = (text: string): Uint8Array => new Uint8Array(encoding.b64decode(encoding.b64encode(text)));
const textOf = (buffer: ArrayBuffer): string => encoding.b64decode(encoding.b64encode(buffer), 'std', 's');

export const topicOf = (topic: string): Uint8Array => topicField(bytesOf(topic));

export interface LinkOptions {
  url: string;
  name: string;
  password: string;
  topics: string[];
  onMessage(topic: string, text: string, at: number): void;
}

export class Link {
  readonly ready: Promise<void>;
  eager = true;
  /** When the last data came. */
  heardAt = 0;
  readonly #options: LinkOptions;
  readonly #socket: WebSocket;
  readonly #stream: PacketStream;
  #at = 0;
  #inbox: { at: number; data: ArrayBuffer }[] = [];
  #ping = 0;
  #closing = false;
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#stream = new PacketStream((type, data, begin, end) => this.#take(type, data, begin, end));
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    const { url, name, password } = options;
    const socket = new WebSocket(url, null, { headers: { 'Sec-WebSocket-Protocol': 'mqtt' } });
    this.#socket = socket;
    socket.binaryType = 'arraybuffer' as BinaryType;
    socket.onopen = () => {
      this.#send(connectPacket(bytesOf(name), bytesOf(password), KEEPALIVE_S));
      this.#ping = setInterval(() => this.#send(PING), PING_MS);
    };
    socket.onmessage = (event) => {
      const data = event?.data as ArrayBuffer;
      if (this.eager) {
        this.#stream.push(new Uint8Array(data));
        return;
      }
      this.heardAt = now();
      this.#inbox.push({ at: this.heardAt, data });
    };
    socket.onclose = () => {
      clearInterval(this.#ping);
      this.#settle?.reject(new Error(`${name} was closed before it was ready`));
      if (!this.#closing) broken.add(1);
    };
  }

  drain(): void {
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const { at, data } of inbox) {
      this.#at = at;
      this.#stream.push(new Uint8Array(data));
    }
  }

  #take(type: number, data: Uint8Array<ArrayBuffer>, begin: number, end: number): void {
    if (type === PUBLISH) {
      const length = (data[begin] ?? 0) * 256 + (data[begin + 1] ?? 0);
      const text = textOf(data.buffer.slice(begin + 2, end));
      this.#options.onMessage(text.slice(0, length), text.slice(length), this.#at);
    } else if (type === CONNACK) {
      if (data[begin + 1] !== 0) this.#socket.close();
      else this.#send(subscribePacket(1, this.#options.topics.map(bytesOf)));
    } else if (type === SUBACK) {
      if (data.subarray(begin + 2, end).some((code) => code !== 0)) this.#socket.close();
      else this.#settle?.resolve();
      this.#settle = undefined;
    }
  }

  /** @param topic as `topicField` makes it */
  publish(topic: Uint8Array, text: string): void {
    this.#send(publishPacket(topic, bytesOf(text)));
  }

  #send(packet: Uint8Array<ArrayBuffer>): void {
    this.#socket.send(packet.buffer);
  }

  close(): void {
    this.#closing = true;
    clearInterval(this.#ping);
    this.#send(BYE);
    this.#socket.close();
  }
}
