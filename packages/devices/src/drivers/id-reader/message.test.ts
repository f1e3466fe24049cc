import { describe, expect, it } from 'vitest';
import { decodeDocument } from './document.ts';
import { idCheckDigit, idNumberHolds, isoDate } from './id-number.ts';
import { decodeReply, encodeCommand } from './message.ts';
import { nations } from './nations.ts';
import { type DocumentLayout, decodeText, encodeText, layouts } from './text-block.ts';
import { card, people, photo, refusals, replies, requests, residentText } from './vectors.ts';

const decode = (frame: Uint8Array) => decodeReply(frame.subarray(7, -1));
const document = (kind: DocumentLayout, change: object = {}) =>
  decodeDocument(encodeText(kind, { ...people[kind], ...change }), photo);

describe('messages', () => {
  it.each(Object.entries(requests))('%s is asked as published', (command, frame) => {
    expect(Buffer.from(encodeCommand(command as keyof typeof requests)).equals(frame)).toBe(true);
  });

  it('replies', () => {
    expect(decode(replies.found)).toEqual({ kind: 'found' });
    expect(decode(replies.selected)).toEqual({ kind: 'selected' });
    expect(decode(replies.findFailed)).toEqual({ kind: 'refused', code: 0x80 });
    expect(decode(replies.readFailed)).toEqual({ kind: 'refused', code: 0x41 });
    expect(decode(replies.statusOk)).toEqual({ kind: 'unknown' });
    for (const [code, frame] of refusals) expect(decode(frame)).toEqual({ kind: 'refused', code });
  });

  it('only SW3 counts: a card may leave its own status in the two bytes before', () => {
    expect(decodeReply(Uint8Array.of(0x69, 0x82, 0x41))).toEqual({ kind: 'refused', code: 0x41 });
  });

  it.each(['plain', 'withFingerprint', 'noFingerprint'] as const)('a card read %s', (form) => {
    expect(decode(card(residentText, form))).toEqual({
      kind: 'read',
      text: new Uint8Array(residentText),
      photo,
    });
  });

  it('a card without a photo', () => {
    const body = Buffer.concat([Buffer.from('00009001000000', 'hex'), residentText]);
    expect(decodeReply(body)).toMatchObject({ kind: 'read', photo: new Uint8Array() });
  });

  it.each(['', '0000', '000090', '00009001', '0000900100040000', '00009002000400'])(
    'a body of another shape is unknown: %s',
    (hex) => expect(decodeReply(Buffer.from(hex, 'hex'))).toEqual({ kind: 'unknown' }),
  );
});

describe('text block', () => {
  it.each(Object.keys(layouts) as DocumentLayout[])(
    '%s: its fields do not overlap and give back what was put',
    (kind) => {
      const taken = new Set<number>();
      for (const [offset, size] of Object.values(layouts[kind].fields)) {
        for (let at = offset; at < offset + size; at++) {
          expect(taken.has(at)).toBe(false);
          taken.add(at);
        }
      }
      expect(Math.max(...taken)).toBeLessThan(256);
      const put: Partial<Record<string, string>> = people[kind];
      for (const [field, value] of Object.entries(decodeText(kind, encodeText(kind, people[kind])))) {
        expect(value.trim(), field).toBe((put[field] ?? '').trim());
      }
    },
  );

  it('puts the bytes where the table says', () => {
    const at = (offset: number, size: number) =>
      Buffer.from(residentText.subarray(offset, offset + size)).toString('utf16le');
    expect(at(0, 6)).toBe('张安园');
    expect(at(30, 2)).toBe('2');
    expect(at(122, 36)).toBe('11010519491231002X');
    expect(at(204, 4)).toBe('长期');
  });
});

