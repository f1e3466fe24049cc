import { execFileSync } from 'node:child_process';
import { inflateRawSync } from 'node:zlib';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readSheet, writeSheet } from '../../src/documents/index.ts';

const columns = [
  { title: '姓名', width: 12, type: 'text' },
  { title: '证件号', width: 22, type: 'text' },
  { title: '人数', width: 8, type: 'number' },
  { title: '日期', width: 12, type: 'date' },
] as const;

const people = {
  name: { titles: ['姓名', '名字'], type: 'text', required: true },
  id: { titles: ['证件号'], type: 'identifier' },
  count: { titles: ['人数'], type: 'number' },
  day: { titles: ['日期'], type: 'date' },
} as const;

/** The entries of a zip, by its directory. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const entries = new Map<string, string>();
  let at = buffer.readUInt32LE(buffer.lastIndexOf(Buffer.from('504b0506', 'hex')) + 16);
  while (buffer.readUInt32LE(at) === 0x02014b50) {
    const [packed, names, extra, note] = [20, 28, 30, 32].map((o) =>
      o === 20 ? buffer.readUInt32LE(at + o) : buffer.readUInt16LE(at + o),
    );
    const local = buffer.readUInt32LE(at + 42);
    const data = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const raw = buffer.subarray(data, data + (packed ?? 0));
    const name = buffer.toString('utf8', at + 46, at + 46 + (names ?? 0));
    entries.set(name, (buffer.readUInt16LE(at + 10) === 8 ? inflateRawSync(raw) : raw).toString('utf8'));
    at += 46 + (names ?? 0) + (extra ?? 0) + (note ?? 0);
  }
  return entries;
}

test('what is written comes back the same; no text is a formula', async () => {
  const dangerous = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '=HYPERLINK("http://x")',
    '\t=1',
    '<b>&"\'',
    '𬱖🔥',
    '一\n二',
    '  空  ',
  ];
  const rows = dangerous.map((text, i) => [text, '110101201501011234', i + 0.5, '2026-11-23']);
  const bytes = await writeSheet({ name: '隐患台账', columns, rows });
  const [sheet] = await readXlsxFile(Buffer.from(bytes), { trim: false });
  expect(sheet?.sheet).toBe('隐患台账');
  expect(sheet?.data[0]).toEqual(['姓名', '证件号', '人数', '日期']);
  expect(sheet?.data.slice(1)).toEqual(
    dangerous.map((text, i) => [text, '110101201501011234', i + 0.5, new Date('2026-11-23T00:00:00.000Z')]),
  );
  const parts = unzip(bytes);
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining(['[Content_Types].xml', 'xl/workbook.xml', 'xl/styles.xml']),
  );
  expect([...parts.values()].join('')).not.toMatch(/<f[ >]/);
  expect(parts.get('xl/styles.xml')).toMatch(/formatCode="@"|numFmtId="49"/);
});

test('what no spreadsheet can hold does not break the file', async () => {
  const rows = [['a\u0000b\u0008\ufffe\ud800c', '长'.repeat(40_000), null, null]];
  const bytes = await writeSheet({
    name: "a/b:c*?[]'一二三四五六七八九十一二三四五六七八九十一二三四五",
    columns,
    rows,
  });
  const [sheet] = await readXlsxFile(Buffer.from(bytes));
  expect(sheet?.data[1]?.[0]).toBe('abc');
  expect(sheet?.data[1]?.[1]).toBe(`${'长'.repeat(32_000)}…`);
  expect(sheet?.sheet.length).toBeLessThanOrEqual(31);
});

test('rows and errors of an import, each with its place', async () => {
  const text = (value: string) => ({ value, type: String });
  const head = ['名字', '证件号', '人数', '日期'].map(text);
  const day = { value: new Date('2026-11-23T00:00:00.000Z'), type: Date, format: 'yyyy-mm-dd' };
  const file = await writeXlsxFile([
    head,
    [text(' 林一诺 '), text('110101201501011234'), { value: 3, type: Number }, day],
    [text('高诗涵'), { value: Number('110101201501011234'), type: Number }, text('１,０８６'), text('2026年2月3日')],
    [null, null, null, null],
    [null, text('1.10101E+17'), text('三'), text('2026-02-30')],
    [{ value: 3, type: Number }, null, null, null],
  ]).toBuffer();
  expect(await readSheet(file, people)).toEqual({
    result: 'read',
    rows: [
      { row: 2, values: { name: '林一诺', id: '110101201501011234', count: 3, day: '2026-11-23' } },
      { row: 6, values: { name: '3', id: null, count: null, day: null } },
    ],
    errors: [
      { row: 3, column: '证件号', code: 'numericIdentifier' },
      { row: 5, column: '姓名', code: 'missing' },
      { row: 5, column: '证件号', code: 'numericIdentifier' },
      { row: 5, column: '人数', code: 'notANumber' },
      { row: 5, column: '日期', code: 'notADate' },
    ],
    unread: [],
  });
});

const csv = '姓名*,证件号,人数,日期\r\n"林,一""诺",110101201501011234,3,2026/11/23\r\n高诗涵,,,';
/** 姓名,人数 / 林一诺,3 as Chinese Excel saves it; Node has no encoder. */
const gb18030 = Buffer.from('d0d5c3fb2cc8cbcafd0d0ac1d6d2bbc5b52c330d0a', 'hex');

