/** A whole reader on a memory cable: bytes in, events out. */
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../device-events.ts';
import { type Hardware, openHardware } from '../../hardware.ts';
import { MemoryCable, TestClock } from '../../testing.ts';
import { card, people, photo, replies, requests, residentText } from './vectors.ts';

type Answer = (request: 'find' | 'select' | 'read') => Uint8Array | undefined;

function reader(path = '/dev/id') {
  const clock = new TestClock();
  const cable = new MemoryCable();
  const events: DeviceEvent[] = [];
  const asked: string[] = [];
  let answer: Answer = () => replies.findFailed;
  cable.onWrite = (bytes) => {
    const request = (Object.keys(requests) as (keyof typeof requests)[]).find(
      (r) => requests[r] && Buffer.from(requests[r]).equals(bytes),
    );
    if (!request) throw new Error('an unknown request');
    asked.push(request);
    const reply = answer(request);
    if (reply) cable.send(reply);
  };
  const hardware: Hardware = openHardware({
    devices: [{ id: 'id-1', driver: 'sdt', path, baudRate: 115200, pollMs: 300 }],
    clock,
    openTransport: cable.transport,
    onEvent: (event) => events.push(event),
  });
  return {
    clock,
    cable,
    events,
    asked,
    hardware,
    answers: (by: Answer) => {
      answer = by;
    },
    /** What was told since, in words. */
    told: () => events.splice(0).map((e) => (e.type === 'port' ? `port ${e.state}` : e.type)),
  };
}

const lies: Answer = (request) =>
  request === 'find' ? replies.found : request === 'select' ? replies.selected : card(residentText);
const nothing: Answer = () => replies.findFailed;

describe('an ID reader', () => {
  it('reads a card that is laid down, with the time of its last byte', async () => {
    const { clock, events, answers, told } = reader();
    await clock.advance(100);
    expect(told()).toEqual(['port ok']);
    answers(lies);
    await clock.advance(300);
    expect(events).toMatchObject([
      { type: 'reading', device: 'id-1' },
      {
        type: 'document',
        device: 'id-1',
        receivedAt: 300,
        document: { name: people.resident.name, idNumber: people.resident.idNumber, photo },
      },
    ]);
  });

  it('keeps its pace: a look every 300 ms', async () => {
    const { clock, asked } = reader();
    await clock.advance(3000);
    expect(asked.length).toBe(11);
    expect(new Set(asked)).toEqual(new Set(['find']));
  });

  it('is told gone after two empty looks', async () => {
    const { clock, answers, told } = reader();
    answers(lies);
    await clock.advance(1000);
    answers(nothing);
    await clock.advance(700);
    expect(told()).toEqual(['port ok', 'reading', 'document', 'documentGone']);
  });

  it('goes silent after three deadlines and comes back by itself', async () => {
    const { clock, answers, told, hardware } = reader();
    answers(() => undefined);
    await clock.advance(4000);
    expect(told()).toEqual(['port silent']);
    expect(hardware.status()).toMatchObject([{ state: 'silent', fault: 'noAnswer' }]);
    answers(lies);
    await clock.advance(1500);
    expect(told()).toEqual(['port ok', 'reading', 'document']);
  });

  it('dials a silent serial server anew, and never a silent port', async () => {
    const serial = reader('/dev/id');
    const tcp = reader('tcp://127.0.0.1:5000');
    for (const { answers } of [serial, tcp]) answers(() => undefined);
    for (const { clock, cable } of [serial, tcp]) {
      await clock.advance(10_000);
      expect(cable.isOpen).toBe(true);
    }
    expect(serial.cable.opened).toBe(1);
    expect(tcp.cable.opened).toBe(3);
    expect(tcp.told()).toEqual(['port silent']);
    tcp.answers(lies);
    await tcp.clock.advance(4000);
    expect(tcp.told()).toEqual(['port ok', 'reading', 'document']);
  });

  it('survives a reply byte by byte, garbage before it and a wrong checksum', async () => {
    const { clock, cable, answers, told, hardware } = reader();
    const bad = Buffer.from(replies.found);
    bad[bad.length - 1] = 0;
    answers((request) => {
      if (request !== 'find') return lies(request);
      for (const byte of [0x13, 0xaa, ...bad, ...replies.found]) cable.send(Uint8Array.of(byte));
      return undefined;
    });
    await clock.advance(100);
    expect(told()).toEqual(['port ok', 'reading', 'document']);
    expect(hardware.status()[0]?.counters).toEqual({ frames: 3, discardedBytes: 2 + bad.length });
  });

  it('finds the good reply that a lying length swallowed, after 200 ms of silence', async () => {
    const { clock, answers, told } = reader();
    const liar = Buffer.from(replies.findFailed);
    liar.writeUInt16BE(0x0508, 5);
    answers((request) => (request === 'find' ? Buffer.concat([liar, replies.found]) : lies(request)));
    await clock.advance(199);
    expect(told()).toEqual([]);
    await clock.advance(1);
    expect(told()).toEqual(['port ok', 'reading', 'document']);
  });

  it('does not wait for the deadline after a broken read', async () => {
    const { clock, answers, told } = reader();
    const broken = Buffer.from(card(residentText));
    broken[700] = (broken[700] ?? 0) ^ 0x40;
    let reads = 0;
    answers((request) => (request === 'read' && reads++ === 0 ? broken : lies(request)));
    await clock.advance(150 + 300);
    expect(told()).toEqual(['port ok', 'reading', 'document']);
  });

  it('a cut cable is away, told once, and read again ≤ 5 s after it is back', async () => {
    const { clock, cable, answers, told } = reader();
    answers(lies);
    await clock.advance(100);
    cable.unplug();
    await clock.advance(60_000);
    expect(told()).toEqual(['port ok', 'reading', 'document', 'port away']);
    answers(nothing);
    cable.plug();
    await clock.advance(5000);
    expect(told()).toEqual(['port opening', 'port ok', 'documentGone']);
  });

  it('cut in the middle of a frame, it takes nothing of it over', async () => {
    const { clock, cable, answers, told } = reader();
    answers((request) => (request === 'read' ? card(residentText).subarray(0, 600) : lies(request)));
    await clock.advance(50);
    cable.unplug();
    answers(lies);
    cable.plug();
    await clock.advance(300);
    expect(told()).toEqual([
      'port ok',
      'reading',
      'documentUnreadable',
      'documentGone',
      'port away',
      'port opening',
      'port ok',
      'reading',
      'document',
    ]);
  });

  it('a flapping port opens again and again without a card told twice', async () => {
    const { clock, cable, answers, events } = reader();
    answers(lies);
    for (let i = 0; i < 20; i++) {
      await clock.advance(700);
      cable.unplug();
      cable.plug();
    }
    expect(events.filter((e) => e.type === 'document')).toHaveLength(1);
  });

  it('stop lets go of the port and says nothing more', async () => {
    const { clock, cable, hardware, answers, told } = reader();
    await clock.advance(100);
    told();
    answers(lies);
    await hardware.stop();
    expect(cable.isOpen).toBe(false);
    await clock.advance(10_000);
    expect(told()).toEqual([]);
  });
});
