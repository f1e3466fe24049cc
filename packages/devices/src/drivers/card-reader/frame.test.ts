import { describe, expect, it } from 'vitest';
import type { Framed } from '../../framing.ts';
import { seededRandom } from '../../testing.ts';
import { CardFramer, encodeCard } from './frame.ts';
import { frame, published } from './vectors.ts';

const ascii = (text: string) => Buffer.from(text, 'ascii');
const numbers = (framed: Framed<string>[]) => framed.flatMap((f) => (f.kind === 'frame' ? [f.frame] : []));
const dropped = (framed: Framed<string>[]) => framed.reduce((n, f) => n + (f.kind === 'discarded' ? f.count : 0), 0);
/** All that comes of one chunk and the silence behind it. */
const all = (bytes: Uint8Array) => {
  const framer = new CardFramer();
  return [...framer.push(bytes, 0), ...framer.silence()];
};
const A = '100086F444';
const B = '3C00CE754C';

describe('published cards', () => {
  it.each(published)('$number', ({ number, checksum, printed }) => {
    expect(numbers(all(ascii(number + checksum)))).toEqual([number]);
    expect(encodeCard(number, 'em18').toString()).toBe(ascii(number + checksum).toString());
    expect(String(Number.parseInt(number.slice(2), 16)).padStart(10, '0')).toBe(printed);
  });

  it('on the wire', () => {
    expect(Buffer.from(encodeCard(A)).equals(frame)).toBe(true);
    expect(new CardFramer().push(frame, 5)).toEqual([{ kind: 'frame', frame: A, at: 5 }]);
  });
});

describe('wrapped in STX and ETX', () => {
  it('two in a chunk', () => {
    expect(numbers(new CardFramer().push(Buffer.concat([encodeCard(A), encodeCard(B)]), 0))).toEqual([A, B]);
  });

  it('one in two chunks, at every cut, leaves with its last byte', () => {
    for (let cut = 1; cut < frame.length; cut++) {
      const framer = new CardFramer();
      expect(framer.push(frame.subarray(0, cut), 0)).toEqual([]);
      expect(framer.push(frame.subarray(cut), 9)).toEqual([{ kind: 'frame', frame: A, at: 9 }]);
      expect(framer.pending).toBe(false);
    }
  });

  it('byte by byte, in lower case, with CR LF around', () => {
    const framer = new CardFramer();
    const bytes = Buffer.concat([ascii('\r\n\x02'), ascii(`${A}26`.toLowerCase()), ascii('\x03\r\n')]);
    expect(numbers([...bytes].flatMap((byte) => framer.push(Uint8Array.of(byte), 0)))).toEqual([A]);
  });

  it('garbage first, also a half frame and a stray STX', () => {
    for (const garbage of ['\xff\x00z', '\x021000', '\x02', '\x02\x02', '\x03\x03', '12']) {
      expect(numbers(all(Buffer.concat([Buffer.from(garbage, 'latin1'), frame]))), garbage).toEqual([A]);
    }
  });

  it('a bad checksum, then a good frame', () => {
    const bad = Buffer.from(frame);
    bad[3] = 0x31;
    const framed = all(Buffer.concat([bad, encodeCard(B)]));
    expect(numbers(framed)).toEqual([B]);
    expect(dropped(framed)).toBe(14);
  });

  it('a frame cut short is dropped when the line falls silent', () => {
    const framer = new CardFramer();
    framer.push(frame.subarray(0, 9), 0);
    expect(numbers(framer.silence())).toEqual([]);
    expect(framer.pending).toBe(false);
    expect(numbers(framer.push(frame, 0))).toEqual([A]);
  });
});

describe('bare digits (EM-18)', () => {
  it('wait for the silence, and keep the time of their last byte', () => {
    const framer = new CardFramer();
    expect(framer.push(encodeCard(A, 'em18'), 4)).toEqual([]);
    expect(framer.pending).toBe(true);
    expect(framer.silence()).toEqual([{ kind: 'frame', frame: A, at: 4 }]);
  });

  it('do not wait when a CR ends them', () => {
    expect(numbers(new CardFramer().push(ascii(`${A}26\r`), 0))).toEqual([A]);
  });

  it('two without a gap', () => {
    expect(numbers(all(Buffer.concat([encodeCard(A, 'em18'), encodeCard(B, 'em18')])))).toEqual([A, B]);
  });

  it('byte by byte', () => {
    const framer = new CardFramer();
    for (const byte of encodeCard(A, 'em18')) expect(framer.push(Uint8Array.of(byte), 0)).toEqual([]);
    expect(numbers(framer.silence())).toEqual([A]);
  });

  it('a digit too many in front', () => expect(numbers(all(ascii(`7${A}26`)))).toEqual([A]));

  it('a bad checksum is no card', () => {
    const framed = all(ascii(`${A}27`));
    expect(numbers(framed)).toEqual([]);
    expect(dropped(framed)).toBe(12);
  });

  it('an endless run of digits is not kept', () => {
    const framer = new CardFramer();
    const flood = framer.push(Buffer.alloc(100_000, '1234567'), 0);
    const kept = framer.silence();
    expect(dropped(kept) + 12 * numbers(kept).length).toBeLessThan(96);
    expect(dropped(flood) + 12 * numbers(flood).length).toBeGreaterThan(99_900);
  });
});

it('no good frame is lost behind garbage (2,000 streams)', () => {
  const random = seededRandom(125);
  const below = (n: number) => Math.floor(random() * n);
  const number = () => Array.from({ length: 10 }, () => '0123456789ABCDEF'[below(16)]).join('');
  for (let round = 0; round < 2000; round++) {
    const good = number();
    // Any bytes but hex digits right before, which could only be told from the card's own by luck.
    const noise = Buffer.from(Array.from({ length: below(30) }, () => below(256)));
    const half = encodeCard(number()).subarray(0, below(14));
    const stream = Buffer.concat([
      round % 2 ? noise : half,
      Buffer.of(0x02),
      encodeCard(good).subarray(1),
      encodeCard(number()),
    ]);
    const framer = new CardFramer();
    const out: Framed<string>[] = [];
    for (let at = 0; at < stream.length; ) {
      const size = 1 + below(20);
      out.push(...framer.push(stream.subarray(at, at + size), at));
      at += size;
    }
    out.push(...framer.silence());
    expect(numbers(out), `round ${round}`).toContain(good);
  }
});
