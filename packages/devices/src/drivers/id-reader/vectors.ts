/**
 * Frames of readers as they stand in public documents and drivers, and synthetic ones. No card of a real person: the
 * cards here are invented and built by `card`.
 */
import { encodeReply, SW3 } from './message.ts';
import { type DocumentLayout, encodeText, type TextFields } from './text-block.ts';

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Vendor protocol pages (eastcoms, softs.im). */
export const requests = {
  find: hex('AAAAAA9669 0003 2001 22'),
  select: hex('AAAAAA9669 0003 2002 21'),
  read: hex('AAAAAA9669 0003 3001 32'),
};

/** Found in a public Qt driver and in heavyii/cardreader. */
export const replies = {
  statusOk: hex('AAAAAA9669 0004 000090 94'),
  selfTestFailed: hex('AAAAAA9669 0004 000060 64'),
  found: hex('AAAAAA9669 0008 00009F 00000000 97'),
  findFailed: hex('AAAAAA9669 0004 000080 84'),
  selected: hex('AAAAAA9669 000C 000090 0000000000000000 9C'),
  selectFailed: hex('AAAAAA9669 0004 000081 85'),
  readFailed: hex('AAAAAA9669 0004 000041 45'),
};

/** Synthetic, by the same rule: every refusal that the code tables name. */
export const refusals: ReadonlyMap<number, Uint8Array> = new Map([
  [0x91, hex('AAAAAA9669 0004 000091 95')],
  [0x31, hex('AAAAAA9669 0004 000031 35')],
  [0x10, hex('AAAAAA9669 0004 000010 14')],
  [0x11, hex('AAAAAA9669 0004 000011 15')],
  [0x21, hex('AAAAAA9669 0004 000021 25')],
  [0x24, hex('AAAAAA9669 0004 000024 20')],
  [0x66, hex('AAAAAA9669 0004 000066 62')],
]);

/** Some handhelds send this as a read time-out: its LEN promises two bytes that never come. */
export const vendorTimeout = hex('AAAAAA9669 0005 050505');

/** Invented people; the first two numbers are the standard's own examples, the others computed. */
export const people = {
  resident: {
    name: '张安园',
    sex: '2',
    nation: '01',
    birthDate: '19491231',
    address: '北京市朝阳区安园路1号',
    idNumber: '11010519491231002X',
    issuer: '北京市公安局朝阳分局',
    validFrom: '20200101',
    validUntil: '长期',
  },
  hkMacaoTaiwan: {
    name: '陳大文',
    sex: '1',
    birthDate: '19900307',
    address: '广东省广州市越秀区安园路2号',
    idNumber: '810000199003070015',
    issuer: '广州市公安局',
    validFrom: '20210101',
    validUntil: '20260101',
    passNumber: 'H01234567',
  },
  foreigner2017: {
    name: '',
    englishName: 'EXAMPLE, ANNA MARIA',
    sex: '2',
    birthDate: '19810405',
    idNumber: 'USA110081040511',
    nationality: 'USA',
    issuer: '1500',
    validFrom: '20180101',
    validUntil: '20280101',
  },
  foreigner2023: {
    name: '安娜',
    englishName: 'EXAMPLE, ANNA MARIA OF A VERY LONG ',
    englishNameRest: 'FAMILY',
    sex: '1',
    birthDate: '19900307',
    idNumber: '911156199003070017',
    nationality: 'USA',
    validFrom: '20231201',
    validUntil: '20331201',
  },
} as const satisfies Record<DocumentLayout, TextFields>;

const invented = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17) & 0xff);
export const photo = invented(1024, 1);

/** A good read: `plain` has LEN 0508, `withFingerprint` 090A, `noFingerprint` 050A (asked for, but the card holds none). */
export function card(
  text: Uint8Array,
  form: 'plain' | 'withFingerprint' | 'noFingerprint' = 'plain',
  wlt = photo,
): Uint8Array {
  const lengths = { plain: '0100 0400', withFingerprint: '0100 0400 0400', noFingerprint: '0100 0400 0000' }[form];
  const fingerprint = form === 'withFingerprint' ? invented(1024, 2) : new Uint8Array();
  return encodeReply(SW3.ok, Buffer.concat([hex(lengths), text, wlt, fingerprint]));
}

export const residentText = encodeText('resident', people.resident);