describe('documents', () => {
  it('resident', () => {
    expect(document('resident')).toEqual({
      kind: 'resident',
      name: '张安园',
      sex: 'female',
      nation: '汉',
      birthDate: '1949-12-31',
      address: '北京市朝阳区安园路1号',
      idNumber: '11010519491231002X',
      issuer: '北京市公安局朝阳分局',
      validFrom: '2020-01-01',
      validUntil: '长期',
      numberHolds: true,
      photo,
    });
  });

  it('Hong Kong, Macao, Taiwan', () => {
    expect(document('hkMacaoTaiwan')).toMatchObject({
      kind: 'hkMacaoTaiwan',
      name: '陳大文',
      sex: 'male',
      passNumber: 'H01234567',
      validUntil: '2026-01-01',
      numberHolds: true,
    });
  });

  it('foreigner of 2017: the English name stands in for a missing Chinese one', () => {
    expect(document('foreigner2017')).toMatchObject({
      kind: 'foreigner2017',
      name: 'EXAMPLE, ANNA MARIA',
      birthDate: '1981-04-05',
      nationality: 'USA',
      numberHolds: true,
    });
  });

  it('foreigner of 2023: a long English name goes on in a second field', () => {
    expect(document('foreigner2023')).toMatchObject({
      name: '安娜',
      englishName: 'EXAMPLE, ANNA MARIA OF A VERY LONG FAMILY',
      idNumber: '911156199003070017',
      numberHolds: true,
    });
  });

  it('a wrong check digit is still a document, marked', () => {
    expect(document('resident', { idNumber: '110105194912310021' })).toMatchObject({ numberHolds: false });
    expect(document('foreigner2017', { idNumber: 'US1110081040511' })).toMatchObject({ numberHolds: false });
  });

  it('a date that the calendar lacks is no date', () => {
    expect(document('resident', { birthDate: '20230229', validUntil: '99999999' })).toMatchObject({
      birthDate: undefined,
      validUntil: undefined,
    });
  });

  it('sex other than 1 or 2 is unknown, an unknown nation is left out', () => {
    const odd = document('resident', { sex: '9', nation: '57' });
    expect(odd).toMatchObject({ sex: 'unknown' });
    expect(odd).not.toHaveProperty('nation');
  });

  it('control characters and NUL padding of a card get nowhere', () => {
    expect(document('resident', { name: '李\n四\0\0' })).toMatchObject({ name: '李 四' });
  });

  it('a rare Hanzi outside the BMP stays whole', () => {
    expect(document('resident', { name: '𠮷安' })).toMatchObject({ name: '𠮷安' });
  });

  it('an unknown marker is unsupported, a block without a person unreadable', () => {
    const text = Buffer.from(residentText);
    text.write('Z', 248, 'utf16le');
    expect(decodeDocument(text, photo)).toBe('unsupported');
    expect(decodeDocument(Buffer.alloc(256), photo)).toBe('unsupported');
    expect(decodeDocument(encodeText('resident', {}), photo)).toBe('unreadable');
  });

  it('a card without a photo has none', () => {
    expect(decodeDocument(residentText, new Uint8Array())).toMatchObject({ photo: undefined });
  });
});

describe('ID number', () => {
  it.each(['11010519491231002X', '440524188001010014', '810000199003070015', '911156199003070017'])(
    '%s holds',
    (number) => {
      expect(idNumberHolds(number)).toBe(true);
      expect(idCheckDigit(number)).toBe(number[17]);
    },
  );

  it.each([
    '110105194912310021',
    '11010519491231002x',
    '11010519491331002X',
    '1101051949123100',
    '',
    '１１０１０５１９４９１２３１００２Ｘ',
  ])('%s does not', (number) => expect(idNumberHolds(number)).toBe(false));

  it('a right check digit does not save a birth date that never was', () => {
    const digits = '11010519490230002';
    expect(idNumberHolds(digits + idCheckDigit(digits))).toBe(false);
  });

  it('leap days', () => {
    expect(isoDate('20240229')).toBe('2024-02-29');
    expect(isoDate('20230229')).toBeUndefined();
  });

  it('58 nations', () => {
    expect(nations.size).toBe(58);
    expect(nations.get('01')).toBe('汉');
    expect(nations.get('56')).toBe('基诺');
  });
});