test.each([
  ['UTF-8', Buffer.from(csv)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${csv}`)],
  ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
])('CSV in %s', async (_, bytes) => {
  expect(await readSheet(bytes, people)).toEqual({
    result: 'read',
    rows: [
      { row: 2, values: { name: '林,一"诺', id: '110101201501011234', count: 3, day: '2026-11-23' } },
      { row: 3, values: { name: '高诗涵', id: null, count: null, day: null } },
    ],
    errors: [],
    unread: [],
  });
});

test('a column that nobody asked for is named, and so is the second of one; case and spaces do not count', async () => {
  const bytes = Buffer.from('Name,备注,姓 名,人数,\nAnn,x,林一诺,3,y');
  const asked = { ...people, name: { ...people.name, titles: ['name', '姓名'] } } as const;
  expect(await readSheet(bytes, asked)).toMatchObject({
    rows: [{ values: { name: 'Ann', count: 3 } }],
    unread: ['备注', '姓 名'],
  });
});

test('CSV in GB18030, tabs and semicolons', async () => {
  const rows = [{ row: 2, values: { name: '林一诺', id: null, count: 3, day: null } }];
  for (const bytes of [gb18030, Buffer.from('姓名\t人数\n林一诺\t3'), Buffer.from('姓名;人数\r林一诺;3\r')]) {
    expect(await readSheet(bytes, people)).toEqual({ result: 'read', rows, errors: [], unread: [] });
  }
});

test.each([
  ['tooLarge', Buffer.alloc(5 * 1024 * 1024 + 1, 'a')],
  ['oldExcel', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['notASheet', Buffer.from('504b0304ffffffffffff', 'hex')],
  ['notASheet', Buffer.alloc(0)],
  ['notASheet', Buffer.from('89504e470d0a1a0a000000', 'hex')],
  ['notASheet', Buffer.from('姓名\n"林')],
  ['tooManyRows', Buffer.from(`姓名\n${'林\n'.repeat(100_001)}`)],
  ['missingColumn', Buffer.from('名单\n林一诺')],
] as const)('%s', async (code, bytes) => {
  expect(await readSheet(bytes, people)).toMatchObject({ result: 'refused', code });
});

test('an archive that says it unpacks to gigabytes is not unpacked', async () => {
  const bytes = Buffer.from(await writeSheet({ name: 'x', columns, rows: [] }));
  const entry = bytes.indexOf(Buffer.from('504b0102', 'hex'));
  bytes.writeUInt32LE(2_000_000_000, entry + 24);
  expect(await readSheet(bytes, people)).toEqual({ result: 'refused', code: 'tooLarge' });
});

test.each(['UTC', 'Asia/Shanghai', 'America/New_York'])('a date is the same day on a machine in %s', (zone) => {
  const script = `
    const { readSheet, writeSheet } = await import('${new URL('../../src/documents/index.ts', import.meta.url).href}');
    const bytes = await writeSheet({ name: 'x', columns: [{ title: '日期', width: 9, type: 'date' }], rows: [['2026-11-23']] });
    const read = await readSheet(bytes, { day: { titles: ['日期'], type: 'date' } });
    process.stdout.write(read.rows[0].values.day);`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: zone },
  });
  expect(String(out)).toBe('2026-11-23');
});
