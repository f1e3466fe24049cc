import { describe, expect, it } from 'vitest';
import type { Framed } from '../../framing.ts';
import { seededRandom } from '../../testing.ts';
import { encodeFrame, SdtFramer } from './frame.ts';
import { card, refusals, replies, requests, residentText, vendorTimeout } from './vectors.ts';

const bytes = (...parts: Uint8Array[]) => Buffer.concat(parts);
const body = (frame: Uint8Array) => Buffer.from(frame.subarray(7, -1)).toString('hex');
const bodies = (framed: Framed<Uint8Array>[]) =>
  framed.flatMap((f) => (f.kind === 'frame' ? [Buffer.from(f.frame).toString('hex')] : []));
const reasons = (framed: Framed<Uint8Array>[]) =>
  framed.flatMap((f) => (f.kind === 'discarded' ? [`${f.reason} ${f.count}`] : []));
const { found, findFailed, selected } = replies;

describe('published frames', () => {
  it.each([
    ...Object.entries(requests),
    ...Object.entries(replies),
    ...[...refusals].map(([code, frame]) => [`SW3 ${code.toString(16)}`, frame] as const),
  ])('%s comes out whole, and is what we would send', (_name, frame) => {
    expect(bodies(new SdtFramer().push(frame, 0))).toEqual([body(frame)]);
    expect(Buffer.from(encodeFrame(Buffer.from(body(frame), 'hex'))).equals(frame)).toBe(true);
  });

  it.each([
    ['plain', 0x0508, 1295],
    ['withFingerprint', 0x090a, 2321],
    ['noFingerprint', 0x050a, 1297],
  ] as const)('a card read %s has LEN %i and %i bytes in all', (form, length, total) => {
    const frame = card(residentText, form);
    expect(frame.length).toBe(total);
    expect(Buffer.from(frame).readUInt16BE(5)).toBe(length);
    expect(bodies(new SdtFramer().push(frame, 0))).toEqual([body(frame)]);
  });
});

describe('chunks', () => {
  it('one frame', () => expect(bodies(new SdtFramer().push(found, 0))).toEqual([body(found)]));

  it('two in a chunk', () =>
    expect(bodies(new SdtFramer().push(bytes(found, selected), 0))).toEqual([body(found), body(selected)]));

  it('one in two chunks, at every cut, with the time of its last byte', () => {
    for (let cut = 1; cut < selected.length; cut++) {
      const framer = new SdtFramer();
      expect(framer.push(selected.subarray(0, cut), 10)).toEqual([]);
      expect(framer.pending).toBe(true);
      const framed = framer.push(selected.subarray(cut), 25);
      expect(bodies(framed)).toEqual([body(selected)]);
      expect(framed[0]).toMatchObject({ at: 25 });
      expect(framer.pending).toBe(false);
    }
  });

  it('byte by byte', () => {
    const framer = new SdtFramer();
    const frame = card(residentText);
    const out = [...frame].flatMap((byte) => framer.push(Uint8Array.of(byte), 0));
    expect(bodies(out)).toEqual([body(frame)]);
  });
});

describe('bad bytes', () => {
  const one = (...parts: Uint8Array[]) => new SdtFramer().push(bytes(...parts), 0);

  it('garbage first', () => {
    const framed = one(Buffer.from('00ff13aaaa96', 'hex'), found);
    expect(bodies(framed)).toEqual([body(found)]);
    expect(reasons(framed)).toEqual(['noise 6']);
  });

  it('one AA too many before the preamble', () => expect(bodies(one(Buffer.of(0xaa), found))).toEqual([body(found)]));

  it('a wrong checksum, then a good frame', () => {
    const bad = Buffer.from(found);
    bad[bad.length - 1] = 0;
    const framed = one(bad, findFailed);
    expect(bodies(framed)).toEqual([body(findFailed)]);
    expect(reasons(framed)).toEqual([`badChecksum ${bad.length}`]);
  });

  it('a length beyond all that is known is not waited for', () => {
    const framed = one(Buffer.from('aaaaaa9669ffff', 'hex'), found);
    expect(bodies(framed)).toEqual([body(found)]);
    expect(reasons(framed)).toEqual(['badLength 7']);
  });

  it('a length below a request is none', () =>
    expect(bodies(one(Buffer.from('aaaaaa96690002', 'hex'), found))).toEqual([body(found)]));

  it('a length that swallows the good frames behind it gives them back when the line falls silent', () => {
    const framer = new SdtFramer();
    const liar = Buffer.from(found);
    liar.writeUInt16BE(0x0508, 5);
    expect(framer.push(bytes(liar, findFailed, selected), 7)).toEqual([]);
    const framed = framer.silence();
    expect(bodies(framed)).toEqual([body(findFailed), body(selected)]);
    expect(reasons(framed)).toEqual([`cutShort ${liar.length}`]);
    expect(framed.at(-1)).toMatchObject({ at: 7 });
    expect(framer.pending).toBe(false);
  });

  it('a length that lies by a few bytes gives the next frame back when it is full', () => {
    const liar = Buffer.from(findFailed);
    liar.writeUInt16BE(0x0008, 5);
    expect(bodies(one(liar, found))).toEqual([body(found)]);
  });

  it('a vendor frame that promises two bytes more than it has takes nothing with it', () =>
    expect(bodies(one(vendorTimeout, found, vendorTimeout))).toEqual(['050505', body(found), '050505']));

  it('half a frame before a cut is forgotten', () => {
    const framer = new SdtFramer();
    framer.push(selected.subarray(0, 12), 0);
    framer.reset();
    expect(bodies(framer.push(found, 0))).toEqual([body(found)]);
  });

  it('a flood without a preamble is not kept', () => {
    const framer = new SdtFramer();
    framer.push(Buffer.alloc(1_000_000, 0x55), 0);
    expect(framer.pending).toBe(false);
  });
});

it('no good frame is lost behind garbage (2,000 streams)', () => {
  const random = seededRandom(20261123);
  const below = (n: number) => Math.floor(random() * n);
  const pool = [...Object.values(replies), ...refusals.values(), card(residentText)];
  const pick = (): Buffer => Buffer.from(pool[below(pool.length)] ?? found);
  const garbage = [
    () => Buffer.from(Array.from({ length: below(40) }, () => below(256))),
    () => Buffer.alloc(below(9), 0xaa),
    () => pick().subarray(0, 1 + below(12)),
    () => {
      const broken = pick();
      const at = 7 + below(broken.length - 7);
      broken[at] = (broken[at] ?? 0) ^ (1 + below(255));
      return broken;
    },
    () => {
      const liar = pick();
      liar.writeUInt16BE(below(0x0a00), 5);
      return liar;
    },
  ];
  for (let round = 0; round < 2000; round++) {
    const good = pick();
    const before = (garbage[below(garbage.length)] ?? pick)();
    const stream = bytes(before, good, pick());
    const framer = new SdtFramer();
    const out: Framed<Uint8Array>[] = [];
    for (let at = 0; at < stream.length; ) {
      const size = 1 + below(700);
      out.push(...framer.push(stream.subarray(at, at + size), at));
      at += size;
    }
    out.push(...framer.silence());
    expect(bodies(out), `round ${round}`).toContain(body(good));
    const told = out.reduce((sum, f) => sum + (f.kind === 'frame' ? f.frame.length + 8 : f.count), 0);
    expect(told, `every byte of round ${round} is accounted for`).toBe(stream.length);
  }
});
