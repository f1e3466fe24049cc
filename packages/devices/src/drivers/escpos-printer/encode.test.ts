import { describe, expect, it } from 'vitest';
import { type Block, commands, encodeJob, qrBytes, textBytes, wrap } from './encode.ts';
import { encodeChar } from './gb18030.ts';

const hex = (bytes: Iterable<number> | undefined) =>
  Buffer.from([...(bytes ?? [])])
    .toString('hex')
    .toUpperCase();
const job = (...blocks: Block[]) => hex(encodeJob(blocks, { columns: 48, codePage: 'gbk' }));

describe('the bytes of device-protocols, section 9', () => {
  it.each([
    ['init', commands.init.slice(0, 2), '1B40'],
    ['centre', commands.align('center'), '1B6101'],
    ['right', commands.align('right'), '1B6102'],
    ['bold', commands.bold(true), '1B4501'],
    ['twice as large', commands.size(2), '1D2111'],
    ['feed', commands.feed(3), '1B6403'],
    ['partial cut', commands.cut, '1D5601'],
    ['Hanzi on', commands.hanzi(true), '1C26'],
    ['Hanzi off', commands.hanzi(false), '1C2E'],
  ])('%s', (_name, bytes, wanted) => {
    expect(hex(bytes)).toBe(wanted);
  });

  it('a QR code', () => {
    expect(hex(qrBytes('TEST', 6))).toBe(
      '1D286B0400314132001D286B03003143061D286B03003145311D286B070031503054455354' + '1D286B0300315130',
    );
    expect(hex(qrBytes('x'.repeat(300), 6))).toContain('1D286B2F01315030');
  });
});

describe('Hanzi', () => {
  it.each([
    ['啊', 'B0A1'],
    ['张', 'D5C5'],
    ['一', 'D2BB'],
    ['镕', 'E946'],
    ['㐀', '8139EE39'],
    ['\u{20000}', '95328236'],
  ])('%s is %s', (char, wanted) => {
    expect(hex(encodeChar(char, 'gb18030'))).toBe(wanted);
  });

  it('that the font lacks are boxes, and the name around them stands', () => {
    expect(new TextDecoder('gb18030').decode(Uint8Array.from(textBytes('张㛃', 'gbk')).slice(2, -2))).toBe('张□');
    expect(encodeChar('镕', 'gb2312')).toBeUndefined();
    expect(encodeChar('张', 'gb2312')).toEqual([0xd5, 0xc5]);
  });

  it('every character that the runtime can read comes back as it was', () => {
    const all = Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    const wrong = all.filter((char) => {
      const code = encodeChar(char, 'gb18030');
      return !code || new TextDecoder('gb18030').decode(Uint8Array.from(code)) !== char;
    });
    expect(wrong).toEqual([]);
  });

  it('stand between FS & and FS .; letters outside', () => {
    expect(hex(textBytes('E张7', 'gbk'))).toBe('451C26D5C51C2E37');
  });
});

it('a name gives no orders to the printer', () => {
  const sent = job({ kind: 'text', text: '张\u001bp\u0000\u0010\u0005\u0002\u202e伟' });
  expect(sent).not.toContain('1B70');
  expect(sent).not.toContain('1005');
});

it('lines break where the paper ends, never inside a Hanzi', () => {
  expect(wrap('东门a访客', 4)).toEqual(['东门', 'a访', '客']);
  expect(wrap('', 4)).toEqual(['']);
});

it('a job begins with every mode set and ends with the cut', () => {
  const sent = job({ kind: 'text', text: 'A', size: 2, bold: true, align: 'center' }, { kind: 'cut' });
  expect(sent).toBe('1B401D6100' + '1B61011D21111B4501410A' + '1B64041D5601');
});
