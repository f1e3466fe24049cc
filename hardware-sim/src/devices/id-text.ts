/**
 * The 256 bytes of text in a second-generation ID card: UTF-16LE, padded with blanks, marker character at byte 248.
 * Four layouts: resident (blank marker), permit for Hong Kong, Macao and Taiwan (J), foreigner 2017 (I), foreigner 2023 (Y).
 * Encoded here on its own tables; the driver has its own, and the two meet only on the wire.
 */
import type { DemoDocument } from '../demo-people.ts';

type Field = [offset: number, bytes: number, value: string | undefined];

const sexCode = { male: '1', female: '2' } as const;
const plain = (date: string): string => date.replaceAll('-', '');

const resident = (d: DemoDocument): Field[] => [
  [0, 30, d.name],
  [30, 2, sexCode[d.sex]],
  [32, 4, d.nation],
  [36, 16, plain(d.birth)],
  [52, 70, d.address],
  [122, 36, d.number],
  [158, 30, d.issuer],
  [188, 16, plain(d.validFrom)],
  [204, 16, plain(d.validTo)],
];

const layouts: Record<DemoDocument['document'], (d: DemoDocument) => Field[]> = {
  resident,
  hkMacaoTaiwan: (d) => [...resident(d), [220, 18, d.passNumber], [238, 4, '01'], [248, 2, 'J']],
  foreigner2017: (d) => [
    [0, 120, d.englishName],
    [120, 2, sexCode[d.sex]],
    [122, 30, d.number],
    [152, 6, d.nationality],
    [158, 30, d.name],
    [188, 16, plain(d.validFrom)],
    [204, 16, plain(d.validTo)],
    [220, 16, plain(d.birth)],
    [236, 4, '01'],
    [240, 8, '1500'],
    [248, 2, 'I'],
  ],
  foreigner2023: (d) => [
    [0, 30, d.name],
    [30, 2, sexCode[d.sex]],
    [32, 4, '01'],
    [36, 16, plain(d.birth)],
    [52, 70, d.englishName?.slice(0, 35)],
    [122, 36, d.number],
    [188, 16, plain(d.validFrom)],
    [204, 16, plain(d.validTo)],
    [220, 22, d.englishName?.slice(35, 46)],
    [242, 6, d.nationality],
    [248, 2, 'Y'],
  ],
};

export function idText(document: DemoDocument): Uint8Array {
  const block = Buffer.from(' '.repeat(128), 'utf16le');
  for (const [offset, bytes, value] of layouts[document.document](document)) {
    block.write(value ?? '', offset, bytes, 'utf16le');
  }
  return block;
}

/** 1024 bytes that stand for the photo: opaque, the same for the same number, and no picture of anybody. */
export function idPhoto(number: string): Uint8Array {
  let seed = 0;
  for (const character of number) seed = (seed * 31 + character.charCodeAt(0)) >>> 0;
  return Uint8Array.from({ length: 1024 }, () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed >>> 24;
  });
}
