/**
 * MQTT 3.1.1, as much of it as an alarm device at QoS 0 speaks. Bytes in, bytes out; no socket and no text coding in here.
 * A packet may come in pieces and several in one piece: over WebSocket the frames are no borders (MQTT 3.1.1, 6.0).
 * Plain loops and no objects on the way of a message: k6 runs a script slowly, and this stands in what is measured.
 */

export const CONNACK = 2;
export const PUBLISH = 3;
export const SUBACK = 9;

const PROTOCOL = [0, 4, 77, 81, 84, 84, 4];
const CLEAN_WITH_NAME_AND_PASSWORD = 0b1100_0010;

type Bytes = readonly number[] | Uint8Array;
const short = (n: number): number[] => [Math.floor(n / 256), n % 256];
const field = (value: Uint8Array): Bytes[] => [short(value.length), value];

function packet(first: number, parts: Bytes[]): Uint8Array<ArrayBuffer> {
  let left = 0;
  for (let i = 0; i < parts.length; i++) left += parts[i]?.length ?? 0;
  const head = [first];
  for (let rest = left; head.length === 1 || rest > 0; rest = Math.floor(rest / 128))
    head.push((rest % 128) + (rest > 127 ? 128 : 0));
  const whole = new Uint8Array(head.length + left);
  whole.set(head);
  let at = head.length;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? [];
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const connectPacket = (name: Uint8Array, password: Uint8Array, keepaliveS: number): Uint8Array<ArrayBuffer> =>
  packet(0x10, [
    PROTOCOL,
    [CLEAN_WITH_NAME_AND_PASSWORD],
    short(keepaliveS),
    ...field(name),
    ...field(name),
    ...field(password),
  ]);

export const subscribePacket = (id: number, topics: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  packet(0x82, [short(id), ...topics.flatMap((topic) => [...field(topic), [0]])]);

/** A topic that is published to again and again, with its length before it. */
export const topicField = (topic: Uint8Array): Uint8Array => Uint8Array.of(...short(topic.length), ...topic);

export const publishPacket = (topic: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> =>
  packet(0x30, [topic, payload]);

export const PING = Uint8Array.of(0xc0, 0);
export const BYE = Uint8Array.of(0xe0, 0);

/** Where a packet's body stands in `data`. Of a PUBLISH it begins with the topic's length, two bytes. */
export type TakePacket = (type: number, data: Uint8Array<ArrayBuffer>, begin: number, end: number) => void;

export class PacketStream {
  readonly #take: TakePacket;
  #rest: Uint8Array<ArrayBuffer> | undefined;

  constructor(take: TakePacket) {
    this.#take = take;
  }

  push(chunk: Uint8Array<ArrayBuffer>): void {
    const data = this.#rest ? joined(this.#rest, chunk) : chunk;
    const size = data.length;
    let at = 0;
    while (at + 1 < size) {
      let begin = at + 1;
      let length = 0;
      let byte = 128;
      for (let scale = 1; byte > 127 && begin < size; scale *= 128) {
        if (begin > at + 4) throw new Error('a remaining length of more than four bytes');
        byte = data[begin++] ?? 0;
        length += (byte % 128) * scale;
      }
      if (byte > 127 || begin + length > size) break;
      this.#take((data[at] ?? 0) >> 4, data, begin, begin + length);
      at = begin + length;
    }
    this.#rest = at === size ? undefined : data.slice(at);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
