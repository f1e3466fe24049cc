import { expect, test } from 'vitest';
import { CONNACK, connectPacket, PacketStream, PUBLISH, publishPacket, subscribePacket, topicField } from './mqtt.ts';

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'ascii'));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function heard(...chunks: Uint8Array[]): { type: number; body: string }[] {
  const packets: { type: number; body: string }[] = [];
  const stream = new PacketStream((type, data, begin, end) =>
    packets.push({ type, body: hex(data.subarray(begin, end)) }),
  );
  for (const chunk of chunks) stream.push(Uint8Array.from(chunk));
  return packets;
}

test('CONNECT: clean session, name and password, sixty seconds', () => {
  // Fixed header, protocol name and level, flags, keep-alive, client id, user name, password (MQTT 3.1.1, 3.1).
  expect(hex(connectPacket(ascii('d1'), ascii('pw'), 60))).toBe(
    '1016' + '00044d51545404' + 'c2' + '003c' + '00026431' + '00026431' + '00027077',
  );
});

test('SUBSCRIBE at QoS 0, several topics', () => {
  expect(hex(subscribePacket(1, [ascii('a'), ascii('b/c')]))).toBe('820c' + '0001' + '00016100' + '0003622f6300');
});

test('PUBLISH, also where its length takes two bytes', () => {
  const topic = topicField(ascii('t'));
  expect(hex(publishPacket(topic, ascii('hi')))).toBe('3005' + '000174' + '6869');
  expect(hex(publishPacket(topic, new Uint8Array(197)).subarray(0, 3))).toBe('30c801');
});

test('packets come in pieces, several at once, byte by byte', () => {
  const connack = Uint8Array.of(0x20, 2, 0, 0);
  const long = publishPacket(topicField(ascii('t')), new Uint8Array(300));
  const all = Uint8Array.of(...connack, ...long, ...connack);
  const wanted = [CONNACK, PUBLISH, CONNACK];
  const types = (...chunks: Uint8Array[]) => heard(...chunks).map(({ type }) => type);
  expect(types(all)).toEqual(wanted);
  expect(types(...[...all].map((byte) => Uint8Array.of(byte)))).toEqual(wanted);
  for (let cut = 0; cut <= all.length; cut++) expect(types(all.subarray(0, cut), all.subarray(cut))).toEqual(wanted);
  expect(heard(all)[1]?.body).toBe(hex(long.subarray(3)));
});

test('a length that never ends is refused', () => {
  expect(() => heard(Uint8Array.of(0x30, 255, 255, 255, 255, 1))).toThrow('four bytes');
});
